"""Who did what how well: units and people (R44), every node and everybody (R48), and what was broken (R28). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import get_args

from hub.domain.policy.clock import BreachCode
from hub.domain.reported import EXPORTS, CallRow, CaseRow, RatingRow, Reading
from hub.reports import figures, tables
from hub.reports.figures import grouped, tally
from hub.reports.progress import is_about_conduct
from hub.reports.report import Cell, Chart, Report, Table
from hub.reports.says import Says

LOOKS = ("ReadCase", "ReadForm", "ReadAttachment", "ReadRequest", "ReadSuggestion", "ReadRefusal", "LookUp")
"""Looks at personal data, as the audit chain calls them (查询留痕, R47)."""


def people(found: Reading, says: Says) -> Report:
    """Per unit and per person: how much, how timely, how well rated; what feeds 评优 and reprimands."""
    cases = [one for one in found.cases if one.kind == "matter"]
    whole, good = tables.key_figures(says, cases, found.ratings)
    boxes = (
        says.box("filed", whole.filed),
        says.box("percent", says.percent(whole.percent)),
        says.box("sent_back", whole.sent_back),
        says.box("satisfied", says.percent(good)),
        says.box("conduct", sum(map(is_about_conduct, cases))),
    )
    of_case = {one.number: one for one in cases}
    units = _scored(says, "unit", cases, found.ratings, of_case, lambda one: one.department, says.department)
    owners = _scored(says, "owners", cases, found.ratings, of_case, lambda one: one.owner, says.staff)
    handlers = _scored(says, "handlers", cases, found.ratings, of_case, lambda one: one.handler, says.staff)
    return says.report(boxes, (says.words("text.people"),), (units, owners, handlers, _called(found, says)))


def _called(found: Reading, says: Says) -> Table:
    """Per unit how often it was called to the window, how often it came, and how soon (R20): no document says within
    how many minutes, so nobody is told late here."""
    of_unit: dict[str, list[CallRow]] = {}
    for one in found.calls:
        if one.kind == "matter":
            of_unit.setdefault(one.department, []).append(one)
    columns = (
        says.column("unit", wide=10),
        *(says.column(one, "count") for one in ("called", "came", "not_come", "minutes_median", "minutes_longest")),
    )
    rows = []
    for code, calls in sorted(of_unit.items(), key=lambda unit: (-len(unit[1]), unit[0])):
        took = [one.minutes for one in calls if one.minutes is not None]
        soon = (median(took), max(took)) if took else (None, None)
        rows.append((says.department(code), len(calls), len(took), len(calls) - len(took), *soon))
    note = says.words("table.called.note")
    title = says.words("table.called")
    return Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_calls"), note=note)


def _scored(
    says: Says, key: str, cases: Sequence[CaseRow], ratings: Sequence[RatingRow], of_case: dict[str, CaseRow],
    by: Callable[[CaseRow], str], named: Callable[[str], str],
) -> Table:  # fmt: skip
    levels = says.policy.rating.levels.value
    rated: dict[str, list[RatingRow]] = {}
    for one in ratings:
        if one.case_number in of_case:
            rated.setdefault(by(of_case[one.case_number]), []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for code, of in grouped(cases, by).items():
        if not code and key != "unit":
            continue  # nobody has taken it yet
        counted, ratings_of = tally(of, says.today), rated.get(code, [])
        rows.append(
            (
                *(named(code), counted.filed, counted.answered, counted.on_time, counted.late, counted.overdue),
                *(counted.percent, counted.sent_back, sum(map(is_about_conduct, of)), len(ratings_of)),
                figures.satisfied_percent(ratings_of, levels),
            )
        )
    columns = (
        says.column("unit" if key == "unit" else "staff", wide=9),
        *(says.column(one, "count", 3) for one in ("filed", "answered", "on_time", "late", "overdue")),
        says.column("percent", "percent"),
        *(says.column(one, "count", 3) for one in ("sent_back", "conduct", "ratings")),
        says.column("satisfied", "percent"),
    )
    title = says.words(f"table.scored.{key}")
    chart = Chart(title=title, kind="bars", names=0, values=(3, 4, 5))
    return Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_cases"), chart=chart)


def monitoring(found: Reading, says: Says) -> Report:
    """电子监察通报: every node by how often it was passed, everybody by what they did, and what was broken."""
    cases = (*found.carried, *found.cases)
    broken = _broken(found, cases, says)
    moves, looks = Counter[str](), Counter[str]()
    for one in found.moves:
        moves[one.move] += one.count
    for link in found.counted:
        looks[link.staff] += link.count if link.kind in LOOKS else 0
    boxes = (
        says.box("moves", sum(moves.values())),
        says.box("breaches", len(broken)),
        says.box("looks", sum(looks.values())),
        says.box("exports", sum(one.count for one in found.counted if one.kind in EXPORTS)),
    )
    texts = (
        says.words(
            "text.monitored", n=sum(moves.values()), people=len({one.staff for one in found.moves if one.staff})
        ),
        says.words("text.broken", n=len(broken)) if broken else says.words("text.none_broken"),
    )
    parts = (_nodes(says, moves), _everybody(found, says), _codes(says, broken), _listed(says, broken))
    return says.report(boxes, texts, parts, "scope.monitoring")


def breaches(found: Reading, says: Says) -> Report:
    """违反限时办结清单: each case of the period, or open still, of which a code of the policy holds."""
    broken = _broken(found, (*found.carried, *found.cases), says)
    counted = Counter(code for _, codes in broken for code in codes)
    boxes = (says.box("breaches", len(broken)), *(says.box(f"breach.{code}", counted[code]) for code in _counted(says)))
    parts = (_codes(says, broken), _listed(says, broken))
    return says.report(boxes, (says.words("text.breaches", n=len(broken)),), parts, "scope.progress")


Broken = list[tuple[CaseRow, tuple[BreachCode, ...]]]


def _broken(found: Reading, cases: Iterable[CaseRow], says: Says) -> Broken:
    held = ((one, figures.breaches(one, found.policies, says.today)) for one in cases if one.kind == "matter")
    return [(one, codes) for one, codes in held if codes]


def _counted(says: Says) -> tuple[BreachCode, ...]:
    """The codes that the hall's policy counts; all where a case of another version has one more."""
    return says.policy.clock.breaches.value or get_args(BreachCode)


