"""What papers said before the hub could, numbers that are void, and a case or ticket put under another number."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import Connection, delete, insert, or_, select, update

from hub.domain.numbers import TicketNumber
from hub.store import care, facts
from hub.store.schema import case, metadata, notice, paper, person, step, ticket, void_number
from hub.store.sealing import Sealer
from hub.wire.messages import PrintedNumber, TicketView, VoidNumber, VoidReason

OF_CASE = tuple(
    table
    for table in metadata.sorted_tables
    if any(key.referred_table is case for key in table.foreign_key_constraints)
)
"""The tables whose rows belong to a case."""


# --- papers


def add_paper(tx: Connection, hall: str, command_id: str, said: PrintedNumber) -> None:
    tx.execute(
        insert(paper).values(
            hall=hall,
            command_id=command_id,
            business_date=said.business_date,
            printed_at=said.printed_at,
            case_number=said.case_number,
            ticket_number=said.ticket_number,
        )
    )


def find_paper(tx: Connection, hall: str, command_id: str) -> PrintedNumber | None:
    """What the paper of a command said, when it came with one."""
    row = tx.execute(select(paper).where(paper.c.hall == hall, paper.c.command_id == command_id)).one_or_none()
    if row is None:
        return None
    return PrintedNumber(
        business_date=row.business_date,
        printed_at=row.printed_at,
        case_number=row.case_number,
        ticket_number=row.ticket_number,
    )


def printed_at(tx: Connection, hall: str, command_id: str) -> dt.datetime | None:
    said = find_paper(tx, hall, command_id)
    return None if said is None else said.printed_at


# --- numbers that do not stand


def add_void(
    tx: Connection, hall: str, command_id: str, *, number: str, stands: str, reason: VoidReason, at: dt.datetime
) -> None:
    tx.execute(
        insert(void_number).values(hall=hall, number=number, command_id=command_id, stands=stands, reason=reason, at=at)
    )


def standing(tx: Connection, hall: str, number: str) -> str:
    """The number that stands for this one: its own, unless the hub gave it and voided it."""
    found = tx.execute(
        select(void_number.c.stands).where(
            void_number.c.hall == hall, void_number.c.number == number, void_number.c.reason == "paper_says_other"
        )
    ).scalar_one_or_none()
    return number if found is None else found


def voids_about(tx: Connection, hall: str, *numbers: str) -> tuple[VoidNumber, ...]:
    """Void numbers that were one of these, or for which one of these stands."""
    known = [one for one in numbers if one]
    rows = tx.execute(
        select(void_number)
        .where(
            void_number.c.hall == hall,
            or_(void_number.c.number.in_(known), void_number.c.stands.in_(known)),
        )
        .order_by(void_number.c.at, void_number.c.number)
    )
    return tuple(VoidNumber(number=row.number, stands=row.stands, reason=row.reason, at=row.at) for row in rows)


def is_case_number_used(tx: Connection, hall: str, number: str) -> bool:
    """Whether a case has the number, or had it: a void number is given to nobody else."""
    has = tx.execute(select(case.c.number).where(case.c.hall == hall, case.c.number == number)).first()
    return has is not None or standing(tx, hall, number) != number


def is_ticket_number_used(tx: Connection, hall: str, day: dt.date, wanted: TicketNumber, ticket_id: str) -> bool:
    """The same of a ticket's number, whose id is given too."""
    has = tx.execute(
        select(ticket.c.ticket_id).where(
            ticket.c.hall == hall,
            ticket.c.business_date == day,
            ticket.c.series == wanted.series,
            ticket.c.number == wanted.number,
        )
    ).first()
    return has is not None or standing(tx, hall, ticket_id) != ticket_id


# --- under another number


def renumber_case(tx: Connection, hall: str, sealer: Sealer, before: str, after: str, day: dt.date) -> None:
    """Puts a case with all its rows under another number, that of `day`. What is history keeps the number it had.

    Sealed fields are sealed anew: each is bound to the number it stands under.
    """
    row = tx.execute(select(case).where(case.c.hall == hall, case.c.number == before)).one()._asdict()
    where = (case.c.hall == hall, case.c.number == before)
    tx.execute(update(case).where(*where).values(command_id=secrets.token_hex(16)))  # its rows need one of the two
    tx.execute(insert(case).values(row | {"number": after, "business_date": day}))
    told = tx.execute(select(person.c.sealed).where(person.c.hall == hall, person.c.case_number == before)).scalar_one()
    steps = tx.execute(
        select(step.c.ordinal, step.c.sealed).where(step.c.hall == hall, step.c.case_number == before)
    ).all()
    for table in (*OF_CASE, ticket):
        tx.execute(update(table).where(table.c.hall == hall, table.c.case_number == before).values(case_number=after))
    facts.reseal(tx, hall, sealer, before, after)
    tx.execute(update(notice).where(notice.c.hall == hall, notice.c.subject == before).values(subject=after))
    tx.execute(
        update(person)
        .where(person.c.hall == hall, person.c.case_number == after)
        .values(sealed=sealer.seal_person(sealer.open_person(told, before), after))
    )
    for one in steps:
        text = sealer.open_text(one.sealed, f"step/{before}/{one.ordinal}")
        tx.execute(
            update(step)
            .where(step.c.hall == hall, step.c.case_number == after, step.c.ordinal == one.ordinal)
            .values(sealed=sealer.seal_text(text, f"step/{after}/{one.ordinal}"))
        )
    care.reseal(tx, hall, sealer, before, after)
    tx.execute(delete(case).where(*where))


def renumber_ticket(
    tx: Connection, hall: str, before: str, after: TicketView, *, number: TicketNumber, day: dt.date
) -> None:
    """Puts a ticket under another number, as `after` shows it, that of `day`; it stays in the line it stands in."""
    tx.execute(
        update(ticket)
        .where(ticket.c.hall == hall, ticket.c.ticket_id == before)
        .values(
            ticket_id=after.ticket_id,
            business_date=day,
            series=number.series,
            number=number.number,
            state=after.state,
            window=after.window,
            called_at=after.called_at,
            ended_at=after.ended_at,
            calls=after.calls,
        )
    )
    tx.execute(update(notice).where(notice.c.hall == hall, notice.c.subject == before).values(subject=after.ticket_id))


def save_ticket_id(tx: Connection, hall: str, number: str, ticket_id: str) -> None:
    """Notes with a case which ticket it took."""
    tx.execute(update(case).where(case.c.hall == hall, case.c.number == number).values(ticket_id=ticket_id))


def ticket_of_command(tx: Connection, hall: str, command_id: str) -> str:
    """The id of the ticket that a command took; empty when it took none."""
    found = tx.execute(
        select(ticket.c.ticket_id).where(ticket.c.hall == hall, ticket.c.command_id == command_id)
    ).scalar_one_or_none()
    return found or ""
