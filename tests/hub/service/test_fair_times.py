"""The fairness report of a day with appointments and late service: it tells of each, and nothing else moved."""

from __future__ import annotations

import pytest

from hub.wire import messages as m
from tests.hub import fair_day
from tests.hub.desk import Desk
from tests.hub.service.times import OFFICE, TUESDAY, at, book, with_rules

KIOSK, WINDOW = "kiosk-1", "window-1"


def serve_all(desk: Desk) -> list[str]:
    """Everybody whom window 1 can call, one after another."""
    called = []
    while isinstance(answer := desk.ask(WINDOW, m.CallNext()), m.TicketAnswer):
        desk.later(minutes=2)
        desk.ask(WINDOW, m.FinishTicket(ticket_id=answer.ticket.ticket_id))
        called.append(answer.ticket.number)
    return called


@pytest.mark.rule("R55", "R58", "R60")
def test_the_report_tells_of_each_time_that_was_given_and_each_number_after_hours(desk: Desk) -> None:
    with_rules(desk, OFFICE)
    desk.ask(WINDOW, m.SetWindow(open=True))
    codes = [book(desk, slot).code for slot in ("10:00", "10:30", "11:00")]
    desk.turn_day(TUESDAY)
    at(desk, "09:50", TUESDAY)
    walk_ins = [desk.ask(KIOSK, m.TakeTicket(service="inquiry")).number for _ in range(2)]
    on_time = desk.ask(KIOSK, m.CheckIn(code=codes[0])).number
    at(desk, "10:05", TUESDAY)
    early = desk.ask(KIOSK, m.CheckIn(code=codes[1])).number
    assert serve_all(desk) == [on_time, *walk_ins, early]
    at(desk, "11:20", TUESDAY)
    late = desk.ask(KIOSK, m.CheckIn(code=codes[2])).number
    at(desk, "17:10", TUESDAY)
    desk.ask(WINDOW, m.ServeLate(ground="urgent"))
    after_hours = desk.ask(KIOSK, m.TakeTicket(service="inquiry")).number
    assert serve_all(desk) == [late, after_hours]

    told = fair_day.told(desk, TUESDAY)
    assert told.findings == ()
    kinds = {(one.number, one.kind) for one in told.exceptions}
    assert kinds == {
        (on_time, "appointment"),
        (early, "appointment"),
        (early, "early"),
        (after_hours, "late_service"),
    }
