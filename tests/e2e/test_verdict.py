"""The verdict itself: it finds nothing in a sound hall, and every fault that is planted in one."""

from __future__ import annotations

import json
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hub.wire import messages as m
from tests.e2e.verdict import Logs, faults
from tests.hub.desk import HALLS, Desk, make_database

Plant = Callable[[sqlite3.Connection], None]


class Witness:
    """Asks at a desk and keeps a client's log of it."""

    def __init__(self, desk: Desk, log: Path) -> None:
        self._desk, self._log = desk, log

    def ask(self, terminal: str, command: Any) -> Any:
        command_id = secrets.token_hex(16)
        self._write(asked=command_id, kind=type(command).__name__)
        answer = self._desk.ask(terminal, command, command_id)
        self.answered(command_id, answer)
        return answer

    def answered(self, command_id: str, answer: m.Answer) -> None:
        self._write(answered=command_id, answer=msgspec.msgpack.encode(answer).hex())

    def asked(self, kind: str) -> str:
        command_id = secrets.token_hex(16)
        self._write(asked=command_id, kind=kind)
        return command_id

    def _write(self, **line: str) -> None:
        with self._log.open("a") as file:
            file.write(json.dumps(line) + "\n")


class Seen:
    """A small hall's day: its closed database and its clients' log."""

    def __init__(self, folder: Path) -> None:
        self.database, self.log = make_database(folder / "hall.db", HALLS["shanting"]), folder / "client.jsonl"
        desk = Desk(self.database)
        self.witness = Witness(desk, self.log)
        desk.log_in("window-3", "06")
        for _ in range(3):
            self.witness.ask("kiosk-1", desk.complaint())
            self.witness.ask("kiosk-1", m.TakeTicket(service="general"))
        for _ in range(2):
            ticket_id = self.witness.ask("window-3", m.CallNext()).ticket.ticket_id
            self.witness.ask("window-3", m.ServeTicket(ticket_id=ticket_id))
            self.witness.ask("window-3", m.FinishTicket(ticket_id=ticket_id))
        self.witness.asked("TakeTicket")
        desk.close()

    def faults(self) -> list[str]:
        return list(faults(self.database, Logs([self.log])))

    def plant(self, fault: Plant) -> list[str]:
        """The verdict after something was done to the file that the tables themselves would not have allowed."""
        with closing(sqlite3.connect(self.database)) as db:
            without_rules(db)
            fault(db)
            db.commit()
        return self.faults()


def without_rules(db: sqlite3.Connection) -> None:
    """The same rows in tables without keys and triggers, so that anything can be planted."""
    db.execute("PRAGMA foreign_keys=OFF")
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for name in tables:
        db.execute(f'CREATE TABLE "free_{name}" AS SELECT * FROM "{name}"')
        db.execute(f'DROP TABLE "{name}"')
        db.execute(f'ALTER TABLE "free_{name}" RENAME TO "{name}"')


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    return Seen(tmp_path)


def script(text: str) -> Plant:
    return lambda db: db.executescript(text) and None


