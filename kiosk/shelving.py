"""How many choices stand on a page, in how many columns, at which size of type: the largest at which all fit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hub.domain.hall import Value

High = Callable[[float, int], float]
"""What a choice needs in height, given a width and the size of its title's type."""


class Plan(Value, frozen=True):
    """`font_px` of the titles; `high_px` of every choice; what does not fit stands on further `pages`."""

    font_px: int
    columns: int
    rows: int
    high_px: float
    pages: int

    @property
    def a_page(self) -> int:
        return self.columns * self.rows


def plan(
    needs: Sequence[High],
    room: tuple[float, float],
    gap_px: float,
    turner_px: float,
    fonts_px: Sequence[int],
    columns: int,
    least_px: float = 0.0,
    fewest: int = 1,
) -> Plan:
    """The first of `fonts_px` (largest first) at which one page holds all; else the last, on as few pages as can be.

    `fewest` columns, `columns` at most, each at least `least_px` wide; `turner_px` is what the keys take that turn
    pages, gap included.
    """
    plans = [
        _packed(needs, room, gap_px, turner_px, font_px, count)
        for font_px in fonts_px
        for count in range(fewest, columns + 1)
        if count == fewest or _width(room[0], gap_px, count) >= least_px
    ]
    whole = [one for one in plans if one.pages == 1]
    if whole:
        return whole[0]
    smallest = [one for one in plans if one.font_px == fonts_px[-1]]
    return min(smallest, key=lambda one: (one.pages, one.columns))


def _packed(
    needs: Sequence[High], room: tuple[float, float], gap_px: float, turner_px: float, font_px: int, columns: int
) -> Plan:
    width = _width(room[0], gap_px, columns)
    high = max((need(width, font_px) for need in needs), default=1.0)
    rows = max(1, int((room[1] + gap_px) / (high + gap_px)))
    if rows * columns < len(needs):
        rows = max(1, int((room[1] - turner_px + gap_px) / (high + gap_px)))
        if rows * columns >= len(needs):
            rows = max(1, -(-len(needs) // columns) - 1)
    pages = max(1, -(-len(needs) // (rows * columns)))
    return Plan(font_px=font_px, columns=columns, rows=rows, high_px=high, pages=pages)


def _width(room_px: float, gap_px: float, columns: int) -> float:
    return (room_px - gap_px * (columns - 1)) / columns
