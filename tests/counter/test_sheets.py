"""Sheets of what was worked by hand: every line is understood as it is typed, or says why not."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from counter import sheets
from hub.wire.messages import SlipUse
from tests.counter.makers import TODAY

ZONE = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(TODAY, dt.time(hour, minute), ZONE).astimezone(dt.UTC)


@pytest.mark.rule("R65", "R66")
@pytest.mark.parametrize(
    ("typed", "use"),
    [
        (
            "s014 0905 0931 09:50 3 07",
            SlipUse(
                number="S014",
                outcome="served",
                taken_at=at(9, 5),
                called_at=at(9, 31),
                ended_at=at(9, 50),
                window=3,
                staff="07",
            ),
        ),
        (
            "S015 9：06 933 过 3",
            SlipUse(number="S015", outcome="no_show", taken_at=at(9, 6), called_at=at(9, 33), window=3),
        ),
        ("S016 0910", SlipUse(number="S016", outcome="waiting", taken_at=at(9, 10))),
        ("S017 废", SlipUse(number="S017", outcome="void")),
        (
            "F005 - 0931 0950 3",
            SlipUse(number="F005", outcome="served", called_at=at(9, 31), ended_at=at(9, 50), window=3),
        ),
    ],
)
def test_a_line_is_read_with_the_times_of_the_sheet(typed: str, use: SlipUse) -> None:
    (line,) = sheets.read(f"\n  {typed}  \n", TODAY, ZONE)
    assert (line.trouble, line.use) == ("", use)


@pytest.mark.parametrize(
    ("typed", "trouble"),
    [
        ("十四 0905", "number"),
        ("S 0905", "number"),
        ("S014", "fields"),
        ("S014 0905 0931", "fields"),
        ("S014 9点半", "time"),
        ("S014 0905 2561 0950 3", "time"),
        ("S014 0905 - 0950 3", "time"),
        ("S014 0905 0931 0950 三", "window"),
        ("S014 0905 0931 0950 3 07 多", "fields"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_is_not_sent(typed: str, trouble: str) -> None:
    lines = sheets.read(f"S001 废\n{typed}", TODAY, ZONE)
    assert [one.trouble for one in lines] == ["", trouble]
    assert [one.number for one in sheets.uses(lines)] == ["S001"]
