"""A report as an Excel workbook: the first sheet to read and print, with native charts; a sheet for each table."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import xlsxwriter

from hub.reports.report import Cell, Chart, Column, Report, Table, clean

FACE, HEAD = "Noto Serif CJK SC", "Noto Sans CJK SC"
"""Song-like for what is read, heavy for what is looked for; an office without them takes its own 宋体 and 黑体."""
COLUMNS, WIDE_EACH, SCALE_PERCENT = 12, 7, 74
"""Of the first sheet: at that scale its columns are as wide as A4 between its margins."""
PAGE_PX, ROW_PX, CHART_WIDE_PX = 1280, 20, 660
"""As high as a printed page of the first sheet at that scale, and a plain row of it."""
NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
A4, LONGEST_NAME = 9, 31
LINE_PT = 16
"""As high as a line of a cell; programs differ in whether they find that out themselves."""
DAY_NOUGHT = dt.date(1899, 12, 30)
"""From where a workbook counts its days."""


def workbook(report: Report) -> bytes:
    """The file's content. What citizens and staff typed is written as text, never as a formula or a link."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": f"{report.title} {report.period}", "company": report.hall})
    formats = _Formats(book)
    front = book.add_worksheet(_name(report.title, set()))
    names = {front.name}
    sheets = []
    for table in report.tables:
        sheet = book.add_worksheet(_name(table.title, names))
        names.add(sheet.name)
        sheets.append(sheet)
        _table(sheet, table, report, formats)
    _front(book, front, report, sheets, formats)
    book.close()
    return written.getvalue()


class _Formats:
    """Every way a cell looks."""

    def __init__(self, book: Any) -> None:
        def made(**changes: object) -> Any:
            usual = {"font_name": FACE, "font_size": 11, "valign": "vcenter", "text_wrap": True}
            return book.add_format(usual | changes)

        ruled = {"border": 1, "border_color": "#808080"}
        self.title = made(font_name=HEAD, font_size=20, align="center")
        self.period = made(font_size=13, align="center")
        self.heading = made(font_name=HEAD, font_size=13)
        self.said = made(font_size=11.5, valign="top", indent=1)
        self.fact_name = made(**ruled, bg_color="#eef2f7", align="center", font_name=HEAD)
        self.fact = made(**ruled, indent=1)
        self.box_name = made(**ruled, bg_color="#eef2f7", align="center")
        self.box = made(**ruled, font_name=HEAD, font_size=18, align="center")
        self.head = made(**ruled, bg_color="#dfe7f1", align="center", font_name=HEAD)
        self.cells = {
            "text": made(**ruled),
            "count": made(**ruled, align="center", num_format="0.##;-0.##;0"),
            "whole": made(**ruled, align="center", num_format="0"),
            "percent": made(**ruled, align="center", num_format='0"%"'),
            "date": made(**ruled, align="center", num_format="yyyy-mm-dd"),
        }
        self.note = made(font_size=10, font_color="#444444")
        self.sign = made(font_size=11.5)


def _front(book: Any, sheet: Any, report: Report, sheets: list[Any], formats: _Formats) -> None:
    """Title, for whom, key figures, what it finds, the charts, the signatures: one column that reads downwards."""
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
    sheet.set_print_scale(SCALE_PERCENT)
    sheet.set_footer("&C&P / &N")
    columns, used = COLUMNS, 0
    sheet.set_column(0, columns - 1, WIDE_EACH)
    sheet.merge_range(0, 0, 0, columns - 1, report.hall, formats.period)
    sheet.merge_range(1, 0, 1, columns - 1, report.title, formats.title)
    sheet.set_row(1, 34)
    sheet.merge_range(2, 0, 2, columns - 1, report.period, formats.period)
    row = 4
    for name, said in report.facts:
        sheet.merge_range(row, 0, row, 1, name, formats.fact_name)
        sheet.merge_range(row, 2, row, columns - 1, clean(said), formats.fact)
        sheet.set_row(row, 18 * _lines(said, 31))
        row += 1
    row += 1
    if report.boxes:
        each = columns // len(report.boxes) if len(report.boxes) <= 6 else 2
        for at, box in enumerate(report.boxes):
            first = at * each
            sheet.merge_range(row, first, row, first + each - 1, box.name, formats.box_name)
            sheet.merge_range(row + 1, first, row + 1, first + each - 1, box.said, formats.box)
        sheet.set_row(row + 1, 34)
        row += 3
    if report.texts:
        sheet.merge_range(row, 0, row, columns - 1, report.texts_title, formats.heading)
        for at, text in enumerate(report.texts, 1):
            row += 1
            sheet.merge_range(row, 0, row, columns - 1, f"{at}. {clean(text)}", formats.said)
            lines = _lines(f"{at}. {text}", 37)
            sheet.set_row(row, 18 * lines)
            used += 24 * lines - ROW_PX
        row += 2
    for at, said in enumerate(report.signatures):
        each = columns // len(report.signatures)
        sheet.merge_range(row, at * each, row, at * each + each - 1, said, formats.sign)
    row += 2
    used += ROW_PX * row + 60
    breaks = []
    for table, own in zip(report.tables, sheets, strict=True):
        if (chart := table.picture) is None:
            continue
        high = 300 if chart.kind != "bars" else 130 + 30 * min(len(table.rows), chart.most)
        if used + high > PAGE_PX:  # no page ends within a picture
            breaks.append(row)
            used = 0
        used += high + 2 * ROW_PX
        sheet.insert_chart(row, 0, _chart(book, own.name, table, chart, high), {"object_position": 2})
        row += -(-high // ROW_PX) + 2
    if breaks:
        sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, row, columns - 1)


