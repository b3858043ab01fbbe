"""Periods that a report is about: a day, a week, a month, a quarter, half a year, a year. Pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

from hub.domain.errors import DomainError
from hub.domain.hall import Value
from hub.domain.policy.oversight import Weekday
from hub.domain.policy.values import Period

WRITTEN: dict[Period, tuple[str, str]] = {
    "day": (r"(\d{4})-(\d\d)-(\d\d)", "2026-10-30"),
    "week": (r"(\d{4})-W(\d\d)", "2026-W44"),
    "month": (r"(\d{4})-(\d\d)", "2026-10"),
    "quarter": (r"(\d{4})-Q([1-4])", "2026-Q4"),
    "half_year": (r"(\d{4})-H([12])", "2026-H2"),
    "year": (r"(\d{4})", "2026"),
}
"""How each is typed, and an example of it."""
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class BadPeriod(DomainError):
    """What was typed is no such period."""

    code = "bad_period"

    def __init__(self, every: Period, text: str) -> None:
        super().__init__(f"{text!r} is no {every.replace('_', ' ')}; write it like {WRITTEN[every][1]}")


class Span(Value, frozen=True):
    """Business dates from the first to the last, and which kind of period they are."""

    every: Period
    first: dt.date
    last: dt.date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, dt.date) and self.first <= day <= self.last


def parse(every: Period, text: str, on: Weekday | None = None) -> Span:
    """The period that was typed; raises `BadPeriod`.

    A week is that of ISO 8601. Of a report that is put up `on` a weekday it is the seven days before that day of it.
    """
    found = re.fullmatch(WRITTEN[every][0], text.strip())
    if found is None:
        raise BadPeriod(every, text)
    numbers = [int(one) for one in found.groups()]
    try:
        match every:
            case "day":
                day = dt.date(*numbers)
            case "week":
                day = dt.date.fromisocalendar(numbers[0], numbers[1], 1)
            case _:
                months = _MONTHS[every]
                day = dt.date(numbers[0], ((numbers[1] if len(numbers) > 1 else 1) - 1) * months + 1, 1)
    except ValueError as wrong:
        raise BadPeriod(every, text) from wrong
    return _beginning(every, day - dt.timedelta(days=7 - _offset(on)) if every == "week" and on else day)


def last_whole(every: Period, today: dt.date, on: Weekday | None = None) -> Span:
    """The newest period that is over."""
    match every:
        case "day":
            day = today - dt.timedelta(days=1)
        case "week":
            since = (today.weekday() - (_offset(on) if on else 0)) % 7
            day = today - dt.timedelta(days=since + 7)
        case _:
            months = _MONTHS[every]
            day = _moved(today.replace(day=1), -((today.month - 1) % months) - months)
    return _beginning(every, day)


def before(span: Span) -> Span:
    """The period of the same kind just before."""
    if span.every in _MONTHS:
        return _beginning(span.every, _moved(span.first, -_MONTHS[span.every]))
    return _beginning(span.every, span.first - (span.last - span.first + dt.timedelta(days=1)))


def _beginning(every: Period, first: dt.date) -> Span:
    if every in _MONTHS:
        last = _moved(first, _MONTHS[every]) - dt.timedelta(days=1)
    else:
        last = first + dt.timedelta(days=6 if every == "week" else 0)
    return Span(every=every, first=first, last=last)


def _moved(first: dt.date, months: int) -> dt.date:
    """The first of a month, so many months on."""
    place = first.year * 12 + first.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def _offset(on: Weekday) -> int:
    return get_args(Weekday).index(on)
