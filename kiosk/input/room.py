"""How a keyboard fills the room it is given: what is left out in a small one, what grows in a large one. Pure."""

from __future__ import annotations

from hub.domain.hall import Value

KEY_ROWS = 4
MOST_OFFER_ROWS = 3
FIELD_SHARE = 0.6
"""So much of the width at most is the writing field; the candidates stand beside it."""


class Sizes(Value, frozen=True):
    """In px: a key's least, comfortable and greatest height, the gap, a row of candidates, the line above them."""

    least_px: float
    easy_px: float
    most_px: float
    gap_px: float
    offer_px: float
    strip_px: float

    @property
    def wanted_px(self) -> float:
        """The height with which everything is as large as it is useful."""
        return self.above_px(MOST_OFFER_ROWS, self.strip_px) + self.keys_px(self.most_px)

    @property
    def needed_px(self) -> float:
        """The height below which keys are too small."""
        return self.above_px(1, 0) + self.keys_px(self.least_px)

    def above_px(self, offer_rows: int, strip_px: float) -> float:
        """What stands above the keys, with the gap below it."""
        strip = strip_px + self.gap_px if strip_px else 0
        return strip + offer_rows * (self.offer_px + self.gap_px)

    def keys_px(self, key_px: float) -> float:
        """All rows of keys of a height."""
        return KEY_ROWS * key_px + (KEY_ROWS - 1) * self.gap_px


class Room(Value, frozen=True):
    """Heights in px; `strip_px` 0: no line above the candidates."""

    strip_px: float
    offer_rows: int
    key_px: float


def room_of(height_px: float, sizes: Sizes, *, offering: bool = True) -> Room:
    """With comfortable keys as many rows of candidates as fit, and the line above them; one row there always is.

    Digits have nothing to offer: their keys take all of it.
    """
    if not offering:
        return Room(0.0, 0, min((height_px - sizes.keys_px(0)) / KEY_ROWS, sizes.most_px))
    for offer_rows, strip_px in ((MOST_OFFER_ROWS, sizes.strip_px), (2, sizes.strip_px), (1, sizes.strip_px), (1, 0.0)):
        left_px = height_px - sizes.above_px(offer_rows, strip_px) - sizes.keys_px(0)
        if left_px / KEY_ROWS >= sizes.easy_px:
            break
    return Room(strip_px, offer_rows, min(left_px / KEY_ROWS, sizes.most_px))


def field_px(width_px: float, height_px: float, sizes: Sizes) -> float:
    """The side of the square to write in, above one row of keys."""
    return min(width_px * FIELD_SHARE, height_px - row_px(height_px, sizes) - sizes.gap_px)


def row_px(height_px: float, sizes: Sizes) -> float:
    """The height of the one row of keys below the writing field."""
    return min(sizes.most_px, max(sizes.easy_px, height_px / 7))
