"""Every number of a day accounted for (R55: 限号 would show as a hole), and every row as its steps left it."""

from __future__ import annotations

from collections.abc import Iterator

from hub.domain.fairness.kinds import Finding
from hub.domain.fairness.replay import Replay
from hub.domain.fairness.rows import Link, Standing, TicketRow
from hub.domain.fairness.story import Story
from hub.domain.numbers import ticket_number

SKIPS = frozenset({"Restored", "ReportNumbers"})
"""Links after which the hub gives numbers further on: a restore must not give any twice."""


def missing(replay: Replay) -> Iterator[Finding]:
    """Numbers up to a series' counter that no ticket has, no void row names, and nothing passed by."""
    day = replay.day
    own = [row for row in day.tickets if row.business_date == day.date]
    kept = {row.standing.number for row in day.tickets if row.business_date < day.date}
    void = {one.number.partition("-")[2] for one in day.voids}
    skips = [link for link in day.links if link.kind in SKIPS]
    for series, last in sorted(day.counters.items()):
        taken = {row.place: row for row in own if row.series == series}
        gone = [place for place in range(1, max([last, *taken]) + 1) if place not in taken]
        for place in gone:
            number = ticket_number(series, place)
            if number in kept or number in void or _skipped(place, taken, replay, skips):
                continue
            yield Finding("missing", None, number, series, str(last))
    for row in own:
        link = replay.taken_by.get(row.ticket_id)
        entered = row.on_paper or (link is not None and link.kind == "ImportSlips")
        if row.series not in day.counters and not entered:
            yield Finding("missing", None, row.standing.number, row.series, "0")


def _skipped(place: int, taken: dict[int, TicketRow], replay: Replay, skips: list[Link]) -> bool:
    """Whether a restore lies between the number before it and the number after it."""
    links = {
        at: replay.taken_by[row.ticket_id].ordinal for at, row in taken.items() if row.ticket_id in replay.taken_by
    }
    before = max((links[at] for at in links if at < place), default=0)
    after = min((links[at] for at in links if at > place), default=None)
    return any(before < one.ordinal and (after is None or one.ordinal < after) for one in skips)


def differing(replay: Replay) -> Iterator[Finding]:
    """Rows that do not stand as their last step, or their taking, left them; those that no link took."""
    day = replay.day
    for row in day.tickets:
        number, standing = row.standing.number, replay.line.get(row.ticket_id)
        if row.ticket_id not in replay.taken_by and row.command_id not in day.elsewhere:
            yield Finding("taken_alone", row.standing.taken_at, number)
        if row.queue_date > day.date:
            continue  # it was kept, and stands in another day's report as it is now
        if standing is not None:
            yield from _row(row, standing, replay.stories[row.ticket_id])
        elif row.standing.state != "withdrawn" or row.calls:
            yield Finding("row_differs", row.standing.taken_at, number, "state", row.standing.state)


def _row(row: TicketRow, now: Standing, story: Story) -> Iterator[Finding]:
    names = ("service", "state", "window", "lane", "since", "not_before", "for_window", "passed")
    pairs = [(name, getattr(row.standing, name), getattr(now, name)) for name in names]
    called_at = story.calls[-1].at if story.calls else None
    pairs += [("chances", row.chances, story.chances), ("ended_at", row.ended_at, story.ended_at)]
    if not story.row.on_paper and row.business_date == story.row.queue_date:
        pairs += [("calls", row.calls, len(story.calls)), ("called_at", row.called_at, called_at)]
    for name, is_now, should in pairs:
        if is_now != should:
            yield Finding("row_differs", None, now.number, name, f"{is_now} ≠ {should}")
