"""Numbers that this kiosk gives out while the hub is away: of its own series, of the hall's business date.

Pure: the count comes from the outbox, the moment is passed in. docs/decisions/0011, 0035.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hub.domain.business_date import business_date
from hub.domain.hall import Hall, Terminal, Value
from hub.domain.numbers import case_number, must_have_room, ticket_number
from hub.wire.messages import PrintedNumber

PATIENCE_S = 3.0
"""So long the hub may take to answer before the citizen gets a number of this kiosk; one that is away gets no time."""


class OfflineSeries(Value, frozen=True):
    """One kiosk's series: its letter, and what else its numbers are made of."""

    letter: str
    hall_code: str
    timezone: str
    day_begins: dt.time

    @classmethod
    def of(cls, hall: Hall, own: Terminal) -> OfflineSeries | None:
        """The terminal's series, if the hall gave it one."""
        if not own.offline_series:
            return None
        return cls(letter=own.offline_series, hall_code=hall.code, timezone=hall.timezone, day_begins=hall.day_begins)

    def business_date(self, at: dt.datetime) -> dt.date:
        """The date whose numbers are given out at that moment, as the hub counts it."""
        return business_date(at.astimezone(ZoneInfo(self.timezone)), self.day_begins)

    def number(self, at: dt.datetime, count: int) -> PrintedNumber:
        """`K007` and its case number, for the seventh of the date; raises `SeriesFull` beyond the last number."""
        must_have_room(self.letter, count)
        day = self.business_date(at)
        return PrintedNumber(
            business_date=day,
            printed_at=at,
            case_number=case_number(self.hall_code, day, count, self.letter),
            ticket_number=ticket_number(self.letter, count),
        )
