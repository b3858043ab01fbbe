"""A window's sheet as somebody typed it: read line by line, or told what is wrong with which line."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from hub import slip_sheets
from hub.wire.messages import SlipUse

ZONE, DAY = ZoneInfo("Asia/Shanghai"), dt.date(2026, 11, 23)
HEAD = "号码,日期,取号时间,叫号时间,办结时间,窗口,经办工号,结果,备注\n"


def at(hour: int, minute: int, day: dt.date = DAY) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE).astimezone(dt.UTC)


def read(lines: str, day: dt.date | None = DAY) -> slip_sheets.Read:
    return slip_sheets.read(HEAD + lines, ZONE, day)


@pytest.mark.rule("R66")
def test_each_line_says_what_became_of_its_number() -> None:
    told = read(
        "S001,,9:40,09：45,09:55,3号窗口,06,办结,老人\n"
        "S002,,09:41,10:00,,3,06,未到,\n"
        "s003,,09:42,,,,,,\n"
        "S004,,,,,,,作废,写错\n"
        "S005,,,,,,,,\n"
        "F012,2026/11/20,,2026-11-20 16:00,16:10,1,,办结,\n"
    )
    assert told.unread == ()
    assert told.blank == 1
    assert told.lines == (2, 3, 4, 5, 7)
    assert told.uses == (
        SlipUse("S001", "served", at(9, 40), at(9, 45), at(9, 55), 3, "06"),
        SlipUse("S002", "no_show", at(9, 41), at(10, 0), None, 3, "06"),
        SlipUse("S003", "waiting", at(9, 42)),
        SlipUse("S004", "void"),
        SlipUse(
            "F012",
            "served",
            None,
            at(16, 0, dt.date(2026, 11, 20)),
            at(16, 10, dt.date(2026, 11, 20)),
            1,
        ),
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("S001,,25:00,,,,,,", "is no time"),
        ("S001,,上午,,,,,,", "is no time"),
        ("S001,11月23日,09:40,,,,,,", "is no date"),
        ("S001,,09:40,,,,,好了,", "is no outcome"),
        ("S001,,09:40,09:45,,3,,,", "do not tell the outcome"),
        ("S001,,09:40,09:45,09:50,三,,办结,", "is no window's number"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(line: str, why: str) -> None:
    told = read(f"S000,,09:40,,,,,,\n{line}\n")
    assert [(place, number) for place, number, _ in told.unread] == [(3, "S001")]
    assert why in told.unread[0][2]


def test_a_time_alone_needs_a_date() -> None:
    ((line, number, why),) = read("S001,,09:40,,,,,,\n", day=None).unread
    assert (line, number, "--date" in why) == (2, "S001", True)


def test_a_file_without_a_column_of_numbers_is_no_sheet() -> None:
    ((line, _, why),) = slip_sheets.read("甲,乙\n1,2\n", ZONE, DAY).unread
    assert (line, "号码" in why) == (1, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_is_read_as_spreadsheets_save_it(encoding: str) -> None:
    told = slip_sheets.read(slip_sheets.decoded((HEAD + "S001,,09:40,,,,,等候,\r\n").encode(encoding)), ZONE, DAY)
    assert [one.outcome for one in told.uses] == ["waiting"]


def test_the_sheet_to_type_into_is_read_as_blank() -> None:
    told = slip_sheets.read(slip_sheets.decoded(slip_sheets.template(("S001", "S002")).encode()), ZONE, DAY)
    assert (told.uses, told.unread, told.blank) == ((), (), 2)
