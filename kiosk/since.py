"""When a citizen came first: the answers that one tap gives."""

from __future__ import annotations

import datetime as dt

from hub.domain.words import Words


def choices(today: dt.date, shown: Words, said: Words) -> tuple[tuple[str, str], ...]:
    """What each key says, and what staff will read of it."""
    months = [dt.date(year, month, 1) for year, month in since_months(today)]
    before = said("since.earlier.said", month=said.date("since.month_of_year", months[-1]))
    return (
        (shown("since.today"), said("since.today")),
        *((shown.date("since.month", one), said.date("since.month_of_year", one)) for one in months),
        (shown("since.earlier"), before),
    )


def since_months(today: dt.date) -> tuple[tuple[int, int], ...]:
    """`(year, month)` of this month and the two before it, newest first."""
    months = [today.year * 12 + today.month - 1 - back for back in range(3)]
    return tuple((month // 12, month % 12 + 1) for month in months)
