"""Slips, sheets and the instruction on A4 pages, for the office printer: pictures, or one PDF of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageDraw

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.wire.messages import SlipBlock
from printers import manual_slip
from printers.drawing import INK_LEVEL, draw
from printers.lettering import face
from printers.slip import Slip

T = TypeVar("T")

DOTS_PER_MM = 8.0
WIDTH, HEIGHT = round(210 * DOTS_PER_MM), round(297 * DOTS_PER_MM)
MARGIN_MM = 10.0
SLIP_MM = 60.0
"""Three slips beside one another."""
CUT_MM = 2.0
ROWS = 25
"""Of a sheet: high enough to write in by hand."""
COLUMNS_MM = (22.0, 24.0, 24.0, 24.0, 16.0, 20.0, 20.0, 40.0)
"""The columns' widths, in the order of `manual_slip.COLUMNS`."""


def pages(block: SlipBlock, hall: Hall, policy: Policy) -> list[Image.Image]:
    """Everything of a block: the instruction, the sheets to write on, and the slips to cut apart."""
    return [
        poster(manual_slip.instruction(block, hall, policy)),
        *lists(block, hall),
        *slip_pages(manual_slip.slips(block, hall)),
    ]


def pdf(sheets: Sequence[Image.Image]) -> bytes:
    """The pages as one document, in their size on paper."""
    out = BytesIO()
    first, *others = sheets
    first.save(out, "PDF", save_all=True, append_images=others, resolution=DOTS_PER_MM * 25.4)
    return out.getvalue()


def save(sheets: Sequence[Image.Image], folder: Path, name: str) -> list[Path]:
    """Writes `NAME.pdf` and a picture of each page; the files, the document first."""
    document = folder / f"{name}.pdf"
    document.write_bytes(pdf(sheets))
    made = [document]
    for place, sheet in enumerate(sheets, start=1):
        made.append(folder / f"{name}-{place:02d}.png")
        sheet.save(made[-1], optimize=True)
    return made


def slip_pages(slips: Sequence[Slip]) -> Iterator[Image.Image]:
    """Slips in three columns with lines to cut along, as many rows as fit."""
    drawn = [draw(one, _dots(SLIP_MM), DOTS_PER_MM) for one in slips]
    gap, margin = _dots(CUT_MM), _dots(MARGIN_MM)
    high = max(one.height for one in drawn) + gap
    columns = (WIDTH - 2 * margin) // (_dots(SLIP_MM) + gap)
    rows = (HEIGHT - 2 * margin) // high
    for some in _in_pages(drawn, columns * rows):
        page, pen = _page()
        for place, one in enumerate(some):
            left = margin + place % columns * (_dots(SLIP_MM) + gap)
            top = margin + place // columns * high
            page.paste(one, (left + gap // 2, top + gap // 2))
            pen.rectangle((left, top, left + _dots(SLIP_MM) + gap, top + high), outline=0)
        yield page


def lists(block: SlipBlock, hall: Hall) -> Iterator[Image.Image]:
    """The sheet for a window: a line for each number, and some for numbers that the machine had given."""
    title, below, heads = manual_slip.list_head(block, hall)
    lines = [*manual_slip.numbers(block)]
    while len(lines) % ROWS:
        lines.append("")
    for some in _in_pages(lines, ROWS):
        page, pen = _page()
        margin, middle = _dots(MARGIN_MM), WIDTH / 2
        pen.text((middle, margin), title, font=face("Bold", _dots(7)), fill=0, anchor="mt")
        pen.text((middle, margin + _dots(9)), below, font=face("Regular", _dots(4)), fill=0, anchor="mt")
        top = margin + _dots(17)
        for row, text in enumerate(("", *some)):
            _row(pen, top + row * _dots(9.5), heads if row == 0 else (text,), bold=row == 0)
        foot = top + (ROWS + 1) * _dots(9.5) + _dots(2)
        pen.text((margin, foot), manual_slip.list_foot(hall), font=face("Regular", _dots(3.5)), fill=0)
        yield page


def poster(slip: Slip) -> Image.Image:
    """A slip as large as a page takes it, to be put up."""
    drawn = draw(slip, 576, DOTS_PER_MM).convert("L")
    page, _ = _page()
    room_wide, room_high = WIDTH - 2 * _dots(MARGIN_MM), HEIGHT - 2 * _dots(MARGIN_MM)
    scale = min(room_wide / drawn.width, room_high / drawn.height)
    large = drawn.resize((int(drawn.width * scale), int(drawn.height * scale)), Image.Resampling.LANCZOS)
    ink = large.point([0] * INK_LEVEL + [255] * (256 - INK_LEVEL), "1")
    page.paste(ink, ((WIDTH - ink.width) // 2, _dots(MARGIN_MM)))
    return page


def _in_pages(all_of_them: Sequence[T], each: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(all_of_them), each):
        yield all_of_them[start : start + each]


def _row(pen: ImageDraw.ImageDraw, top: int, cells: Sequence[str], bold: bool) -> None:
    left = _dots(MARGIN_MM)
    for place, wide in enumerate(COLUMNS_MM):
        right = left + _dots(wide)
        pen.rectangle((left, top, right, top + _dots(9.5)), outline=0)
        if place < len(cells):
            font = face("Bold", _dots(3.6 if bold else 5.5))
            pen.text(((left + right) / 2, top + _dots(4.75)), cells[place], font=font, fill=0, anchor="mm")
        left = right


def _page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("1", (WIDTH, HEIGHT), 1)
    return page, ImageDraw.Draw(page)


def _dots(mm: float) -> int:
    return round(mm * DOTS_PER_MM)
