"""The working calendar (工作日历) in layers: what the state publishes year by year, and over it the hall's own days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from hub.domain.deadline import Calendar, HallDay
from hub.domain.hall import Value


class Published(Value, frozen=True):
    """What the state has published (放假安排): whole years, their holidays by name, the weekend days worked instead."""

    years: tuple[int, ...] = ()
    holidays: Mapping[str, tuple[dt.date, ...]] = {}
    workdays: tuple[dt.date, ...] = ()

    def over(self, earlier: Published) -> Published:
        """This, with the years that only the other has: what was published once stays published."""
        mine = frozenset(self.years)
        names = dict.fromkeys((*self.holidays, *earlier.holidays))
        holidays = {
            name: (*self.holidays.get(name, ()), *_without(earlier.holidays.get(name, ()), mine)) for name in names
        }
        return Published(
            years=tuple(sorted(mine.union(earlier.years))),
            holidays={name: tuple(sorted(days)) for name, days in holidays.items() if days},
            workdays=tuple(sorted((*self.workdays, *_without(earlier.workdays, mine)))),
        )

    def of(self, years: Collection[int]) -> Published:
        """Those of its years alone."""
        others = [year for year in self.years if year not in years]
        holidays = {name: _without(days, others) for name, days in self.holidays.items()}
        return Published(
            years=tuple(year for year in self.years if year in years),
            holidays={name: days for name, days in holidays.items() if days},
            workdays=_without(self.workdays, others),
        )

    def names(self) -> dict[dt.date, str]:
        """The holidays by day."""
        return {day: name for name, days in self.holidays.items() for day in days}


class HallCalendar(Value, frozen=True):
    """Both layers as they stand at one moment; `days` are the hall's own, in order, one a date."""

    published: Published = Published()
    days: tuple[HallDay, ...] = ()

    def calendar(self) -> Calendar:
        """What deadlines are counted on."""
        return Calendar(self.published.years, self.published.names(), frozenset(self.published.workdays), self.days)

    def with_days(self, changed: Collection[HallDay]) -> HallCalendar:
        """With these days of the hall in the place of what stood there."""
        kept = {one.date: one for one in self.days} | {one.date: one for one in changed}
        return replace(self, days=tuple(kept[day] for day in sorted(kept)))

    def without_days(self, taken_back: Collection[dt.date]) -> HallCalendar:
        """With these days as the state has them."""
        return replace(self, days=tuple(one for one in self.days if one.date not in taken_back))


class Edition(Value, frozen=True):
    """One version of a hall's calendar; versions count up from 1."""

    version: int
    days: HallCalendar


def _without(days: Collection[dt.date], years: Collection[int]) -> tuple[dt.date, ...]:
    return tuple(day for day in days if day.year not in years)
