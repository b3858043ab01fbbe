"""保管期限 (R41, R71): how long what is kept, by category, and when its time is over. Pure.

Periods are the policy's `archive.keep_y`: years after closing. Only the suggestion box has one in the documents; the
others are the hall's own setting.
"""

from __future__ import annotations

import datetime as dt

from hub.domain.policy import Policy
from hub.domain.policy.oversight import Kept

OF_CASES: tuple[Kept, ...] = ("case", "complaint", "refusal", "attachment")
"""Categories whose numbers are those of cases."""


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def kept_until(policy: Policy, category: Kept, closed: dt.date, *, papers: bool = False) -> dt.date:
    """The last day on which it is kept; `papers`: it still has some, which go with it and so hold it."""
    periods = policy.archive.keep_y
    years = max(periods[category].value, periods["attachment"].value if papers else 0)
    return years_after(closed, years)
