"""A slip as codes that the printer draws from its own Chinese font, for lines too slow for pictures.

`FS &` and GB 18030; sizes by `GS !`, columns by `ESC $`, rules of ┄ and ─. A character that the font lacks is a picture
of 24 dots inside the line (`ESC *`); a large line with such a one, a ruler and a logo are pictures (`GS v 0`); so is a
QR code, each of its dots drawn fourfold by the printer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PIL import Image, ImageDraw

from printers import qr, strips
from printers.charset import Charset, cells, code_of
from printers.drawing import draw
from printers.errors import PaperTooNarrow
from printers.lettering import AFTER_QUOTE, MARKER, face
from printers.logo import fitted
from printers.profiles import Profile
from printers.slip import BY_HAND_MM, Field, Line, Qr, Row, Ruler, Slip, Stamp, Table, lay_out
from printers.typeset import break_lines

CELL_DOTS, HIGH_DOTS = 12, 24
"""Of half a Chinese character."""
LEADING_DOTS = 32
LARGEST = 6
"""A number's characters are at most so many times as wide and as high."""
BASELINE_DOTS = 21
CHINESE, NO_CHINESE = b"\x1c&", b"\x1c."
CLOSE_SET = b"\x1cS\x00\x00"
_DASH, _RULE = "┄", "─"


def native_bytes(slip: Slip, profile: Profile, charset: Charset, logo: Image.Image | None = None) -> bytes:
    """The slip without beginning and end of a job; raises `PaperTooNarrow`, `FontMissing`."""
    page = _Page(slip, profile, charset)
    if logo is not None:
        page.logo(logo)
    lay_out(slip, page)
    return CHINESE + CLOSE_SET + b"\x1b3" + bytes((LEADING_DOTS,)) + bytes(page.job) + NO_CHINESE


