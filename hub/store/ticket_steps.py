"""Every step of every ticket, append-only: what the fairness report is made of."""

from __future__ import annotations

import datetime as dt

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from hub.domain.queue import ANYBODY, Only
from hub.domain.ticket import Because, Cause, StepMove
from hub.store.prepared import insert_rows
from hub.store.schema import ticket_step
from hub.store.sealing import Sealer
from hub.wire.messages import TicketView


class Why(msgspec.Struct, frozen=True):
    """Why a ticket was moved: the rule that chose it, a ground of the policy, whose word it was, and the words."""

    because: Because | Cause | None = None
    passed: int = 0
    only: Only = ANYBODY
    ground: str = ""
    post: str = ""
    reason: str = ""


PLAIN = Why()
ANSWERS_GREEN: tuple[StepMove, ...] = ("ask_green", "refuse_green", "advance", "call", "withdraw")
"""A request for the green channel, and what settles it."""


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
    ordinal, newest = tx.execute(_WHERE_IT_STANDS, {"of_hall": hall, "id": after.ticket_id}).one()
    row = {
        "hall": hall,
        "ticket_id": after.ticket_id,
        "ordinal": ordinal,
        "seq": (newest or 0) + 1,
        "at": at,
        "move": move,
        "state": after.state,
        "service": after.service,
        "window": after.window,
        "lane": after.lane,
        "stands_at": after.stands_at or after.taken_at,
        "not_before": after.not_before,
        "for_window": after.for_window,
        "staff": staff,
        "because": why.because or "",
        "passed": why.passed,
        "only_service": why.only.service,
        "only_lane": why.only.lane or "",
        "ground": why.ground,
        "post": why.post,
        "sealed": sealer.seal_text(why.reason, about(at, ordinal)),
    }
    insert_rows(tx, ticket_step, [row])


def is_green_asked(tx: Connection, hall: str, ticket_id: str) -> bool:
    """Whether somebody asks for the green channel of a ticket: not answered, and the citizen not called meanwhile."""
    found = tx.execute(
        select(ticket_step.c.move)
        .where(ticket_step.c.hall == hall, ticket_step.c.ticket_id == ticket_id, ticket_step.c.move.in_(ANSWERS_GREEN))
        .order_by(ticket_step.c.ordinal.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found == "ask_green"


def was_green_asked(tx: Connection, hall: str, ticket_id: str) -> bool:
    """Whether anybody ever asked for the green channel of a ticket."""
    return tx.execute(_ASKED, {"of_hall": hall, "id": ticket_id}).first() is not None


def about(at: dt.datetime, ordinal: int) -> str:
    """What a sealed reason belongs to; not to the ticket's id, which changes when its paper says another number."""
    return f"ticket_step/{at.isoformat()}/{ordinal}"


_WHERE_IT_STANDS = select(
    select(func.count())
    .where(ticket_step.c.hall == bindparam("of_hall"), ticket_step.c.ticket_id == bindparam("id"))
    .scalar_subquery(),
    select(func.max(ticket_step.c.seq)).where(ticket_step.c.hall == bindparam("of_hall")).scalar_subquery(),
)
"""Built once: every move of a ticket asks for its place among the steps."""
_ASKED = select(ticket_step.c.ordinal).where(
    ticket_step.c.hall == bindparam("of_hall"),
    ticket_step.c.ticket_id == bindparam("id"),
    ticket_step.c.move == "ask_green",
)
"""Built once: every call asks for it."""
