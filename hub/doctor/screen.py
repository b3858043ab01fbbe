"""What the doctor says as somebody reads it: a line a thing, its state by a mark first and by colour besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from hub.doctor.checks import Check, State

MARKS: dict[State, tuple[str, str]] = {
    "well": ("✓", "green"),
    "warns": ("!", "bold yellow"),
    "broken": ("✗", "bold red"),
}


def show(checks: Sequence[Check], screen: Console) -> None:
    widest = max((len(one.name) for one in checks), default=0)
    for one in checks:
        mark, style = MARKS[one.state]
        line = Text.assemble((mark, style), " ", (one.name.ljust(widest), style if one.state != "well" else ""), "  ")
        screen.print(line.append(_said(one)), highlight=False, soft_wrap=True)
    count = Counter(one.state for one in checks)
    if count["warns"] or count["broken"]:
        screen.print(f"{count['broken']} broken, {count['warns']} to look after, {count['well']} well", highlight=False)
    else:
        screen.print(f"all well: {count['well']} things looked at", highlight=False)


def _said(one: Check) -> str:
    return f"{one.what} → {one.remedy}" if one.remedy else one.what
