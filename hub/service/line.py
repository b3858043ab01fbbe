"""Exceptions to the strict order, each with its reason and who decided (R55-R57): parked, transferred, come back,
green channel, put first.
"""

from __future__ import annotations

import datetime as dt

from hub.domain import queue as rules
from hub.domain.errors import TextMissing
from hub.domain.ticket import AT_WINDOW, WAITING
from hub.errors import Refused
from hub.service import case_file, notices, queue
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ticket_steps, tickets
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m

A_MOMENT = dt.timedelta(microseconds=1)
"""Behind somebody, and before whoever stands behind them."""


def park(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ParkTicket) -> Decision:
    """Sets this window's citizen aside; the window may call the next."""
    found = queue.own(tx, books, asked, wanted.ticket_id)
    return queue.told(queue.moved(tx, books, asked, found, "park", Why(reason=wanted.reason)), "park")


def call_parked(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.CallParked) -> Decision:
    """Calls back who was parked here."""
    found = queue.own(tx, books, asked, wanted.ticket_id)
    if found.state != "parked":
        raise Refused("not_parked", f"{found.number} is not parked; call the next instead")
    queue.free_to_call(tx, books, asked)
    called = queue.moved(tx, books, asked, found, "call")
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
    elif service == found.service:
        raise Refused("same_place", f"{found.number} waited for {service} already; name another service or a window")
    stands_at = found.stands_at if books.policy.queue.transfer_keeps_place.value else asked.at
    after = queue.moved(
        tx,
        books,
        asked,
        found,
        "transfer",
        Why(reason=wanted.reason),
        service=service,
        for_window=wanted.window,
        stands_at=stands_at,
    )
    return queue.told(after, "transfer")


def come_back(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReturnTicket) -> Decision:
    """Who did not come stands behind the next ones, as many as the policy says, or at the end of a shorter line."""
    found = queue.today_s(tx, books, wanted.ticket_id)
    if found.state != "no_show":
        raise Refused("not_missed", f"{found.number} was not marked as not come")
    queue.take_chance(tx, books, found, at_once=False)
    behind = books.policy.queue.second_chance_behind.value
    waiting = rules.order(tickets.waiting(tx, books.hall.code, books.business_date, (found.service,)))
    stands_at = rules.place(waiting[behind - 1])[0] + A_MOMENT if 0 < behind <= len(waiting) else asked.at
    if not behind:
        stands_at = found.stands_at or found.taken_at
    return queue.told(queue.moved(tx, books, asked, found, "come_back", stands_at=stands_at), "come_back")


def withdraw(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.WithdrawTicket) -> Decision:
    """The citizen leaves the line; their case stays as it is."""
    found = queue.today_s(tx, books, wanted.ticket_id)
    if found.state in AT_WINDOW:
        found = queue.own(tx, books, asked, wanted.ticket_id)
    return queue.told(queue.moved(tx, books, asked, found, "withdraw", Why(reason=wanted.reason)), "withdraw")


def ask_green(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.AskGreenChannel) -> Decision:
    """Opens it on a listed ground; else asks whoever confirms, and the ticket waits where it stands."""
    found = _waits(tx, books, wanted.ticket_id)
    policy = books.policy
    if wanted.ground:
        grounds = [one.code for one in policy.queue.green_grounds.value]
        if wanted.ground not in grounds:
            known = f"this hall has {', '.join(grounds)}" if grounds else "this hall's document lists none"
            raise Refused("unknown_code", f"no ground {wanted.ground!r} opens the green channel; {known}")
        why = Why(ground=wanted.ground, reason=wanted.reason)
        return queue.told(queue.moved(tx, books, asked, found, "advance", why, lane="green"), "advance")
    if not wanted.reason.strip():
        raise TextMissing("a green channel without a listed ground")
    if ticket_steps.last_move(tx, books.hall.code, found.ticket_id) == "ask_green":
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
        Why(post=post, reason=wanted.reason),
    )
    event = case_file.notify(
        tx, books, draft, asked, "green_asked", found.ticket_id, policy.role(post).at, "", waits_on=post
    )
    return Decision(m.Done(), [event], found.ticket_id)


def decide_green(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.DecideGreenChannel) -> Decision:
    """The one who confirms it (`hub.service.posts`) opens the channel, or says why not; the window hears of it."""
    found = _waits(tx, books, wanted.ticket_id)
    if ticket_steps.last_move(tx, books.hall.code, found.ticket_id) != "ask_green":
        raise Refused("nothing_asked", f"nobody asks for a green channel of {found.number}")
    if not wanted.granted and not wanted.reason.strip():
        raise TextMissing("a refused green channel")
    why = Why(post=books.policy.queue.green_confirmed_by.value, reason=wanted.reason)
    if wanted.granted:
        decision = queue.told(queue.moved(tx, books, asked, found, "advance", why, lane="green"), "advance")
    else:
        code = books.hall.code
        ticket_steps.lay_down(tx, code, books.sealer, found, "refuse_green", asked.at, asked.actor.staff, why)
        decision = Decision(m.Done(), [], found.ticket_id)
    decision.events += notices.tell(
        tx, books, draft, asked.at, "green_decided", ("window",), found.ticket_id, detail=found.number
    )
    return decision


def advance(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.AdvanceTicket) -> Decision:
    """Puts somebody first, by the word of the post that decides on exceptions (`hub.service.posts`)."""
    found = _waits(tx, books, wanted.ticket_id)
    if not wanted.reason.strip():
        raise TextMissing("an exception from the order")
    why = Why(post=books.policy.queue.exceptions_by.value, reason=wanted.reason)
    return queue.told(queue.moved(tx, books, asked, found, "advance", why, lane="advanced"), "advance")


def _waits(tx: Transaction, books: Books, ticket_id: str) -> m.TicketView:
    found = queue.today_s(tx, books, ticket_id)
    if found.state not in WAITING:
        raise Refused("not_waiting", f"{found.number} does not wait in line ({found.state})")
    return found
