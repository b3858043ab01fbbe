"""导出登记 (R71): everything with people in it that left the system, who took it and when. Pure."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from hub.domain.reported import Reading
from hub.reports.report import Report, Table
from hub.reports.says import Says


def exports(found: Reading, says: Says) -> Report:
    """谁主管谁负责、谁使用谁负责: one line for each export in the audit chain."""
    zone = ZoneInfo(says.hall.timezone)
    by_whom = Counter(one.staff for one in found.links)
    columns = (
        says.column("time", wide=11),
        says.column("staff", wide=9),
        says.column("terminal", wide=8),
        says.column("what", wide=9),
        says.column("about", wide=18),
    )
    rows = tuple(
        (
            f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
            says.staff(one.staff),
            one.terminal,
            says.words(f"export.{one.kind}"),
            one.subject,
        )
        for one in found.links
    )
    boxes = (says.box("exports", len(rows)), says.box("takers", len(by_whom)))
    texts = tuple(says.words("text.taken", staff=says.staff(code), n=n) for code, n in by_whom.most_common())
    table = Table(title=says.words("table.exports"), columns=columns, rows=rows, none=says.words("no_exports"))
    return says.report(boxes, texts or (says.words("no_exports"),), (table,), "scope.exports")
