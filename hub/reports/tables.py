"""Tables that several reports have: cases counted by something, over time, by rating. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from hub.domain.reported import CaseRow, RatingRow
from hub.domain.spans import Span
from hub.reports import figures
from hub.reports.figures import Tally, tally
from hub.reports.report import Cell, Chart, Table
from hub.reports.says import Says

LONG_DAYS = 62
"""A period up to here is told day by day, a longer one month by month."""


def counted(
    says: Says, key: str, groups: Mapping[str, Iterable[CaseRow]], named: Callable[[str], str], *, chart: bool = True
) -> Table:
    """One line a group: filed, answered, in time, late, open and overdue, the share in time."""
    columns = (
        says.column(key, wide=12),
        *(says.column(one, "count") for one in ("filed", "answered", "on_time", "late", "overdue", "sent_back")),
        says.column("percent", "percent"),
    )
    rows = tuple((named(code), *_cells(tally(cases, says.today))) for code, cases in groups.items())
    title = says.words(f"table.{key}")
    shown = Chart(title=title, kind="bars", names=0, values=(1,)) if chart else None
    return Table(title=title, columns=columns, rows=rows, none=says.words("no_cases"), chart=shown)


def _cells(one: Tally) -> tuple[Cell, ...]:
    return one.filed, one.answered, one.on_time, one.late, one.overdue, one.sent_back, one.percent


def over_time(says: Says, cases: Sequence[CaseRow]) -> Table:
    """Filed and answered of what was filed, by day, or by month in a longer period."""
    monthly = (says.span.last - says.span.first).days >= LONG_DAYS
    rows = []
    for name, inside in _parts(says, says.span, monthly):
        filed = [one for one in cases if one.filed in inside]
        rows.append((name, len(filed), sum(one.answered is not None for one in filed)))
    title = says.words("table.by_month" if monthly else "table.by_day")
    chart = Chart(title=title, kind="columns" if monthly else "line", names=0, values=(1, 2), most=LONG_DAYS)
    columns = (says.column("date", wide=6), says.column("filed", "count"), says.column("answered", "count"))
    return Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_cases"), chart=chart)


def _parts(says: Says, span: Span, monthly: bool) -> Iterable[tuple[str, Span]]:
    day = span.first
    while day <= span.last:
        if monthly:
            following = (day + dt.timedelta(days=31)).replace(day=1)
            yield f"{day:%Y-%m}", Span(every="month", first=day, last=following - dt.timedelta(days=1))
        else:
            following = day + dt.timedelta(days=1)
            yield f"{day:%m-%d}", Span(every="day", first=day, last=day)
        day = following


def rated(says: Says, ratings: Sequence[RatingRow]) -> Table:
    """How many ratings of each level, in the order of the hall's scale, and the share of each."""
    levels = [one.code for one in says.policy.rating.levels.value]
    levels += sorted({one.level for one in ratings} - set(levels))  # of an earlier policy's scale
    rows = []
    for code in levels:
        count = sum(one.level == code for one in ratings)
        rows.append((says.level(code), count, count * 100 // len(ratings) if ratings else None))
    title = says.words("table.levels")
    columns = (says.column("level"), says.column("ratings", "count"), says.column("share", "percent"))
    chart = Chart(title=title, kind="columns", names=0, values=(1,))
    return Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_ratings"), chart=chart)


def key_figures(says: Says, cases: Sequence[CaseRow], ratings: Sequence[RatingRow]) -> tuple[Tally, int | None]:
    """The whole period counted, and the share of ratings that are good."""
    return tally(cases, says.today), figures.satisfied_percent(ratings, says.policy.rating.levels.value)


def cases_listed(says: Says, title: str, cases: Iterable[CaseRow], columns: tuple[str, ...], none: str) -> Table:
    """One line a case, in these of `CELLS`."""
    made = tuple(
        says.column(name, "date" if name in DATES else "count" if name in COUNTS else "text", WIDE.get(name, 0))
        for name in columns
    )
    rows = tuple(tuple(CELLS[name](says, one) for name in columns) for one in cases)
    return Table(title=title, columns=made, rows=rows, none=none)


DATES = frozenset({"filed_on", "due", "limit", "answered_on"})
COUNTS = frozenset({"days_late", "days_over"})
WIDE = {"number": 13, "matter": 9, "unit": 9, "person": 8, "handler": 8, "breaches": 12, "class": 5, "stage": 7}


def days_late(says: Says, one: CaseRow) -> int | None:
    """Calendar days past the due date; nothing where it was kept."""
    return days_over(says, one) if figures.is_missed(one, says.today) else None


def days_over(says: Says, one: CaseRow) -> int | None:
    """The same by the hall's own limit, whether or not its document promises it (R28)."""
    over = ((one.answered or one.stopped or says.today) - one.due).days
    return over if over > 0 else None


def _secret(says: Says, one: CaseRow, said: str) -> str:
    """What would tell a case of somebody who asked for secrecy apart stands in no report (R13)."""
    return says.words("secret") if one.confidential else said


CELLS: dict[str, Callable[[Says, CaseRow], Cell]] = {
    "number": lambda says, one: one.number,
    "person": lambda says, one: _secret(says, one, one.name or says.words("anonymous")),
    "matter": lambda says, one: _secret(says, one, says.matter(one.matter)),
    "unit": lambda says, one: _secret(says, one, says.department(one.department)),
    "handler": lambda says, one: _secret(says, one, says.staff(one.handler or one.owner)),
    "class": lambda says, one: says.case_class(one.case_class),
    "stage": lambda says, one: says.stage(one),
    "filed_on": lambda says, one: one.filed,
    "due": lambda says, one: one.due if one.promised else None,
    "answered_on": lambda says, one: one.answered,
    "days_late": days_late,
    "limit": lambda says, one: one.due,
    "days_over": days_over,
}
