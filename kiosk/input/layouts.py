"""The keyboards of the kiosk: rows of keys, each with what it does. Pure data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from hub.domain.hall import Value

Layout = Literal["pinyin", "hand", "signs", "latin", "digits"]
Does = Literal["letter", "sign", "erase", "space", "shift", "pinyin", "hand", "signs", "latin", "undo", "again"]


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


def _last(*others: Does) -> tuple[Key, ...]:
    """The lowest row: the other keyboards, and what every sentence needs."""
    comma, stop = ("，", "。") if others != ("hand", "pinyin", "signs") else (",", ".")
    return (*(Key(one, width=1.5) for one in others), Key("sign", comma), Key("space", width=3.5), Key("sign", stop))


_PINYIN: Rows = (
    _row("letter", "qwertyuiop"),
    _row("letter", "asdfghjkl"),
    (*_row("letter", "'zxcvbnm"), _ERASE),
    _last("hand", "signs", "latin"),
)
_LATIN: Rows = (
    _row("sign", "qwertyuiop"),
    _row("sign", "asdfghjkl"),
    (Key("shift", width=1.5), *_row("sign", "zxcvbnm"), _ERASE),
    _last("hand", "pinyin", "signs"),
)
_SIGNS: Rows = (
    _row("sign", "1234567890"),
    _row("sign", "，。、？！：；“”-"),
    (*_row("sign", "（）《》—…·％"), _ERASE),
    (*(Key(one, width=1.5) for one in ("hand", "pinyin", "latin")), Key("space", width=5.5)),
)
_HAND: Rows = (
    (
        *(Key(one, width=1.5) for one in ("pinyin", "signs", "latin")),
        Key("sign", "，"),
        Key("space", width=2.0),
        Key("sign", "。"),
        _ERASE,
    ),
)
_DIGITS: Rows = (
    _row("sign", "123"),
    _row("sign", "456"),
    _row("sign", "789"),
    (Key("sign", "0", width=2.0), Key("erase")),
)

LAYOUTS: dict[Layout, Rows] = {
    "pinyin": _PINYIN,
    "hand": _HAND,
    "latin": _LATIN,
    "signs": _SIGNS,
    "digits": _DIGITS,
}
OF_STROKES: tuple[Key, ...] = (Key("undo"), Key("again"))
"""撤一笔, 重写: they stand beside the writing field."""
MOST_KEYS = 10
"""Keys of the usual width in the widest row; narrower rows are centred."""


def rows(layout: Layout, *, without: frozenset[Layout] = frozenset(), upper: bool = False) -> Rows:
    """A layout's rows: capitals while shifted, and no way to a keyboard whose library is missing."""
    found = tuple(tuple(key for key in row if key.does not in without) for row in LAYOUTS[layout])
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
