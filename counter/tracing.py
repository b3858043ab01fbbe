"""How a date came about, in the words and days that the case shows (R25-R27). Pure."""

from __future__ import annotations

from typing import Literal

from counter.wording import Wording
from hub.domain import trace
from hub.domain.hall import Value
from hub.wire.messages import DueTrace

Look = Literal["empty", "counts", "off", "begins", "paused", "due"]


class Cell(Value, frozen=True):
    """One day: its date, with what makes it special, and the running number of one that counts."""

    look: Look
    day: str = ""
    number: str = ""


def weeks(say: Wording, found: DueTrace) -> list[tuple[Cell, ...]]:
    """Every day on the way, Monday to Sunday."""
    return [tuple(_cell(say, found, day) for day in week) for week in trace.weeks(found.days)]


def legend(say: Wording, found: DueTrace) -> str:
    """What the marks on these days mean."""
    marks = sorted({trace.mark(day) for day in found.days} - {""})
    said = [say.shared("trace.mark.number.is")]
    said += [f"{say.shared(f'trace.mark.{one}')} {say.shared(f'trace.mark.{one}.is')}" for one in (*marks, "due")]
    return "　".join(said)


def acts(say: Wording, found: DueTrace) -> list[str]:
    """What was done to the clock, when, by whom, and to what date it came."""
    lines = []
    for act in found.acts:
        said = [
            say.words("trace.act", at=f"{say.local(act.at):%Y-%m-%d %H:%M}", what=say.shared(f"trace.act.{act.what}"))
        ]
        said += [say.words("trace.wd", n=act.wd)] if act.wd else []
        said += [say.words("trace.until", date=say.day(act.until))] if act.until else []
        said += [one for one in (act.name, act.post, act.who) if one]
        lines.append("　".join(said))
    return lines


def basis(say: Wording, found: DueTrace) -> list[str]:
    """The policy and the calendar, and the articles in the order in which they are applied."""
    shared = say.shared
    policy = f"{shared('trace.policy')}　{found.policy} v{found.policy_version}"
    lines = [f"{policy}　{shared('trace.calendar')} v{found.calendar_version}"]
    for one in found.articles:
        cite = shared("trace.silent") if one.silent else one.cite
        lines.append(shared("trace.article", what=shared(f"policy.{one.key}"), cite=cite))
    return lines


def _cell(say: Wording, found: DueTrace, day: trace.TraceDay | None) -> Cell:
    if day is None:
        return Cell("empty")
    key = trace.mark(day)
    mark = say.shared(f"trace.mark.{key}") if key else ""
    is_due = day.date == found.due.date
    mark += say.shared("trace.mark.due") if is_due else ""
    name = f"{day.date.month}/{day.date.day}{mark}"
    looks: dict[trace.DayIs, Look] = {
        "counts": "counts",
        "off": "off",
        "paused": "paused",
        "came": "begins",
        "start": "begins",
    }
    return Cell("due" if is_due else looks[day.state], name, f"{day.number}" if day.number else "")
