"""A day that the calendar closes after appointments were given for it."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.service.watch import Lookout
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk
from tests.hub.service.test_watch import look
from tests.hub.service.times import TUESDAY, at, book, with_rules

WINDOW = "window-3"
CLOSED = m.ChangeCalendar(days=(TUESDAY,), kind="closed", reason="临时放假")


def notices(desk: Desk) -> list[tuple[str, str]]:
    listed = desk.query(WINDOW, m.ListNotices()).notices
    return [(one.subject, one.detail) for one in listed if one.kind == "appointments_called_off"]


@pytest.mark.rule("R58")
def test_windows_are_told_once_of_appointments_on_a_day_that_is_closed_after_all(desk: Desk) -> None:
    with_rules(desk)
    first, _, kept = book(desk), book(desk, "10:30"), book(desk, day=TUESDAY.replace(day=25))
    at(desk, "09:40")
    lookout = Lookout(desk.books)
    assert look(desk, lookout) == 0
    assert not isinstance(desk.ask("supervisor", CLOSED), m.Rejected)
    desk.later(minutes=2)
    assert look(desk, lookout) == 1
    assert notices(desk) == [(f"{TUESDAY}", "2")]
    desk.later(minutes=2)
    assert look(desk, lookout) == 0
    listed = desk.query(WINDOW, m.ListAppointments(date=TUESDAY)).appointments
    assert [one.called_off for one in listed] == [True, True]
    moved = desk.ask(WINDOW, m.MoveAppointment(code=first.code, date=kept.date, slot=kept.slot.replace(hour=11)))
    assert not moved.appointment.called_off
    assert {row.called_off_told is None for row in desk.rows(schema.appointment) if row.date == kept.date} == {True}


def test_of_a_day_that_becomes_a_half_one_only_what_lies_after_it_is_called_off(desk: Desk) -> None:
    with_rules(desk)
    book(desk), book(desk, "14:30")
    half = m.ChangeCalendar(days=(TUESDAY,), kind="half", closes=dt.time(12), reason="停电")
    assert not isinstance(desk.ask("supervisor", half), m.Rejected)
    listed = desk.query(WINDOW, m.ListAppointments(date=TUESDAY)).appointments
    assert [one.called_off for one in listed] == [False, True]
    assert book(desk, "15:30").code == "no_slot"


def test_nothing_is_given_on_a_day_that_is_closed_after_all(desk: Desk) -> None:
    with_rules(desk)
    assert not isinstance(desk.ask("supervisor", CLOSED), m.Rejected)
    assert book(desk).code == "no_slot"
