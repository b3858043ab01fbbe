"""A window that goes away: everybody sees why, it calls nobody, and nobody stays bound to it (R8)."""

from __future__ import annotations

import pytest

from hub.domain.hall import WindowWhy
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk

KIOSK, HERE, OTHER = "kiosk-1", "window-1", "window-2"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Windows 1 and 2 are open, both for inquiries; 1 has just called the only one who waits."""
    desk.log_in(OTHER, "06")
    desk.ask(KIOSK, m.TakeTicket(service="inquiry"))
    desk.ask(HERE, m.CallNext())
    return desk


def here(desk: Desk) -> m.TicketView:
    found = desk.books.picture.at_window(1)
    assert found is not None
    return found


def send_to_window_2(desk: Desk) -> str:
    ticket_id = here(desk).ticket_id
    sent = desk.ask(HERE, m.TransferTicket(ticket_id=ticket_id, window=2)).ticket
    assert sent.for_window == 2
    return ticket_id


@pytest.mark.rule("R8")
@pytest.mark.parametrize("why", ["break", "away", "fault", "closed"])
def test_everybody_sees_why_a_window_is_away(desk: Desk, why: WindowWhy) -> None:
    desk.ask(HERE, m.SetWindow(open=False, why=why))
    assert desk.books.picture.windows[1] == m.WindowView(number=1, open=False, why=why)
    desk.reopen()
    assert desk.books.picture.windows[1] == m.WindowView(number=1, open=False, why=why)
    desk.ask(HERE, m.SetWindow(open=True))
    assert desk.books.picture.windows[1] == m.WindowView(number=1, open=True)


@pytest.mark.rule("R8")
def test_logging_out_closes_the_window(desk: Desk) -> None:
    desk.ask(HERE, m.LogOut())
    assert desk.books.picture.windows[1] == m.WindowView(number=1, open=False, why="closed")


@pytest.mark.rule("R8")
def test_a_window_that_is_away_calls_nobody(desk: Desk) -> None:
    missed = here(desk).ticket_id
    desk.ask(HERE, m.MarkNoShow(ticket_id=missed))
    desk.ask(KIOSK, m.TakeTicket(service="inquiry"))
    desk.ask(HERE, m.SetWindow(open=False, why="away"))
    assert desk.ask(HERE, m.CallNext()).code == "window_closed"
    assert desk.ask(HERE, m.RecallTicket(ticket_id=missed)).code == "window_closed"
    desk.ask(HERE, m.SetWindow(open=True))
    assert desk.ask(HERE, m.CallNext()).ticket.number == "C002"


def test_only_the_window_named_calls_who_was_sent_there(desk: Desk) -> None:
    sent = send_to_window_2(desk)
    assert desk.ask(HERE, m.CallNext()).code == "queue_empty"
    assert desk.ask(OTHER, m.CallNext()).ticket.ticket_id == sent


@pytest.mark.rule("R55")
@pytest.mark.parametrize("leaves", [m.SetWindow(open=False, why="fault"), m.LogOut()], ids=["fault", "log out"])
def test_who_was_sent_to_a_window_that_goes_away_is_anybody_s(desk: Desk, leaves: m.SetWindow | m.LogOut) -> None:
    sent = send_to_window_2(desk)
    desk.ask(OTHER, leaves)
    assert desk.events[-1].event == m.TicketMoved(move="release", ticket=desk.books.picture.tickets[sent])
    last = desk.rows(schema.ticket_step)[-1]
    assert (last.move, last.because, last.for_window) == ("release", "window_closed", 0)
    assert desk.ask(HERE, m.CallNext()).ticket.ticket_id == sent


def test_nobody_is_sent_to_a_window_that_is_away(desk: Desk) -> None:
    desk.ask(OTHER, m.SetWindow(open=False))
    refused = desk.ask(HERE, m.TransferTicket(ticket_id=here(desk).ticket_id, window=2))
    assert refused.code == "window_closed"


def test_who_is_bound_to_a_window_that_the_hall_no_longer_has_is_called_by_the_next(desk: Desk) -> None:
    sent = send_to_window_2(desk)
    with desk.store.transaction() as tx:
        tx.execute(schema.window.delete().where(schema.window.c.number == 2))
    desk.reopen()
    assert desk.ask(HERE, m.CallNext()).ticket.ticket_id == sent
    assert [row.move for row in desk.rows(schema.ticket_step)][-2:] == ["release", "call"]


def test_who_was_parked_at_a_window_that_has_closed_is_called_back_by_another(desk: Desk) -> None:
    parked = here(desk).ticket_id
    desk.ask(HERE, m.ParkTicket(ticket_id=parked, reason="去复印"))
    assert desk.ask(OTHER, m.CallParked(ticket_id=parked)).code == "not_permitted"
    desk.ask(HERE, m.LogOut())
    assert desk.ask("window-3", m.CallParked(ticket_id=parked)).code == "not_permitted"
    back = desk.ask(OTHER, m.CallParked(ticket_id=parked)).ticket
    assert (back.state, back.window) == ("called", 2)