class _Page:
    """Bytes that grow while blocks are set; columns are counted in cells."""

    def __init__(self, slip: Slip, profile: Profile, charset: Charset) -> None:
        self.job = bytearray()
        self._profile, self._charset, self._region = profile, charset, slip.region
        self._across = profile.width_dots // CELL_DOTS
        if self._across < 24:
            raise PaperTooNarrow(
                f"{profile.width_dots} dots hold no two columns of text; print pictures (text = raster)"
            )
        self._gap = 1 if self._across < 40 else 2

    def logo(self, logo: Image.Image) -> None:
        self.picture(fitted(logo, self._profile.width_dots, self._profile.dots_per_mm).convert("1"))

    def line(self, block: Line) -> None:
        if block.size == "number":
            self._number(block.text)
        elif block.centred:
            self._heading(block)
        else:
            found = MARKER.match(block.text)
            marker = found[0] if found else ""
            lines = _broken(block.text[len(marker) :], self._across - cells(marker))
            with_marker = [marker] if marker else []
            self._beside(with_marker, cells(marker), lines, bold_left=block.bold, bold_right=block.bold)
            self._feed(4)

    def field(self, block: Field) -> None:
        """Two columns; what staff read stands below the citizen's words in each."""
        labels = [line for text in (block.label, block.label_below) if text for line in _broken(text, 8)]
        left = 8 + self._gap
        texts = [line for text in (block.text, block.text_below) if text for line in _broken(text, self._across - left)]
        self._beside(labels, left, texts, bold_left=True, bold_right=block.bold)
        self._feed(4)

    def stamp(self, block: Stamp) -> None:
        """White on black from edge to edge."""
        self._feed(8)
        self._style(bold=True, tall=True)
        self.job += b"\x1dB\x01"
        for text in _broken(block.text, self._across - 2):
            before = (self._across - cells(text)) // 2
            self._put(" " * before + text + " " * (self._across - cells(text) - before), bold=True)
        self.job += b"\x1dB\x00"
        self._style()
        self._feed(8)

    def divider(self) -> None:
        self._rule(_DASH)

    def ruler(self) -> None:
        """As a picture, for it measures dots."""
        self.picture(draw(Slip((Ruler(),)), self._profile.width_dots, self._profile.dots_per_mm))

    def qr(self, block: Qr) -> None:
        matrix = qr.modules(block.text)
        module = qr.module_dots(matrix, self._profile.width_dots, self._profile.dots_per_mm)
        quiet, half, side = module * qr.QUIET_MODULES, module // 2, len(matrix)
        small = Image.new("1", (side, side))
        small.putdata([0 if dark else 255 for row in matrix for dark in row])
        code = small.resize((side * half, side * half), Image.Resampling.NEAREST)
        wide = Image.new("1", (-(-code.width // 8) * 8, code.height), 1)
        wide.paste(code, ((wide.width - code.width) // 2, 0))
        self._feed(quiet)
        self._centred(strips.doubled(wide))
        self._feed(quiet)

    def table(self, block: Table) -> None:
        """A rule above each field and one below the last; boxes are written."""
        for row in block.rows:
            self._rule(_RULE)
            self._row(row)
        self._rule(_RULE)

    def picture(self, image: Image.Image) -> None:
        self.job += strips.of(image)
        self._feed(8)

    # --- parts

    def _rule(self, character: str) -> None:
        self._put(character * (self._across // 2))

    def _row(self, row: Row) -> None:
        column = 12 if self._gap == 2 else 10
        parts = (row.label,) if cells(row.label) <= column else AFTER_QUOTE.split(row.label)
        labels = [line for part in parts for line in _evenly(part, column)]
        right = self._across - column - self._gap
        boxes = _flowing([str(one) for one in row.boxes], right)
        texts = [line for part in row.text.splitlines() for line in _broken(part, right)]
        self._beside(labels, column + self._gap, boxes + texts, bold_left=True)
        room_mm = row.room_mm or (0 if boxes or texts else BY_HAND_MM)
        self._feed(round(room_mm * self._profile.dots_per_mm))

    def _beside(
        self, left: Sequence[str], at: int, right: Sequence[str], *, bold_left: bool = False, bold_right: bool = False
    ) -> None:
        """Lines of two columns, the second from cell `at`."""
        for one, other in zip_longest(left, right, fillvalue=""):
            if one:
                self._style(bold=bold_left)
                self._write(one, bold_left)
            if other:
                if at:
                    self.job += b"\x1b$" + (at * CELL_DOTS).to_bytes(2, "little")
                self._style(bold=bold_right)
                self._write(other, bold_right)
            self.job += b"\n"
        self._style()

    def _heading(self, block: Line) -> None:
        """A title twice as large where that takes one line, else twice as high, on lines of like length."""
        large = block.size == "title"
        wide = large and 2 * cells(block.text) <= self._across
        if large and any(not code_of(one, self._charset) for one in block.text):
            self.picture(draw(Slip((block,), self._region), self._profile.width_dots, self._profile.dots_per_mm))
            return
        self._feed(8 if large else 0)
        self._style(bold=block.bold, tall=large, wide=wide)
        for text in _evenly(block.text, self._across // (2 if wide else 1)):
            self._centred(self._coded(text, block.bold) + b"\n")
        self._style()
        self._feed(8 if large else 2)

    def _number(self, text: str) -> None:
        times = max(1, min(LARGEST, self._across // max(1, cells(text))))
        self._feed(24)
        self.job += b"\x1bE\x01\x1d!" + bytes((0x11 * (times - 1),))
        self._centred(self._coded(text, True) + b"\n")
        self._style()
        self._feed(16)

    def _put(self, text: str, bold: bool = False) -> None:
        self._write(text, bold)
        self.job += b"\n"

    def _write(self, text: str, bold: bool) -> None:
        self.job += self._coded(text, bold)

    def _coded(self, text: str, bold: bool) -> bytes:
        return b"".join(code_of(one, self._charset) or self._drawn(one, bold) for one in text)

    def _drawn(self, character: str, bold: bool) -> bytes:
        """One character as `ESC *`: 24 columns of 24 dots, each three bytes from the top."""
        cell = Image.new("L", (HIGH_DOTS, HIGH_DOTS), 255)
        font = face("Bold" if bold else "Regular", HIGH_DOTS, self._region)
        ImageDraw.Draw(cell).text((0, BASELINE_DOTS), character, font=font, fill=0, anchor="ls")
        return strips.inside_the_line(cell)

    def _style(self, *, bold: bool = False, tall: bool = False, wide: bool = False) -> None:
        self.job += b"\x1bE" + bytes((bold,)) + b"\x1d!" + bytes((0x10 * wide + tall,))

    def _centred(self, data: bytes) -> None:
        self.job += b"\x1ba\x01" + data + b"\x1ba\x00"

    def _feed(self, dots: int) -> None:
        self.job += strips.fed(dots)


def _broken(text: str, across: int) -> list[str]:
    return break_lines(text, across, cells)


def _evenly(text: str, across: int) -> list[str]:
    """As few lines as it takes, of like length."""
    lines = _broken(text, across)
    if len(lines) > 1:
        even = min(across, max(cells(text) // len(lines) + 2, across // 2))
        lines = min((_broken(text, wide) for wide in (even, across)), key=len)
    return lines


def _flowing(parts: Sequence[str], across: int) -> list[str]:
    """Beside one another, as many as a line takes."""
    lines: list[str] = []
    for part in parts:
        if lines and cells(lines[-1]) + 2 + cells(part) <= across:
            lines[-1] += "  " + part
        else:
            lines += _broken(part, across)
    return lines
