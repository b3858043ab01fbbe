"""The picture of a rounded surface: four corners, its sides stretched between them, in one layer.

Each layer of a full screen costs a computer without a graphics card a frame's time; shapes drawn over each other, a
frame below its fill, cost as many as there are.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache, partial
from typing import Any

from kivy.graphics.texture import Texture

from display.theme.palette import Colour
from display.theme.window import sharp


def shape(
    place: tuple[float, float, float, float], fill: Colour, frame: Colour, frame_px: float, radius_px: float
) -> dict[str, Any]:
    """What a `BorderImage` shows at a place (x, y, width, height), on whole pixels; nothing where it has no size."""
    x, y, wide, high = (round(one) for one in place)
    if not wide or not high:
        return {"size": (0, 0)}
    radius = max(1, round(min(radius_px, wide / 2, high / 2)))
    border = (_corner_px(radius, frame_px),) * 4
    return {"pos": (x, y), "size": (wide, high), "border": border, "texture": _picture(fill, frame, frame_px, radius)}


def _corner_px(radius_px: float, frame_px: float) -> int:
    """How much of each side of the picture is not stretched."""
    return math.ceil(max(radius_px, frame_px)) + 1


@lru_cache(maxsize=256)
def _picture(fill: Colour, frame: Colour, frame_px: float, radius_px: float) -> Any:
    """A texture of two corners and a pixel between them each way; colours as parts of 1, each with its alpha."""
    corner = _corner_px(radius_px, frame_px)
    # The same across its diagonal, and of few colours: a window starts with a dozen pictures, and each dot takes time.
    dot = cache(partial(_dot, fill, frame))
    half = [
        [
            dot(_covered(depth), _covered(depth - frame_px))
            for depth in (_depth(x + 0.5, y + 0.5, radius_px) for x in range(y + 1))
        ]
        for y in range(corner + 1)
    ]
    quarter = [[half[max(x, y)][min(x, y)] for x in range(corner + 1)] for y in range(corner + 1)]
    rows = [b"".join([*row, *reversed(row[:-1])]) for row in quarter]
    side = 2 * corner + 1
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    texture.blit_buffer(b"".join([*rows, *reversed(rows[:-1])]), colorfmt="rgba", bufferfmt="ubyte")
    return sharp(texture)


def _depth(x: float, y: float, radius: float) -> float:
    """How far inside a quarter's edge a point is, negative outside; `x` and `y` from its straight sides."""
    if x >= radius and y >= radius:
        return min(x, y)
    return radius - math.hypot(max(radius - x, 0.0), max(radius - y, 0.0))


def _dot(fill: Colour, frame: Colour, inside: float, filled: float) -> bytes:
    """A pixel of which such parts lie inside the shape and inside its frame."""
    alpha = fill[3] * filled + frame[3] * (1 - filled)
    if not alpha:
        return bytes(4)
    mixed = ((a * fill[3] * filled + b * frame[3] * (1 - filled)) / alpha for a, b in zip(fill, frame, strict=True))
    red, green, blue, _ = (round(255 * one) for one in mixed)
    return bytes((red, green, blue, round(255 * alpha * inside)))


def _covered(depth: float) -> float:
    """Which part of a pixel lies inside, by how deep its middle does."""
    return max(0.0, min(1.0, depth + 0.5))
