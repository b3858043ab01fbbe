"""The queue's commands: call, recall, serve, finish, no-show, and the window that opens or pauses."""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain import queue, ticket as ticket_table
from hub.domain.ticket import TicketMove
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import tickets, windows
from hub.store.transaction import Transaction
from hub.wire import messages as m


def call_next(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.CallNext) -> Decision:
    """Calls who is next to this window (R55); refuses `window_busy` and `queue_empty`."""
    window = books.hall.window(asked.actor.terminal.window)
    hall, day = books.hall.code, books.business_date
    busy = tickets.at_window(tx, hall, day, window.number)
    if busy:
        raise Refused("window_busy", f"finish {busy[0].number} or mark it as not come before calling the next")
    services = (wanted.service,) if wanted.service else window.services
    if not set(services) <= set(window.services):
        raise Refused("not_permitted", f"window {window.number} does not serve {wanted.service}")
    found = queue.next_for(services, tickets.waiting(tx, hall, day, services))
    if found is None:
        raise Refused("queue_empty", "nobody waits for this window")
    called = _moved(found, "call", asked.at, window.number)
    tickets.save(tx, hall, called)
    return Decision(m.TicketAnswer(ticket=called), [m.TicketCalled(ticket=called)], called.ticket_id)


def recall(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.RecallTicket) -> Decision:
    """Calls the same number again, louder than the list: it is shown and spoken anew."""
    recalled = _moved(_own(tx, books, asked, wanted.ticket_id), "recall", asked.at, asked.actor.terminal.window)
    tickets.save(tx, books.hall.code, recalled)
    return Decision(m.TicketAnswer(ticket=recalled), [m.TicketCalled(ticket=recalled)], recalled.ticket_id)


def serve(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ServeTicket) -> Decision:
    return _move(tx, books, asked, wanted.ticket_id, "serve")


def finish(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.FinishTicket) -> Decision:
    return _move(tx, books, asked, wanted.ticket_id, "finish")


def mark_no_show(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.MarkNoShow) -> Decision:
    return _move(tx, books, asked, wanted.ticket_id, "mark_no_show")


def set_window(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.SetWindow) -> Decision:
    """Opens or pauses the terminal's own window; walls and boards show it (R8)."""
    number = books.hall.window(asked.actor.terminal.window).number
    return Decision(m.Done(), [open_window(tx, books, number, wanted.open)], f"window-{number}")


def open_window(tx: Transaction, books: Books, number: int, is_open: bool) -> m.WindowSet:
    windows.save(tx, books.hall.code, number, is_open)
    return m.WindowSet(window=m.WindowView(number=number, open=is_open))


def _move(tx: Transaction, books: Books, asked: Asked, ticket_id: str, by: TicketMove) -> Decision:
    moved = _moved(_own(tx, books, asked, ticket_id), by, asked.at, asked.actor.terminal.window)
    tickets.save(tx, books.hall.code, moved)
    return Decision(m.TicketAnswer(ticket=moved), [m.TicketMoved(move=by, ticket=moved)], ticket_id)


def _own(tx: Transaction, books: Books, asked: Asked, ticket_id: str) -> m.TicketView:
    found = tickets.find(tx, books.hall.code, ticket_id, books.business_date)
    if found is None:
        raise Refused("unknown_ticket", f"no ticket {ticket_id} today")
    if found.window != asked.actor.terminal.window:
        raise Refused("not_permitted", f"{found.number} is not at this window")
    return found


def _moved(found: m.TicketView, by: TicketMove, at: dt.datetime, window: int) -> m.TicketView:
    state = ticket_table.move(found.state, by)
    called = by in ("call", "recall")
    return msgspec.structs.replace(
        found,
        state=state,
        window=window,
        called_at=at if called else found.called_at,
        calls=found.calls + called,
        ended_at=at if state in ticket_table.ENDED or state == "no_show" else None,
    )
