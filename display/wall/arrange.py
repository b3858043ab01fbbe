"""How a screen's height is dealt out to its regions. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hub.domain.screens import Region

COLUMNS: tuple[tuple[Region, ...], ...] = (("calls", "recent"), ("queues", "cases", "stills"))
"""Where the glass is wider than high; else everything stands in one column."""
STRIP: Region = "recent"
"""On a wide glass it stands below all columns, as wide as they are together."""


class Need(Struct, frozen=True):
    """What a region needs of its column's height, in pixels: at `least`, and what it can use; `grows` beyond."""

    least: float
    wish: float
    grows: bool = False


def columns(regions: Sequence[Region], wide: bool) -> tuple[tuple[Region, ...], ...]:
    """The regions of the middle, as columns from the left, each from the top."""
    found = [tuple(one for one in column if one in regions and not (wide and one == STRIP)) for column in COLUMNS]
    found = [column for column in found if column]
    if not wide:
        return (tuple(one for column in found for one in column),) if found else ()
    if len(found) == 1 and "calls" not in found[0] and len(found[0]) > 1:
        return found[0][:1], found[0][1:]
    return tuple(found)


def heights(room: float, needs: Sequence[Need]) -> list[float]:
    """One height a region: first what each needs at least, then its wish from the top on, and the rest to those that
    grow; where even the least is too much, the lower ones give way.
    """
    spare = room - sum(one.least for one in needs)
    if spare < 0:
        kept: list[float] = []
        for one in needs:
            kept.append(min(one.least, room - sum(kept)))
        return kept
    given = []
    for one in needs:
        more = min(spare, one.wish - one.least)
        given.append(one.least + more)
        spare -= more
    growing = [at for at, one in enumerate(needs) if one.grows] or [len(needs) - 1]
    for at in growing:
        given[at] += spare / len(growing)
    return given
