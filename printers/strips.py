"""Pictures as ESC/POS, through python-escpos.

Only rows with ink are sent, in `GS v 0` strips of at most 128 rows (so a small receive buffer can hold one); blank rows
are fed. A strip is as wide as its ink: it stands at the left edge, the right one or in the middle (`ESC a`), where it
is narrowest, and rows that reach further than those beside them are a strip of their own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache, reduce
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

if TYPE_CHECKING:
    from escpos.printer.dummy import Dummy

STRIP_ROWS = 128
WORTH_HALVING = 8
"""So many rows at least are sent as a quarter of their dots."""
LEFT, MIDDLE, RIGHT = 0, 1, 2
_FEED_AT_MOST = 255
_HEAD_BYTES = 11
"""What another strip costs: its head, and moving it."""
_INVERTED = bytes(255 - byte for byte in range(256))  # Pillow has ink as 0, printers have it as 1


class _Extent(NamedTuple):
    """The blank bytes that some rows have in common."""

    rows: int
    left: int
    right: int

    @classmethod
    def of(cls, row: bytes) -> _Extent:
        return cls(1, len(row) - len(row.lstrip(b"\x00")), len(row) - len(row.rstrip(b"\x00")))

    def and_also(self, other: _Extent) -> _Extent:
        return _Extent(self.rows + other.rows, min(self.left, other.left), min(self.right, other.right))

    def in_whole(self, unit: int) -> _Extent:
        """Blank bytes in multiples of `unit`."""
        return _Extent(self.rows, self.left - self.left % unit, self.right - self.right % unit)

    @property
    def side(self) -> int:
        """Where most of what is blank need not be sent."""
        both = 2 * min(self.left, self.right)
        if both > max(self.left, self.right):
            return MIDDLE
        return RIGHT if self.left > self.right else LEFT

    @property
    def trimmed(self) -> tuple[int, int]:
        """Blank bytes that are not sent, at the left and at the right."""
        both = min(self.left, self.right)
        return {LEFT: (0, self.right), MIDDLE: (both, both), RIGHT: (self.left, 0)}[self.side]

    def bytes_of(self, stride: int) -> int:
        return self.rows * (stride - sum(self.trimmed))


def of(picture: Image.Image) -> bytes:
    """A picture as wide as the paper; blank rows at its end are left out. Begins and ends at the left."""
    stride = picture.width // 8
    dots = picture.crop((0, 0, stride * 8, picture.height)).tobytes().translate(_INVERTED)
    rows = [dots[at : at + stride] for at in range(0, len(dots), stride)]
    runs = [(inked, list(run)) for inked, run in groupby(rows, any)]
    if runs and not runs[-1][0]:
        runs.pop()
    job, stands = b"", LEFT
    for inked, run in runs:
        if not inked:
            job += fed(len(run))
            continue
        for side, strip in _strips_of(run):
            job += strip if side == stands else _aligned(side) + strip
            stands = side
    return job if stands == LEFT else job + _aligned(LEFT)


def doubled(picture: Image.Image) -> bytes:
    """A picture each dot of which the printer draws twice as wide and as high; whole rows, so it can be centred."""
    return _strips(picture.tobytes().translate(_INVERTED), picture.width // 8, doubled=True)


def inside_the_line(cell: Image.Image) -> bytes:
    """A grey picture of 24 rows between two characters: `ESC *` 33, column by column, three bytes from the top."""
    dark = cell.convert("L").point([1] * 150 + [0] * 106).transpose(Image.Transpose.TRANSPOSE).tobytes()
    bits = "".join("1" if dot else "0" for dot in dark)
    columns = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    return b"\x1b*\x21" + cell.width.to_bytes(2, "little") + _without_commands(columns)


def fed(rows: int) -> bytes:
    """Blank rows (`ESC J`), in the unit that the job began with."""
    whole, rest = divmod(max(0, rows), _FEED_AT_MOST)
    return b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes((rest,)) if rest else b"")


def cut() -> bytes:
    """`GS V 66 0`: feeds to the knife by itself."""
    return _made(lambda escpos: escpos.cut(feed=False))


def _aligned(side: int) -> bytes:
    """`ESC a`."""
    return b"\x1ba" + bytes((side,))


def _strips_of(rows: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Strips without a blank row, each with where it stands."""
    pairs = [rows[at : at + 2] for at in range(0, len(rows), 2)]
    groups = [(square, list(some)) for square, some in groupby(pairs, _in_squares)]
    for square, some in groupby(groups, lambda group: group[0] and len(group[1]) >= WORTH_HALVING // 2):
        run = [row for _, group in some for pair in group for row in pair]
        yield from (_halved(run),) if square else _whole(run)


def _whole(rows: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
    """Dot for dot: a row joins those above it while that costs less than a strip of its own."""
    stride, first = len(rows[0]), 0
    above = _Extent.of(rows[0])
    for at, row in enumerate(rows[1:], start=1):
        alone = _Extent.of(row)
        joined = above.and_also(alone)
        if joined.bytes_of(stride) > above.bytes_of(stride) + alone.bytes_of(stride) + _HEAD_BYTES:
            yield _strip(rows[first:at], above)
            above, first = alone, at
        else:
            above = joined
    yield _strip(rows[first:], above)


def _strip(rows: Sequence[bytes], extent: _Extent) -> tuple[int, bytes]:
    left, right = extent.trimmed
    stride = len(rows[0]) - left - right
    return extent.side, _strips(b"".join(row[left : left + stride] for row in rows), stride)


def _in_squares(pair: Sequence[bytes]) -> bool:
    """Whether all dots of two rows stand in squares of four, as those of a QR code do, of a rule or a black field."""
    return len(pair) == 2 and pair[0] == pair[1] and len(pair[0]) % 2 == 0 and _PAIRED.keys() >= set(pair[0])


def _halved(rows: Sequence[bytes]) -> tuple[int, bytes]:
    """A quarter of the dots, all of which stand in squares of four."""
    extent = reduce(_Extent.and_also, map(_Extent.of, rows)).in_whole(2)
    left, right = extent.trimmed
    dots = b"".join(row[left : len(row) - right] for row in rows[::2])
    halves = bytes(_PAIRED[dots[at]] << 4 | _PAIRED[dots[at + 1]] for at in range(0, len(dots), 2))
    return extent.side, _strips(halves, (len(rows[0]) - left - right) // 2, doubled=True)


_PAIRED = {sum(0b11 << 2 * bit for bit in range(4) if nibble >> bit & 1): nibble for nibble in range(16)}
"""Bytes in which each dot has its twin beside it, and the four dots that are left."""


def _strips(dots: bytes, stride: int, *, doubled: bool = False) -> bytes:
    step = stride * STRIP_ROWS
    return b"".join(_image(dots[at : at + step], stride, doubled=doubled) for at in range(0, len(dots), step))


def _image(dots: bytes, stride: int, *, doubled: bool) -> bytes:
    """`GS v 0`, as it is or each dot twice as wide and as high."""
    picture = Image.frombytes("1", (stride * 8, len(dots) // stride), _without_commands(dots).translate(_INVERTED))
    return _made(lambda escpos: escpos.image(picture, not doubled, not doubled, fragment_height=STRIP_ROWS))


def warm() -> None:
    """Loads what the first receipt would wait for: python-escpos reads what every printer can."""
    _escpos_class()


def _made(by: Callable[[Dummy], object]) -> bytes:
    """The bytes that python-escpos makes; its profile is as wide as the widest paper."""
    escpos = _escpos_class()(profile="TM-T20II")
    by(escpos)
    return bytes(escpos.output)


@cache
def _escpos_class() -> type[Dummy]:
    """Imported on first use: it reads its table of printers for a quarter second, into a new folder each time."""
    from escpos import capabilities
    from escpos.printer.dummy import Dummy

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    found: type[Dummy] = Dummy
    return found


_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def _without_commands(strip: bytes) -> bytes:
    """Takes one dot out of every `DLE EOT`, `DLE ENQ` and `DLE DC4` that the picture happens to spell.

    A printer obeys those even inside a picture: it would answer unasked, or open the drawer.
    """
    return _REAL_TIME.sub(b"\x00", strip)
