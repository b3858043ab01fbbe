"""The report worked out beside the hub, and its pages on the supervisor's screen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hub.config import HallDirectory
from hub.errors import Refused
from hub.fairness.commands import read
from hub.fairness.sheet import Says
from hub.fairness.shown import Sheet
from hub.fairness.worker import Worker
from hub.service.fairness import ROWS_A_PAGE
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, hold
from tests.processes import until

MONDAY = factories.MONDAY


class Told:
    """A report that is there at the second question."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._asked = sheet, 0

    def told(self, date: dt.date, over: bool) -> Sheet | None:
        self._asked += 1
        return self._sheet if self._asked > 1 else None


@pytest.fixture
def sheet(place: HallDirectory) -> Sheet:
    return Says(place.hall(), MONDAY).sheet(read(place, MONDAY, lambda *_: None))


@pytest.fixture
def reporting(desk: Desk, sheet: Sheet) -> Desk:
    desk.books.reports = Told(sheet)
    return desk


def test_it_is_told_page_by_page_once_it_is_worked_out(reporting: Desk, sheet: Sheet) -> None:
    asked = m.ReadFairness(date=MONDAY, part="tickets")
    assert reporting.ask("supervisor", asked).code == "being_worked_out"
    first = reporting.ask("supervisor", asked)
    pages = [
        reporting.ask("supervisor", m.ReadFairness(date=MONDAY, part="tickets", page=n)) for n in range(first.pages)
    ]
    assert [row.cells for page in pages for row in page.rows] == [line.cells for line in sheet.tickets]
    assert max(len(page.rows) for page in pages) <= ROWS_A_PAGE
    assert (first.holds, first.verdict, first.seal) == (True, sheet.verdict, sheet.seal)
    assert reporting.ask("supervisor", m.ReadFairness(date=MONDAY, page=99)).code == "no_page"


@pytest.mark.rule("R47")
def test_each_look_is_logged_with_who_looked(reporting: Desk) -> None:
    for _ in range(3):
        reporting.ask("supervisor", m.ReadFairness(date=MONDAY))
    logged = [(row.staff, row.subject) for row in reporting.rows(schema.audit) if row.kind == "ReadFairness"]
    assert logged == [("90", f"fairness {MONDAY} exceptions 0")] * 2


def test_it_is_for_those_who_run_the_hall(reporting: Desk) -> None:
    assert reporting.ask("window-3", m.ReadFairness(date=MONDAY)).code == "not_permitted"
    hold(reporting, "90", "clerk")
    assert reporting.ask("supervisor", m.ReadFairness(date=MONDAY)).code == "not_permitted"


def test_a_day_to_come_has_none(reporting: Desk) -> None:
    assert reporting.ask("supervisor", m.ReadFairness(date=MONDAY + dt.timedelta(days=1))).code == "bad_dates"


@pytest.mark.e2e
def test_a_process_of_its_own_makes_the_same_report(place: HallDirectory, sheet: Sheet) -> None:
    worker = Worker(place.path)
    assert worker.told(MONDAY, True) is None
    until("the report is worked out", lambda: worker.told(MONDAY, True) is not None)
    assert worker.told(MONDAY, True) == sheet


@pytest.mark.e2e
def test_a_report_that_cannot_be_made_is_said_and_asked_for_again(tmp_path: Path) -> None:
    worker = Worker(tmp_path / "no hall")

    def refused() -> bool:
        try:
            return worker.told(MONDAY, True) is not None
        except Refused as wrong:
            return wrong.code == "report_failed"

    until("the worker has failed", refused)
    assert worker.told(MONDAY, True) is None, "it is tried again"
    worker.close()
