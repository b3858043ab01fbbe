"""Exceptions to the strict order, each with its reason and who decided (R55-R57): parked, transferred, come back,
green channel, put first.
"""

from __future__ import annotations

import msgspec

from hub.domain import queue as rules
from hub.domain.errors import NotPrescribed, TextMissing
from hub.domain.ticket import AT_WINDOW, WAITING, Lane
from hub.errors import Refused
from hub.service import case_file, notices, queue
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ticket_steps, tickets, windows
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m

REASON_AT_MOST = 500
FIRST: frozenset[Lane] = frozenset({"green", "advanced"})
"""Who goes first already."""


def park(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ParkTicket) -> Decision:
    """Sets this window's citizen aside; the window may call the next."""
    found = queue.own(tx, books, asked, wanted.ticket_id)
    return queue.told(queue.moved(tx, books, asked, found, "park", _why(wanted.reason)), "park")


def call_parked(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.CallParked) -> Decision:
    """Calls back who was parked here, or at a window that has closed since."""
    found = queue.today_s(tx, books, wanted.ticket_id)
    here = books.hall.window(asked.actor.terminal.window)
    if found.state != "parked":
        raise Refused("not_parked", f"{found.number} is not parked; call the next instead")
    if found.window != here.number:
        if windows.is_open(tx, books.hall.code, found.window):
            raise Refused("not_permitted", f"{found.number} is parked at window {found.window}, which is open")
        if found.service not in here.services:
            raise Refused("not_permitted", f"window {here.number} does not serve {found.service}")
    queue.free_to_call(tx, books, asked)
    called = queue.moved(tx, books, asked, found, "call", window=here.number)
    return Decision(m.TicketAnswer(ticket=called), [m.TicketCalled(ticket=called)], called.ticket_id)


def transfer(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.TransferTicket) -> Decision:
    """Sends this window's citizen on; refuses a window that does not serve them and a transfer to where they are."""
    found = queue.own(tx, books, asked, wanted.ticket_id)
    service = books.hall.service(wanted.service or found.service).code
    if wanted.window:
        to = books.hall.window(wanted.window)
        if service not in to.services:
            raise Refused("window_serves_other", f"window {to.number} serves {', '.join(to.services)}, not {service}")
        if to.number == asked.actor.terminal.window:
            raise Refused("same_place", f"{found.number} is at window {to.number} already; name another")
        if not windows.is_open(tx, books.hall.code, to.number):
            raise Refused("window_closed", f"window {to.number} is closed; name the service alone, or another window")
    elif service == found.service:
        raise Refused("same_place", f"{found.number} waited for {service} already; name another service or a window")
    stands_at = found.stands_at if books.policy.queue.transfer_keeps_place.value else asked.at
    after = queue.moved(
        tx,
        books,
        asked,
        found,
        "transfer",
        _why(wanted.reason),
        service=service,
        for_window=wanted.window,
        stands_at=stands_at,
    )
    return queue.told(after, "transfer")


def come_back(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReturnTicket) -> Decision:
    """Who did not come stands behind the next ones, as many as the policy says, or at the end of a shorter line.

    The lane they had was theirs for the call that they missed.
    """
    found = queue.today_s(tx, books, wanted.ticket_id)
    if found.state != "no_show":
        raise Refused("not_missed", f"{found.number} was not marked as not come")
    queue.take_chance(tx, books, found, at_once=False)
    behind = books.policy.queue.second_chance_behind.value
    waiting = tickets.waiting(tx, books.hall.code, books.business_date, (found.service,))
    stands_at = rules.stand_behind(found, waiting, behind, asked.at)
    after = queue.moved(
        tx, books, asked, found, "come_back", stands_at=stands_at, lane="line", not_before=None, for_window=0
    )
    return queue.told(after, "come_back")


def withdraw(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.WithdrawTicket) -> Decision:
    """The citizen leaves the line; their case stays as it is."""
    found = queue.today_s(tx, books, wanted.ticket_id)
    if found.state in AT_WINDOW:
        found = queue.own(tx, books, asked, wanted.ticket_id)
    decision = queue.told(queue.moved(tx, books, asked, found, "withdraw", _why(wanted.reason)), "withdraw")
    decision.events += queue.no_longer_asked(tx, books, asked, found.ticket_id)
    return decision


