"""Who asks for the green channel, and waits for the word of whoever confirms it (R57)."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class ListGreenAsks(Message, frozen=True):
    """The requests of the day that nobody has answered."""


class GreenAsk(Message, frozen=True):
    """One request: of whose number, when, the staff code of who asked, and the words they gave.

    `who` is empty when it was the citizen, at a kiosk.
    """

    ticket_id: str
    asked_at: dt.datetime
    who: str
    reason: str


class GreenAsks(Message, frozen=True):
    """In the order in which they were asked."""

    asks: tuple[GreenAsk, ...]
