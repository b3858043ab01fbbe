"""Calling, recalling, serving, finishing: strict order, one window a person."""

from __future__ import annotations

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Ask, Desk


def take(desk: Desk, service: str) -> str:
    return desk.ask("kiosk-1", m.TakeTicket(service=service)).number


def call(desk: Desk, window: str = "window-3", service: str = "") -> m.TicketView:
    return desk.ask(window, m.CallNext(service=service)).ticket


def finish(desk: Desk, ticket: m.TicketView, window: str = "window-3") -> None:
    assert desk.ask(window, m.FinishTicket(ticket_id=ticket.ticket_id)).ticket.state == "done"


@pytest.mark.rule("R55")
def test_who_came_first_is_called_first(desk: Desk) -> None:
    for _ in range(3):
        desk.file()
        desk.later(seconds=20)
    called = []
    for _ in range(3):
        ticket = call(desk)
        called.append(ticket.number)
        finish(desk, ticket)
    assert called == ["F001", "F002", "F003"]


@pytest.mark.rule("R55")
def test_between_queues_of_one_window_the_moment_of_taking_decides(desk: Desk) -> None:
    taken = []
    for service in ("inquiry", "general", "inquiry", "general"):
        taken.append(take(desk, service))
        desk.later(seconds=5)
    called = []
    for _ in taken:
        ticket = call(desk, "window-1")
        called.append(ticket.number)
        finish(desk, ticket, "window-1")
    assert called == taken == ["C001", "A001", "C002", "A002"]


@pytest.mark.rule("R55")
def test_the_order_holds_where_numbers_grow_a_digit_in_one_moment(desk: Desk) -> None:
    for _ in range(2):
        desk.round(*(Ask("kiosk-1", m.TakeTicket(service="general")) for _ in range(501)))
    line = [ticket.number for ticket in desk.books.picture.waiting("general")]
    assert line[997:] == ["A998", "A999", "A1000", "A1001", "A1002"]


def test_a_window_calls_only_its_own_services(desk: Desk) -> None:
    take(desk, "real-estate")
    desk.file()
    assert desk.ask("window-1", m.CallNext()).code == "queue_empty"
    assert desk.ask("window-1", m.CallNext(service="complaint")).code == "not_permitted"
    assert call(desk, "window-3").number == "F001"


def test_a_window_may_narrow_a_call_to_one_of_its_queues(desk: Desk) -> None:
    take(desk, "general")
    desk.later(seconds=1)
    take(desk, "inquiry")
    assert call(desk, "window-1", "inquiry").number == "C001"


def test_nobody_waiting_is_said(desk: Desk) -> None:
    before = desk.kept()
    assert desk.ask("window-3", m.CallNext()).code == "queue_empty"
    assert desk.kept() == before


def test_a_window_with_somebody_before_it_cannot_call_the_next(desk: Desk) -> None:
    desk.file()
    desk.file()
    first = call(desk)
    refused = desk.ask("window-3", m.CallNext())
    assert refused.code == "window_busy"
    assert first.number in refused.text
    finish(desk, first)
    assert call(desk).number == "F002"


def test_a_call_is_shown_with_window_and_time(desk: Desk) -> None:
    desk.file()
    ticket = call(desk)
    assert (ticket.state, ticket.window, ticket.calls, ticket.called_at) == ("called", 3, 1, desk.at)
    assert desk.events[-1].event == m.TicketCalled(ticket=ticket)
    assert desk.books.picture.at_window(3) == ticket


def test_each_recall_is_counted_and_announced_anew(desk: Desk) -> None:
    desk.file()
    ticket = call(desk)
    for calls in (2, 3):
        desk.later(seconds=30)
        recalled = desk.ask("window-3", m.RecallTicket(ticket_id=ticket.ticket_id)).ticket
        assert (recalled.calls, recalled.called_at, recalled.state) == (calls, desk.at, "called")
        assert desk.events[-1].event == m.TicketCalled(ticket=recalled)


def test_serving_and_finishing_are_seen_by_everybody(desk: Desk) -> None:
    desk.file()
    ticket = call(desk)
    served = desk.ask("window-3", m.ServeTicket(ticket_id=ticket.ticket_id)).ticket
    assert served.state == "serving"
    assert desk.events[-1].event == m.TicketMoved(move="serve", ticket=served)
    desk.later(minutes=9)
    done = desk.ask("window-3", m.FinishTicket(ticket_id=ticket.ticket_id)).ticket
    assert (done.state, done.ended_at) == ("done", desk.at)
    assert desk.events[-1].event == m.TicketMoved(move="finish", ticket=done)
    assert desk.books.picture.at_window(3) is None


def test_who_did_not_come_can_be_called_again_and_served_to_the_end(desk: Desk) -> None:
    desk.file()
    ticket = call(desk)
    away = desk.ask("window-3", m.MarkNoShow(ticket_id=ticket.ticket_id)).ticket
    assert (away.state, away.ended_at) == ("no_show", desk.at)
    desk.later(minutes=10)
    back = desk.ask("window-3", m.RecallTicket(ticket_id=ticket.ticket_id)).ticket
    assert (back.state, back.calls, back.ended_at) == ("recalled", 2, None)
    finish(desk, back)


