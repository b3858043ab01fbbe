"""Clock, disk, keys and database: what is wrong is said with what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hub import founding, keys
from hub.config import HallDirectory, hall_template
from hub.doctor import machine
from hub.doctor.checks import Check
from hub.status import LOW_DISK_BYTES

NOW = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)


@pytest.fixture
def place(tmp_path: Path) -> HallDirectory:
    directory = HallDirectory(tmp_path / "hall")
    founding.found(directory, hall_template("shanting"))
    return directory


def keys_of(place: HallDirectory, *names: str) -> list[Check]:
    return list(machine.key_files(place, [place.hall().terminal(one) for one in names]))


@pytest.mark.parametrize(
    ("now", "synchronised", "state"),
    [
        (NOW, "yes", "well"),
        (NOW, "", "well"),
        (NOW, "no", "warns"),
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), "no", "broken"),
    ],
)
def test_a_clock_that_nobody_sets_or_that_lost_its_battery(now: dt.datetime, synchronised: str, state: str) -> None:
    assert machine.clock(now, synchronised).state == state


@pytest.mark.parametrize(
    ("free_bytes", "state"), [(1 << 40, "well"), (LOW_DISK_BYTES - 1, "warns"), (1 << 20, "broken")]
)
def test_a_disk_that_fills_up(free_bytes: int, state: str) -> None:
    assert machine.disk(Path("/srv/hall"), free_bytes).state == state


def test_keys_as_they_are_made_are_well(place: HallDirectory) -> None:
    (found,) = keys_of(place, "kiosk-1", "window-3")
    assert found.state == "well"


def test_a_missing_key_is_named_with_where_it_comes_from(place: HallDirectory) -> None:
    (place.keys / "kiosk-1.secret").unlink()
    (found,) = keys_of(place, "kiosk-1")
    assert (found.state, found.name) == ("broken", "keys of kiosk-1")
    assert "keys/kiosk-1.*" in found.remedy
    (place.keys / "hub.public").unlink()
    assert [one.name for one in keys_of(place, "kiosk-1")] == ["keys", "keys of kiosk-1"]


def test_two_halves_of_different_keys_are_found(place: HallDirectory) -> None:
    other = keys.load_pair(place.keys, "window-3")
    path = place.keys / "kiosk-1.public"
    path.unlink()
    path.write_bytes(other.public)
    (found,) = keys_of(place, "kiosk-1")
    assert found.state == "broken"
    assert "not of one pair" in found.what


@pytest.mark.parametrize("name", ["keys/kiosk-1.secret", "data.key", "pepper.key", "terminals/kiosk-1/outbox.key"])
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_secret_that_others_can_read_is_found(place: HallDirectory, name: str, mode: int) -> None:
    path = place.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(mode)
    found = [one for one in keys_of(place, "kiosk-1") if one.state == "broken"]
    assert [one.remedy for one in found] == [f"chmod 600 {path}"]


def test_a_sound_database_and_a_damaged_one(place: HallDirectory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LOOK_AGAIN_S", 0.0)
    (found,) = machine.database(place)
    assert found.state == "well"
    place.database_file.write_bytes(b"no database at all" * 100)
    (found,) = machine.database(place)
    assert found.state == "broken"
    assert "no SQLite database" in found.what


def test_a_machine_without_the_hall_s_data_says_nothing_of_it(place: HallDirectory) -> None:
    place.database_file.unlink()
    assert list(machine.database(place)) == []
