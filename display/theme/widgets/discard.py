"""Takes widgets apart that are no longer shown.

A Kivy widget refers to itself, and a screen to its keys, which refer to it: left to the garbage collector, a screen
and what a citizen typed on it stay in memory until it runs, and it runs for a tenth of a second while somebody waits.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any

from kivy.properties import DictProperty

from display.theme.widgets.touch import Touch


def discard(root: Any) -> None:
    """Frees a tree of widgets that has been taken out of its window. None of them can be used again."""
    widgets = list(root.walk(restrict=True))
    for widget in widgets:
        widget.clear_widgets()
        for name in _own_handlers(widget.__class__) & widget.properties().keys():
            widget.funbind(name, getattr(widget, f"on_{name}"))
        if isinstance(widget, Touch):
            widget.unregister_event_type("on_tap")
    for widget in widgets:
        for name in _dictionaries(widget.__class__):
            getattr(widget, name).obj = None  # Kivy's observed dictionaries hold their widget


@cache
def _own_handlers(kind: Hashable) -> frozenset[str]:
    """Of which names the class has a handler, which Kivy binds to each of its widgets for good."""
    return frozenset(name[len("on_") :] for name in dir(kind) if name.startswith("on_"))


@cache
def _dictionaries(kind: Hashable) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if isinstance(getattr(kind, name), DictProperty))