def test_after_a_no_show_the_next_may_be_called(desk: Desk) -> None:
    desk.file()
    desk.file()
    desk.ask("window-3", m.MarkNoShow(ticket_id=call(desk).ticket_id))
    assert call(desk).number == "F002"


@pytest.mark.rule("R55")
def test_leaving_the_queue_never_closes_the_case(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("window-3", m.MarkNoShow(ticket_id=call(desk).ticket_id))
    assert desk.line(number).stage == "filed"


MOVES = [m.RecallTicket, m.ServeTicket, m.FinishTicket, m.MarkNoShow]


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_a_window_cannot_move_another_window_s_ticket(desk: Desk, move: type[m.RecallTicket]) -> None:
    desk.file()
    ticket = call(desk)
    assert desk.ask("window-1", move(ticket_id=ticket.ticket_id)).code == "not_permitted"
    assert desk.books.picture.tickets[ticket.ticket_id] == ticket


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_a_waiting_ticket_is_at_no_window_yet(desk: Desk, move: type[m.RecallTicket]) -> None:
    ticket_id = desk.file().ticket_id
    assert desk.ask("window-3", move(ticket_id=ticket_id)).code == "not_permitted"


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.__name__)
def test_an_unknown_ticket_is_refused(desk: Desk, move: type[m.RecallTicket]) -> None:
    assert desk.ask("window-3", move(ticket_id="20261123-F999")).code == "unknown_ticket"


def test_a_move_that_the_table_lacks_is_refused_with_what_is_possible(desk: Desk) -> None:
    desk.file()
    ticket = call(desk)
    finish(desk, ticket)
    refused = desk.ask("window-3", m.RecallTicket(ticket_id=ticket.ticket_id))
    assert refused.code == "move_not_allowed"
    assert "done" in refused.text


def test_two_windows_calling_in_the_same_round_get_two_people(desk: Desk) -> None:
    desk.log_in("window-2", "06")
    for _ in range(2):
        take(desk, "inquiry")
    first, second = desk.round(Ask("window-1", m.CallNext()), Ask("window-2", m.CallNext()))
    assert (first.ticket.number, first.ticket.window) == ("C001", 1)
    assert (second.ticket.number, second.ticket.window) == ("C002", 2)


def test_of_two_windows_and_one_person_one_hears_that_nobody_waits(desk: Desk) -> None:
    desk.log_in("window-2", "06")
    take(desk, "inquiry")
    first, second = desk.round(Ask("window-1", m.CallNext()), Ask("window-2", m.CallNext()))
    assert first.ticket.number == "C001"
    assert second.code == "queue_empty"


def test_one_window_calling_twice_in_a_round_gets_one_person(desk: Desk) -> None:
    desk.file()
    desk.file()
    first, second = desk.round(Ask("window-3", m.CallNext()), Ask("window-3", m.CallNext()))
    assert first.ticket.number == "F001"
    assert second.code == "window_busy"


def test_a_complaint_filed_in_the_round_of_the_call_can_be_called(desk: Desk) -> None:
    called, filed = desk.round(Ask("window-3", m.CallNext()), Ask("kiosk-1", desk.complaint()))
    assert called.ticket.ticket_id == filed.ticket_id
    assert desk.books.picture.tickets[filed.ticket_id].state == "called"


@pytest.mark.rule("R8")
def test_an_absent_window_shows_it(desk: Desk) -> None:
    def shown() -> dict[int, bool]:
        return {window.number: window.open for window in desk.books.picture.windows.values()}

    assert shown()[3] is True
    desk.ask("window-3", m.SetWindow(open=False))
    assert shown()[3] is False
    assert desk.events[-1].event == m.WindowSet(window=m.WindowView(number=3, open=False, why="break"))
    desk.ask("window-3", m.SetWindow(open=True))
    assert shown()[3] is True
    desk.ask("window-3", m.LogOut())
    assert shown()[3] is False
    desk.reopen()
    assert shown() == {1: True, 3: False}


@pytest.mark.rule("R8")
def test_a_window_nobody_opened_yet_is_closed(empty_desk: Desk) -> None:
    assert empty_desk.books.picture.windows == {}
    empty_desk.log_in("window-3", "06")
    assert empty_desk.books.picture.windows == {3: m.WindowView(number=3, open=True)}


def test_what_stands_in_the_table_is_what_everybody_sees(desk: Desk) -> None:
    for _ in range(3):
        desk.file()
    finish(desk, call(desk))
    call(desk)
    kept = {row.ticket_id: (row.state, row.window, row.calls) for row in desk.rows(schema.ticket)}
    seen = {t.ticket_id: (t.state, t.window, t.calls) for t in desk.books.picture.tickets.values()}
    assert kept == seen
