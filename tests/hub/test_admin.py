"""`bancheng`, as somebody types it who sets up a hall."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import structlog
import typer
from click.testing import Result
from typer.testing import CliRunner

from hub import admin, keys, pins
from hub.admin import app, main
from hub.config import BadHall, HallDirectory, hall_template
from hub.domain.errors import UnknownCode
from hub.founding import HallExists, StaffMisplaced
from hub.store import commands
from hub.store.transaction import StoreFailed, one_transaction


@pytest.fixture
def place(tmp_path: Path) -> HallDirectory:
    return HallDirectory(tmp_path / "hall")


@pytest.fixture
def hall(place: HallDirectory) -> HallDirectory:
    """A hall that was just made."""
    assert run("init", str(place.path), "--hall", "shanting").exit_code == 0
    return place


def run(*words: str, typed: str = "") -> Result:
    """What a command says; a mistake of ours is raised."""
    result = CliRunner().invoke(app, words, input=typed, env={"COLUMNS": "160"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def rows(hall: HallDirectory, statement: str) -> list[tuple]:
    with sqlite3.connect(hall.database) as db:
        return db.execute(statement).fetchall()


# --- init


def test_init_writes_everything_a_hall_is(hall: HallDirectory) -> None:
    found = hall.hall()
    assert (found.name, found.code) == ("山亭区政务服务大厅", "370406")
    for terminal in found.terminals:
        assert keys.load_pair(hall.keys, terminal.name).public == keys.load_public(hall.keys, terminal.name)
    assert len(keys.load_secret(hall.data_key)) == len(keys.load_secret(hall.pepper)) == 32
    assert rows(hall, "SELECT hall, name, seq FROM hall") == [("370406", "山亭区政务服务大厅", 0)]
    assert len(rows(hall, "SELECT name FROM terminal")) == len(found.terminals)
    assert rows(hall, "SELECT * FROM staff") == [], "a hall begins without any default password"


@pytest.mark.rule("R62")
def test_init_names_the_counters_that_the_document_asks_for_and_the_hall_has_not(
    place: HallDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = hall_template("yunfu").replace(b'kind = "payment"\n', b"")
    monkeypatch.setattr(admin, "hall_template", lambda name: text)
    assert "asks for counters that this hall does not name: payment" in run(
        "init", str(place.path), "--hall", "yunfu"
    ).output.replace("\n", " ")


@pytest.mark.rule("R69")
def test_only_the_owner_reads_keys_and_database(hall: HallDirectory) -> None:
    secret = [hall.data_key, hall.pepper, hall.database, *hall.keys.glob("*.secret")]
    assert len(secret) > 10
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}
    assert stat.S_IMODE(hall.path.stat().st_mode) == 0o700


def test_two_halls_share_no_key(hall: HallDirectory, tmp_path: Path) -> None:
    run("init", str(tmp_path / "other"), "--hall", "shanting")
    other = HallDirectory(tmp_path / "other")
    for mine, theirs in ((hall.data_key, other.data_key), (hall.pepper, other.pepper)):
        assert keys.load_secret(mine) != keys.load_secret(theirs)
    assert keys.load_public(hall.keys, "hub") != keys.load_public(other.keys, "hub")
    assert rows(hall, "SELECT epoch FROM hall") != rows(other, "SELECT epoch FROM hall")


def test_a_hall_is_not_made_twice(hall: HallDirectory) -> None:
    before = {path: path.read_bytes() for path in hall.path.rglob("*") if path.is_file()}
    with pytest.raises(HallExists, match="choose another directory"):
        run("init", str(hall.path), "--hall", "yueyang")
    assert {path: path.read_bytes() for path in hall.path.rglob("*") if path.is_file()} == before


def test_an_unknown_template_is_answered_with_those_there_are(place: HallDirectory) -> None:
    with pytest.raises(BadHall, match="dahepingxiang, shanting, wuxi, yueyang, yunfu"):
        run("init", str(place.path), "--hall", "atlantis")
    assert not place.path.exists()


# --- staff


def test_a_new_member_of_staff_gets_a_pin_that_is_shown_once(hall: HallDirectory) -> None:
    said = run("staff", "add", "06", "--name", "王芳", "--role", "window", "--hall", str(hall.path)).output
    found = re.search(r"PIN (\d{6})", said)
    assert found is not None
    ((staff, name, role, department, kept),) = rows(hall, "SELECT staff, name, role, department, pin_hash FROM staff")
    assert (staff, name, role, department) == ("06", "王芳", "window", "")
    assert kept.startswith("$argon2id$")
    assert found[1] not in kept
    assert pins.is_right(kept, found[1])


def test_a_pin_may_be_given_and_is_then_not_shown(hall: HallDirectory) -> None:
    words = ("staff", "add", "21", "--name", "陈志远", "--role", "department", "--department", "tax", "--pin-stdin")
    said = run(*words, "--hall", str(hall.path), typed="480615\n").output
    assert "480615" not in said
    ((kept,),) = rows(hall, "SELECT pin_hash FROM staff")
    assert pins.is_right(kept, "480615")


def test_a_second_time_gives_a_new_pin(hall: HallDirectory) -> None:
    for pin in ("480615", "591726"):
        words = ("staff", "add", "06", "--name", "王芳", "--role", "window", "--pin-stdin", "--hall", str(hall.path))
        run(*words, typed=f"{pin}\n")
    ((kept,),) = rows(hall, "SELECT pin_hash FROM staff")
    assert pins.is_right(kept, "591726")
    assert not pins.is_right(kept, "480615")


@pytest.mark.parametrize("typed", ["12345\n", "\n", ""])
def test_a_short_pin_is_refused(hall: HallDirectory, typed: str) -> None:
    words = ("staff", "add", "06", "--name", "王芳", "--role", "window", "--pin-stdin", "--hall", str(hall.path))
    result = run(*words, typed=typed)
    assert result.exit_code == 2
    assert "six characters" in result.output
    assert rows(hall, "SELECT * FROM staff") == []


def test_an_unknown_role_is_refused(hall: HallDirectory) -> None:
    result = run("staff", "add", "06", "--name", "王芳", "--role", "boss", "--hall", str(hall.path))
    assert result.exit_code == 2
    assert rows(hall, "SELECT * FROM staff") == []


@pytest.mark.rule("R7")
@pytest.mark.parametrize(
    ("role", "department", "error"),
    [
        ("department", "", StaffMisplaced),
        ("window", "tax", StaffMisplaced),
        ("department", "no-such-department", UnknownCode),
    ],
)
def test_a_handler_has_one_department_and_others_have_none(
    hall: HallDirectory, role: str, department: str, error: type[Exception]
) -> None:
    words = ("staff", "add", "06", "--name", "王芳", "--role", role, "--department", department)
    with pytest.raises(error):
        run(*words, "--hall", str(hall.path))
    assert rows(hall, "SELECT * FROM staff") == []


# --- terminals


def test_terminals_are_listed_with_role_place_and_key(hall: HallDirectory) -> None:
    (hall.keys / "wall.secret").unlink()
    lines = run("terminal", "list", "--hall", str(hall.path)).output.splitlines()
    listed = {cells[0]: cells[1:] for line in lines if len(cells := [c.strip() for c in line.split("│")[1:-1]]) == 5}
    assert listed["window-3"] == ["window", "3", "", "yes"]
    assert listed["department-tax"] == ["department", "", "tax", "yes"]
    assert listed["wall"] == ["display", "", "", "no"]
    assert len(listed) == len(hall.hall().terminals)


def test_a_terminal_that_was_added_to_the_file_is_enrolled(hall: HallDirectory) -> None:
    hall.file.write_text(hall.file.read_text() + '\n[[terminals]]\nname = "kiosk-2"\nrole = "kiosk"\n')
    said = run("terminal", "enroll", "kiosk-2", "--hall", str(hall.path)).output
    assert "keys/hub.public" in said
    ((kept,),) = rows(hall, "SELECT public_key FROM terminal WHERE name = 'kiosk-2'")
    assert kept == keys.load_public(hall.keys, "kiosk-2")


def test_a_lost_key_is_replaced_and_the_old_one_let_in_no_more(hall: HallDirectory) -> None:
    old = keys.load_public(hall.keys, "wall")
    for path in hall.keys.glob("wall.*"):
        path.unlink()
    run("terminal", "enroll", "wall", "--hall", str(hall.path))
    assert rows(hall, "SELECT public_key FROM terminal WHERE name = 'wall'") == [(keys.load_public(hall.keys, "wall"),)]
    assert keys.load_public(hall.keys, "wall") != old


def test_a_terminal_the_file_does_not_list_is_not_enrolled(hall: HallDirectory) -> None:
    with pytest.raises(UnknownCode, match="window-3"):
        run("terminal", "enroll", "kiosk-9", "--hall", str(hall.path))
    assert not (hall.keys / "kiosk-9.secret").exists()


# --- audit


@pytest.mark.rule("R47")
def test_a_whole_chain_and_a_broken_one_are_told_apart(hall: HallDirectory) -> None:
    assert "whole: 0 links" in run("audit", "verify", "--hall", str(hall.path)).output
    with sqlite3.connect(hall.database) as db:
        db.execute("INSERT INTO audit VALUES ('370406', 1, 0, 'kiosk-1', '', 'LogOut', '', '', zeroblob(32))")
    result = run("audit", "verify", "--hall", str(hall.path))
    assert result.exit_code == 1
    assert "broken at link 1" in result.output


@pytest.mark.rule("R47", "R71")
def test_who_looked_at_a_case_and_who_decided_is_shown_with_the_hall_s_time(hall: HallDirectory) -> None:
    number = "20261123-370406-0001-5"
    noon = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
    asked = [("FileComplaint", "", number, 0), ("ReadCase", "06", number, 5), ("ExportLedger", "90", "2 rows", 1500)]
    with one_transaction(hall.database) as tx:
        previous = b""
        for ordinal, (kind, staff, subject, minutes) in enumerate(asked, 1):
            at = noon + dt.timedelta(minutes=minutes)
            record = commands.AuditRecord(ordinal, at, "window-3", staff, kind, subject, f"{ordinal:032d}")
            previous = record.chained(previous)
            commands.append_audit(tx, "370406", [(record, previous)])

    def links(*words: str) -> list[str]:
        said = run("audit", "show", *words, "--hall", str(hall.path)).output
        return [line.split("│")[5].strip() for line in said.splitlines() if "window-3" in line]

    assert links() == ["FileComplaint", "ReadCase", "ExportLedger"]
    assert links("--case", number) == ["FileComplaint", "ReadCase"]
    assert links("--staff", "90") == links("--since", "2026-11-24") == ["ExportLedger"]
    assert links("--until", "2026-11-23") == ["FileComplaint", "ReadCase"]
    assert links("--kind", "ReadCase") == ["ReadCase"]
    newest = run("audit", "show", "--last", "1", "--hall", str(hall.path)).output
    assert "2026-11-24 13:00:00" in newest
    assert "1 links; 2 older ones not shown, --last 3 shows them" in newest


# --- mistakes


def test_a_mistake_in_the_hall_s_file_is_named_with_its_place(hall: HallDirectory) -> None:
    text = hall.file.read_text()
    hall.file.write_text(text.replace("minutes = 12", 'minutes = "twelve"', 1))
    with pytest.raises(BadHall) as wrong:
        run("terminal", "list", "--hall", str(hall.path))
    assert str(hall.file) in str(wrong.value)
    assert "$.services[0].minutes" in str(wrong.value)
    hall.file.write_text(text.replace("slogan =", "motto ="))
    with pytest.raises(BadHall, match="motto"):
        run("terminal", "list", "--hall", str(hall.path))
    hall.file.write_text(text + "\n[[terminals\n")
    with pytest.raises(BadHall, match=r"hall\.toml"):
        run("terminal", "list", "--hall", str(hall.path))


@pytest.mark.parametrize(
    "words", [("staff", "add", "06", "--name", "王芳", "--role", "window"), ("audit", "verify")], ids=" ".join
)
def test_a_missing_database_is_said_and_not_made(hall: HallDirectory, words: tuple[str, ...]) -> None:
    hall.database.unlink()
    with pytest.raises(StoreFailed, match="restore a backup"):
        run(*words, "--hall", str(hall.path))
    assert not hall.database.exists()


def test_what_the_program_remarks_stands_beside_what_a_command_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`bancheng doctor --json` of a hub at work had a line of its log before the JSON."""

    def command() -> None:
        structlog.get_logger().warning("database.partly_checked")
        typer.echo("[]")

    monkeypatch.setattr(admin, "app", command)
    main()
    said = capsys.readouterr()
    assert said.out == "[]\n"
    assert "database.partly_checked" in said.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("terminal", "list"), "make a hall with: bancheng init"),
        (("init", "{hall}", "--hall", "atlantis"), "no hall template 'atlantis'"),
    ],
)
def test_people_get_a_sentence_and_no_traceback(
    place: HallDirectory,
    words: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BANCHENG_HALL", str(place.path))
    monkeypatch.setattr(sys, "argv", ["bancheng", *(word.format(hall=place.path) for word in words)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith("bancheng: ")
    assert said in out


@pytest.mark.e2e
def test_a_wrong_code_typed_at_a_shell_gets_a_sentence_too(hall: HallDirectory) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "hub.admin", "terminal", "enroll", "kiosk-9", "--hall", str(hall.path)],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"COLUMNS": "200"},
    )
    assert ended.returncode == 1
    assert ended.stdout.startswith("bancheng: no terminal 'kiosk-9'")
    assert "Traceback" not in ended.stdout + ended.stderr
