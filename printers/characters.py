"""The emulator's own type: GB18030 and code page 437 in cells of 24 dots, gathered into a line, given as rows of dots.

Written from the command reference (ESC !, ESC E, ESC -, ESC $, ESC *, GS !, GS B, FS !, FS 2), not from the driver.
Glyphs are Noto Sans Mono CJK's, or Unifont's where that is missing: a device's own have other shapes in the same cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CELL_DOTS = 24
"""Of a Chinese character in both directions; letters are half as wide."""
SMALL_CELL = (9, 17)
"""Font B, which has letters alone."""
FACES = (
    (Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"), 7),  # Mono, Simplified
    (Path("/usr/share/fonts/opentype/unifont/unifont.otf"), 0),
)
INK_LEVEL = 110


@dataclass(frozen=True)
class Style:
    """How the next character looks. `chinese` sizes are set apart from letters' by FS !, together by GS !."""

    wide: int = 1
    high: int = 1
    chinese_wide: int = 1
    chinese_high: int = 1
    bold: bool = False
    underlined: bool = False
    inverse: bool = False
    small: bool = False

    def after(self, command: bytes) -> Style:
        """What a command of type makes of it; the same where it is about something else."""
        head, n = command[:2], command[2]
        double = (1 + bool(n & 0x20), 1 + bool(n & 0x10))
        match head:
            case b"\x1b!":
                wide, high = double
                return replace(
                    self, wide=wide, high=high, small=bool(n & 1), bold=bool(n & 8), underlined=bool(n & 0x80)
                )
            case b"\x1d!":
                wide, high = (n >> 4 & 7) + 1, (n & 7) + 1
                return replace(self, wide=wide, high=high, chinese_wide=wide, chinese_high=high)
            case b"\x1c!":
                wide, high = 1 + bool(n & 4), 1 + bool(n & 8)
                return replace(self, chinese_wide=wide, chinese_high=high, underlined=bool(n & 0x80))
            case b"\x1bE" | b"\x1bG":
                return replace(self, bold=bool(n & 1))
            case b"\x1b-" | b"\x1c-":
                return replace(self, underlined=n in (1, 2, 49, 50))
            case b"\x1dB":
                return replace(self, inverse=bool(n & 1))
            case b"\x1bM":
                return replace(self, small=n in (1, 49))
        return self


@dataclass
class Line:
    """The line that is being set, between a left margin and a right one; `alignment` 0 left, 1 centre, 2 right."""

    width_dots: int
    left_dots: int = 0
    area_dots: int | None = None
    alignment: int = 0
    spacing_dots: int = 30
    style: Style = Style()
    own: dict[bytes, Image.Image] = field(default_factory=dict)
    """Characters that the host has drawn itself (FS 2), by their code."""
    _cells: list[tuple[int, Image.Image]] = field(default_factory=list)
    _x: int = 0

    @property
    def room_dots(self) -> int:
        room = self.width_dots - self.left_dots
        return min(room, self.area_dots) if self.area_dots is not None else room

    @property
    def empty(self) -> bool:
        return not self._cells

    def letter(self, code: int) -> bytes:
        """Sets one of code page 437; rows of the line before, where this one begins another."""
        style = self.style
        character = bytes((code,)).decode("cp437")
        size = SMALL_CELL if style.small else (CELL_DOTS // 2, CELL_DOTS)
        return self._set(glyph(character, *size, style.bold), style.wide, style.high)

    def chinese(self, code: bytes, *, known: bool) -> bytes:
        """Sets one of GB18030, two or four bytes; what the printer does not know comes out blank."""
        style = self.style
        if code in self.own:
            cell = self.own[code]
        elif known:
            cell = glyph(code.decode("gb18030"), CELL_DOTS, CELL_DOTS, style.bold)
        else:
            cell = Image.new("L", (CELL_DOTS, CELL_DOTS))
        return self._set(cell, style.chinese_wide, style.chinese_high)

    def picture(self, mode: int, columns: int, data: bytes) -> bytes:
        """`ESC *`: a picture in the line, column by column from the top."""
        deep = 3 if mode in (32, 33) else 1
        cell = Image.new("L", (max(columns, 1), deep * 8))
        dots = cell.load()
        assert dots is not None
        for at, byte in enumerate(data):
            for bit in range(8):
                if byte & 0x80 >> bit:
                    dots[at // deep, at % deep * 8 + bit] = 255
        wide, high = 1 if mode in (1, 33) else 2, 1 if deep == 3 else 3
        return self.place(cell.resize((cell.width * wide, cell.height * high), Image.Resampling.NEAREST))

    def move_to(self, dots: int) -> None:
        """`ESC $`; out of the line it stays where it is."""
        if 0 <= dots <= self.room_dots:
            self._x = dots

    def move_by(self, dots: int) -> None:
        """`ESC \\`, from where it stands."""
        self.move_to(self._x + dots)

    def tab(self) -> None:
        step = 8 * CELL_DOTS // 2
        self._x = min(self.room_dots, (self._x // step + 1) * step)

    def rows(self, least_dots: int) -> bytes:
        """Ends the line: its rows, and blank ones until it is as high as the spacing asks."""
        stride = self.width_dots // 8
        high = max((cell.height for _, cell in self._cells), default=0)
        rows = b""
        if self._cells:
            picture = Image.new("L", (self.width_dots, high))
            slack = self.room_dots - max(x + cell.width for x, cell in self._cells)
            left = self.left_dots + slack * self.alignment // 2
            for x, cell in self._cells:
                picture.paste(cell, (left + x, high - cell.height))
            rows = picture.point(_TO_DOTS, "1").tobytes()
        self._cells.clear()
        self._x = 0
        return rows + bytes(stride * max(0, least_dots - high))

    def _set(self, cell: Image.Image, wide: int, high: int) -> bytes:
        if (wide, high) != (1, 1):
            cell = cell.resize((cell.width * wide, cell.height * high), Image.Resampling.NEAREST)
        if self.style.underlined:
            cell = cell.copy()
            cell.paste(255, (0, cell.height - 2, cell.width, cell.height))
        if self.style.inverse:
            cell = cell.point(_INVERTED)
        return self.place(cell)

    def place(self, cell: Image.Image) -> bytes:
        """Sets ink (255) of any size; rows of the line before, where it does not fit beside what stands there."""
        full = b""
        if self._x + cell.width > self.room_dots and self._cells:
            full = self.rows(self.spacing_dots)
        self._cells.append((self._x, cell))
        self._x += cell.width
        return full


_TO_DOTS = [0] * 128 + [255] * 128
_INVERTED = [255 - level for level in range(256)]


@lru_cache(maxsize=4096)
def glyph(character: str, wide: int, high: int, bold: bool) -> Image.Image:
    """Ink as 255, in a cell of this size."""
    cell = Image.new("L", (wide, high))
    font = _face(high)
    baseline = round(high * 0.88)
    ImageDraw.Draw(cell).text((wide / 2, baseline), character, font=font, fill=255, anchor="ms")
    ink = cell.point([0] * INK_LEVEL + [255] * (256 - INK_LEVEL))
    if bold:
        ink.paste(255, (1, 0), ink.copy())
    return ink


@cache
def _face(size_dots: int) -> ImageFont.FreeTypeFont:
    for path, index in FACES:
        if path.exists():
            return ImageFont.truetype(path, size_dots, index=index, layout_engine=ImageFont.Layout.BASIC)
    raise FileNotFoundError(f"{FACES[0][0]} is not there; install it with: apt-get install fonts-noto-cjk")
