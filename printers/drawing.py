"""Draws a slip in black dots with Pillow.

Every character is drawn, because native Chinese text loses 䶮 and full-width marks on many printers.
"""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from printers import qr
from printers.errors import PaperTooNarrow
from printers.lettering import (
    AFTER_QUOTE,
    CLOSING,
    MARKER,
    OPENING,
    QUOTES,
    broken,
    evenly,
    face,
    length,
    shrunk,
    unorphaned,
)
from printers.logo import fitted
from printers.slip import BY_HAND_MM, Box, Field, Line, Qr, Region, Row, Size, Slip, Stamp, Table, lay_out

INK_LEVEL = 150
WIDE_DOTS = 576
SHEET_MM = 300.0
"""Paper is drawn on sheets of this length, one after another as it grows."""
LEAST_IN_HEADING = 0.75
LEAST_IN_FIELD = 0.88
LEAST_IN_LABEL = 0.75
LABEL_EMS = (6, 5)
"""Of a form's first column, on 80 mm paper and on 58 mm paper."""

_HEIGHT_MM: dict[Size, tuple[float, float]] = {
    "small": (2.875, 2.75),
    "body": (3.25, 2.875),
    "code": (3.75, 3.25),
    "hall": (3.75, 3.25),
    "title": (5.25, 4.25),
    "number": (19.0, 17.0),
}
"""Height of an em in mm on 80 mm paper and on 58 mm paper."""


