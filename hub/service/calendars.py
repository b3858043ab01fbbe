"""The hall's working calendar: the state's years are taken over, the hall's own days set and taken back (R25)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from hub.domain.deadline import DayOff, HallDay
from hub.domain.errors import TextMissing
from hub.domain.hall_calendar import Edition, HallCalendar, Published
from hub.domain.words import STAFF, Words
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import calendars
from hub.store.transaction import Transaction
from hub.wire import messages as m

DAYS_AT_MOST = 31
"""Days in one change, and how far back a forgotten one may be set."""
AHEAD = dt.timedelta(days=731)
REASON_AT_MOST = 200
VERSIONS_TOLD = 50


@dataclass(frozen=True)
class TakePublished:
    """The files say more than the calendar in force; made by the hub itself."""


def open_calendar(tx: Transaction, books: Books, at: dt.datetime) -> Edition:
    """The calendar in force; of a hall that has none yet, what the files say is its first version."""
    found = calendars.newest(tx, books.hall.code)
    if found is None:
        found = Edition(1, HallCalendar(books.offered))
        calendars.add(tx, books.hall.code, found, at=at, by="", layer="state", why=_about(books, books.offered.years))
    return found


def waits(books: Books) -> bool:
    """Whether the state's layer in force lacks what the files have."""
    return _taken_over(books, books.edition) != books.edition.days.published


def take_published(tx: Transaction, books: Books, draft: Draft, asked: Asked, _wanted: TakePublished) -> Decision:
    """A year newly published, or one put right, is a new version; a year that a file no longer has stays."""
    before = draft.edition.days
    published = _taken_over(books, draft.edition)
    if published == before.published:
        return Decision(m.Done(), subject="calendar")
    years = [year for year in published.years if published.of([year]) != before.published.of([year])]
    days = HallCalendar(published, before.days)
    return _set(tx, books, draft, asked, days, "state", _about(books, years))


def change(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ChangeCalendar) -> Decision:
    """A hall's own day: closed, worked, half, or again as the state has it. Every change is a version of its own."""
    _check(books, asked, told)
    before = draft.edition.days
    if told.kind == "as_published":
        days = before.without_days(told.days)
    else:
        days = before.with_days([HallDay(day, told.kind, told.reason.strip(), told.closes) for day in told.days])
    if days == before or _is_so_already(before, told):
        raise Refused("nothing_changes", "the calendar says that already; look with ReadCalendar")
    return _set(tx, books, draft, asked, days, "hall", told.reason.strip())


def read(db: Transaction, books: Books, asked: Asked, wanted: m.ReadCalendar) -> m.WorkingCalendar:
    """Both layers; who changed what is for staff alone."""
    days = books.edition.days
    years = [wanted.year] if wanted.year else days.published.years
    published = days.published.of(years)
    known = calendars.versions(db, books.hall.code, VERSIONS_TOLD) if asked.actor.staff else []
    return m.WorkingCalendar(
        version=books.edition.version,
        years=published.years,
        holidays=tuple(DayOff(day, "holiday", name) for day, name in sorted(published.names().items())),
        workdays=published.workdays,
        days=tuple(one for one in days.days if not wanted.year or one.date.year == wanted.year),
        recounting=books.recounts,
        versions=tuple(m.CalendarVersion(one.version, one.at, one.who, one.layer, one.why, one.moved) for one in known),
    )


def _set(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    days: HallCalendar,
    layer: calendars.Layer,
    why: str,
) -> Decision:
    edition = Edition(draft.edition.version + 1, days)
    calendars.add(tx, books.hall.code, edition, at=asked.at, by=asked.actor.staff, layer=layer, why=why)
    draft.edition, draft.recounts = edition, True
    return Decision(m.Done(), [m.CalendarSet(version=edition.version)], f"calendar {edition.version}")


def _taken_over(books: Books, edition: Edition) -> Published:
    return books.offered.over(edition.days.published)


def _about(books: Books, years: tuple[int, ...] | list[int]) -> str:
    words = Words("hub", STAFF)
    return words("calendar.published", years=words("due.list").join(str(year) for year in years))


def _check(books: Books, asked: Asked, told: m.ChangeCalendar) -> None:
    today = books.local_date(asked.at)
    first, last = today - dt.timedelta(days=DAYS_AT_MOST), today + AHEAD
    if not 1 <= len(set(told.days)) == len(told.days) <= DAYS_AT_MOST:
        raise Refused("bad_days", f"name each day once, and 1 to {DAYS_AT_MOST} of them in one change")
    if any(not first <= day <= last for day in told.days):
        raise Refused("bad_days", f"a day of the hall's own is between {first} and {last}")
    if not told.reason.strip():
        raise TextMissing("a change of the calendar")
    if len(told.reason) > REASON_AT_MOST:
        raise Refused("too_long", f"reason has at most {REASON_AT_MOST} characters")
    if (told.kind == "half") is (told.closes in (None, dt.time())):
        raise Refused("closing_needed", "a half day says when it closes, and no other day does")


def _is_so_already(before: HallCalendar, told: m.ChangeCalendar) -> bool:
    """A day off that is to be closed, a working day that is to be worked."""
    calendar, own = before.calendar(), {one.date for one in before.days}
    if told.kind not in ("closed", "worked") or own.intersection(told.days):
        return False
    return all(calendar.is_working(day) is (told.kind == "worked") for day in told.days)
