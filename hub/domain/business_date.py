"""The date that a hall's numbers carry: it begins at the hall's own hour, not always at midnight."""

from __future__ import annotations

import datetime as dt


def business_date(local: dt.datetime, begins: dt.time) -> dt.date:
    """The business date of a moment in the hall's time: before `begins` it is still yesterday's.

    Deadlines do not follow it: they count from the calendar's date.
    """
    return local.date() if local.time() >= begins else local.date() - dt.timedelta(days=1)
