"""取号 (R58): who has an appointment is here. On time they are served at their time; late they wait like everybody."""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain.ticket import WAITING, Lane
from hub.errors import Refused
from hub.service import filing, waiting
from hub.service.appointments import named
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.capacity import starts_at
from hub.store import additions, appointments as stored, ticket_steps, tickets
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m


def check_in(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.CheckIn) -> Decision:
    """A ticket of the service's series for an appointment; the same again for who asks again.

    On time it goes ahead once its time has come; later than the policy's grace it stands in line as of now. Refuses
    `unknown_appointment`, `too_many_codes`, `appointment_ended`, `other_day` and `too_early`, each with what to do.
    """
    found = named(tx, books, asked, wanted.code)
    if found.state == "checked_in":
        ticket = tickets.find(tx, books.hall.code, found.ticket_id)
        assert ticket is not None, "a ticket is never deleted"
        return Decision(_issued(books, asked, ticket), subject=ticket.ticket_id)
    starts = _must_be_now(books, asked, found)
    late = asked.at > starts + dt.timedelta(minutes=books.policy.appointments.grace_min.value)
    lane: Lane = "line" if late else "appointment"
    service = books.hall.service(found.service)
    view, _, (row,) = filing.take_place(books, draft, asked, service.code, "")
    not_before = None if late else starts
    view = msgspec.structs.replace(view, lane=lane, not_before=not_before)
    code = books.hall.code
    additions.add_rows(tx, code, [{"ticket": [row | {"lane": lane, "not_before": not_before}]}])
    additions.save_counters(tx, code, draft.counters)
    stored.check_in(tx, code, found.appointment_id, view.ticket_id, lane, asked.at)
    why = Why(ground="late" if late else found.kind)
    ticket_steps.lay_down(tx, code, books.sealer, view, "check_in", asked.at, asked.actor.staff, why)
    return Decision(_issued(books, asked, view), [m.TicketTaken(ticket=view)], view.ticket_id)


def _must_be_now(books: Books, asked: Asked, found: m.AppointmentView) -> dt.datetime:
    """The moment of its time, where that is today and near enough."""
    if found.state == "cancelled":
        raise Refused("appointment_ended", "this appointment was cancelled; book another, or take a number")
    starts, today = starts_at(books, found), books.local_date(asked.at)
    told = f"{found.date} {found.slot:%H:%M}"
    if found.date < today:
        raise Refused("other_day", f"this appointment was for {told}; book another, or take a number")
    if found.date > today:
        text = f"this appointment is for {told}; come then, move it, or take a number for today"
        raise Refused("other_day", text, opens_at=starts)
    opens = starts - dt.timedelta(minutes=books.policy.appointments.early_min.value)
    if asked.at < opens:
        early = opens.astimezone(books.zone)
        text = f"this appointment is for {told} and is checked in from {early:%H:%M}; come back then"
        raise Refused("too_early", text, opens_at=opens)
    return starts


def _issued(books: Books, asked: Asked, ticket: m.TicketView) -> m.TicketIssued:
    waits = ticket.state in WAITING
    return m.TicketIssued(
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        service=ticket.service,
        ahead=waiting.ahead_of(books, ticket, asked.at) if waits else 0,
        wait=waiting.of_ticket(books, ticket, asked.at) if waits else None,
        lane=ticket.lane,
        not_before=ticket.not_before,
        taken_at=ticket.taken_at,
    )