def draw(slip: Slip, width_dots: int, dots_per_mm: float = 8.0, logo: Image.Image | None = None) -> Image.Image:
    """A slip as a picture of mode `1`, as wide as the paper prints, the hall's `logo` above it."""
    sheet = _Sheet(width_dots, dots_per_mm, slip.region)
    if logo is not None:
        sheet.logo(logo)
    lay_out(slip, sheet)
    return sheet.picture()


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

    def logo(self, logo: Image.Image) -> None:
        strip = fitted(logo, self._width, self._mm)
        self._image.paste(strip, (0, self._y))
        self._y += strip.height + self._dots(1.5)

    def line(self, block: Line) -> None:
        if block.size == "number":
            self._number(block.text)
        elif block.centred:
            self._heading(block)
        else:
            self._sentence(block)

    def _sentence(self, block: Line) -> None:
        """From edge to edge; the lines of a point in a list hang below its first word."""
        font = self._font(block.size, block.bold)
        found = MARKER.match(block.text)
        marker = found[0] if found else ""
        hang = round(length(marker, font))
        text, room = block.text[len(marker) :], self._inner - hang
        if marker:
            self._grow(self._leading(font))
            self._pen.text((self._margin, self._y), marker, font=font, fill=0)
        else:
            font = unorphaned(font, text, room)
        for line in broken(text, font, room):
            self._text(self._margin + hang, line, font)
        self._y += self._dots(0.8)

    def field(self, block: Field) -> None:
        """Two columns; what staff read stands below the citizen's words in each, in smaller type."""
        column = self._font("body", True).size * 4
        left = self._margin + round(column) + self._dots(1.5 if self._narrow else 2.5)
        room, top = self._width - self._margin - left, self._y
        self._part(block.label, self._margin, column, self._font("body", True), LEAST_IN_LABEL)
        self._part(block.label_below, self._margin, column, self._font("small", True), LEAST_IN_LABEL)
        beside, self._y = self._y, top
        self._part(block.text, left, room, self._font("body", block.bold), LEAST_IN_FIELD)
        self._part(block.text_below, left, room, self._font("small", block.bold), LEAST_IN_FIELD)
        self._y = max(self._y, beside) + self._dots(0.7)

    def _part(self, text: str, left: float, room: float, font: ImageFont.FreeTypeFont, least: float) -> None:
        """One column's words, a little smaller if they fit on a line then, as far down as others of that size."""
        smaller = shrunk(unorphaned(font, text, room), text, room, least)
        for line in broken(text, smaller, room) if text else ():
            self._text(left, line, smaller, on_the_line_of=font)

    def stamp(self, block: Stamp) -> None:
        font = shrunk(self._font("hall", True), block.text, self._inner - self._dots(2), LEAST_IN_HEADING)
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
        matrix = qr.modules(block.text)
        side, module = len(matrix), qr.module_dots(matrix, self._width, self._mm)
        quiet = module * qr.QUIET_MODULES
        whole = module * side + 2 * quiet
        self._grow(whole)
        small = Image.new("L", (side, side))
        small.putdata([0 if dark else 255 for row in matrix for dark in row])
        square = small.resize((side * module, side * module), Image.Resampling.NEAREST)
        self._image.paste(square, ((self._width - side * module) // 4 * 2, self._y + quiet))
        self._y += side * module + 2 * quiet

    def table(self, block: Table) -> None:
        self._y += self._dots(1)
        for row in block.rows:
            self._row(row)
        self._y += self._dots(1.5)

    def _row(self, row: Row) -> None:
        """Its label and what belongs to it, framed; the lower edge is the next row's upper one."""
        label, font = self._font("body", True), self._font("body", False)
        edge, pad = self._dots(0.25), self._dots(0.75 if self._narrow else 1.0)
        left, right = self._margin, self._width - self._margin - 1
        column = round(label.size * LABEL_EMS[self._narrow]) // 2 * 2  # so that rules stand on pairs of dots
        middle = left + edge + pad + column + pad
        top, inside = self._y, (middle + edge + pad, right - edge - pad)
        self._y = top + edge + pad
        for part in (row.label,) if length(row.label, label) <= column else AFTER_QUOTE.split(row.label):
            for line in evenly(part, label, column):
                self._text(left + edge + pad, line, label)
        beside, self._y = self._y, top + edge + pad
        self._boxes(row.boxes, font, *inside)
        for paragraph in row.text.splitlines():
            for line in broken(paragraph, font, inside[1] - inside[0]):
                self._text(inside[0], line, font)
        room = self._dots(row.room_mm or (0 if row.text or row.boxes else BY_HAND_MM))
        bottom = max(self._y + room, beside) + pad
        self._grow(bottom + edge - self._y)
        self._pen.rectangle((left, top, right, bottom + edge - 1), outline=0, width=edge)
        self._pen.rectangle((middle, top, middle + edge - 1, bottom), fill=0)
        self._y = bottom

    def _boxes(self, boxes: tuple[Box, ...], font: ImageFont.FreeTypeFont, left: int, right: int) -> None:
        """Beside one another, as many as a line takes; a ticked one has its tick."""
        side, x = round(font.size * 0.78), left
        beside = side + round(font.size * 0.3)
        for place, box in enumerate(boxes):
            lines = broken(box.name, font, right - left - beside)
            wide = beside + max(length(line, font) for line in lines)
            if place and x + wide > right:
                x, self._y = left, self._y + self._leading(font)
            self._grow(self._leading(font) * len(lines))
            self._box(x, self._y + round(font.size * 0.32), side, ticked=box.ticked)
            top = self._y
            for line in lines:
                self._text(x + beside, line, font)
            last, self._y = self._y - self._leading(font), top
            x, self._y = (right if len(lines) > 1 else x + round(wide + font.size)), last
        self._y += self._leading(font) if boxes else 0

    def _box(self, x: int, y: int, side: int, *, ticked: bool) -> None:
        stroke = self._dots(0.25)
        self._pen.rectangle((x, y, x + side - 1, y + side - 1), outline=0, width=stroke)
        if ticked:
            tick = [(x + side * across, y + side * down) for across, down in ((0.2, 0.5), (0.42, 0.75), (0.85, 0.2))]
            self._pen.line(tick, fill=0, width=2 * stroke, joint="curve")

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
        return _in_ink(self._image.crop((0, 0, self._width, self._y + self._dots(2))))

    def _number(self, text: str) -> None:
        """As large as the paper allows, cut tight to its ink; of dots two by two, so that a quarter of them is sent."""
        size = self._dots(_HEIGHT_MM["number"][self._narrow]) // 2
        wide = face("Bold", size).getlength(text)
        font = face("Bold", min(size, int(size * self._inner / 2 / wide)))  # digits and letters: alike in every region
        left, top, right, bottom = font.getbbox(text, stroke_width=1)
        small = Image.new("L", (round(right - left), round(bottom - top)), 255)
        ImageDraw.Draw(small).text((-left, -top), text, font=font, fill=0, stroke_width=1)
        large = _in_ink(small).resize((small.width * 2, small.height * 2), Image.Resampling.NEAREST)
        self._y += self._dots(3)
        self._grow(large.height)
        self._image.paste(large, ((self._width - large.width) // 4 * 2, self._y))
        self._y += large.height + self._dots(2)

    def _heading(self, block: Line) -> None:
        """On one line, a little smaller if need be; else on lines of like length."""
        font = shrunk(self._font(block.size, block.bold), block.text, self._inner, LEAST_IN_HEADING)
        for text in evenly(block.text, font, self._inner):
            self._text((self._width - length(text, font)) / 2, text, font)
        self._y += self._dots(0.6)

    def _text(
        self, left: float, text: str, font: ImageFont.FreeTypeFont, on_the_line_of: ImageFont.FreeTypeFont | None = None
    ) -> None:
        leader = on_the_line_of or font
        self._grow(self._leading(leader))
        top = self._y + leader.getmetrics()[0] - font.getmetrics()[0]
        for part in QUOTES.split(text):
            left -= font.size / 2 if part in OPENING else 0
            self._pen.text((round(left), top), part, font=font, fill=0)
            left += font.getlength(part) - (font.size / 2 if part in CLOSING else 0)
        self._y += self._leading(leader)

    def _leading(self, font: ImageFont.FreeTypeFont) -> int:
        return round(font.size * 1.36)

    def _font(self, size: Size, bold: bool) -> ImageFont.FreeTypeFont:
        return face("Bold" if bold else "Regular", self._dots(_HEIGHT_MM[size][self._narrow]), self._region)

    def _dots(self, mm: float) -> int:
        return round(mm * self._mm)


def _in_ink(grey: Image.Image) -> Image.Image:
    """Black dots or none (mode `1`)."""
    return grey.point([0] * INK_LEVEL + [255] * (256 - INK_LEVEL), "1")
