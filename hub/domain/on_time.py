"""按时: whether a promised date was kept, for every figure and every screen that says so. Pure.

What is open and past its date counts as broken from that day on: a hall that answers nothing keeps nothing.
"""

from __future__ import annotations

import datetime as dt


def is_missed(due: dt.date, today: dt.date, *, answered: dt.date | None, stopped: dt.date | None = None) -> bool:
    """Whether a date passed before the answer; `stopped` is since when the clock stands still: what others take does
    not count (R27)."""
    return (answered or stopped or today) > due


def percent(on_time: int, answered: int, overdue: int) -> int | None:
    """Of what had to be answered, how much was in time, in whole percent rounded down; None where nothing had to be.

    `answered` in time or late, `overdue` open and past its date; what is open and not yet due is neither.
    """
    judged = answered + overdue
    return on_time * 100 // judged if judged else None
