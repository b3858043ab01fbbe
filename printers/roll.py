"""The emulator's paper: a roll, what is printed on it and not parted from it yet, and what has fallen out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

KNIFE_ROWS = 96
"""From the head to the knife, or to the edge that paper is torn at: 12 mm."""
_INVERTED = bytes(255 - byte for byte in range(256))


@dataclass(frozen=True)
class Fallen:
    """A paper that fell out: its dots from top to bottom, eight to a byte, ink as 1; and the bytes that made it."""

    dots: bytes
    stride: int
    raw: bytes

    def picture(self) -> Image.Image:
        """Black on white."""
        dots = self.dots or bytes(self.stride)
        return Image.frombytes("1", (self.stride * 8, len(dots) // self.stride), dots.translate(_INVERTED))


class Roll:
    """Paper in a printer. `fell` is called for each that falls; at first it saves them in `out`.

    What was printed on a roll's end stays on that end: a new roll does not join the two.
    """

    def __init__(self, out: Path, stride: int) -> None:
        self.paper = True
        self.near_end = False
        self.rows_left: int | None = None
        """Rows until the roll ends by itself; None for a long roll."""
        self.rows_printed = 0
        self.receipts = 0
        self.fell: Callable[[Fallen], None] = self._save
        self.raw = bytearray()
        """The bytes worked through since a paper fell."""
        self._out = out
        self._stride = stride
        self._sheet = bytearray()

    def end(self) -> None:
        self.paper, self.rows_left = False, None

    def renew(self) -> None:
        """Somebody puts in a new roll, and pulls out the old one's end with what stands on it."""
        if not self.paper:
            self._fall(0, only_with_ink=True)
        self.paper, self.near_end, self.rows_left = True, False, None

    def print(self, dots: bytes) -> int:
        """Prints whole rows until they or the paper end; how many bytes of them."""
        rows = len(dots) // self._stride
        if self.rows_left is not None:
            rows = min(rows, self.rows_left)
            self.rows_left -= rows
        size = rows * self._stride
        self._sheet += dots if size == len(dots) else dots[:size]
        self.rows_printed += rows
        if self.rows_left == 0:
            self.end()
        return size

    def cut(self, *, fed: bool) -> None:
        """At the knife; what is not fed to it stays under it, on the next paper."""
        self._fall(0 if fed else KNIFE_ROWS)

    def tear(self) -> None:
        """Somebody tears the paper off at the edge."""
        self._fall(KNIFE_ROWS, only_with_ink=True)

    def _fall(self, staying_rows: int, *, only_with_ink: bool = False) -> None:
        size = max(0, len(self._sheet) - staying_rows * self._stride)
        fallen = Fallen(bytes(self._sheet[:size]), self._stride, bytes(self.raw))
        del self._sheet[:size]
        self.raw.clear()
        if not only_with_ink or any(fallen.dots):
            self.receipts += 1
            self.fell(fallen)

    def _save(self, fallen: Fallen) -> None:
        """`receipt-001.png` and `.bin`; the picture is there whole or not at all."""
        name = self._out / f"receipt-{self.receipts:03d}"
        name.with_suffix(".bin").write_bytes(fallen.raw)
        fallen.picture().save(name.with_suffix(".png.part"), format="PNG")
        name.with_suffix(".png.part").rename(name.with_suffix(".png"))
