"""The emulated board's light: text in a 16-dot font as glowing round dots."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

UNIFONT = Path("/usr/share/fonts/opentype/unifont/unifont.otf")
PITCH = 8
"""Pixels from dot to dot."""

RGB = tuple[int, int, int]
Part = tuple[RGB, str]
"""Words in one colour; a line feed begins the next line."""

OFF, GROUND = (34, 33, 32), (14, 14, 15)


class FontMissing(Exception):
    """No dot font on this machine; the text says what to install."""

    code = "font_missing"


class Row(Struct, frozen=True):
    """Text in its place on the board, in dots."""

    x: int
    y: int
    width: int
    height: int
    parts: tuple[Part, ...]
    wraps: bool = False

    def words(self) -> str:
        return "".join(words for _, words in self.parts)


class Dots:
    """A board of `width` by `height` dots."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        if not UNIFONT.exists():
            raise FontMissing(f"{UNIFONT} is missing; install it with: apt-get install fonts-unifont")
        self._font = ImageFont.truetype(str(UNIFONT), 16)
        cell = Image.new("L", (PITCH * 4, PITCH * 4), 0)
        ImageDraw.Draw(cell).ellipse((2, 2, PITCH * 4 - 4, PITCH * 4 - 4), fill=255)
        self._round = Image.new("L", (width * PITCH, height * PITCH))
        dot = cell.resize((PITCH, PITCH), Image.Resampling.LANCZOS)
        for y in range(height):
            for x in range(width):
                self._round.paste(dot, (x * PITCH, y * PITCH))

    def plain(self, rows: list[Row]) -> Image.Image:
        """One pixel a dot, black where it is dark."""
        board = Image.new("RGB", self.size, (0, 0, 0))
        for row in rows:
            area = Image.new("RGB", (row.width, row.height), (0, 0, 0))
            self._write(area, row)
            board.paste(area, (row.x, row.y))
        return board

    def light(self, rows: list[Row], brightness: float = 1.0) -> Image.Image:
        """The board as it looks from the hall; `brightness` from 0 to 1."""
        lit = self.plain(rows).point(lambda level: round(level * (0.45 + 0.55 * brightness)))
        lit = lit.resize(self._round.size, Image.Resampling.NEAREST)
        dark = lit.convert("L").point(lambda level: 0 if level else 255)
        face = Image.composite(Image.new("RGB", lit.size, OFF), lit, dark)
        board = Image.composite(face, Image.new("RGB", lit.size, GROUND), self._round)
        shine = Image.composite(lit, Image.new("RGB", lit.size), self._round).filter(
            ImageFilter.GaussianBlur(PITCH * 0.9)
        )
        return ImageChops.add(board, shine, scale=1.35)

    def _write(self, area: Image.Image, row: Row) -> None:
        pen = ImageDraw.Draw(area)
        pen.fontmode = "1"
        x = y = 0
        for color, words in row.parts:
            for one in words:
                wide = 8 if one < "\x7f" else 16
                if one == "\n" or (row.wraps and x + wide > row.width):
                    x, y = 0, y + 16
                if one != "\n":
                    narrow = wide - self._font.getlength(one)  # □ and “ fill half of a Chinese cell here
                    pen.text((x + narrow // 2, y + 14), one, fill=color, font=self._font, anchor="ls")
                    x += wide
