"""Every step of every ticket, append-only: what the fairness report is made of."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, func, insert, select

from hub.domain.ticket import Because, StepMove
from hub.store.schema import ticket_step
from hub.store.sealing import Sealer
from hub.wire.messages import TicketView


class Why(msgspec.Struct, frozen=True):
    """Why a ticket was moved: the rule that chose it, a ground of the policy, whose word it was, and the words."""

    because: Because | None = None
    passed: int = 0
    ground: str = ""
    post: str = ""
    reason: str = ""


PLAIN = Why()


def lay_down(
    tx: Connection,
    hall: str,
    sealer: Sealer,
    after: TicketView,
    move: StepMove,
    at: dt.datetime,
    staff: str,
    why: Why = PLAIN,
) -> None:
    """Writes a step: how the ticket stands after it, who moved it and why."""
    ordinal = tx.execute(
        select(func.count()).where(ticket_step.c.hall == hall, ticket_step.c.ticket_id == after.ticket_id)
    ).scalar_one()
    tx.execute(
        insert(ticket_step).values(
            hall=hall,
            ticket_id=after.ticket_id,
            ordinal=ordinal,
            at=at,
            move=move,
            state=after.state,
            service=after.service,
            window=after.window,
            lane=after.lane,
            stands_at=after.stands_at or after.taken_at,
            not_before=after.not_before,
            for_window=after.for_window,
            staff=staff,
            because=why.because or "",
            passed=why.passed,
            ground=why.ground,
            post=why.post,
            sealed=sealer.seal_text(why.reason, about(at, ordinal)),
        )
    )


def last_move(tx: Connection, hall: str, ticket_id: str) -> str:
    """The newest move of a ticket; empty when it has only been taken."""
    found = tx.execute(
        select(ticket_step.c.move)
        .where(ticket_step.c.hall == hall, ticket_step.c.ticket_id == ticket_id)
        .order_by(ticket_step.c.ordinal.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def about(at: dt.datetime, ordinal: int) -> str:
    """What a sealed reason belongs to; not to the ticket's id, which changes when its paper says another number."""
    return f"ticket_step/{at.isoformat()}/{ordinal}"
