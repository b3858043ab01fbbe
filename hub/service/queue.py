"""The queue's commands: call, recall, serve, finish, no-show, and the window that opens or pauses."""

from __future__ import annotations

import msgspec

from hub.domain import queue, ticket as ticket_table
from hub.domain.hall import WindowWhy
from hub.domain.queue import Only
from hub.domain.ticket import TicketMove
from hub.errors import Refused
from hub.service import late, notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ticket_steps, tickets, windows
from hub.store.ticket_steps import PLAIN, Why
from hub.store.transaction import Transaction
from hub.wire import messages as m


def call_next(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.CallNext) -> Decision:
    """Calls who is next to this window (R55); refuses `window_closed`, `window_busy`, `closed` and `queue_empty`."""
    window = books.hall.window(asked.actor.terminal.window)
    hall, day = books.hall.code, books.business_date
    free_to_call(tx, books, asked)
    if wanted.service and wanted.service not in window.services:
        raise Refused("not_permitted", f"window {window.number} does not serve {wanted.service}")
    waiting = tickets.waiting_for(tx, hall, day, window.number, window.services)
    events = _release_strays(tx, books, asked, waiting)
    if events:
        waiting = tickets.waiting_for(tx, hall, day, window.number, window.services)
    only = Only(wanted.service, wanted.lane)
    found = queue.pick(window, waiting, asked.at, books.policy.queue.may_pass.value, only)
    if found is None:
        raise late.nobody_waits(tx, books, window, asked.at)
    passed = tuple(one.ticket_id for one in found.passed)
    tickets.pass_by(tx, hall, passed)
    why = Why(because=found.because, passed=len(passed), only=only)
    called = moved(tx, books, asked, found.ticket, "call", why, window=window.number)
    events.append(m.TicketCalled(ticket=called, passed=passed))
    events += no_longer_asked(tx, books, asked, called.ticket_id)
    return Decision(m.TicketAnswer(ticket=called), events, called.ticket_id)


def recall(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.RecallTicket) -> Decision:
    """Calls the same number again, louder than the list: it is shown and spoken anew.

    Of one that did not come it is a second chance, where the policy lets the window give it at once.
    """
    found = own(tx, books, asked, wanted.ticket_id)
    if found.state == "no_show":
        take_chance(tx, books, found, at_once=True)
        free_to_call(tx, books, asked)
    recalled = moved(tx, books, asked, found, "recall")
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
    events = open_window(tx, books, asked, number, None if wanted.open else wanted.why)
    return Decision(m.Done(), events, f"window-{number}")


def open_window(tx: Transaction, books: Books, asked: Asked, number: int, why_not: WindowWhy | None) -> list[m.Event]:
    """Opens a window, or says why it is away: whoever it alone might have called is then anybody's."""
    shown = m.WindowView(number=number, open=why_not is None, why=why_not)
    windows.save(tx, books.hall.code, shown)
    events: list[m.Event] = [m.WindowSet(window=shown)]
    if not shown.open:
        bound = tickets.bound_to(tx, books.hall.code, books.business_date, number)
        events += [_release(tx, books, asked, one) for one in bound]
    return events


# --- what the modules of the line share


def free_to_call(tx: Transaction, books: Books, asked: Asked) -> None:
    """Refuses `window_closed`, and `window_busy`: one citizen stands at a window at a time."""
    number = asked.actor.terminal.window
    if not windows.is_open(tx, books.hall.code, number):
        raise Refused("window_closed", f"window {number} is closed; open it before calling anybody there")
    busy = tickets.at_window(tx, books.hall.code, books.business_date, number)
    if busy:
        raise Refused("window_busy", f"finish {busy[0].number} or mark it as not come before calling the next")


def today_s(tx: Transaction, books: Books, ticket_id: str) -> m.TicketView:
    """A ticket of the day's line; refuses `unknown_ticket`."""
    found = tickets.find(tx, books.hall.code, ticket_id, books.business_date)
    if found is None:
        raise Refused("unknown_ticket", f"no ticket {ticket_id} today")
    return found