def test_a_sound_hall_has_no_faults(seen: Seen) -> None:
    assert seen.faults() == []
    assert seen.plant(script("")) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('INSERT INTO "case" SELECT * FROM "case" LIMIT 1', "twice"),
        ("INSERT INTO ticket SELECT * FROM ticket LIMIT 1", "twice"),
        ("INSERT INTO command SELECT * FROM command WHERE kind = 'TakeTicket' LIMIT 1", "twice"),
        (
            "DELETE FROM command WHERE kind = 'TakeTicket' AND rowid ="
            " (SELECT max(rowid) FROM command WHERE kind = 'TakeTicket')",
            "lost",
        ),
        ("DELETE FROM ticket WHERE series = 'A' AND number = 2", "another ticket"),
        ("DELETE FROM \"case\" WHERE number LIKE '%-0002-%'", "another case"),
        ("UPDATE ticket SET number = 1, ticket_id = ticket_id || 'x' WHERE number = 2", "number twice"),
        ("UPDATE counter SET last = last - 1 WHERE series = 'A'", "counter behind"),
        ("UPDATE counter SET last = last - 1 WHERE series = 'case'", "counter behind"),
        ("UPDATE ticket SET calls = 2 WHERE calls = 1", "calls"),
        ("DELETE FROM event WHERE seq = 4", "gap"),
        ("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "feed: the hall is at"),
        ("UPDATE hall SET seq = seq + 1", "feed: the hall is at"),
        ("UPDATE audit SET subject = 'another' WHERE ordinal = 5", "audit: link 5 is not what was chained"),
        ("UPDATE audit SET at = at + 1 WHERE ordinal = 1", "audit: link 1 is not what was chained"),
        ("DELETE FROM audit WHERE ordinal = 3", "audit: link 3 is missing"),
        (
            "DELETE FROM audit WHERE ordinal = (SELECT max(ordinal) FROM audit)",
            "is not in the audit chain",
        ),
        ("DELETE FROM person WHERE case_number LIKE '%-0001-%'", "orphans: 0 times person"),
        ("INSERT INTO person SELECT * FROM person LIMIT 1", "orphans: 2 times person"),
        ("DELETE FROM step", "orphans: 0 times first step"),
        ("UPDATE notice SET subject = 'nothing'", "orphans: 3 times notice of no case"),
        ("DELETE FROM lookup", "orphans: look-up keys"),
        ("UPDATE \"case\" SET ticket_id = '20261123-F999' WHERE number LIKE '%-0001-%'", "orphans: case"),
        (
            "UPDATE ticket SET case_number = '370406-20261123-0099-9' WHERE number = 1 AND series = 'F'",
            "orphans: ticket",
        ),
    ],
)
def test_a_planted_fault_is_found(seen: Seen, planted: str, found: str) -> None:
    assert [fault for fault in seen.plant(script(planted)) if found in fault]


def test_an_answer_that_differs_from_the_remembered_one_is_found(seen: Seen) -> None:
    command_id = next(id for id, kind in Logs([seen.log]).asked.items() if kind == "TakeTicket")
    seen.witness.answered(
        command_id, m.TicketIssued(ticket_id="20261123-A007", number="A007", service="general", ahead=0)
    )
    (fault,) = seen.faults()
    assert fault.startswith(f"another answer: {command_id}")


def test_an_answer_to_what_the_database_never_kept_is_found(seen: Seen) -> None:
    command_id = seen.witness.asked("TakeTicket")
    seen.witness.answered(
        command_id, m.TicketIssued(ticket_id="20261123-A004", number="A004", service="general", ahead=0)
    )
    (fault,) = seen.faults()
    assert fault.startswith(f"lost: {command_id}")


def test_a_ticket_that_nobody_asked_for_is_found(seen: Seen) -> None:
    text = seen.log.read_text().splitlines()
    asked = json.loads(text[2])
    assert asked["kind"] == "TakeTicket"
    seen.log.write_text("\n".join([*text[:2], *text[4:]]) + "\n")
    assert [
        fault for fault in seen.faults() if fault.startswith(f"from nowhere: nobody asked TakeTicket {asked['asked']}")
    ]


def test_two_windows_that_were_given_the_same_ticket_are_found(seen: Seen) -> None:
    logs = Logs([seen.log])
    first = next(answers[0] for id, answers in logs.answers.items() if logs.asked[id] == "CallNext")
    second_call = seen.witness.asked("CallNext")
    seen.witness.answered(second_call, msgspec.convert(first, m.TicketAnswer))
    assert [fault for fault in seen.faults() if "called twice" in fault]


def test_a_row_whose_key_points_nowhere_is_found(seen: Seen) -> None:
    with closing(sqlite3.connect(seen.database)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("UPDATE lookup SET case_number = 'nothing'")
        db.commit()
    assert [fault for fault in seen.faults() if fault.startswith("foreign key")]


def test_a_damaged_page_is_found(seen: Seen) -> None:
    with closing(sqlite3.connect(seen.database)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_case_filed'").fetchone()[0]
    content = bytearray(seen.database.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    seen.database.write_bytes(content)
    assert [fault for fault in seen.faults() if fault.startswith("integrity")]


def test_as_a_program_it_ends_with_one_and_says_the_faults(seen: Seen) -> None:
    argv = [sys.executable, "-m", "tests.e2e.verdict", str(seen.database), str(seen.log)]
    sound = subprocess.run(argv, capture_output=True, check=True)
    told = json.loads(sound.stdout)
    assert (told["answered"], told["unanswered"], told["faults"]) == (12, 1, [])
    seen.plant(script("DELETE FROM event WHERE seq = 4"))
    wrong = subprocess.run(argv, capture_output=True, check=False)
    assert wrong.returncode == 1
    assert "gap" in json.loads(wrong.stdout)["faults"][0]
