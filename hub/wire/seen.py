"""The highest numbers in a terminal's picture: what a restored hub must not give again. Pure."""

from __future__ import annotations

import datetime as dt

from hub.domain.numbers import read_case_number, read_ticket_number
from hub.wire.messages import ReportNumbers, SeenNumber
from hub.wire.picture import Picture


def seen_in(picture: Picture) -> ReportNumbers:
    """What to tell a hub whose epoch is another than the picture's."""
    highest: dict[tuple[dt.date, str], int] = {}

    def saw(day: dt.date, series: str, number: int) -> None:
        highest[day, series] = max(number, highest.get((day, series), 0))

    for case_number in picture.cases:
        read = read_case_number(case_number)
        saw(read.day, read.series or "case", read.serial)
    if picture.business_date is not None:
        for ticket in picture.tickets.values():
            saw(picture.business_date, *read_ticket_number(ticket.number))
    return ReportNumbers(
        epoch=picture.epoch,
        seen=tuple(
            SeenNumber(business_date=day, series=series, number=number) for (day, series), number in highest.items()
        ),
    )
