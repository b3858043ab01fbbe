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
    for widget in widgets:
        for name in widget.properties():
            _unbind(widget, name)
        if isinstance(widget, Touch):
            _unbind(widget, "on_tap")
        for name in _dictionaries(widget.__class__):
            getattr(widget, name).obj = None  # Kivy's observed dictionaries hold their widget


def _unbind(widget: Any, name: str) -> None:
    """Lets go of everybody who wants to hear of it; `uid` where Kivy bound them itself."""
    for observer, _args, _kwargs, weakly, uid in widget.get_property_observers(name, args=True):
        if uid:
            widget.unbind_uid(name, uid)
        elif weakly:
            widget.unbind(**{name: observer()})
        else:
            widget.funbind(name, observer)


@cache
def _dictionaries(kind: Hashable) -> tuple[str, ...]:
    return tuple(name for name in dir(kind) if isinstance(getattr(kind, name), DictProperty))
