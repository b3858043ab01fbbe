"""Every date of the published years against two libraries, and every due date of them against another calculation.

What is compared with is made without the hub: from the words of the State Council's notice for 2026, and from two
libraries that keep tables of their own for 2024 and 2025.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate

import chinese_calendar
import holidays
import pytest

from tests.factories import a_calendar

CALENDAR = a_calendar()
DAY = dt.timedelta(days=1)
LIMITS_WD = (1, 2, 3, 5, 10)
YEARS = (2024, 2025, 2026)

NOTICE_2026 = """\
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
"""The arrangement itself, of 国务院办公厅关于2026年部分节假日安排的通知."""
_SPAN = re.compile(r"、(?P<name>\w+)：(\d+)月(\d+)日（.*?周(.)）至(\d+)日（.*?周(.)）放假(?:调休)?，共(\d+)天")
_WORKED = re.compile(r"(\d+)月(\d+)日（周(.)）(?=[、上])")
_WEEKDAYS = "一二三四五六日"


@cache
def notice() -> tuple[dict[dt.date, str], frozenset[dt.date]]:
    """Days off by the holiday's name, and weekend days that are worked; each date has the weekday that is written."""
    off: dict[dt.date, str] = {}
    worked = set()
    for line in NOTICE_2026.splitlines():
        name, month, first, weekday, last, ends, days = _SPAN.search(line).groups()  # type: ignore[union-attr]
        span = [dt.date(2026, int(month), day) for day in range(int(first), int(last) + 1)]
        assert len(span) == int(days), line
        assert (_WEEKDAYS[span[0].weekday()], _WEEKDAYS[span[-1].weekday()]) == (weekday, ends), line
        off |= dict.fromkeys(span, name)
        for month, day, weekday in _WORKED.findall(line.split("天。")[1]):
            worked.add(dt.date(2026, int(month), int(day)))
            assert _WEEKDAYS[dt.date(2026, int(month), int(day)).weekday()] == weekday, line
    return off, frozenset(worked)


def works_by_notice(day: dt.date) -> bool:
    off, worked = notice()
    return day in worked or (day not in off and day.isoweekday() not in (6, 7))


CHINA = holidays.country_holidays("CN", years=[*YEARS, 2027])
SIDES: list[tuple[str, Callable[[dt.date], bool], tuple[int, ...]]] = [
    ("the State Council's notice", works_by_notice, (2026,)),
    ("chinesecalendar", chinese_calendar.is_workday, YEARS),
    ("holidays", CHINA.is_working_day, YEARS),
]


def days_of(*years: int) -> Iterator[dt.date]:
    for year in years:
        yield from (dt.date(year, 1, 1) + n * DAY for n in range(366) if (dt.date(year, 1, 1) + n * DAY).year == year)


def running(works: Callable[[dt.date], bool], years: tuple[int, ...]) -> tuple[list[dt.date], list[int]]:
    """All days of these years and of the month after, and how many have been worked by the end of each.

    The month after is counted by weekends where its year is not published.
    """
    days = [*days_of(*years), *(dt.date(years[-1] + 1, 1, 1) + n * DAY for n in range(31))]
    known = [works(day) if day.year <= YEARS[-1] else day.isoweekday() < 6 for day in days]
    return days, list(accumulate(known))


def test_the_notice_is_read_whole() -> None:
    off, worked = notice()
    assert (len(off), len(worked)) == (3 + 9 + 3 + 5 + 3 + 3 + 7, 6)
    assert len(set(off.values())) == 7


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("side", "works", "years"), SIDES, ids=[side for side, *_ in SIDES])
def test_every_date_is_worked_or_off_as_published(
    side: str, works: Callable[[dt.date], bool], years: tuple[int, ...]
) -> None:
    checked = 0
    for day in days_of(*years):
        assert CALENDAR.is_working(day) == works(day), f"{day} by {side}"
        checked += 1
    assert checked == sum(366 if year % 4 == 0 else 365 for year in years)


@pytest.mark.rule("R25")
@pytest.mark.parametrize("year", YEARS)
def test_the_next_working_day_is_the_one_that_both_libraries_name(year: int) -> None:
    for day in days_of(year):
        if day == dt.date(2026, 12, 31):
            continue  # the next is in a year that nobody has published
        by_chinese = day + DAY
        while not chinese_calendar.is_workday(by_chinese):
            by_chinese += DAY
        assert CALENDAR.due(day, 1).date == by_chinese == CHINA.get_nth_working_day(day, 1), day


@pytest.mark.rule("R25")
@pytest.mark.parametrize("wd", LIMITS_WD)
@pytest.mark.parametrize(("side", "works", "years"), SIDES, ids=[side for side, *_ in SIDES])
def test_every_due_date_is_what_another_calculation_comes_to(
    side: str, works: Callable[[dt.date], bool], years: tuple[int, ...], wd: int
) -> None:
    days, worked = running(works, years)
    first_with: dict[int, dt.date] = {}
    for day, total in zip(days, worked, strict=True):
        first_with.setdefault(total, day)
    checked = 0
    for start, total in zip(days, worked, strict=True):
        if start.year > years[-1]:
            break
        due = CALENDAR.due(start, wd)
        assert due.date == first_with[total + wd], f"{wd} wd from {start} by {side}"
        assert due.provisional == (due.date.year not in YEARS), start
        checked += 1
    assert checked == len(list(days_of(*years)))


@pytest.mark.rule("R25")
def test_every_due_date_of_2026_says_the_days_off_of_the_notice_by_their_names() -> None:
    off, worked = notice()
    for start in days_of(2026):
        for wd in LIMITS_WD:
            due = CALENDAR.due(start, wd)
            assert works_by_notice(due.date), f"{wd} wd from {start} end on a day off"
            for day in due.skipped:
                holiday = off.get(day.date, "")
                assert (day.name, day.why) == (holiday, "holiday" if holiday else "weekend"), f"{day} after {start}"
            assert set(due.moved_workdays) == {day for day in due.counted if day in worked}, start