def _chart(book: Any, sheet: str, table: Table, chart: Chart, high: int) -> Any:
    """A native chart that reads the table's own cells: who mends a cell mends the chart."""
    made = book.add_chart({"type": {"bars": "bar", "columns": "column", "line": "line"}[chart.kind]})
    last = FIRST + min(len(table.rows), chart.most) - 1
    colours = ("#1f5fa8", "#c8641e", "#7a7a7a")
    for at, colour in zip(chart.values, colours, strict=False):
        series: dict[str, Any] = {
            "name": table.columns[at].name,
            "categories": [sheet, FIRST, chart.names, last, chart.names],
            "values": [sheet, FIRST, at, last, at],
        }
        if chart.kind == "line":
            series |= {"line": {"color": colour, "width": 2.25}, "marker": {"type": "circle", "size": 4}}
        else:
            series |= {"fill": {"color": colour}, "data_labels": {"value": True}, "gap": 60}
        made.add_series(series)
    made.set_title({"name": chart.title, "name_font": {"name": HEAD, "size": 13}})
    made.set_legend({"none": True} if len(chart.values) == 1 else {"position": "bottom"})
    small = {"name": FACE, "size": 10}
    names, values = made.set_x_axis, made.set_y_axis
    if chart.kind == "bars":  # they lie, and the library calls the upright axis y
        names, values = values, names
    names({"num_font": small, "reverse": chart.kind == "bars", "major_gridlines": {"visible": False}})
    values({"num_font": small, "major_gridlines": {"visible": True, "line": {"color": "#d0d0d0"}}, "min": 0})
    made.set_size({"width": CHART_WIDE_PX, "height": high})
    return made


FIRST = 3
"""The row of a table's first line, counted from 0: title, note and heads stand before it."""


def _table(sheet: Any, table: Table, report: Report, formats: _Formats) -> None:
    """One table: heads that stay and are printed again, a filter, A4 as wide as it must be."""
    last = len(table.columns) - 1
    wides = table.wides()
    sheet.set_paper(A4)
    (sheet.set_landscape if sum(wides) > 44 else sheet.set_portrait)()
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{report.hall} {report.title} {report.period}".replace("&", "&&").replace("&&C", "&C", 1))
    sheet.set_footer("&C&P / &N")
    sheet.repeat_rows(FIRST - 1)
    _across(sheet, 0, last, table.title, formats.heading)
    sheet.set_row(0, 24)
    _across(sheet, 1, last, table.note or report.period, formats.note)
    for at, (column, wide) in enumerate(zip(table.columns, wides, strict=True)):
        sheet.set_column(at, at, wide * 2.1 + 1)
        sheet.write_string(FIRST - 1, at, column.name, formats.head)
    sheet.set_row(FIRST - 1, 18 * max((_lines(one.name, one.wide) for one in table.columns), default=1))
    for at, row in enumerate(table.rows, FIRST):
        lines = max(
            (_lines(one, wide) for one, wide in zip(row, wides, strict=True) if isinstance(one, str)), default=1
        )
        if lines > 1:
            sheet.set_row(at, LINE_PT * lines + 3)
        for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(sheet, at, place, cell, column, formats)
    if table.rows:
        sheet.autofilter(FIRST - 1, 0, FIRST - 1 + len(table.rows), last)
        sheet.freeze_panes(FIRST, 0)
    else:
        _across(sheet, FIRST, last, table.none, formats.cells["text"])


def _across(sheet: Any, row: int, last: int, said: str, how: Any) -> None:
    if last:
        sheet.merge_range(row, 0, row, last, said, how)
    else:
        sheet.write_string(row, 0, said, how)


def _cell(sheet: Any, row: int, column: int, cell: Cell, of: Column, formats: _Formats) -> None:
    match cell:
        case None:
            sheet.write_blank(row, column, None, formats.cells[of.kind])
        case dt.date():
            sheet.write_number(row, column, (cell - DAY_NOUGHT).days, formats.cells["date"])
        case str():
            sheet.write_string(row, column, clean(cell), formats.cells["text" if of.kind == "text" else of.kind])
        case int() | float():
            kind = "whole" if of.kind == "count" and cell == int(cell) else of.kind
            sheet.write_number(row, column, cell, formats.cells[kind])


def _name(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, and no other one has."""
    plain = NO_SHEET_NAME.sub(" ", title)[:LONGEST_NAME].strip() or "-"
    name, at = plain, 2
    while name in taken:
        name, at = f"{plain[: LONGEST_NAME - 3]} {at}", at + 1
    return name


def _lines(text: str, wide: int) -> int:
    """How many lines a text takes where so many Chinese characters stand in one."""
    if len(text) <= wide and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(line) // (wide * 2))) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(1 if one < "\u2e80" else 2 for one in text)
