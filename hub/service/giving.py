"""Numbers where the hall has hours (R60), and other times where today's cannot all be served (R56).

Nobody is refused a number by count: who was offered other times and would rather wait gets one.
"""

from __future__ import annotations

from hub.domain import opening
from hub.errors import Refused
from hub.service import appointments, capacity, filing, late
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, ticket_steps, tickets
from hub.store.ticket_steps import Why
from hub.store.transaction import Transaction
from hub.wire import messages as m


def has_hours(books: Books, command: object) -> bool:
    """Whether a command asks for a number of a service that has hours."""
    if not isinstance(command, m.TakeTicket):
        return False
    service = next((one for one in books.hall.services if one.code == command.service), None)
    return service is not None and bool(opening.hours_of(books.policy, service))


def take_ticket(tx: Transaction, books: Books, draft: Draft, asked: Asked, wanted: m.TakeTicket) -> Decision:
    """A number within the hours, or while a window serves late; refuses `closed` and `over_capacity`."""
    service = books.hall.service(wanted.service)
    after_hours = ""
    if not late.is_open(books, service, asked.at):
        after_hours = late.ground(tx, books, asked.at, service.code)
        if not after_hours:
            raise late.closed(books, asked.at, (service,))
    elif not wanted.waits and capacity.is_over(tx, books, draft, asked.at, service):
        today = books.local_date(asked.at)
        times = appointments.free_times(tx, books, asked.at, service, "overload", today)
        if times:
            text = "today's will hardly be served before closing: choose another time, or take a number and wait"
            raise Refused("over_capacity", text, times=times)
    decision = filing.take_ticket(books, draft, asked, wanted)
    code = books.hall.code
    additions.add_rows(tx, code, [decision.rows])
    additions.save_counters(tx, code, draft.counters)
    if after_hours:
        taken, why = tickets.find(tx, code, decision.subject), Why(ground=after_hours)
        assert taken is not None, "it was just written"
        ticket_steps.lay_down(tx, code, books.sealer, taken, "take_late", asked.at, asked.actor.staff, why)
    return decision
