"""How a wall spares its glass: a picture that never lies on the same dots for long. Pure."""

from __future__ import annotations

MARGIN_PX = 8
STEP_PX = 4
MOVES_S = 240.0
CALMS_S = 60.0
"""So long after its flashing a call that still stands gives up its gold ground: no large bright field burns in."""

_STEPS = range(-MARGIN_PX, MARGIN_PX + 1, STEP_PX)
_WAY = [(x, y) for row, y in enumerate(_STEPS) for x in (_STEPS if row % 2 == 0 else reversed(_STEPS))]


def shift_px(now_s: float) -> tuple[int, int]:
    """How far the whole picture lies from its middle, right and up: every few minutes a step further, in one cut."""
    way = [*_WAY, *_WAY[-2:0:-1]]
    return way[(len(_WAY) // 2 + int(now_s / MOVES_S)) % len(way)]
