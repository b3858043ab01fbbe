"""Where things may stand on one kiosk's glass: upright, across, or low enough for somebody who sits. Pure."""

from __future__ import annotations

from hub.domain.hall import Screen, Value

REACH_MM = 1220.0
"""What a hand reaches from a wheelchair, above the floor (EN 301 549 8.3.2)."""


class Shape(Value, frozen=True):
    """The part of the picture in use, from its lower edge up; `across` is a picture wider than high."""

    width_px: int
    height_px: int
    across: bool
    low: bool


def shape(screen: Screen, low: bool) -> Shape:
    """The whole picture, or its lower part where `low` is wanted and the upper one is out of reach."""
    low = low and can_lower(screen)
    return Shape(
        width_px=screen.width_px,
        height_px=_low_px(screen) if low else screen.height_px,
        across=screen.width_px > screen.height_px,
        low=low,
    )


def can_lower(screen: Screen) -> bool:
    """Whether some of the glass hangs higher than a hand reaches from a wheelchair."""
    return screen.bottom_mm + screen.height_mm > REACH_MM


def _low_px(screen: Screen) -> int:
    """What is in reach; of an upright glass no more than its lower half, which needs no stretching."""
    reach_px = int((REACH_MM - screen.bottom_mm) * screen.height_px / screen.height_mm)
    return reach_px if screen.width_px > screen.height_px else min(reach_px, screen.height_px // 2)
