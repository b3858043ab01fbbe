"""The audit chain: every command that was carried out, in order, unchangeable and without anything personal."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import exc, text
from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from hub.store import commands, schema
from hub.store.transaction import StoreFailed
from hub.wire import messages as m
from tests.hub.desk import Ask, Desk, secrets_of


def verify(desk: Desk) -> int | None:
    with desk.store.reading() as db:
        return commands.verify_audit(db, desk.hall.code)


@pytest.mark.rule("R47")
def test_everything_that_was_carried_out_stands_in_the_chain(desk: Desk) -> None:
    before = desk.count(schema.audit)
    number = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    desk.ask("window-3", m.CallNext())
    rows = desk.rows(schema.audit)[before:]
    assert [(row.kind, row.terminal, row.staff, row.subject) for row in rows] == [
        ("FileComplaint", "kiosk-1", "", number),
        ("AnswerOnTheSpot", "window-3", "06", number),
        ("CallNext", "window-3", "06", "20261123-F001"),
    ]
    assert [row.ordinal for row in desk.rows(schema.audit)] == list(range(1, before + 4))


def test_what_was_refused_or_resent_does_not(desk: Desk) -> None:
    told, command_id = desk.complaint(), desk.new_id()
    desk.ask("kiosk-1", told, command_id)
    before = desk.count(schema.audit)
    desk.ask("kiosk-1", told, command_id)
    desk.ask("window-1", m.CallNext())
    desk.ask("kiosk-1", desk.complaint(matter="no-such-matter"))
    assert desk.count(schema.audit) == before


def test_the_chain_is_whole_and_goes_on_after_a_restart(desk: Desk) -> None:
    desk.round(*(Ask("kiosk-1", desk.complaint()) for _ in range(5)))
    desk.reopen()
    desk.file()
    assert desk.count(schema.audit) > 6
    assert verify(desk) is None


def test_an_empty_chain_is_whole(empty_desk: Desk) -> None:
    assert verify(empty_desk) is None


def tampered(database: Path, statement: str) -> None:
    """Somebody with the file in hand and the triggers out of the way."""
    with sqlite3.connect(database) as raw:
        raw.execute("DROP TRIGGER audit_no_update")
        raw.execute("DROP TRIGGER audit_no_delete")
        assert raw.execute(statement).rowcount > 0
    raw.close()


COLUMNS = {
    "at": "at + 1",
    "terminal": "'window-9'",
    "staff": "'99'",
    "kind": "'ReadCase'",
    "subject": "subject || '0'",
    "command_id": "replace(command_id, '0', '1')",
    "hash": "zeroblob(32)",
}


@pytest.mark.rule("R47")
@pytest.mark.parametrize("column", COLUMNS)
def test_one_changed_value_is_named(desk: Desk, column: str) -> None:
    for _ in range(3):
        desk.file()
    third = desk.count(schema.audit) - 1
    tampered(desk.store.path, f"UPDATE audit SET {column} = {COLUMNS[column]} WHERE ordinal = {third}")
    assert verify(desk) == third


def test_a_link_that_was_taken_out_is_named(desk: Desk) -> None:
    for _ in range(3):
        desk.file()
    tampered(desk.store.path, "DELETE FROM audit WHERE ordinal = 6")
    assert verify(desk) == 6


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET staff = '99'", "DELETE FROM audit", "DELETE FROM audit WHERE ordinal = 2"]
)
def test_the_database_itself_refuses_to_change_the_chain(desk: Desk, statement: str) -> None:
    before = desk.rows(schema.audit)
    with pytest.raises(StoreFailed, match="append-only") as refused, desk.store.transaction() as tx:
        tx.execute(text(statement))
    assert isinstance(refused.value.__cause__, exc.DBAPIError)
    assert desk.rows(schema.audit) == before


# --- nothing personal where it does not belong

NAME, PHONE, TEXT, SINCE = "欧阳标记甲", "13987654321", "标记乙：跑了三趟", "标记丙年三月"
ANSWER, NOTE, REPLY = "标记丁：已讲清", "标记戊：请核实", "标记己：已办结"
PLANTED = (NAME, PHONE, TEXT, SINCE, ANSWER, NOTE, REPLY)


@pytest.fixture
def used(desk: Desk) -> tuple[Desk, list[dict[str, object]], m.LookupSecrets]:
    """A desk after one whole case with marked words, its log, and the secrets of its paper."""
    paper = secrets_of("marked paper")
    with capture_logs(processors=[format_exc_info]) as logs:
        for confidential in (False, True):
            told = desk.complaint(
                name=NAME,
                phone=PHONE,
                text=TEXT,
                since=SINCE,
                confidential=confidential,
                **({} if confidential else {"on_paper": paper}),
            )
            number = desk.ask("kiosk-1", told).case_number
            sent = desk.ask(
                "window-3", m.DispatchCase(case_number=number, department="tax", case_class="general", note=NOTE)
            )
            desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=sent.work_order_id))
            desk.ask("department-tax", m.ReadCase(case_number=number))
            desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text=REPLY))
            desk.ask("window-3", m.ReadCase(case_number=number))
        other = desk.file(name=NAME, phone=PHONE, text=TEXT).case_number
        desk.ask("window-3", m.AnswerOnTheSpot(case_number=other, text=ANSWER))
        # What goes wrong is logged whole, and must not take what was told with it.
        desk.ask("kiosk-1", desk.complaint(name=NAME, phone=PHONE, text=TEXT, on_paper=paper))
        desk.ask("kiosk-1", desk.complaint(name=NAME, text=TEXT, matter="no-such-matter"))
    assert {"batch.failed", "command.failed"} <= {str(one["event"]) for one in logs}
    assert "UNIQUE constraint failed" in repr(logs)
    return desk, logs, paper


def spellings(words: str) -> list[bytes]:
    return [words.encode(), words.encode("utf-16-le"), words.encode("gb18030"), ascii(words)[1:-1].encode()]


@pytest.mark.rule("R13", "R69")
def test_no_file_of_the_database_has_a_citizen_s_words_in_clear(
    used: tuple[Desk, list[dict[str, object]], m.LookupSecrets],
) -> None:
    desk, _, paper = used
    files = [path for path in desk.store.path.parent.iterdir() if path.name.startswith("hall.db")]
    assert {"hall.db", "hall.db-wal"} <= {path.name for path in files}
    kept = b"".join(path.read_bytes() for path in files)
    for words in (*PLANTED, paper.token, paper.typed):
        assert not any(spelling in kept for spelling in spellings(words)), words
    assert b"370406-20261123-0001-6" in kept, "the files that were searched are those that were written"


@pytest.mark.rule("R13")
def test_neither_feed_nor_audit_nor_log_has_a_citizen_s_words(
    used: tuple[Desk, list[dict[str, object]], m.LookupSecrets],
) -> None:
    desk, logs, paper = used
    told = {
        "events": repr(desk.events) + repr([row.body for row in desk.rows(schema.event)]),
        "audit": repr(desk.rows(schema.audit)),
        "log": repr(logs),
    }
    for place, words in told.items():
        for planted in (*PLANTED, paper.token, paper.typed):
            assert planted not in words, place
            assert repr(planted.encode())[2:-1] not in words, place
