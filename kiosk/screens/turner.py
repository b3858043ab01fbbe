"""The keys that turn the pages of what is longer than its room."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kivy.uix.widget import Widget

from kiosk.screens.kit import Kit


def turning_keys(kit: Kit, high_px: float, page: int, pages: int, turn: Callable[[int], None], px: int = 38) -> Widget:
    """One back and one on; `turn` hears -1 or 1, and at either end the key is off."""
    keys = []
    for by, name in ((-1, "page.before"), (1, "page.after")):
        key = kit.key(name, kit.words(name), px=px, kind="quiet", then=partial(turn, by), padding=(8, 8))
        key.disabled = not 0 <= page + by < pages
        keys.append(key)
    return kit.row(high_px, *keys)
