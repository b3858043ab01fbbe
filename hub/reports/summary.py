"""汇总分析 (R36): what came, how it was dealt with, and what came again and again (举一反三). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from hub.domain.reported import Reading
from hub.reports import figures, tables
from hub.reports.figures import Cause, by_reason, grouped
from hub.reports.report import Report, Table
from hub.reports.says import Says

CAUSES_TOLD = 5


def summary(found: Reading, says: Says) -> Report:
    """The period's cases by time, matter, reason and unit; repeated causes; which bad ratings mend the guides."""
    cases = found.cases
    whole, good = tables.key_figures(says, cases, found.ratings)
    causes = figures.repeated(cases, found.before, says.today)
    boxes = (
        says.box("filed", whole.filed),
        says.box("answered", whole.answered),
        says.box("percent", says.percent(whole.percent)),
        says.box("overdue", whole.overdue),
        says.box("satisfied", says.percent(good)),
        says.box("causes", len(causes)),
    )
    parts = [
        tables.over_time(says, cases),
        tables.counted(says, "matter", grouped(cases, lambda one: one.matter), says.matter),
        tables.counted(says, "reason", by_reason(cases), says.reason),
        tables.counted(says, "unit", grouped(cases, lambda one: one.department), says.department),
        tables.counted(says, "class", grouped(cases, lambda one: one.case_class), says.case_class, chart=False),
        _causes(says, causes, figures.least_of(found.cases)),
        tables.rated(says, found.ratings),
        _bad_ones(says, found),
    ]
    return says.report(boxes, tuple(_texts(found, says, causes)), tuple(parts))


def _texts(found: Reading, says: Says, causes: list[Cause]) -> Iterable[str]:
    w, whole = says.words, figures.tally(found.cases, says.today)
    change = whole.filed - len(found.before)
    key = "more" if change > 0 else "fewer" if change < 0 else "as_many"
    yield w("text.filed", n=whole.filed, change=w(f"change.{key}", n=abs(change)))
    days = figures.days_to_answer(found.cases)
    if days is not None:
        yield w(
            "text.answered", n=whole.answered, days=f"{days:g}", percent=says.percent(whole.percent), late=whole.late
        )
    if whole.overdue:
        yield w("text.overdue", n=whole.overdue)
    often = sum(one.visits >= figures.REPEATED_FROM for one in found.cases)
    if often:
        yield w("text.visits", n=often, visits=figures.REPEATED_FROM)
    yield w("text.causes", n=len(causes), least=figures.least_of(found.cases)) if causes else w("text.no_causes")
    for one in causes[:CAUSES_TOLD]:
        said = w("text.before", n=one.before) if one.before else w("text.new")
        yield w(
            "text.cause",
            unit=says.department(one.department),
            matter=says.matter(one.matter),
            reason=says.reason(one.reason),
            n=one.count,
            before=said,
        )
    if says.policy.rating.bad_ones_mend_guides.value:
        yield w("text.guides")


def _causes(says: Says, causes: list[Cause], least: int) -> Table:
    columns = (
        says.column("unit", wide=8),
        says.column("matter", wide=9),
        says.column("reason", wide=10),
        *(says.column(one, "count", 3) for one in ("count", "before", "overdue")),
        says.column("improvement", wide=9),
    )
    rows = tuple(
        (
            says.department(one.department),
            says.matter(one.matter),
            says.reason(one.reason),
            one.count,
            one.before,
            one.overdue,
            "",
        )
        for one in causes
    )
    note = says.words("table.causes.note", least=least)
    return Table(title=says.words("table.causes"), columns=columns, rows=rows, none=says.words("no_causes"), note=note)


def _bad_ones(says: Says, found: Reading) -> Table:
    """Matters by their bad ratings: where guides and procedures are to be looked at (R33)."""
    good = figures.satisfied(says.policy.rating.levels.value)
    counted: dict[str, list[int]] = {}
    for one in found.ratings:
        of = counted.setdefault(one.matter, [0, 0])
        of[0] += 1
        of[1] += one.level not in good
    worst = sorted((-bad, matter, all_) for matter, (all_, bad) in counted.items() if bad)
    columns = (says.column("matter", wide=12), says.column("ratings", "count"), says.column("bad", "count"))
    rows = tuple((says.matter(matter), all_, -bad) for bad, matter, all_ in worst)
    return Table(title=says.words("table.bad"), columns=columns, rows=rows, none=says.words("no_bad"))
