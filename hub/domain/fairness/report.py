"""A day's report: every ticket in order of taking, every exception, every finding, and the seal over the rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import msgspec

from hub.domain.fairness import series
from hub.domain.fairness.kinds import Exceptional, ExceptionKind, Finding
from hub.domain.fairness.proof import sealed
from hub.domain.fairness.replay import Replay
from hub.domain.fairness.rows import Day
from hub.domain.fairness.story import Story
from hub.domain.line_rules import LineRules


class Entry(msgspec.Struct, frozen=True):
    """One ticket. `waited` until it was first called; `passed_by` are the numbers that were called before it."""

    ticket_id: str
    number: str
    service: str
    taken_at: dt.datetime
    called_at: dt.datetime | None
    window: int
    calls: int
    waited: dt.timedelta | None
    passed_by: tuple[str, ...]
    state: str
    ended_at: dt.datetime | None
    exceptions: tuple[ExceptionKind, ...]


class Summary(msgspec.Struct, frozen=True):
    """Counts of the day; waits are those of who was called, `None` where nobody was."""

    tickets: int
    called: int
    done: int
    no_show: int
    withdrawn: int
    median_wait: dt.timedelta | None
    nine_of_ten_wait: dt.timedelta | None
    exceptions: tuple[tuple[ExceptionKind, int], ...]
    set_apart: int
    """How many tickets have at least one exception."""


class Report(msgspec.Struct, frozen=True):
    """`over` once the next business date has begun; `links` is the span of the audit chain that it was made from."""

    date: dt.date
    over: bool
    until: dt.datetime | None
    links: tuple[int, int]
    rules: LineRules | None
    summary: Summary
    entries: tuple[Entry, ...]
    exceptions: tuple[Exceptional, ...]
    findings: tuple[Finding, ...]
    seal: str

    @property
    def holds(self) -> bool:
        """Whether nothing moved but what the rules explain."""
        return not self.findings


def report(day: Day) -> Report:
    """Lives the day again and tells it. Pure: the same rows make the same report, and the same seal."""
    replay = Replay(day)
    replay.run()
    findings = [*_beforehand(day), *replay.findings, *series.missing(replay), *series.differing(replay)]
    entries = [_entry(one, replay) for one in replay.stories.values()]
    entries.sort(key=lambda one: (one.taken_at, len(one.number), one.number))
    exceptions = sorted((e for story in replay.stories.values() for e in story.exceptions), key=lambda e: e.at)
    last = day.links[-1] if day.links else None
    return Report(
        date=day.date,
        over=day.over,
        until=last.at if last else None,
        links=(day.links[0].ordinal, day.links[-1].ordinal) if day.links else (0, 0),
        rules=day.in_force[-1].rules if day.in_force else None,
        summary=_summary(entries, exceptions),
        entries=tuple(entries),
        exceptions=tuple(exceptions),
        findings=tuple(dict.fromkeys(findings)),
        seal=sealed(day),
    )


def _beforehand(day: Day) -> list[Finding]:
    found = [] if day.broken_at is None else [Finding("chain_broken", None, "", str(day.broken_at))]
    return found + [Finding("rules_changed", one.at) for one in day.in_force if not one.vouched]


def _entry(story: Story, replay: Replay) -> Entry:
    row, now = story.row, replay.line.get(story.row.ticket_id, story.row.standing)
    first = story.calls[0] if story.calls else None
    return Entry(
        ticket_id=row.ticket_id,
        number=row.standing.number,
        service=story.service,
        taken_at=row.standing.taken_at,
        called_at=first.at if first else None,
        window=story.calls[-1].window if story.calls else 0,
        calls=len(story.calls),
        waited=max(first.at - row.standing.taken_at, dt.timedelta()) if first else None,
        passed_by=tuple(story.passed_by),
        state=now.state,
        ended_at=story.ended_at,
        exceptions=tuple(dict.fromkeys(one.kind for one in story.exceptions)),
    )


def _summary(entries: list[Entry], exceptions: list[Exceptional]) -> Summary:
    waits = sorted(one.waited for one in entries if one.waited is not None)
    states = Counter(one.state for one in entries)
    kinds = Counter(one.kind for one in exceptions)
    return Summary(
        tickets=len(entries),
        called=len(waits),
        done=states["done"],
        no_show=states["no_show"],
        withdrawn=states["withdrawn"],
        median_wait=_at_rank(waits, 50),
        nine_of_ten_wait=_at_rank(waits, 90),
        exceptions=tuple(kinds.most_common()),
        set_apart=sum(bool(one.exceptions) for one in entries),
    )


def _at_rank(waits: list[dt.timedelta], percent: int) -> dt.timedelta | None:
    """The shortest wait that so many of a hundred did not exceed (nearest rank)."""
    return waits[-(-len(waits) * percent // 100) - 1] if waits else None
