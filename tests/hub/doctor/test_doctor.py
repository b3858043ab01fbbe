"""`bancheng doctor` as somebody types it: a line a thing, an exit code for scripts, and no secret."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hub import founding
from hub.admin import app
from hub.config import HallDirectory, hall_template
from hub.doctor import commands, network
from hub.doctor.checks import Check, State
from hub.wire import messages as m
from tests.ports import free_port

PORTS = ("17801", "17802", "17803", "17880", "19100", "15005")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> HallDirectory:
    """A hall of which nothing runs."""
    directory = HallDirectory(tmp_path_factory.mktemp("doctor") / "hall")
    text = hall_template("shanting").decode()
    for port in PORTS:
        text = re.sub(rf"(:|metrics_port = ){port}\b", rf"\g<1>{free_port()}", text)
    founding.found(directory, text.encode())
    return directory


def run(place: HallDirectory, *words: str) -> Result:
    return CliRunner().invoke(app, ["doctor", "--hall", str(place.path), *words], env={"COLUMNS": "80"})


def test_what_is_broken_is_said_in_a_line_each_with_its_remedy(place: HallDirectory) -> None:
    result = run(place, "--terminal", "kiosk-1")
    assert result.exit_code == 2
    *lines, last = result.stdout.splitlines()
    assert {line[0] for line in lines} <= {"✓", "!", "✗"}
    broken = [line for line in lines if line[0] == "✗"]
    assert [line.split("  ")[0] for line in broken] == [
        "✗ page address",
        "✗ phone page",
        "✗ hub",
        "✗ printer receipt-1 of kiosk-1",
    ]
    assert all(" → " in line for line in broken)
    assert last.startswith("4 broken")


def test_as_json_it_is_checks_and_nothing_else(place: HallDirectory) -> None:
    result = run(place, "--terminal", "kiosk-1", "--json")
    checks = json.loads(result.stdout)
    assert result.exit_code == 2
    assert set(checks[0]) == {"name", "state", "what", "remedy"}
    assert {one["name"] for one in checks} >= {"clock", "disk", "keys", "database", "hub", "pinyin", "voice"}


@pytest.mark.rule("R69")
def test_no_secret_is_ever_told(place: HallDirectory) -> None:
    said = run(place).stdout + run(place, "--json").stdout
    secrets = [*place.keys.glob("*.secret"), place.data_key, place.pepper]
    assert len(secrets) > 10
    for path in secrets:
        content = path.read_bytes()
        assert content.decode("ascii", "replace") not in said
        assert content.hex() not in said


@pytest.mark.parametrize(("state", "code"), [("well", 0), ("warns", 1), ("broken", 2)])
def test_the_exit_code_is_the_worst_state(
    place: HallDirectory, monkeypatch: pytest.MonkeyPatch, state: State, code: int
) -> None:
    found = [Check("disk", "well", "61.9 GiB are free"), Check("clock", state, "shows 12:00")]
    monkeypatch.setattr(commands, "look", lambda *_args, **_said: found)
    assert run(place).exit_code == run(place, "--json").exit_code == code


def test_a_hall_that_cannot_be_read_is_said_and_the_rest_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text('name = "x"\nnonsense = 1\n')
    result = run(HallDirectory(tmp_path), "--json")
    checks = {one["name"]: one["state"] for one in json.loads(result.stdout)}
    assert (result.exit_code, checks["hall.toml"]) == (2, "broken")
    assert checks["clock"] in ("well", "warns")
    assert checks["font NotoSansCJK-Regular"] == "well"


def test_an_unknown_terminal_is_named_with_those_there_are(place: HallDirectory) -> None:
    result = run(place, "--terminal", "kiosk-9")
    assert result.exit_code == 2
    assert "kiosk-9" in result.stdout
    assert "kiosk-1" in result.stdout


@pytest.mark.parametrize(
    ("state", "own", "asked", "says"),
    [
        ("live", True, False, "in use by its program"),
        ("troubled", False, False, "in use by its program"),
        ("silent", False, True, ""),
        ("never", True, True, ""),
        (None, True, True, ""),
        (None, False, False, "not asked, for no hub says"),
    ],
)
def test_devices_that_a_running_program_uses_are_not_disturbed(
    place: HallDirectory,
    monkeypatch: pytest.MonkeyPatch,
    state: m.TerminalState | None,
    *,
    own: bool,
    asked: bool,
    says: str,
) -> None:
    health = m.TerminalHealth("kiosk-1", state) if state is not None else None
    monkeypatch.setattr(network, "as_terminal", lambda *_args: ([], health))
    hall = place.hall()
    (found,) = commands.terminal_checks(place, hall, hall.terminal("kiosk-1"), own=own)
    assert (found.name == "printer receipt-1 of kiosk-1") is asked
    assert says in found.what
