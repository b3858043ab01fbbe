"""`bancheng status` as somebody reads it: what needs attention first, then the hall in a few lines and a table."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from hub.domain import on_time
from hub.hubs import Serving
from hub.status import Status

SERVING: dict[Serving, tuple[str, str]] = {
    "yes": ("serves", "bold green"),
    "elsewhere": ("serves; its machine tells of the terminals", "bold green"),
    "hangs": ("HANGS", "bold red"),
    "silent": ("runs, but tells nothing of itself", "bold yellow"),
    "no": ("DOES NOT RUN", "bold red"),
}
STATES = {"live": "green", "troubled": "bold red", "silent": "yellow", "never": "dim"}


def show(status: Status, screen: Console) -> None:
    screen.print(_page(status), highlight=False)


def _page(status: Status) -> RenderableType:
    words, style = SERVING[status.serving]
    facts = Table.grid(padding=(0, 2))
    facts.add_row("hub", Text(words, style))
    if len(status.hubs) > 1:
        facts.add_row("hubs", ", ".join(f"{one.name} {one.state}" for one in status.hubs))
    facts.add_row("business date", str(status.business_date or "unknown"))
    facts.add_row("feed", f"epoch {status.epoch or 'unknown'}, event {status.seq}")
    facts.add_row("notices waiting", _counts(status.notices_waiting))
    facts.add_row("print jobs waiting", _counts({k: n for k, n in status.print_jobs.items() if k != "confirmed"}))
    facts.add_row("cases this month", _cases(status.cases))
    facts.add_row("disk free", f"{status.disk_free_bytes / (1 << 30):.1f} GiB")
    if status.last_trouble:
        facts.add_row("last trouble", f"{status.last_trouble} at {status.last_trouble_at:%Y-%m-%d %H:%M:%S} UTC")
    parts: list[RenderableType] = [Text(f"! {one}", "bold yellow") for one in status.concerns]
    parts.append(facts)
    if status.terminals:
        table = Table("terminal", "role", "state", "last heard", "troubles")
        for one in status.terminals:
            heard = "not since the hub started" if one.heard_s_ago is None else f"{one.heard_s_ago:.0f} s ago"
            table.add_row(one.name, one.role, Text(one.state, STATES[one.state]), heard, ", ".join(one.troubles))
        parts.append(table)
    return Group(*parts)


def _cases(cases: Mapping[str, int]) -> str:
    """What is open and past its date counts as what was answered late does."""
    if not cases:
        return "unknown"
    share = on_time.percent(cases["on_time"], cases["answered"], cases["overdue"])
    told = f"{cases['filed']} filed, {cases['answered']} answered, {cases['overdue']} overdue now"
    return told if share is None else f"{told}: {share} % in time"


def _counts(by: Mapping[str, int]) -> str:
    told = ", ".join(f"{count} {what}" for what, count in sorted(by.items()))
    return f"{sum(by.values())} ({told})" if told else "none"
