"""意见箱公告 (R41): what was done about what was left in the box, for the wall, the page and the notice board. Pure."""

from __future__ import annotations

from hub.domain.reported import Reading
from hub.reports.report import Chart, Report, Table
from hub.reports.says import Says
from hub.reports.veil import Veil

LONGEST_NOTICE = 500
"""Characters that the wall's bulletin takes."""


def suggestions(found: Reading, says: Says) -> Report:
    """What was left and what came of it, in the staff's words and without anybody's name."""
    veil = _veil(found, says)
    left, handled = sum(found.left.values()), len(found.suggestions)
    kinds = ("praise", "criticism", "suggestion")
    counted = tuple(
        (says.words(f"kind.{kind}"), found.left.get(kind, 0), sum(one.kind == kind for one in found.suggestions))
        for kind in kinds
    )
    title = says.words("table.box")
    columns = (says.column("kind"), says.column("left", "count"), says.column("handled", "count"))
    chart = Chart(title=title, kind="columns", names=0, values=(1, 2))
    results = tuple(
        (one.number, says.words(f"kind.{one.kind}"), one.handled, veil(one.result)) for one in found.suggestions
    )
    parts = (
        Table(title=title, columns=columns, rows=counted, none=says.words("no_suggestions"), chart=chart),
        Table(
            title=says.words("table.results"),
            columns=(
                says.column("number", wide=9),
                says.column("kind", wide=3),
                says.column("handled_on", "date"),
                says.column("result", wide=24),
            ),
            rows=results,
            none=says.words("no_suggestions"),
        ),
    )
    boxes = (says.box("left", left), says.box("handled", handled))
    return says.report(boxes, (says.words("text.box", left=left, handled=handled),), parts, "scope.box")


def notice(found: Reading, says: Says) -> str:
    """The same for the wall's bulletin: as many results as fit in whole."""
    veil = _veil(found, says)
    said = says.words("notice.head", title=says.title(), period=says.period(), left=sum(found.left.values()),
                      handled=len(found.suggestions))  # fmt: skip
    for at, one in enumerate(found.suggestions, 1):
        line = says.words("notice.line", n=at, kind=says.words(f"kind.{one.kind}"), result=veil(one.result))
        if len(said) + len(line) > LONGEST_NOTICE:
            break
        said += line
    return said


def _veil(found: Reading, says: Says) -> Veil:
    names = [*found.known, *(one.name for one in found.staff)]
    names += [name for one in found.suggestions for name in one.names]
    return Veil(names, says.words("somebody"))
