"""A whole database that an earlier version of this program has kept, with the policy as it was stored then."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from hub.domain.policy.stored import from_stored
from hub.store import commands, policies, schema
from hub.store.migrate import migrate
from hub.wire import messages as m
from tests.hub.desk import POLICIES, Desk

KEPT = Path(__file__).with_name("kept") / "wuxi_0025.sql"
"""无锡 on a Monday morning, before the line had exceptions: three complaints, one served, window 4 paused."""


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "hall.db") as db:
        db.executescript(KEPT.read_text())
    return tmp_path / "hall.db"


@pytest.fixture
def desk(kept: Path) -> Iterator[Desk]:
    migrate(kept)
    made = Desk(kept, "wuxi")
    made.staff["window-4"] = "06"
    made._ids = itertools.count(1000)  # the first ones were used in those days
    made.later(hours=1)
    yield made
    made.close()


def test_a_policy_that_knew_nothing_of_the_queue_is_read_with_the_silent_default(kept: Path) -> None:
    with sqlite3.connect(kept) as db:
        ((body,),) = db.execute("SELECT body FROM policy")
    assert "queue" not in msgspec.json.decode(body)
    read = from_stored(body)
    assert (read.queue.at_day_end.value, read.queue.at_day_end.silent) == ("close", True)
    assert (read.queue.green_grounds.value, read.queue.green_grounds.silent) == ((), True)
    assert read.promise == POLICIES["wuxi"].promise


def test_under_the_same_version_it_says_afterwards_what_the_document_says_of_the_queue(desk: Desk) -> None:
    with desk.store.reading() as db:
        assert policies.find(db, desk.hall.code, "wuxi", 1) == POLICIES["wuxi"]
        assert commands.verify_audit(db, desk.hall.code) is None


def test_its_cases_go_on_and_its_line_is_called_in_its_order(desk: Desk) -> None:
    assert desk.books.picture.windows[4] == m.WindowView(number=4, open=False, why="closed")
    desk.ask("window-4", m.SetWindow(open=True))
    numbers = []
    for _ in range(2):
        ticket = desk.ask("window-4", m.CallNext()).ticket
        numbers.append(ticket.number)
        assert desk.ask("window-4", m.AnswerOnTheSpot(case_number=ticket.case_number, text="已查到，当场补录。"))
        desk.ask("window-4", m.FinishTicket(ticket_id=ticket.ticket_id))
    assert numbers == ["F002", "F003"]
    assert {row.stage for row in desk.rows(schema.case)} == {"filed", "answered_on_the_spot"}
    assert desk.ask("window-4", m.CallNext()).code == "queue_empty"
