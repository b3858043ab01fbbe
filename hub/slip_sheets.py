"""The CSV that a window's sheet is typed into: lines as `SlipUse`, and what cannot be read, by line. Pure."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hub.domain.slips import Outcome
from hub.wire.messages import SlipUse

HEADS: dict[str, tuple[str, ...]] = {
    "number": ("number", "号码"),
    "date": ("date", "日期"),
    "taken_at": ("taken_at", "取号时间"),
    "called_at": ("called_at", "叫号时间"),
    "ended_at": ("ended_at", "办结时间"),
    "window": ("window", "窗口"),
    "staff": ("staff", "经办工号"),
    "outcome": ("outcome", "结果"),
}
"""Columns in our word and in the sheet's; others, such as 备注, are left alone."""
OUTCOMES: dict[str, Outcome] = {
    "办结": "served",
    "未到": "no_show",
    "等候": "waiting",
    "作废": "void",
    "served": "served",
    "no_show": "no_show",
    "waiting": "waiting",
    "void": "void",
}
TIMES = ("taken_at", "called_at", "ended_at")
FORMS = ("%H:%M", "%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M")


class Read(NamedTuple):
    """What a file says: uses with the line of each, lines that cannot be read and why, and how many are blank slips."""

    uses: tuple[SlipUse, ...]
    lines: tuple[int, ...]
    unread: tuple[tuple[int, str, str], ...]
    blank: int


class _Unreadable(Exception):
    """A cell that means nothing here; the text names it and what is expected."""


def decoded(content: bytes) -> str:
    """The text of a file as spreadsheets save it: UTF-8, else the GB 18030 of a Chinese one."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def read(text: str, zone: ZoneInfo, day: dt.date | None) -> Read:
    """The lines of a sheet; `day` is its date where it names times alone. A number without anything else is blank."""
    rows = csv.reader(io.StringIO(text))
    places = _places(next(rows, []))
    uses: list[SlipUse] = []
    lines: list[int] = []
    unread: list[tuple[int, str, str]] = []
    blank = 0
    if "number" not in places:
        return Read((), (), ((1, "", "the first line names the columns; one of them is 号码 (number)"),), 0)
    for cells in rows:
        told = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        number = told.pop("number").upper()
        date = told.pop("date", "")
        if not any(told.values()):
            blank += bool(number)
            continue
        try:
            uses.append(_use(number, told, zone, _day(date) or day))
            lines.append(rows.line_num)
        except _Unreadable as wrong:
            unread.append((rows.line_num, number, str(wrong)))
    return Read(tuple(uses), tuple(lines), tuple(unread), blank)


def template(numbers: tuple[str, ...]) -> str:
    """A sheet to type into, with its numbers; spreadsheets read it as it is."""
    out = io.StringIO()
    writer = csv.writer(out)
    heads = [names[1] for names in HEADS.values()]
    writer.writerow([*heads, "备注"])
    writer.writerows([number, *[""] * len(heads)] for number in numbers)
    return "\ufeff" + out.getvalue()


def _places(heads: list[str]) -> dict[str, int]:
    found = {}
    for at, head in enumerate(heads):
        for name, said in HEADS.items():
            if head.strip().lower() in said:
                found[name] = at
    return found


def _use(number: str, told: dict[str, str], zone: ZoneInfo, day: dt.date | None) -> SlipUse:
    times = {name: _moment(told.get(name, ""), zone, day) for name in TIMES}
    said = told.get("outcome", "")
    if said and said not in OUTCOMES:
        raise _Unreadable(f"{said!r} is no outcome: write 办结, 未到, 等候 or 作废")
    window = told.get("window", "").removesuffix("号窗口").removesuffix("号")
    if window and not window.isdecimal():
        raise _Unreadable(f"{window!r} is no window's number")
    return SlipUse(
        number=number,
        outcome=OUTCOMES[said] if said else _meant(times),
        window=int(window or 0),
        staff=told.get("staff", ""),
        **times,
    )


def _meant(times: dict[str, dt.datetime | None]) -> Outcome:
    """What a line without an outcome says by its times."""
    if times["called_at"] and times["ended_at"]:
        return "served"
    if times["taken_at"] and not times["called_at"] and not times["ended_at"]:
        return "waiting"
    raise _Unreadable("its times do not tell the outcome: write 办结, 未到, 等候 or 作废")


def _moment(text: str, zone: ZoneInfo, day: dt.date | None) -> dt.datetime | None:
    if not text:
        return None
    plain = text.replace("：", ":")
    for form in FORMS:
        try:
            local = dt.datetime.strptime(plain, form).replace(tzinfo=zone)
        except ValueError:
            continue
        if "%Y" not in form:
            if day is None:
                raise _Unreadable(f"{text!r} has no date: name it with --date, or in a column 日期")
            local = dt.datetime.combine(day, local.time(), zone)
        return local.astimezone(dt.UTC)
    raise _Unreadable(f"{text!r} is no time: write 10:05, or 2026-11-23 10:05")


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text.replace("/", "-"))
    except ValueError:
        raise _Unreadable(f"{text!r} is no date: write 2026-11-23") from None
