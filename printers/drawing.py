"""Draws a slip in black dots with Pillow.

Every character is drawn, because native Chinese text loses 䶮 and full-width marks on many printers.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from printers.errors import FontMissing, PaperTooNarrow
from printers.slip import Divider, Field, Line, Qr, Region, Ruler, Size, Slip, Stamp
from printers.typeset import break_lines

FONTS = Path("/usr/share/fonts/opentype/noto")
PLACE = {"SC": 2, "TC": 3}
"""Of the faces in the collection; the first is Japanese."""
QR_MM = 25.0
QR_LEAST_MODULE_MM = 0.5
QR_QUIET_MODULES = 4
INK_LEVEL = 150
WIDE_DOTS = 576
SHEET_MM = 300.0
"""Paper is drawn on sheets of this length, one after another as it grows."""
LEAST_IN_HEADING = 0.75
LEAST_IN_FIELD = 0.88
LEAST_IN_LABEL = 0.75

_HEIGHT_MM: dict[Size, tuple[float, float]] = {
    "small": (2.875, 2.75),
    "body": (3.25, 2.875),
    "code": (3.75, 3.25),
    "hall": (3.75, 3.25),
    "title": (5.25, 4.25),
    "number": (19.0, 17.0),
}
"""Height of an em in mm on 80 mm paper and on 58 mm paper."""


def draw(slip: Slip, width_dots: int, dots_per_mm: float = 8.0) -> Image.Image:
    """A slip as a picture of mode `1`, as wide as the paper prints."""
    sheet = _Sheet(width_dots, dots_per_mm, slip.region)
    for block in slip.blocks:
        match block:
            case Line():
                sheet.line(block)
            case Field():
                sheet.field(block)
            case Stamp():
                sheet.stamp(block)
            case Divider():
                sheet.divider()
            case Qr():
                sheet.qr(block)
            case Ruler():
                sheet.ruler()
    return sheet.picture()


_QUOTES = re.compile("([“”])")


def _length(text: str, font: ImageFont.FreeTypeFont) -> float:
    """Width in dots, with “ and ” half as wide as the font has them: their other half is blank."""
    return sum(_advance(one, font) for one in text) - len(_QUOTES.findall(text)) * font.size / 2


@lru_cache(maxsize=4096)
def _advance(character: str, font: ImageFont.FreeTypeFont) -> float:
    return font.getlength(character)


def _shrunk(font: ImageFont.FreeTypeFont, text: str, room: float, least: float) -> ImageFont.FreeTypeFont:
    """The face a little smaller where that spares a line, never below `least` of its size."""
    wide = _length(text, font)
    return font.font_variant(size=int(font.size * room / wide)) if room < wide <= room / least else font


def _broken(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    return break_lines(text, room, lambda part: _length(part, font))


class _Sheet:
    """Paper of a fixed width that grows downwards while blocks are drawn on it."""

    def __init__(self, width_dots: int, dots_per_mm: float, region: Region) -> None:
        if width_dots > WIDE_DOTS:
            raise PaperTooNarrow(f"{width_dots} dots are more than the {WIDE_DOTS} that receipt printers print")
        width_dots -= width_dots % 8  # a row is whole bytes
        self._mm, self._region = dots_per_mm, region
        self._narrow = width_dots < 512
        self._width = width_dots
        self._margin = self._dots(1.0 if self._narrow else 2.0)
        self._inner = width_dots - 2 * self._margin
        self._image = Image.new("L", (width_dots, self._dots(SHEET_MM)), 255)
        self._pen = ImageDraw.Draw(self._image)
        self._y = self._dots(1)

    def line(self, block: Line) -> None:
        if block.size == "number":
            self._number(block.text)
        elif block.centred:
            self._heading(block)
        else:
            font = self._font(block.size, block.bold)
            for text in _broken(block.text, font, self._inner):
                self._text(self._margin, text, font)
            self._y += self._dots(0.8)

    def field(self, block: Field) -> None:
        """Two columns; what staff read stands below the citizen's words in each."""
        label, font = self._font("body", True), self._font("body", block.bold)
        left = self._margin + round(label.size * 4) + self._dots(1.5 if self._narrow else 2.5)
        room = self._width - self._margin - left
        top = self._y
        for text in (block.label, block.label_below):
            smaller = _shrunk(label, text, label.size * 4, LEAST_IN_LABEL)
            for line in _broken(text, smaller, label.size * 4) if text else ():
                self._text(self._margin, line, smaller, on_the_line_of=label)
        beside, self._y = self._y, top
        for text in (block.text, block.text_below):
            if text:
                smaller = _shrunk(font, text, room, LEAST_IN_FIELD)
                for line in _broken(text, smaller, room):
                    self._text(left, line, smaller, on_the_line_of=label)
        self._y = max(self._y, beside) + self._dots(0.7)

    def stamp(self, block: Stamp) -> None:
        font = _shrunk(self._font("hall", True), block.text, self._inner - self._dots(2), LEAST_IN_HEADING)
        high = self._leading(font) + self._dots(1.4)
        self._y += self._dots(1)
        self._grow(high)
        self._pen.rectangle((self._margin, self._y, self._width - self._margin - 1, self._y + high - 1), fill=0)
        middle = (self._width / 2, self._y + high / 2)
        self._pen.text(middle, block.text, font=font, fill=255, anchor="mm")
        self._y += high + self._dots(1)

    def divider(self) -> None:
        self._y += self._dots(1.2)
        self._grow(self._dots(2))
        dash, gap = self._dots(0.75), self._dots(0.5)
        for x in range(self._margin, self._width - self._margin, dash + gap):
            right = min(x + dash, self._width - self._margin) - 1
            self._pen.rectangle((x, self._y, right, self._y + self._dots(0.25)), fill=0)
        self._y += self._dots(1.9)

    def qr(self, block: Qr) -> None:
        code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
        code.add_data(block.text)
        code.make()
        matrix = code.get_matrix()
        side = len(matrix)
        module = max(-(-self._dots(QR_MM) // side), self._dots(QR_LEAST_MODULE_MM))
        whole = module * (side + 2 * QR_QUIET_MODULES)
        if whole > self._width:
            raise PaperTooNarrow(f"the QR code needs {whole} dots, the paper has {self._width}; use a shorter page_url")
        quiet = module * QR_QUIET_MODULES
        self._grow(whole)
        small = Image.new("L", (side, side))
        small.putdata([0 if dark else 255 for row in matrix for dark in row])
        square = small.resize((side * module, side * module), Image.Resampling.NEAREST)
        self._image.paste(square, ((self._width - side * module) // 2, self._y + quiet))
        self._y += side * module + 2 * quiet

    def ruler(self) -> None:
        """A stroke each millimetre from edge to edge, longer at five, with its number at ten."""
        font = self._font("small", False)
        for mm in range(int(self._width / self._mm)):
            x = round(mm * self._mm)
            long_mm = 5.0 if mm % 10 == 0 else 3.5 if mm % 5 == 0 else 2.0
            self._pen.rectangle((x, self._y, x + 1, self._y + self._dots(long_mm)), fill=0)
            if mm % 10 == 0 and mm:
                self._pen.text((x, self._y + self._dots(5.5)), str(mm), font=font, fill=0, anchor="mt")
        self._y += self._dots(5.5) + self._leading(font)

    def _grow(self, high: float) -> None:
        """Makes room for so much more."""
        if self._y + high > self._image.height:
            longer = Image.new("L", (self._width, self._image.height + self._dots(SHEET_MM)), 255)
            longer.paste(self._image)
            self._image, self._pen = longer, ImageDraw.Draw(longer)

    def picture(self) -> Image.Image:
        self._grow(self._dots(2))
        grey = self._image.crop((0, 0, self._width, self._y + self._dots(2)))
        return grey.point([0] * INK_LEVEL + [255] * (256 - INK_LEVEL), "1")

    def _number(self, text: str) -> None:
        """As large as the paper allows, cut tight to its ink."""
        size, stroke = self._dots(_HEIGHT_MM["number"][self._narrow]), self._dots(0.25)
        wide = face("Bold", size).getlength(text)
        font = face("Bold", min(size, int(size * self._inner / wide)))  # digits and letters: alike in every region
        left, top, right, bottom = font.getbbox(text, stroke_width=stroke)
        self._y += self._dots(3)
        self._grow(bottom - top)
        at = ((self._width - (right - left)) / 2 - left, self._y - top)
        self._pen.text(at, text, font=font, fill=0, stroke_width=stroke)
        self._y += round(bottom - top) + self._dots(2)

    def _heading(self, block: Line) -> None:
        """On one line, a little smaller if need be; else on lines of like length."""
        font = _shrunk(self._font(block.size, block.bold), block.text, self._inner, LEAST_IN_HEADING)
        lines = _broken(block.text, font, self._inner)
        if len(lines) > 1:
            even = max(_length(block.text, font) / len(lines) + font.size, self._inner / 2)
            lines = min(
                (_broken(block.text, font, room) for room in (even, self._inner)),
                key=len,
            )
        for text in lines:
            self._text((self._width - _length(text, font)) / 2, text, font)
        self._y += self._dots(0.6)

    def _text(
        self, left: float, text: str, font: ImageFont.FreeTypeFont, on_the_line_of: ImageFont.FreeTypeFont | None = None
    ) -> None:
        leader = on_the_line_of or font
        self._grow(self._leading(leader))
        top = self._y + leader.getmetrics()[0] - font.getmetrics()[0]
        for part in _QUOTES.split(text):
            left -= font.size / 2 if part == "“" else 0
            self._pen.text((round(left), top), part, font=font, fill=0)
            left += font.getlength(part) - (font.size / 2 if part == "”" else 0)
        self._y += self._leading(leader)

    def _leading(self, font: ImageFont.FreeTypeFont) -> int:
        return round(font.size * 1.36)

    def _font(self, size: Size, bold: bool) -> ImageFont.FreeTypeFont:
        return face("Bold" if bold else "Regular", self._dots(_HEIGHT_MM[size][self._narrow]), self._region)

    def _dots(self, mm: float) -> int:
        return round(mm * self._mm)


@cache
def face(weight: str, size_dots: int, region: Region = "SC") -> ImageFont.FreeTypeFont:
    path = FONTS / f"NotoSansCJK-{weight}.ttc"
    try:
        return ImageFont.truetype(path, size_dots, index=PLACE[region], layout_engine=ImageFont.Layout.BASIC)
    except OSError as wrong:
        raise FontMissing(f"{path} cannot be read; install it with: apt-get install fonts-noto-cjk") from wrong
