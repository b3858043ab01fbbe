"""`bancheng kiosk pin`."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub import pins
from hub.admin import app
from hub.config import BadHall, HallDirectory
from hub.domain.errors import UnknownCode
from hub.kiosk_admin import WeakPin

PIN = "480615"


@pytest.fixture
def hall(tmp_path: Path) -> HallDirectory:
    """A hall that was just made."""
    made = HallDirectory(tmp_path / "hall")
    result = CliRunner().invoke(app, ["init", str(made.path), "--hall", "shanting"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "bancheng kiosk pin" in result.stdout
    return made


def run(hall: HallDirectory, *words: str, typed: str) -> Result:
    argv = ["kiosk", "pin", *words, "--hall", str(hall.path)]
    return CliRunner().invoke(app, argv, input=typed, env={"COLUMNS": "160"}, catch_exceptions=False)


def test_a_hall_that_was_just_made_has_no_pin_that_anybody_could_know(hall: HallDirectory) -> None:
    assert not hall.corner_pin("kiosk-1").exists()


def test_the_pin_is_asked_twice_shown_never_and_kept_as_a_hash_for_its_owner_alone(hall: HallDirectory) -> None:
    result = run(hall, typed=f"{PIN}\n{PIN}\n")
    assert result.exit_code == 0
    assert PIN not in result.output
    kept = hall.corner_pin("kiosk-1")
    assert pins.is_right(kept.read_text().strip(), PIN)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_what_is_not_typed_the_same_twice_is_asked_again(hall: HallDirectory) -> None:
    run(hall, typed=f"{PIN}\n480616\n{PIN}\n{PIN}\n")
    assert pins.is_right(hall.corner_pin("kiosk-1").read_text().strip(), PIN)


def test_a_new_pin_takes_the_old_one_s_place(hall: HallDirectory) -> None:
    run(hall, "--pin-stdin", typed=f"{PIN}\n")
    run(hall, "--pin-stdin", typed="591726\n")
    kept = hall.corner_pin("kiosk-1").read_text().strip()
    assert (pins.is_right(kept, "591726"), pins.is_right(kept, PIN)) == (True, False)


@pytest.mark.parametrize("weak", ["", "48061", "123456", "999999", "48x615", "121212", "4806154806154"])
def test_a_weak_pin_is_refused_and_changes_nothing(hall: HallDirectory, weak: str) -> None:
    with pytest.raises(WeakPin, match="nothing was changed"):
        run(hall, "--pin-stdin", typed=f"{weak}\n")
    assert not hall.corner_pin("kiosk-1").exists()


def test_only_kiosks_have_a_corner(hall: HallDirectory) -> None:
    with pytest.raises(BadHall, match="role kiosk"):
        run(hall, "--terminal", "window-1", "--pin-stdin", typed=f"{PIN}\n")
    with pytest.raises(UnknownCode):
        run(hall, "--terminal", "kiosk-9", "--pin-stdin", typed=f"{PIN}\n")
