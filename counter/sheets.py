"""手工号: the lines of a sheet as they are typed, with both times (R65, R66), and what is still wrong with them. Pure.

One number a line, its fields apart by blanks: number, taken, called, ended, window, staff code. `过` for who did not
come, `废` for a spoilt slip, nothing after the first time for who still waits, `-` for what the hub knows already.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from counter.calendars import hour
from hub.domain.hall import Value
from hub.domain.slips import Cause
from hub.wire.messages import SlipUse

CAUSES: tuple[Cause, ...] = get_args(Cause)
Trouble = Literal["", "number", "time", "window", "fields"]
NO_SHOW, VOID, KNOWN = ("过", "过号", "未到"), ("废", "作废"), "-"


class Line(Value, frozen=True):
    """A line of the sheet: what it says, or why it says nothing."""

    typed: str
    use: SlipUse | None = None
    trouble: Trouble = ""


def read(text: str, day: dt.date, zone: ZoneInfo) -> tuple[Line, ...]:
    """Every line that says something, in the order in which they were typed."""
    return tuple(_line(one.strip(), day, zone) for one in text.splitlines() if one.strip())


def uses(lines: tuple[Line, ...]) -> tuple[SlipUse, ...]:
    """What is sent once no line is in trouble."""
    return tuple(one.use for one in lines if one.use is not None)


def moment(text: str, day: dt.date, zone: ZoneInfo) -> dt.datetime | None:
    """`0905`, `9:05` on that day in the hall; None for what is no time."""
    digits = text.replace("：", ":")
    at = hour(digits.zfill(5) if ":" in digits else digits.zfill(4))
    return dt.datetime.combine(day, at, zone).astimezone(dt.UTC) if at is not None else None


def _line(typed: str, day: dt.date, zone: ZoneInfo) -> Line:
    number, *rest = typed.split()
    number = number.upper()
    if not (number[:1].isalpha() and number[1:].isdigit() and number.isascii()):
        return Line(typed, trouble="number")
    if len(rest) == 1 and rest[0] in VOID:
        return Line(typed, SlipUse(number=number, outcome="void"))
    if len(rest) == 1:
        taken = moment(rest[0], day, zone)
        return Line(typed, SlipUse(number=number, outcome="waiting", taken_at=taken)) if taken else _no(typed, "time")
    if len(rest) not in (4, 5):
        return _no(typed, "fields")
    taken, called = (None if one == KNOWN else moment(one, day, zone) for one in rest[:2])
    missed = rest[2] in NO_SHOW
    ended = None if missed else moment(rest[2], day, zone)
    if called is None or (taken is None and rest[0] != KNOWN) or (ended is None and not missed):
        return _no(typed, "time")
    if not (rest[3].isascii() and rest[3].isdigit()):
        return _no(typed, "window")
    return Line(
        typed,
        SlipUse(
            number=number,
            outcome="no_show" if missed else "served",
            taken_at=taken,
            called_at=called,
            ended_at=ended,
            window=int(rest[3]),
            staff=rest[4] if len(rest) == 5 else "",
        ),
    )


def _no(typed: str, trouble: Trouble) -> Line:
    return Line(typed, trouble=trouble)
