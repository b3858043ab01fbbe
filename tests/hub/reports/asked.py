"""Reports as tests ask for them: as a value, as files, and what words stand in a file."""

from __future__ import annotations

import io
import re
import zipfile

from hub.config import HallDirectory
from hub.domain import spans
from hub.domain.policy import Policy
from hub.domain.policy.values import Period
from hub.reports.commands import read, writers
from hub.reports.kinds import KINDS
from hub.reports.report import Report, Table
from tests.hub.reports.filled import NOW

PERIODS: dict[Period, str] = {
    "day": "2026-10-20", "week": "2026-W43", "month": "2026-10", "quarter": "2026-Q4", "half_year": "2026-H2",
    "year": "2026",
}  # fmt: skip


def told(place: HallDirectory, name: str, every: Period = "month", *, policy: Policy | None = None) -> Report:
    """A report of October, as of the second of November."""
    policy = policy or place.policy()
    owed = policy.reports.get(name)
    span = spans.parse(every, PERIODS[every], owed.on if owed else None)
    says, found = read(place, policy, name, span, NOW, silent)
    return KINDS[name].tell(found, says)


def silent(_what: str, _done: int, _total: int) -> None:
    """Hears the progress and says nothing."""


def table(report: Report, title: str) -> Table:
    return next(one for one in report.tables if one.title == title)


def boxes(report: Report) -> dict[str, str]:
    return {one.name: one.said for one in report.boxes}


def words_in(report: Report, ending: str) -> str:
    """Every text in the file, of all its parts; marks of the format are taken out."""
    with zipfile.ZipFile(io.BytesIO(writers()[ending](report))) as packed:
        parts = [packed.read(name) for name in packed.namelist() if name.endswith((".xml", ".rels"))]
    return re.sub(r"<[^>]+>", " ", b"\n".join(parts).decode())
