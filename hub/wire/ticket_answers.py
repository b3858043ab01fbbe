"""What the hub answers about a place in line."""

from __future__ import annotations

import datetime as dt

from hub.domain.deadline import Due
from hub.domain.estimate import Wait
from hub.domain.ticket import Lane
from hub.wire.events import TicketView
from hub.wire.message import Message


class ComplaintAccepted(Message, frozen=True):
    """`ahead` counts citizens waiting before this one; `window` is 0 when several windows may call.

    `wait` is nothing where nobody can say.
    """

    case_number: str
    filed_at: dt.datetime
    due: Due
    ticket_number: str = ""
    ticket_id: str = ""
    ahead: int = 0
    window: int = 0
    wait: Wait | None = None


class TicketIssued(Message, frozen=True):
    """`not_before` is the time of an appointment that was checked in early; `taken_at` is when the number was given."""

    ticket_id: str
    number: str
    service: str
    ahead: int
    wait: Wait | None = None
    lane: Lane = "line"
    not_before: dt.datetime | None = None
    taken_at: dt.datetime | None = None


class TicketAnswer(Message, frozen=True):
    """The ticket after a call or a move."""

    ticket: TicketView