def ask_green(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.AskGreenChannel) -> Decision:
    """Opens it on a listed ground; else asks whoever confirms, and the ticket waits where it stands.

    A kiosk asks for those alone who took their number there: everybody else's ticket id is on the wall.
    """
    found = _could_go_first(tx, books, wanted.ticket_id)
    here = asked.actor.terminal
    if here.role == "kiosk" and tickets.given_at(tx, books.hall.code, found.ticket_id) != here.name:
        raise Refused("not_permitted", f"{found.number} was not taken at {here.name}; its citizen asks at a window")
    policy = books.policy
    why = _why(wanted.reason, ground=wanted.ground)
    if wanted.ground:
        grounds = [one.code for one in policy.queue.green_grounds.value]
        if wanted.ground not in grounds:
            known = f"this hall has {', '.join(grounds)}" if grounds else "this hall's document lists none"
            raise Refused("unknown_code", f"no ground {wanted.ground!r} opens the green channel; {known}")
        return _goes_first(tx, books, asked, found, why, "green")
    if not policy.queue.green_confirmed_by.value:
        raise NotPrescribed("a green channel on other grounds", policy.document)
    if not wanted.reason.strip():
        raise TextMissing("a green channel without a listed ground")
    if ticket_steps.is_green_asked(tx, books.hall.code, found.ticket_id):
        raise Refused("green_pending", f"the green channel of {found.number} is asked for already; wait for its answer")
    post = policy.queue.green_confirmed_by.value
    ticket_steps.lay_down(
        tx,
        books.hall.code,
        books.sealer,
        found,
        "ask_green",
        asked.at,
        asked.actor.staff,
        msgspec.structs.replace(why, post=post),
    )
    event = case_file.ask_for_word(tx, books, draft, asked, "green_asked", found.ticket_id, policy, post)
    return Decision(m.Done(), [event], found.ticket_id)


def decide_green(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.DecideGreenChannel) -> Decision:
    """The one who confirms it (`hub.service.posts`) opens the channel, or says why not; the window hears of it."""
    found = _waits(tx, books, wanted.ticket_id)
    if not ticket_steps.is_green_asked(tx, books.hall.code, found.ticket_id):
        raise Refused("nothing_asked", f"nobody asks for a green channel of {found.number}")
    if not wanted.granted and not wanted.reason.strip():
        raise TextMissing("a refused green channel")
    why = _why(wanted.reason, post=books.policy.queue.green_confirmed_by.value)
    if wanted.granted:
        decision = _goes_first(tx, books, asked, found, why, "green")
    else:
        code = books.hall.code
        ticket_steps.lay_down(tx, code, books.sealer, found, "refuse_green", asked.at, asked.actor.staff, why)
        decision = Decision(m.Done(), queue.no_longer_asked(tx, books, asked, found.ticket_id), found.ticket_id)
    decision.events += notices.tell(
        tx, books, draft, asked.at, "green_decided", ("window",), found.ticket_id, detail=found.number
    )
    return decision


def advance(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.AdvanceTicket) -> Decision:
    """Puts somebody first, by the word of the post that decides on exceptions (`hub.service.posts`)."""
    found = _could_go_first(tx, books, wanted.ticket_id)
    post = books.policy.queue.exceptions_by.value
    if not post:
        raise NotPrescribed("putting somebody first", books.policy.document)
    if not wanted.reason.strip():
        raise TextMissing("an exception from the order")
    return _goes_first(tx, books, asked, found, _why(wanted.reason, post=post), "advanced")


def _goes_first(tx: Transaction, books: Books, asked: Asked, found: m.TicketView, why: Why, lane: Lane) -> Decision:
    """Puts a ticket into a lane that goes first; a time that it was given no longer holds it back."""
    decision = queue.told(queue.moved(tx, books, asked, found, "advance", why, lane=lane, not_before=None), "advance")
    decision.events += queue.no_longer_asked(tx, books, asked, found.ticket_id)
    return decision


def _why(reason: str, *, ground: str = "", post: str = "") -> Why:
    """Refuses `too_long`: a reason is a sentence or two."""
    if len(reason) > REASON_AT_MOST:
        raise Refused("too_long", f"a reason has at most {REASON_AT_MOST} characters")
    return Why(ground=ground, post=post, reason=reason)


def _could_go_first(tx: Transaction, books: Books, ticket_id: str) -> m.TicketView:
    found = _waits(tx, books, ticket_id)
    if found.lane in FIRST:
        raise Refused("first_already", f"{found.number} goes first already")
    return found


def _waits(tx: Transaction, books: Books, ticket_id: str) -> m.TicketView:
    found = queue.today_s(tx, books, ticket_id)
    if found.state not in WAITING:
        raise Refused("not_waiting", f"{found.number} does not wait in line ({found.state})")
    return found
