"""Numbers after a restore: what any terminal has seen is given to nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.domain.numbers import read_case_number, ticket_number
from hub.service.books import Asked
from hub.service.restoring import MARGIN, NUMBERS_AT_MOST, Restored
from hub.service.round import Job
from hub.store import restoring, schema
from hub.wire import messages as m
from tests.factories import MONDAY
from tests.hub.desk import HUB_ITSELF, Desk

ENDED, NEW = "a" * 32, "b" * 32


def restore(desk: Desk, **told: Any) -> None:
    """What `bancheng restore` does to the database that it has unpacked."""
    with desk.store.transaction() as tx:
        restoring.begin_epoch(tx, desk.hall.code, NEW)
    desk.reopen()
    taken_at = desk.at - dt.timedelta(hours=1)
    job = Job(Asked(desk.new_id(), HUB_ITSELF, desk.at), Restored(**({"taken_at": taken_at, "given": {}} | told)))
    desk.commit([job])
    assert job.answer == m.Done()
    desk.reopen()


def serial(desk: Desk) -> int:
    return read_case_number(desk.file().case_number).serial


def seen(number: int, series: str = "case", day: dt.date = MONDAY, epoch: str = ENDED) -> m.ReportNumbers:
    return m.ReportNumbers(epoch=epoch, seen=(m.SeenNumber(business_date=day, series=series, number=number),))


def test_the_first_numbers_after_a_restore_are_a_margin_beyond_those_of_the_backup(desk: Desk) -> None:
    assert serial(desk) == 1
    restore(desk)
    assert serial(desk) == 1 + MARGIN + 1
    assert desk.ask("kiosk-1", m.TakeTicket(service="general")).number == ticket_number("A", MARGIN + 1)


def test_a_backup_of_an_earlier_day_skips_numbers_of_today_too(desk: Desk) -> None:
    desk.later(days=1)
    restore(desk)
    desk.turn_day(MONDAY + dt.timedelta(days=1))
    assert serial(desk) == MARGIN + 1
    desk.later(days=1)
    desk.turn_day(MONDAY + dt.timedelta(days=2))
    assert serial(desk) == 1


def test_a_hall_whose_busiest_day_was_beyond_the_margin_skips_as_many(desk: Desk) -> None:
    desk.ask("kiosk-1", seen(MARGIN * 3))
    restore(desk)
    assert serial(desk) == MARGIN * 6 + 1


def test_numbers_of_the_replaced_database_are_skipped_as_far_as_it_can_be_read(desk: Desk) -> None:
    restore(desk, given={(MONDAY, "case"): 700})
    assert serial(desk) == 700 + MARGIN + 1


def test_a_second_restore_of_one_backup_skips_what_was_given_after_the_first(desk: Desk) -> None:
    restore(desk, times=2)
    assert serial(desk) == 2 * MARGIN + 1


def test_what_a_terminal_has_seen_is_given_to_nobody_else(desk: Desk) -> None:
    restore(desk)
    assert desk.ask("wall", seen(4321)) == m.Done()
    assert desk.ask("kiosk-1", seen(4000)) == m.Done()  # another one that has seen less takes nothing back
    assert serial(desk) == 4322
    desk.ask("wall", seen(2500, "A"))
    assert desk.ask("kiosk-1", m.TakeTicket(service="general")).number == "A2501"
    desk.reopen()
    assert serial(desk) == 4323


def test_a_number_seen_of_tomorrow_holds_when_tomorrow_comes(desk: Desk) -> None:
    restore(desk)
    desk.ask("wall", seen(77, day=MONDAY + dt.timedelta(days=1)))
    desk.later(days=1)
    desk.turn_day(MONDAY + dt.timedelta(days=1))
    assert serial(desk) == 78


@pytest.mark.parametrize(
    "told",
    [seen(9000, epoch=NEW), seen(9000, "K"), seen(9000, day=MONDAY - dt.timedelta(days=1))],
    ids=["this epoch's own", "a series of no service", "a day that is over"],
)
def test_what_is_nothing_to_the_hub_s_numbers_changes_none(desk: Desk, told: m.ReportNumbers) -> None:
    restore(desk)
    before = desk.rows(schema.counter)
    assert desk.ask("wall", told) == m.Done()
    assert desk.rows(schema.counter) == before


@pytest.mark.parametrize("number", [0, -1, NUMBERS_AT_MOST + 1])
def test_a_number_that_no_series_reaches_is_refused(desk: Desk, number: int) -> None:
    assert desk.ask("wall", seen(number)).code == "bad_numbers"


def test_a_restore_ends_all_logins_closes_the_windows_and_tells_supervisors_the_lost_span(desk: Desk) -> None:
    desk.file()
    restore(desk)
    assert desk.rows(schema.login) == []
    assert not any(one.open for one in desk.books.picture.windows.values())
    notice = desk.query("supervisor", m.ListNotices()).notices[-1]
    assert (notice.kind, notice.subject, notice.detail) == ("restored", "2026-11-23 08:32", "2026-11-23 09:32")
    assert "restored" not in {one.kind for one in desk.query("window-3", m.ListNotices()).notices}


def test_a_new_epoch_counts_from_one_and_is_in_the_audit_chain(desk: Desk) -> None:
    desk.file()
    restore(desk)
    assert (desk.books.picture.epoch, desk.books.picture.seq) == (NEW, 1)
    assert desk.rows(schema.audit)[-1].kind == "Restored"


def test_notices_after_a_restore_have_ids_that_no_counter_has_alerted_for(desk: Desk) -> None:
    desk.file()
    before = max(row.notice_id for row in desk.rows(schema.notice))
    restore(desk)
    assert max(row.notice_id for row in desk.rows(schema.notice)) > before + MARGIN
