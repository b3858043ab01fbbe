"""The reports there are: what each reads, and what it makes of that. A policy says which its hall owes, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hub.domain.policy.values import Period
from hub.domain.reported import Reading
from hub.reports.assessment import inspection, own_assessment, yearly_assessment
from hub.reports.box import suggestions
from hub.reports.conduct import breaches, monitoring, people
from hub.reports.progress import brief, progress, published
from hub.reports.report import Report
from hub.reports.satisfaction import satisfaction
from hub.reports.says import Says
from hub.reports.summary import summary
from hub.reports.taken import exports
from hub.store.reporting import Need


class Kind(NamedTuple):
    """`every` is the period where no document gives one."""

    tell: Callable[[Reading, Says], Report]
    needs: tuple[Need, ...]
    every: Period = "month"


KINDS: Mapping[str, Kind] = {
    "summary": Kind(summary, ("cases", "before", "ratings")),
    "progress": Kind(progress, ("cases", "carried", "names", "ratings"), "week"),
    "published": Kind(published, ("cases", "ratings")),
    "brief": Kind(brief, ("cases", "carried")),
    "rating": Kind(satisfaction, ("cases", "ratings"), "quarter"),
    "suggestions": Kind(suggestions, ("suggestions", "known"), "week"),
    "people": Kind(people, ("cases", "ratings", "calls")),
    "monitoring": Kind(monitoring, ("cases", "carried", "moves", "counted")),
    "inspection": Kind(inspection, ("entries",)),
    "own_assessment": Kind(own_assessment, ("cases", "ratings", "entries"), "half_year"),
    "yearly_assessment": Kind(yearly_assessment, ("cases", "ratings", "entries"), "year"),
    "breaches": Kind(breaches, ("cases", "carried")),
    "exports": Kind(exports, ("links",)),
}
"""By the code that policies call them."""
