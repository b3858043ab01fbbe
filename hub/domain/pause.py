"""不计时间 (R27): what a clock that stood still gives back, exactly. Pure.

A deadline takes a working day as that day begins. One that begins while the clock stands still is not taken: the day on
which it goes on is day 0 again, as the day on which it first started was. So what was left in working days when it
stopped is left when it goes on, and where several pauses meet nothing is counted twice.
"""

from __future__ import annotations

import datetime as dt

from hub.domain.deadline import Calendar, Due

DAY = dt.timedelta(days=1)


def left_wd(calendar: Calendar, due: Due, day: dt.date) -> int:
    """Working days that are still to come on that day, up to the due date; below 0 as many as have passed since it.

    Before the first of them has begun none is taken.
    """
    return calendar.working_days_between(_running(due, day), due.date)


def waited(calendar: Calendar, due: Due, paused: dt.date, resumed: dt.date) -> int:
    """The working days that did not count between two days, by which the date is put back.

    What could still be answered when it stopped, if only on that last day, can be answered when it goes on: where that
    is a day off, on the next working day. What was late then stays late.
    """
    wd = calendar.working_days_between(_running(due, paused), _running(due, resumed))
    if left_wd(calendar, due, paused):
        return wd
    works = bool(calendar.working_days_between(resumed - DAY, resumed))
    if paused <= due.date:
        return wd + (resumed > due.date and not works)
    return wd - (works and wd > 0)


def _running(due: Due, day: dt.date) -> dt.date:
    """That day, or the one before the first that counts."""
    return max(day, due.counted[0] - DAY if due.counted else due.start)
