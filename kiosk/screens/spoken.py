"""What of a screen may be heard by everybody who stands near: titles, questions, answers to choose from.

Whatever a citizen wrote, who they are, and codes that open their case are marked with `unspoken` where they are shown,
and so is what changes every second. A keyboard is not read aloud either: its keys say what was pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from display.theme.widgets import Text
from kiosk.screens.kit import Key

_W = TypeVar("_W")


def unspoken(widget: _W) -> _W:
    """Keeps a widget, and all that stands in it, from the loudspeaker."""
    widget.unspoken = True  # type: ignore[attr-defined]
    return widget


def spoken(screen: Any, chosen: str) -> tuple[str, ...]:
    """The sentences of a screen from top to bottom, each once; `chosen` goes before what is ticked."""
    return tuple(dict.fromkeys(_sentences(screen, chosen)))


def _sentences(widget: Any, chosen: str) -> Iterator[str]:
    if getattr(widget, "unspoken", False):
        return
    if isinstance(widget, Key):
        if widget.disabled:
            return
        label = ", ".join(" ".join(one.split()) for one in (widget.text, widget.hint) if one.strip())
        if label:
            yield f"{chosen}{label}" if widget.chosen else label
            return
    elif isinstance(widget, Text):
        if widget.text.strip():
            yield " ".join(widget.text.split())
        return
    for child in reversed(widget.children):
        yield from _sentences(child, chosen)
