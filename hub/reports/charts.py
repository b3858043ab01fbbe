"""Charts as pictures, for papers whose office program may show no chart of its own: drawn big, to be printed sharp."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from hub.reports.report import Chart, Table

FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2
"""The face of that collection with the shapes of the mainland."""
WIDE, HIGH, BAR_HIGH = 1700, 720, 56
COLOURS = ("#1f5fa8", "#c8641e", "#7a7a7a")
"""Dark enough for a printer without colours; apart for who sees no red."""
INK, RULE = "#222222", "#c9ced6"
SMALL = 25


def drawn(table: Table, chart: Chart) -> bytes:
    """The chart of a table as PNG."""
    names, series = values_of(table, chart)
    high = HIGH if chart.kind != "bars" else 130 + len(names) * max(BAR_HIGH, len(series) * 34)
    picture = Image.new("RGB", (WIDE, high), "white")
    pen = ImageDraw.Draw(picture)
    top = _legend(pen, [table.columns[at].name for at in chart.values])
    (_bars if chart.kind == "bars" else _line if chart.kind == "line" else _columns)(pen, names, series, top, high)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True, dpi=(250, 250))
    return written.getvalue()


def values_of(table: Table, chart: Chart) -> tuple[list[str], list[list[float]]]:
    """The names and the values of the rows that the chart shows."""
    rows = table.rows[: chart.most]
    names = [str(row[chart.names]) for row in rows]
    return names, [[_number(row[at]) for row in rows] for at in chart.values]


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0


def _legend(pen: ImageDraw.ImageDraw, names: Sequence[str]) -> int:
    """Says which colour is what, where there is more than one; returns where the drawing begins."""
    if len(names) == 1:
        return 30
    x = 60.0
    for name, colour in zip(names, COLOURS, strict=False):
        pen.rectangle((x, 22, x + 34, 50), fill=colour)
        pen.text((x + 46, 36), name, font=_font(SMALL), fill=INK, anchor="lm")
        x += 46 + pen.textlength(name, _font(SMALL)) + 50
    return 80


def _bars(
    pen: ImageDraw.ImageDraw, names: Sequence[str], series: Sequence[Sequence[float]], top: int, high: int
) -> None:
    most = max((value for values in series for value in values), default=0) or 1
    left = 560
    step = (high - top - 20) / max(len(names), 1)
    for place, name in enumerate(names):
        y = top + place * step
        pen.text((left - 20, y + step / 2), _cut(pen, name, left - 60), font=_font(SMALL), fill=INK, anchor="rm")
        thick = step * 0.72 / len(series)
        for which, values in enumerate(series):
            begin = y + step * 0.14 + which * thick
            end = left + (WIDE - left - 140) * values[place] / most
            pen.rectangle((left, begin, max(end, left + 2), begin + thick - 4), fill=COLOURS[which])
            pen.text((end + 14, begin + thick / 2), f"{values[place]:g}", font=_font(SMALL), fill=INK, anchor="lm")
    pen.line((left, top, left, high - 20), fill=INK, width=3)


def _columns(
    pen: ImageDraw.ImageDraw, names: Sequence[str], series: Sequence[Sequence[float]], top: int, high: int
) -> None:
    most, left, floor = _scale(pen, series, top, high)
    step = (WIDE - left - 40) / max(len(names), 1)
    for place, name in enumerate(names):
        x = left + place * step
        thick = min(step * 0.7 / len(series), 120)
        begin = x + (step - thick * len(series)) / 2
        for which, values in enumerate(series):
            up = floor - (floor - top) * values[place] / most
            at = begin + which * thick
            pen.rectangle((at, min(up, floor - 2), at + thick - 6, floor), fill=COLOURS[which])
            pen.text((at + thick / 2 - 3, up - 8), f"{values[place]:g}", font=_font(SMALL), fill=INK, anchor="mb")
        pen.text((x + step / 2, floor + 16), _cut(pen, name, step - 8), font=_font(SMALL), fill=INK, anchor="mt")


def _line(
    pen: ImageDraw.ImageDraw, names: Sequence[str], series: Sequence[Sequence[float]], top: int, high: int
) -> None:
    most, left, floor = _scale(pen, series, top, high)
    step = (WIDE - left - 80) / max(len(names) - 1, 1)
    every = max(1, -(-len(names) * 90 // (WIDE - left)))
    for place in range(0, len(names), every):
        pen.text((left + 20 + place * step, floor + 16), names[place], font=_font(SMALL), fill=INK, anchor="mt")
    for which, values in enumerate(series):
        points = [(left + 20 + at * step, floor - (floor - top) * value / most) for at, value in enumerate(values)]
        if len(points) > 1:
            pen.line(points, fill=COLOURS[which], width=6, joint="curve")
        for x, y in points:
            pen.ellipse((x - 7, y - 7, x + 7, y + 7), fill=COLOURS[which])


def _scale(pen: ImageDraw.ImageDraw, series: Sequence[Sequence[float]], top: int, high: int) -> tuple[float, int, int]:
    """Draws the lines that one reads heights by; the value at the top, where they begin, where nought is."""
    highest = max((value for values in series for value in values), default=0) or 1
    unit = 10 ** max(0, len(str(int(highest))) - 1)
    unit = next(one for one in (unit // 5 or 1, unit // 2 or 1, unit, unit * 2) if highest / one <= 6)
    most, left, floor = unit * max(1, -(-int(highest) // unit)), 130, high - 70
    for value in range(0, most + 1, unit):
        y = floor - (floor - top - 40) * value / most
        pen.line((left, y, WIDE - 40, y), fill=INK if value == 0 else RULE, width=3 if value == 0 else 2)
        pen.text((left - 14, y), str(value), font=_font(SMALL), fill=INK, anchor="rm")
    return most * (floor - top) / (floor - top - 40), left, floor


def _cut(pen: ImageDraw.ImageDraw, text: str, room: float) -> str:
    """As much of a text as there is room for, and a sign that there is more."""
    if pen.textlength(text, _font(SMALL)) <= room:
        return text
    while text and pen.textlength(f"{text}…", _font(SMALL)) > room:
        text = text[:-1]
    return f"{text}…"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FACE, size, index=SIMPLIFIED)
