"""What a report shows, ready in words: one value, whatever file it becomes."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.hall import Value

Cell = str | int | float | dt.date | None
ColumnKind = Literal["text", "count", "percent", "date"]
MOST_LINES = 24
"""Of a cell: a workbook's row is no higher."""


class Column(Value, frozen=True):
    """`wide` is how many Chinese characters it holds in a line. A percentage is a whole number, nothing for none."""

    name: str
    kind: ColumnKind = "text"
    wide: int = 6


class Chart(Value, frozen=True):
    """A picture of a table: names from one of its columns, values from others, of its first rows."""

    title: str
    kind: Literal["bars", "columns", "line"]
    names: int
    values: tuple[int, ...]
    most: int = 12


class Table(Value, frozen=True):
    """`none` is said where it has no row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    none: str
    note: str = ""
    chart: Chart | None = None

    def wides(self) -> tuple[int, ...]:
        """How wide each column must be, so that its longest text needs no more than `MOST_LINES`."""
        longest = [
            max((len(row[at]) for row in self.rows if isinstance(row[at], str)), default=0)  # type: ignore[arg-type]
            for at in range(len(self.columns))
        ]
        return tuple(max(one.wide, -(-most // MOST_LINES)) for one, most in zip(self.columns, longest, strict=True))

    @property
    def picture(self) -> Chart | None:
        """Its chart, where that shows anything."""
        if self.chart is None:
            return None
        cells = [row[at] for row in self.rows[: self.chart.most] for at in self.chart.values]
        return self.chart if any(isinstance(one, int | float) and one for one in cells) else None


class Box(Value, frozen=True):
    """A key figure."""

    name: str
    said: str


class Report(Value, frozen=True):
    """`facts` say for whom, how often, by which article and of which day it is; `texts` are what it finds."""

    hall: str
    title: str
    period: str
    facts: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    texts_title: str
    texts: tuple[str, ...]
    tables: tuple[Table, ...]
    signatures: tuple[str, ...]


def clean(text: str) -> str:
    """Without the control characters that no office program's file can hold."""
    if text.isprintable():  # nearly always, and a month has a hundred thousand cells
        return text
    return "".join(one for one in text if one == "\n" or one >= " ")


def said_of(cell: Cell, column: Column) -> str:
    """A cell in words."""
    match cell:
        case None:
            return "—"
        case dt.date():
            return f"{cell:%Y-%m-%d}"
        case int() | float() if column.kind == "percent":
            return f"{cell:g}%"
        case int() | float():
            return f"{cell:g}"
        case _:
            return cell
