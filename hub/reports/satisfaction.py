"""服务评价统计 (R35): the ratings of a period by level, month, unit and matter. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hub.domain.reported import RatingRow, Reading
from hub.reports import figures, tables
from hub.reports.report import Chart, Report, Table
from hub.reports.says import Says


def satisfaction(found: Reading, says: Says) -> Report:
    """How many were asked and said what; where the bad ratings are."""
    ratings, levels = found.ratings, says.policy.rating.levels.value
    good = figures.satisfied(levels)
    answered = [one for one in found.cases if one.answered is not None]
    rated = sum(bool(one.level) for one in answered)
    bad = [one for one in ratings if one.level not in good]
    share = rated * 100 // len(answered) if answered else None
    boxes = (
        says.box("ratings", len(ratings)),
        says.box("satisfied", says.percent(figures.satisfied_percent(ratings, levels))),
        says.box("bad", len(bad)),
        says.box("sent_back", sum(one.sent_back for one in ratings)),
        says.box("asked", says.percent(share)),
    )
    texts = [says.words("text.rated", n=len(ratings), bad=len(bad), percent=boxes[1].said)]
    worst = figures.rank_of({code: sum(one.matter == code for one in bad) for code in {one.matter for one in bad}})
    texts += [says.words("text.bad_matter", matter=says.matter(code), n=n) for code, n in worst[:3]]
    parts = (
        tables.rated(says, ratings),
        _by(says, "by_month", _grouped(ratings, lambda one: f"{one.on:%Y-%m}"), str, chart="line"),
        _by(says, "unit", _grouped(ratings, lambda one: one.department), says.department, chart="bars"),
        _by(says, "matter", _grouped(ratings, lambda one: one.matter), says.matter),
        _listed(says, bad),
    )
    return says.report(boxes, tuple(texts), parts, "scope.ratings")


def _grouped(ratings: Sequence[RatingRow], key: Callable[[RatingRow], str]) -> dict[str, list[RatingRow]]:
    return {code: [one for one in ratings if key(one) == code] for code in sorted({key(one) for one in ratings})}


def _by(
    says: Says, key: str, groups: Mapping[str, Sequence[RatingRow]], named: Callable[[str], str], *, chart: str = ""
) -> Table:
    levels = says.policy.rating.levels.value
    good = figures.satisfied(levels)
    columns = (
        says.column("date" if key == "by_month" else key, wide=10),
        says.column("ratings", "count"),
        says.column("good", "count"),
        says.column("bad", "count"),
        says.column("satisfied", "percent"),
    )
    rows = []
    for code, of in groups.items():
        fine = sum(one.level in good for one in of)
        rows.append((named(code), len(of), fine, len(of) - fine, figures.satisfied_percent(of, levels)))
    title = says.words(f"table.rated.{key}")
    shown = None
    if chart:
        shown = Chart(title=title, kind="bars" if chart == "bars" else "line", names=0, values=(2, 3))
    return Table(title=title, columns=columns, rows=tuple(rows), none=says.words("no_ratings"), chart=shown)


def _listed(says: Says, bad: Sequence[RatingRow]) -> Table:
    """Each bad rating by its case, no 投诉 among them (R11); who asked for secrecy is not told apart (R13)."""
    columns = (
        says.column("number", wide=13),
        *(says.column(one, wide=9) for one in ("matter", "unit")),
        says.column("level"),
        says.column("date", "date"),
    )
    secret = says.words("secret")
    rows = tuple(
        (
            one.case_number,
            secret if one.confidential else says.matter(one.matter),
            secret if one.confidential else says.department(one.department),
            says.level(one.level),
            one.on,
        )
        for one in bad
        if one.kind == "matter"
    )
    return Table(title=says.words("table.bad_listed"), columns=columns, rows=rows, none=says.words("no_bad"))
