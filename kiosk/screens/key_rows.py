"""The rows of keys of a keyboard, which outlive it: fifty keys take as long to make as several frames to draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.input import layouts
from kiosk.screens.kit import Key, Kit

KEY_PX, WORD_PX = 42, 34


class KeyRows:
    """`rows` of keys and what each does, nothing of a citizen; `press` is the keyboard's that has them now."""

    def __init__(self, kit: Kit, rows: Sequence[Sequence[layouts.Key]]) -> None:
        self.press: Callable[[layouts.Key], None] = _nobody
        self.rows = [[(key, letter_key(kit, key, self._pressed)) for key in row] for row in rows]

    def give_back(self) -> None:
        """The keyboard is gone: nothing of its keys leads back to it."""
        self.press = _nobody
        for row in self.rows:
            for _, key in row:
                key.release()
                if key.parent is not None:
                    key.parent.remove_widget(key)

    def _pressed(self, key: layouts.Key) -> None:
        self.press(key)


def letter_key(kit: Kit, key: layouts.Key, press: Callable[[layouts.Key], None]) -> Key:
    words = key.text or kit.words(f"key.{key.does}")
    plain = key.does in ("letter", "sign")
    return kit.letter_key(
        key.name,
        words,
        lambda: press(key),
        kind="secondary" if plain else "quiet",
        px=KEY_PX if plain else WORD_PX,
        size_hint=(None, None),
    )


def _nobody(_key: layouts.Key) -> None:
    """Keys that wait ask for nothing."""
