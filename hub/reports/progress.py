"""办理进展 (R37): for the deputy leader with names, for everybody without, and 情况通报 to the units. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hub.domain.reported import CaseRow, Reading
from hub.reports import figures, tables
from hub.reports.figures import grouped
from hub.reports.report import Chart, Report, Table
from hub.reports.says import Says


def progress(found: Reading, says: Says) -> Report:
    """Where everything stands: what is late first, then what is open, then what was dealt with."""
    cases = [*found.carried, *found.cases]
    opened = sorted((one for one in cases if one.is_open), key=lambda one: (one.due, one.number))
    late = [one for one in opened if figures.is_missed(one, says.today)]
    whole, good = tables.key_figures(says, found.cases, found.ratings)
    boxes = (
        says.box("filed", whole.filed),
        says.box("answered", whole.answered),
        says.box("open", len(opened)),
        says.box("overdue", len(late)),
        says.box("percent", says.percent(whole.percent)),
        says.box("satisfied", says.percent(good)),
    )
    person = ("person", "handler") if says.names else ()
    columns = ("number", *person[:1], "matter", "unit", *person[1:], "filed_on", "due", "stage", "days_late")
    done = [one for one in found.cases if not one.is_open]
    parts = (
        _stages(says, cases),
        tables.counted(says, "unit", grouped(found.cases, lambda one: one.department), says.department),
        _listed(says, "overdue", late, columns),
        _listed(says, "open", [one for one in opened if one not in set(late)], columns),
        _listed(says, "done", done, (*columns[:-2], "answered_on", *columns[-2:])),
    )
    return says.report(boxes, tuple(_texts(says, opened, late)), parts, "scope.progress")


def published(found: Reading, says: Says) -> Report:
    """What is made public within limits: numbers and counts, and nothing that names anybody."""
    cases = [one for one in found.cases if one.kind == "matter"]
    whole, good = tables.key_figures(says, cases, found.ratings)
    boxes = (
        says.box("filed", whole.filed),
        says.box("answered", whole.answered),
        says.box("percent", says.percent(whole.percent)),
        says.box("satisfied", says.percent(good)),
    )
    parts = (
        tables.over_time(says, cases),
        tables.counted(says, "matter", grouped(cases, lambda one: one.matter), says.matter),
        tables.counted(says, "unit", grouped(cases, lambda one: one.department), says.department, chart=False),
        tables.rated(says, found.ratings),
        tables.cases_listed(
            says,
            says.words("table.published"),
            cases,
            ("number", "matter", "unit", "filed_on", "stage", "answered_on"),
            says.words("no_cases"),
        ),
    )
    text = says.words("text.published", n=whole.filed, answered=whole.answered, percent=says.percent(whole.percent))
    return says.report(boxes, (text,), parts, "scope.published")


def brief(found: Reading, says: Says) -> Report:
    """情况通报: how each unit takes on, answers and hands around what it is sent, by name (五（二）)."""
    cases = [*found.carried, *found.cases]
    units = grouped([one for one in cases if one.department], lambda one: one.department)
    columns = (
        says.column("unit", wide=10),
        *(says.column(one, "count") for one in ("sent", "answered", "not_taken", "late", "overdue", "no_reply")),
        *(says.column(one, "count") for one in ("sent_around", "sent_back", "conduct")),
    )
    rows, troubled = [], []
    for code, of in units.items():
        whole = figures.tally(of, says.today)
        not_taken = sum(one.stage == "dispatched" for one in of)
        no_reply = sum("no_reply" in figures.breaches(one, found.policies, says.today) for one in of)
        conduct = sum(is_about_conduct(one) for one in of)
        figures_of = (whole.filed, whole.answered, not_taken, whole.late, whole.overdue, no_reply)
        rows.append((says.department(code), *figures_of, whole.sent_around, whole.sent_back, conduct))
        if whole.overdue or whole.late or whole.sent_around:
            troubled.append((whole.overdue + whole.late, code, whole))
    boxes = (
        says.box("units", len(units)),
        says.box("late_units", sum(one.overdue + one.late > 0 for _, _, one in troubled)),
        says.box("overdue", sum(one.overdue for _, _, one in troubled)),
        says.box("sent_around", sum(one.sent_around for _, _, one in troubled)),
    )
    texts = [
        says.words(
            "text.unit",
            unit=says.department(code),
            late=one.late,
            overdue=one.overdue,
            around=one.sent_around,
            back=one.sent_back,
        )
        for _, code, one in sorted(troubled, key=lambda one: (-one[0], one[1]))
    ]
    title = says.words("table.units")
    chart = Chart(title=says.words("chart.units"), kind="bars", names=0, values=(4, 5, 7))
    parts = (
        Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_cases"), chart=chart),
        _listed(
            says,
            "overdue",
            sorted(
                (one for one in cases if one.department and figures.is_missed(one, says.today) and one.is_open),
                key=lambda one: (one.department, one.due, one.number),
            ),
            ("number", "unit", "matter", *(("handler",) if says.names else ()), "due", "stage", "days_late"),
        ),
    )
    return says.report(boxes, tuple(texts) or (says.words("text.no_units"),), parts, "scope.progress")


CONDUCT = frozenset({"passed_around", "attitude", "inaction", "slow", "misconduct", "shirked"})
"""Reasons that are about how somebody works, by the codes that the policies use for them."""


def is_about_conduct(one: CaseRow) -> bool:
    return not CONDUCT.isdisjoint(one.reasons)


def _texts(says: Says, opened: Sequence[CaseRow], late: Sequence[CaseRow]) -> Iterable[str]:
    yield says.words("text.open", n=len(opened), late=len(late))
    for code, of in grouped(late, lambda one: one.department).items():
        longest = max(tables.days_late(says, one) or 0 for one in of)
        yield says.words("text.late_unit", unit=says.department(code), n=len(of), days=longest)


def _stages(says: Says, cases: Sequence[CaseRow]) -> Table:
    order = [code for code in STAGES if any(one.stage == code for one in cases)]
    rows = tuple((says.words(f"stage.{code}"), sum(one.stage == code for one in cases)) for code in order)
    title = says.words("table.stages")
    chart = Chart(title=title, kind="columns", names=0, values=(1,))
    columns = (says.column("stage", wide=10), says.column("count", "count"))
    return Table(title=title, columns=columns, rows=rows, none=says.words("no_cases"), chart=chart)


STAGES = (
    "filed",
    "triaged",
    "dispatched",
    "accepted",
    "rework",
    "answered_on_the_spot",
    "replied",
    "referred_out",
    "out_of_scope",
    "followed_up",
    "rated",
    "archived",
)


def _listed(says: Says, key: str, cases: Iterable[CaseRow], columns: tuple[str, ...]) -> Table:
    """Cases without 投诉, whose both sides are protected (R11)."""
    matters = [one for one in cases if one.kind == "matter"]
    return tables.cases_listed(says, says.words(f"table.{key}"), matters, columns, says.words(f"no_{key}"))