def own(tx: Transaction, books: Books, asked: Asked, ticket_id: str) -> m.TicketView:
    """A ticket at this terminal's window; refuses `unknown_ticket` and `not_permitted`."""
    found = today_s(tx, books, ticket_id)
    if found.window != asked.actor.terminal.window:
        raise Refused("not_permitted", f"{found.number} is not at this window")
    return found


def take_chance(tx: Transaction, books: Books, found: m.TicketView, *, at_once: bool) -> None:
    """Who did not come gets a second chance, as often as the policy says; refuses `no_second_chance`."""
    rules = books.policy.queue
    taken = tickets.chances(tx, books.hall.code, found.ticket_id)
    given = rules.second_chance.value
    if given == "none" or (at_once and given == "behind") or taken >= rules.second_chances.value:
        remedy = "let it stand behind the next ones" if at_once and given == "behind" else "give a new number"
        raise Refused("no_second_chance", f"{found.number} did not come {taken + 1} time(s): {remedy}")
    tickets.come_back(tx, books.hall.code, found.ticket_id)


def moved(
    tx: Transaction,
    books: Books,
    asked: Asked,
    found: m.TicketView,
    by: TicketMove,
    why: Why = PLAIN,
    *,
    window: int = 0,
    **changes: object,
) -> m.TicketView:
    """The ticket after a move, written down with its step; raises `MoveNotAllowed`.

    Who stands in line again after a call begins anew: nobody has passed them there yet.
    """
    state = ticket_table.move(found.state, by)
    called = by in ("call", "recall")
    lines_up = state in ticket_table.WAITING and found.state not in ticket_table.WAITING
    after = msgspec.structs.replace(
        found,
        state=state,
        window=window or found.window,
        called_at=asked.at if called else found.called_at,
        calls=found.calls + called,
        ended_at=asked.at if state in ticket_table.ENDED or state == "no_show" else None,
        passed=0 if lines_up else found.passed,
        **changes,
    )
    tickets.save(tx, books.hall.code, after)
    ticket_steps.lay_down(tx, books.hall.code, books.sealer, after, by, asked.at, asked.actor.staff, why)
    return after


def told(after: m.TicketView, by: TicketMove) -> Decision:
    """What a move comes to: the answer, and the event for everybody."""
    return Decision(m.TicketAnswer(ticket=after), [m.TicketMoved(move=by, ticket=after)], after.ticket_id)


def joined(tx: Transaction, books: Books, asked: Asked, ticket: m.TicketView) -> None:
    """Writes down that a ticket stands in line only now, though it was taken before: its paper came first."""
    why = Why(because="printed")
    ticket_steps.lay_down(tx, books.hall.code, books.sealer, ticket, "join", asked.at, asked.actor.staff, why)


def no_longer_asked(tx: Transaction, books: Books, asked: Asked, ticket_id: str) -> list[m.Event]:
    """Takes a green channel's request off the screens: it was answered, or its ticket has left the line."""
    if not ticket_steps.was_green_asked(tx, books.hall.code, ticket_id):
        return []
    return notices.settle(tx, books, asked, ("green_asked", "unattended"), ticket_id)


def _release_strays(tx: Transaction, books: Books, asked: Asked, waiting: list[m.TicketView]) -> list[m.Event]:
    """A window that the hall's file no longer lists cannot close any more: whom it alone might have called."""
    opened = {0, *(one.number for one in windows.all_windows(tx, books.hall.code) if one.open)}
    return [_release(tx, books, asked, one) for one in waiting if one.for_window not in opened]


def _release(tx: Transaction, books: Books, asked: Asked, bound: m.TicketView) -> m.TicketMoved:
    after = moved(tx, books, asked, bound, "release", Why(because="window_closed"), for_window=0)
    return m.TicketMoved(move="release", ticket=after)


def _move(tx: Transaction, books: Books, asked: Asked, ticket_id: str, by: TicketMove) -> Decision:
    return told(moved(tx, books, asked, own(tx, books, asked, ticket_id), by), by)
