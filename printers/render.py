"""A receipt as ESC/POS bytes, through python-escpos.

Only rows with ink are sent, up to their last black dot, in `GS v 0` strips of at most 128 rows (so a small receive
buffer can hold one); blank rows are fed.
"""

from __future__ import annotations

import os
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

from PIL import Image

from hub.domain.hall import Printer
from printers.drawing import draw
from printers.papers import Paper, slip_of
from printers.slip import Slip

if TYPE_CHECKING:
    from escpos.printer.dummy import Dummy

STRIP_ROWS = 128
_INVERTED = bytes(255 - byte for byte in range(256))  # Pillow has ink as 0, printers have it as 1


def warm() -> None:
    """Loads what the first receipt would wait for: python-escpos reads what every printer can."""
    _dummy()


def render(paper: Paper, printer: Printer) -> bytes:
    """A paper as ESC/POS, ending with a cut; raises `FontMissing` or `PaperTooNarrow`."""
    return render_slip(slip_of(paper), printer)


def render_slip(slip: Slip, printer: Printer) -> bytes:
    """Any slip as ESC/POS, ending with a cut; raises `FontMissing` or `PaperTooNarrow`."""
    return escpos_bytes(draw(slip, printer.width_dots, printer.dots_per_mm), printer.dots_per_mm)


def escpos_bytes(picture: Image.Image, dots_per_mm: float = 8.0) -> bytes:
    """Initialise, one dot as the unit of feeding, ink in strips, blank rows fed, cut."""
    escpos = _dummy()
    dpi = round(dots_per_mm * 25.4)
    job = bytearray(b"\x1b@" + b"\x1dP" + bytes((dpi, dpi)))  # ESC @, GS P: the unit differs by model without it
    stride = picture.width // 8
    dots = picture.crop((0, 0, stride * 8, picture.height)).tobytes().translate(_INVERTED)
    blank = bytes(stride)
    rows = [dots[at : at + stride] for at in range(0, len(dots), stride)]
    at = 0
    while at < len(rows):
        inked = rows[at] != blank
        end = at + 1
        while end < len(rows) and (rows[end] != blank) == inked and end - at < (STRIP_ROWS if inked else 255):
            end += 1
        if inked:
            wide = max(len(row.rstrip(b"\x00")) for row in rows[at:end])
            strip = _without_commands(b"".join(row[:wide] for row in rows[at:end]))
            escpos.image(Image.frombytes("1", (wide * 8, end - at), strip.translate(_INVERTED)))
            job += escpos.output
            escpos.clear()
        elif end < len(rows):
            job += b"\x1bJ" + bytes((end - at,))  # ESC J
        at = end
    escpos.cut(feed=False)  # GS V 66 0: feeds to the knife by itself
    return bytes(job + escpos.output)


_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


def _without_commands(strip: bytes) -> bytes:
    """Takes one dot out of every `DLE EOT`, `DLE ENQ` and `DLE DC4` that the picture happens to spell.

    A printer obeys those even inside a picture: it would answer unasked, or open the drawer.
    """
    return _REAL_TIME.sub(b"\x00", strip)


def _dummy() -> Dummy:
    """python-escpos as a byte builder; a profile without a width prints a complaint for each picture."""
    return _dummy_class()(profile="TM-T20II")  # 576 dots


@cache
def _dummy_class() -> type[Dummy]:
    """Imported on first use: it reads its table of printers for a quarter second, into a new folder each time."""
    from escpos import capabilities
    from escpos.printer.dummy import Dummy

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    found: type[Dummy] = Dummy
    return found
