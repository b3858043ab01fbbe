"""A due date on a terminal's screen: the days up to it as a calendar, what was done to its clock, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hub.domain import trace as traces
from hub.domain.deadline import Due
from hub.domain.due_words import explain, say_date
from hub.domain.trace import TraceDay
from hub.domain.words import Words
from hub.wire.messages import DueTrace

STYLES = {"counts": "bold green", "paused": "yellow", "came": "cyan", "start": "cyan"}
OFF = {"weekend": "dim", "holiday": "red", "closed": "bold white on red", "half_day": "black on yellow"}
DUE = "bold black on green"


def print_date(screen: Console, due: Due, days: Sequence[TraceDay], words: Words) -> None:
    """The date and its sentence, then every day from the first to the last, a week a row."""
    screen.print(Text(words("trace.date", date=say_date(due.date, words), year=due.date.year), style="bold"))
    screen.print(Text(explain(due, words)), soft_wrap=True)
    screen.print(_weeks(due, days, words))
    shown = {traces.mark(one) for one in days} - {""} | {"due"}
    legend = "  ".join(f"{words(f'trace.mark.{key}')} {words(f'trace.mark.{key}.is')}" for key in sorted(shown))
    screen.print(Text("  ".join(part for part in (words("trace.mark.number.is"), legend) if part), style="dim"))


def print_trace(screen: Console, trace: DueTrace, zone: ZoneInfo, words: Words) -> None:
    """The whole of a case's date: whose it is, what was done, what it rests on, and the days."""
    facts = Table.grid(padding=(0, 2))
    facts.add_row(words("trace.case"), trace.case_number)
    facts.add_row(words("trace.order"), trace.work_order_id or words("trace.none"))
    facts.add_row(words("trace.policy"), f"{trace.policy} v{trace.policy_version}")
    facts.add_row(words("trace.calendar"), f"v{trace.calendar_version}")
    screen.print(facts)
    acts = Table(*(words(f"trace.column.{name}") for name in ("at", "what", "wd", "until", "who", "about")))
    for act in trace.acts:
        acts.add_row(
            f"{act.at.astimezone(zone):%Y-%m-%d %H:%M}",
            words(f"trace.act.{act.what}"),
            f"{act.wd}" if act.wd else "",
            f"{act.until}" if act.until else "",
            " ".join(one for one in (act.post, act.who) if one),
            Text(act.name),
        )
    screen.print(acts)
    for one in trace.articles:
        said = words("trace.silent") if one.silent else one.cite
        screen.print(Text(words("trace.article", what=words(f"policy.{one.key}"), cite=said)), soft_wrap=True)
    print_date(screen, trace.due, trace.days, words)


def _weeks(due: Due, days: Sequence[TraceDay], words: Words) -> Table:
    table = Table("", box=None, padding=(0, 1))
    for name in words("due.weekdays").split():
        table.add_column(name, justify="right", min_width=6)
    month = 0
    for week in traces.weeks(days):
        newest = next((day.date.month for day in week if day and day.date.month != month), 0)
        label = words("trace.month", month=newest) if newest else ""
        month = newest or month
        table.add_row(label, *(_cell(day, due, words) for day in week))
    return table


def _cell(day: TraceDay | None, due: Due, words: Words) -> Text:
    if day is None:
        return Text("")
    style = DUE if day.date == due.date else STYLES.get(day.state, OFF.get(day.why or "", ""))
    key = traces.mark(day)
    mark = words(f"trace.mark.{key}") if key else ""
    mark += words("trace.mark.due") if day.date == due.date else ""
    number = f" {day.number}" if day.number else ""
    name = f"{day.date.month}/1" if day.date.day == 1 else f"{day.date.day}"
    return Text(f"{name}{mark}{number}", style=style)
