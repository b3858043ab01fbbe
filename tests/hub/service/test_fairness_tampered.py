"""Rows added, changed or taken out behind the hub's back, with the hub stopped: each shows in the report."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from hub.domain.fairness.report import Report, report
from hub.store.fairness import read_day
from hub.store.transaction import one_transaction
from tests import factories
from tests.hub.desk import Desk, copy_database
from tests.hub.fair_day import FairDay, prepare, told


@pytest.fixture(scope="module")
def lived(desk_at_work: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A day of which nothing is wrong; closed."""
    folder = tmp_path_factory.mktemp("lived")
    desk = desk_at_work.twin(copy_database(desk_at_work.store.path, folder / "hall.db"))
    day = FairDay(prepare(desk), 3)
    day.plain(6)
    for scene in (day.put_first, day.green_confirmed, day.came_back, day.parked, day.weighed, day.sent_on):
        scene()
    assert told(desk).holds
    desk.close()
    return desk


@pytest.fixture
def tampered(lived: Desk, tmp_path: Path) -> Callable[..., Report]:
    """Runs SQL on a copy of the day as somebody at the machine could, and reads the report of it."""

    def run(statement: str) -> Report:
        copy = copy_database(lived.store.path, tmp_path / "hall.db")
        with closing(sqlite3.connect(copy)) as db:
            db.create_function("nine_may_pass", 1, lambda body: body.replace(b"may_pass\x03", b"may_pass\x09"))
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                db.execute(f"DROP TRIGGER {name}")
            assert db.execute(statement).rowcount > 0, f"nothing to tamper with: {statement}"
            db.commit()
        with one_transaction(copy, read_only=True) as db:
            return report(read_day(db, lived.hall.code, lived.sealer, factories.MONDAY, lambda *_: None))

    return run


TAMPERED = {
    "a step taken out": ("DELETE FROM ticket_step WHERE move = 'park'", {"record_alone", "no_such_move", "gap"}),
    "a step put in": (
        "INSERT INTO ticket_step SELECT hall, ticket_id, 99, at, 'advance', state, service, \"window\", 'advanced', "
        "stands_at, not_before, for_window, staff, because, passed, ground, 'hall_head', sealed, "
        "(SELECT MAX(seq) + 1 FROM ticket_step), '', '' FROM ticket_step WHERE move = 'advance' LIMIT 1",
        {"step_alone"},
    ),
    "another moment of a step": ("UPDATE ticket_step SET at = at - 60000000 WHERE move = 'park'", {"record_alone"}),
    "another who moved": ("UPDATE ticket_step SET staff = '07' WHERE move = 'park'", {"record_alone", "step_alone"}),
    "another reason for a call": (
        "UPDATE ticket_step SET because = 'order' WHERE because = 'weight'",
        {"because_differs"},
    ),
    "a reason said of a plain call": (
        "UPDATE ticket_step SET because = 'weight' WHERE because = 'order' AND move = 'call'",
        {"because_differs"},
    ),
    "fewer passed": ("UPDATE ticket_step SET passed = 0 WHERE passed > 0", {"passed_differs"}),
    "another lane of a step": (
        "UPDATE ticket_step SET lane = 'green' WHERE lane = 'advanced'",
        {"told_otherwise", "not_decided"},
    ),
    "another state": ("UPDATE ticket_step SET state = 'done' WHERE move = 'mark_no_show'", {"state_differs"}),
    "another place": (
        "UPDATE ticket_step SET stands_at = stands_at - 600000000 WHERE move = 'come_back'",
        {"wrong_place"},
    ),
    "another who may decide": ("UPDATE ticket_step SET post = 'clerk' WHERE move = 'advance'", {"not_decided"}),
    "another reason in words": (
        "UPDATE ticket_step SET sealed = zeroblob(40) WHERE move = 'advance'",
        {"reason_broken"},
    ),
    "no reason": ("UPDATE ticket_step SET sealed = NULL WHERE lane = 'advanced'", {"no_reason"}),
    "another window of a call": ("UPDATE ticket_step SET \"window\" = 2 WHERE move = 'call'", {"wrong_window"}),
    "a ticket taken out": (
        "DELETE FROM ticket WHERE ticket_id = '20261123-F002'",
        {"missing", "nobody_s_ticket"},
    ),
    "a ticket put in": (
        "INSERT INTO ticket SELECT hall, '20261123-F999', 'ff', business_date, series, 999, service, 'waiting', "
        'taken_at, "window", called_at, ended_at, calls, case_number, queue_date, lane, stands_at, not_before, '
        "for_window, passed, chances FROM ticket WHERE ticket_id = '20261123-F002'",
        {"taken_alone", "missing"},
    ),
    "an earlier taking": (
        "UPDATE ticket SET taken_at = taken_at - 3600000000 WHERE ticket_id = '20261123-F002'",
        {"row_differs"},
    ),
    "another state of a ticket": (
        "UPDATE ticket SET state = 'waiting' WHERE ticket_id = '20261123-F002'",
        {"row_differs"},
    ),
    "a ticket passed less often": ("UPDATE ticket SET passed = 0 WHERE passed > 0", {"row_differs"}),
    "a ticket with another chance": (
        "UPDATE ticket SET chances = 5 WHERE ticket_id = '20261123-F002'",
        {"row_differs"},
    ),
    "a counter set back": ("UPDATE counter SET last = last + 2 WHERE series = 'F'", {"missing"}),
    "a link taken out": ("DELETE FROM audit WHERE kind = 'ParkTicket'", {"chain_broken", "step_alone"}),
    "another who in the chain": ("UPDATE audit SET staff = '07' WHERE kind = 'ParkTicket'", {"chain_broken"}),
    "an event taken out": (
        "DELETE FROM event WHERE seq = (SELECT MAX(seq) FROM event WHERE instr(body, 'TicketCalled') > 0)",
        {"untold"},
    ),
    "an event put in": (
        "INSERT INTO event SELECT hall, epoch, seq + 10000, at, body FROM event WHERE instr(body, 'TicketCalled') > 0 "
        "ORDER BY seq LIMIT 1",
        {"told_alone"},
    ),
    "other rules": (
        "UPDATE line_rules SET body = nine_may_pass(body)",
        {"rules_changed"},
    ),
}


@pytest.mark.rule("R55")
@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_changed_by_hand_is_found(what: str, tampered: Callable[..., Report]) -> None:
    statement, expected = TAMPERED[what]
    found = tampered(statement)
    assert not found.holds
    assert {one.kind for one in found.findings} & expected, found.findings


def test_each_change_breaks_the_seal(tampered: Callable[..., Report]) -> None:
    changed = [statement for statement, _ in TAMPERED.values() if statement.startswith("UPDATE ticket_step")]
    assert len({tampered(statement).seal for statement in changed}) == len(changed)


def test_an_untouched_copy_holds(tampered: Callable[..., Report]) -> None:
    assert tampered("UPDATE hall SET name = name").findings == ()
