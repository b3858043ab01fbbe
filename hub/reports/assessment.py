"""考核评分 (R43) and 监督检查汇总 (R49): what people entered in the registers, with grades and figures. Pure."""

from __future__ import annotations

from hub.domain.policy.oversight import Grade
from hub.domain.register import Assessed, Inspection, Kept
from hub.domain.reported import Reading
from hub.reports import tables
from hub.reports.figures import grouped
from hub.reports.report import Cell, Chart, Report, Table
from hub.reports.says import Says


def own_assessment(found: Reading, says: Says) -> Report:
    return _assessed(found, says, "own")


def yearly_assessment(found: Reading, says: Says) -> Report:
    return _assessed(found, says, "yearly")


def grade(grades: tuple[Grade, ...], points: float) -> Grade | None:
    """The best grade whose points are reached; None in a hall without grades."""
    return next((one for one in grades if points >= one.from_points), None)


def _assessed(found: Reading, says: Says, kind: str) -> Report:
    """Each assessment of the period with its sheet of points; beside it what the books say of the same time."""
    made: list[tuple[Kept, Assessed]] = [
        (one, one.entry)
        for one in found.entries
        if isinstance(one.entry, Assessed) and one.entry.kind == kind and one.entry.on in says.span
    ]
    grades = says.policy.assessment.grades.value
    said = [(entry, grade(grades, entry.points)) for _, entry in made]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (kept.number, entry.on, entry.unit, entry.points, given.name if given else None, says.staff(entry.by))
        for (kept, entry), (_, given) in zip(made, said, strict=True)
    )
    columns = (
        says.column("number", wide=7),
        says.column("date", "date"),
        says.column("assessed", wide=9),
        says.column("points", "count"),
        says.column("grade", wide=4),
        says.column("by", wide=7),
    )
    title = says.words("table.assessed")
    chart = Chart(title=title, kind="bars", names=2, values=(3,))
    scale = "、".join(says.words("grade.from", grade=one.name, points=one.from_points) for one in grades)
    sheets = [_sheet(says, entry) for _, entry in made]
    cases = [one for one in found.cases if one.kind == "matter"]
    parts = (
        Table(title=title, columns=columns, rows=rows, none=says.words("no_assessed"), note=scale, chart=chart),
        *sheets,
        tables.counted(says, "unit", grouped(cases, lambda one: one.department), says.department, chart=False),
        tables.rated(says, found.ratings),
    )
    counted = tuple(says.box_named(one.name, sum(given == one for _, given in said)) for one in grades)
    texts = tuple(
        says.words("text.assessed", unit=entry.unit, points=f"{entry.points:g}", grade=given.name if given else "—")
        for entry, given in said
    )
    return says.report((says.box("assessed", len(made)), *counted), texts or (says.words("no_assessed"),), parts,
                       "scope.assessed")  # fmt: skip


def _sheet(says: Says, entry: Assessed) -> Table:
    columns = (says.column("item", wide=20), says.column("full", "count"), says.column("points", "count"))
    rows = (*((one.name, one.full, one.points) for one in entry.items), (says.words("sum"), 100, entry.points))
    title = says.words("table.sheet", unit=entry.unit, date=entry.on)
    return Table(title=title, columns=columns, rows=rows, none=says.words("no_assessed"))


def inspection(found: Reading, says: Says) -> Report:
    """检查结果登记备案，月底汇总: who went where, what they found, what is demanded."""
    made = [one for one in found.entries if isinstance(one.entry, Inspection) and one.entry.on in says.span]
    rows: list[tuple[Cell, ...]] = []
    faults = 0
    for one in made:
        entry = one.entry
        assert isinstance(entry, Inspection)
        faults += entry.faults
        who = says.words("list").join(says.staff(code) for code in entry.inspectors) if says.names else ""
        rows.append((one.number, entry.on, says.words(f"inspection.{entry.kind}"), who, entry.where, entry.found,
                     entry.faults, entry.demanded))  # fmt: skip
    columns = (
        says.column("number", wide=7),
        says.column("date", "date"),
        says.column("kind", wide=4),
        says.column("inspectors", wide=8),
        says.column("where", wide=6),
        says.column("found", wide=14),
        says.column("faults", "count", 3),
        says.column("demanded", wide=12),
    )
    boxes = (says.box("inspections", len(made)), says.box("faults", faults))
    text = says.words("text.inspected", n=len(made), faults=faults) if made else says.words("no_inspections")
    table = Table(title=says.words("table.inspections"), columns=columns, rows=tuple(rows),
                  none=says.words("no_inspections"))  # fmt: skip
    return says.report(boxes, (text,), (table,), "scope.inspected")
