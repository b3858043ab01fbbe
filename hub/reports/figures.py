"""What reports count, from rows alone. Pure; each figure is one that an SQL count gives as well."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median

from hub.domain import breach, on_time
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.policy.clock import BreachCode
from hub.domain.policy.ratings import RatingLevel
from hub.domain.reported import CaseRow, PolicyKey, RatingRow

REPEATED_FROM, REPEATED_PERCENT = 3, 1
"""So many cases of one cause in a period, and so many of all, are no accident any more (举一反三, R36)."""


class Tally(Value, frozen=True):
    """Cases counted. `late` were answered after their date, `overdue` are open and past it: both only where a document
    promises one. `sent_around` were dispatched more than once, `sent_back` by a bad rating."""

    filed: int
    answered: int
    on_time: int
    late: int
    overdue: int
    sent_back: int
    sent_around: int

    @property
    def open(self) -> int:
        return self.filed - self.answered

    @property
    def percent(self) -> int | None:
        """按时答复率, counted as on the wall."""
        return on_time.percent(self.on_time, self.on_time + self.late, self.overdue)


def tally(cases: Iterable[CaseRow], today: dt.date) -> Tally:
    rows = list(cases)
    missed = [one for one in rows if is_missed(one, today)]
    late = sum(one.answered is not None for one in missed)
    return Tally(
        filed=len(rows),
        answered=sum(one.answered is not None for one in rows),
        on_time=sum(one.promised and one.answered is not None for one in rows) - late,
        late=late,
        overdue=len(missed) - late,
        sent_back=sum(one.sent_back > 0 for one in rows),
        sent_around=sum(one.sent > 1 + one.sent_back for one in rows),
    )


def is_missed(one: CaseRow, today: dt.date) -> bool:
    """Whether a promised date passed before the answer."""
    return one.promised and on_time.is_missed(one.due, today, answered=one.answered, stopped=one.stopped)


def grouped(cases: Iterable[CaseRow], key: Callable[[CaseRow], str]) -> dict[str, list[CaseRow]]:
    """Cases by a key, the largest group first."""
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for one in cases:
        found[key(one)].append(one)
    return dict(sorted(found.items(), key=lambda group: (-len(group[1]), group[0])))


def by_reason(cases: Iterable[CaseRow]) -> dict[str, list[CaseRow]]:
    """A case with several reasons counts for each."""
    found: dict[str, list[CaseRow]] = defaultdict(list)
    for one in cases:
        for reason in one.reasons:
            found[reason].append(one)
    return dict(sorted(found.items(), key=lambda group: (-len(group[1]), group[0])))


def days_to_answer(cases: Iterable[CaseRow]) -> float | None:
    """The median of calendar days from filing to the newest answer."""
    spans = [(one.answered - one.filed).days for one in cases if one.answered is not None]
    return median(spans) if spans else None


def rank_of(numbers: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(numbers.items(), key=lambda one: (-one[1], one[0]))


class Cause(Value, frozen=True):
    """The same reason with the same matter at the same unit, again and again; `before` in the period before."""

    department: str
    matter: str
    reason: str
    count: int
    before: int
    overdue: int


def repeated(cases: Sequence[CaseRow], earlier: Sequence[CaseRow], today: dt.date) -> list[Cause]:
    """同类问题: what came at least `least_of` times, the most frequent first."""
    least = least_of(cases)
    now, then, missed = Counter(_causes(cases)), Counter(_causes(earlier)), Counter[tuple[str, str, str]]()
    missed.update(_causes([one for one in cases if is_missed(one, today)]))
    found = [
        Cause(department=key[0], matter=key[1], reason=key[2], count=count, before=then[key], overdue=missed[key])
        for key, count in now.items()
        if count >= least
    ]
    return sorted(found, key=lambda one: (-one.count, one.department, one.matter, one.reason))


def least_of(cases: Sequence[CaseRow]) -> int:
    """From how many cases on a cause counts as repeated in a period with these."""
    return max(REPEATED_FROM, -(-len(cases) * REPEATED_PERCENT // 100))


def _causes(cases: Iterable[CaseRow]) -> Iterable[tuple[str, str, str]]:
    return ((one.department, one.matter, reason) for one in cases for reason in one.reasons)


def satisfied(levels: Sequence[RatingLevel]) -> frozenset[str]:
    """The better half of a scale that names its levels best first: of five the first three (基本满意), of two one."""
    return frozenset(one.code for one in levels[: (len(levels) + 1) // 2])


def satisfied_percent(ratings: Sequence[RatingRow], levels: Sequence[RatingLevel]) -> int | None:
    """满意率 in whole percent rounded down; None where nobody rated."""
    good = satisfied(levels)
    return sum(one.level in good for one in ratings) * 100 // len(ratings) if ratings else None


def breaches(one: CaseRow, policies: Mapping[PolicyKey, Policy], today: dt.date) -> tuple[BreachCode, ...]:
    """What is wrong with a case's time (R28), as the hub itself says it of one (`ReadBreaches`)."""
    record = breach.Record(
        due=one.due, answered=one.answered, told=one.told, extended=one.extended, stopped=one.stopped
    )
    return breach.breaches(policies[one.policy], record, today)
