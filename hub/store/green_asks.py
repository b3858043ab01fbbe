"""The green channels that somebody asks for and nobody has answered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, select

from hub.domain.ticket import WAITING
from hub.store import ticket_steps
from hub.store.schema import ticket, ticket_step
from hub.store.sealing import Sealer
from hub.wire.messages import GreenAsk


def waiting(tx: Connection, hall: str, sealer: Sealer, day: dt.date) -> list[GreenAsk]:
    """Those of the day's line, in the order in which they were asked."""
    rows = tx.execute(
        select(ticket_step)
        .join(ticket, (ticket.c.hall == ticket_step.c.hall) & (ticket.c.ticket_id == ticket_step.c.ticket_id))
        .where(
            ticket_step.c.hall == hall,
            ticket_step.c.move.in_(ticket_steps.ANSWERS_GREEN),
            ticket.c.queue_date == day,
            ticket.c.state.in_(WAITING),
        )
        .order_by(ticket_step.c.ordinal)
    )
    newest = {row.ticket_id: row for row in rows}
    asked = sorted((row for row in newest.values() if row.move == "ask_green"), key=lambda row: row.at)
    return [
        GreenAsk(
            ticket_id=row.ticket_id,
            asked_at=row.at,
            who=row.staff,
            reason=sealer.open_text(row.sealed, ticket_steps.about(row.at, row.ordinal)),
        )
        for row in asked
    ]
