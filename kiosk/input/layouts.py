"""The keyboards of the kiosk: rows of keys, each with what it does. Pure data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hub.domain.hall import Value

Layout = Literal["pinyin", "signs", "latin", "digits"]
Does = Literal["letter", "sign", "erase", "space", "shift", "pinyin", "signs", "latin"]


class Key(Value, frozen=True):
    """One key: `text` is what it types; what it only does is worded by the catalogue. `width` in usual keys."""

    does: Does
    text: str = ""
    width: float = 1.0

    @property
    def name(self) -> str:
        """A key's own name, for drivers and tests."""
        return f"key.{self.text or self.does}"


Rows = tuple[tuple[Key, ...], ...]


def _row(does: Does, texts: str) -> tuple[Key, ...]:
    return tuple(Key(does, text) for text in texts)


_ERASE = Key("erase", width=1.5)
_PINYIN: Rows = (
    _row("letter", "qwertyuiop"),
    _row("letter", "asdfghjkl"),
    (*_row("letter", "'zxcvbnm"), _ERASE),
    (Key("signs", width=1.8), Key("latin", width=1.8), Key("sign", "，"), Key("space", width=3.2), Key("sign", "。")),
)
_LATIN: Rows = (
    _row("sign", "qwertyuiop"),
    _row("sign", "asdfghjkl"),
    (Key("shift", width=1.5), *_row("sign", "zxcvbnm"), _ERASE),
    (Key("signs", width=1.8), Key("pinyin", width=1.8), Key("sign", "-"), Key("space", width=3.2), Key("sign", ".")),
)
_SIGNS: Rows = (
    _row("sign", "1234567890"),
    _row("sign", "，。、？！：；“”"),
    (*_row("sign", "（）《》—…·"), _ERASE),
    (Key("pinyin", width=1.8), Key("latin", width=1.8), Key("sign", "％"), Key("space", width=3.2), Key("sign", "-")),
)
_DIGITS: Rows = (
    _row("sign", "123"),
    _row("sign", "456"),
    _row("sign", "789"),
    (Key("sign", "0", width=2.0), Key("erase")),
)

LAYOUTS: dict[Layout, Rows] = {"pinyin": _PINYIN, "latin": _LATIN, "signs": _SIGNS, "digits": _DIGITS}
MOST_KEYS = 10
"""Keys of the usual width in the widest row; narrower rows are centred."""


def rows(layout: Layout, *, pinyin: bool, upper: bool = False) -> Rows:
    """A layout's rows: capitals while shifted, and no way to pinyin where its library is missing."""
    found = LAYOUTS[layout]
    if not pinyin:
        found = tuple(tuple(key for key in row if key.does != "pinyin") for row in found)
    if upper:
        found = tuple(tuple(Key(key.does, key.text.upper(), key.width) for key in row) for row in found)
    return found


def packed(widths: Sequence[float], row_width: float, gap: float, rows: int) -> list[int]:
    """Where pages begin when things of these widths fill `rows` rows each, in their order: `[0, 17, 40]`."""
    starts, used, row = [0], 0.0, 0
    for at, width in enumerate(widths):
        if used and used + gap + width > row_width:
            row, used = row + 1, 0.0
            if row == rows:
                starts.append(at)
                row = 0
        used += (gap if used else 0) + width
    return starts if widths else []