def _codes(says: Says, broken: Broken) -> Table:
    counted = Counter(code for _, codes in broken for code in codes)
    order = [code for code in get_args(BreachCode) if code in counted or code in _counted(says)]
    rows = tuple((says.words(f"breach.{code}"), counted[code]) for code in order)
    title = says.words("table.codes")
    columns = (says.column("breaches", wide=14), says.column("count", "count"))
    chart = Chart(title=title, kind="bars", names=0, values=(1,))
    return Table(title=title, columns=columns, rows=rows, none=says.words("no_breaches"), chart=chart)


def _listed(says: Says, broken: Broken) -> Table:
    columns = ("number", "unit", *(("handler",) if says.names else ()), "limit", "answered_on", "days_over")
    plain = tables.cases_listed(
        says, says.words("table.breaches"), (one for one, _ in broken), columns, says.words("no_breaches")
    )
    said = [
        (
            says.words("list").join(says.words(f"breach.{code}") for code in codes),
            says.words("yes" if one.explained else "no") if "late" in codes else None,
        )
        for one, codes in broken
    ]
    rows = tuple((*row, *more) for row, more in zip(plain.rows, said, strict=True))
    more = (says.column("breaches", wide=12), says.column("explained", wide=4))
    return Table(title=plain.title, columns=(*plain.columns, *more), rows=rows, none=plain.none)


def _nodes(says: Says, moves: Counter[str]) -> Table:
    rows = tuple((says.move(move), count) for move, count in figures.rank_of(moves))
    title = says.words("table.nodes")
    columns = (says.column("node", wide=10), says.column("count", "count"))
    chart = Chart(title=title, kind="bars", names=0, values=(1,))
    return Table(title=title, columns=columns, rows=rows, none=says.words("no_moves"), chart=chart)


def _everybody(found: Reading, says: Says) -> Table:
    """What each did on cases, how often they looked at personal data, and what they took out."""
    moved, looked, taken, done = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in found.moves:
        moved[one.staff] += one.count
    for link in found.counted:
        done[link.staff] += link.count
        looked[link.staff] += link.count if link.kind in LOOKS else 0
        taken[link.staff] += link.count if link.kind in EXPORTS else 0
    codes = sorted({code for code in (*moved, *done) if code})
    names = [says.staff(code) if says.names else code for code in codes]
    rows = tuple(
        (name, says.staff_department(code), moved[code], done[code], looked[code], taken[code])
        for name, code in zip(names, codes, strict=True)
    )
    columns = (
        says.column("staff", wide=9),
        says.column("unit", wide=9),
        *(says.column(one, "count") for one in ("moves", "commands", "looks", "exports")),
    )
    return Table(title=says.words("table.everybody"), columns=columns, rows=rows, none=says.words("no_moves"))
