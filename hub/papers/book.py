"""台账 as a workbook (R17): A4 across, its heads on every page; XlsxWriter has its home here.

What citizens wrote is text and nothing else: no formula, no link. No text is cut off: an office program shows a row of
at most 409 points, so what is longer goes on in the row below, under the same number.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import xlsxwriter

from hub.domain.words import STAFF, Words
from hub.wire.messages import LedgerColumn

WIDTHS = {"number": 13, "name": 9, "phone": 13, "matter": 34, "received_at": 11, "limit": 13, "department": 12}
WIDTHS |= {"result": 34, "closed_at": 11, "remarks": 10}
OTHER_WIDTH = 14
"""In digits of the workbook's own letter."""
FACE, BODY_PT, LINE_PT, TITLE_PT = "Noto Serif CJK SC", 9, 13.6, 18
LINES_AT_MOST = 14
WIDE, NARROW = 1.8, 1.1
"""A Chinese character and another one in digits of a column's width; a little more than they take."""
HEAD_ROWS = 3


def written(
    columns: Sequence[LedgerColumn],
    cases: Sequence[Sequence[str]],
    *,
    hall: str,
    title: str,
    first: dt.date,
    last: dt.date,
) -> bytes:
    """The workbook whole; `cases` are the cells of a case each, in the order of `columns`."""
    words, content = Words("hub.papers", STAFF), io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    plain = {"font_name": FACE, "font_size": BODY_PT, "valign": "vcenter"}
    ruled = plain | {"border": 1, "text_wrap": True}
    head, cell = book.add_format(ruled | {"bold": True, "align": "center"}), book.add_format(ruled | {"valign": "top"})
    sheet = book.add_worksheet(words("ledger.name"))
    period = words("ledger.period", first=first, last=last, n=len(cases))
    for above, text, look, high_pt in (
        (0, title, {"bold": True, "font_size": TITLE_PT}, 32),
        (1, f"{hall}　{period}", {}, LINE_PT + 6),
    ):
        sheet.write_string(above, 0, text, book.add_format(plain | look | {"align": "center_across"}))
        for place in range(1, len(columns)):
            sheet.write_blank(above, place, None, book.add_format(plain | {"align": "center_across"}))
        sheet.set_row(above, high_pt)
    widths = [WIDTHS.get(one.code, OTHER_WIDTH) for one in columns]
    for place, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(2, place, column.name, head)
    sheet.set_row(2, 2 * LINE_PT)
    at = HEAD_ROWS
    for case in cases:
        for row, high in _rows(case, widths, words):
            sheet.set_row(at, high * LINE_PT + 4)
            for place, text in enumerate(row):
                sheet.write_string(at, place, text, cell)
            at += 1
    sheet.freeze_panes(HEAD_ROWS, 1)
    sheet.autofilter(HEAD_ROWS - 1, 0, max(at - 1, HEAD_ROWS - 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROWS - 1)
    sheet.set_footer(f"&C{words('sheet.pages', page='&P', pages='&N')}　{words('sheet.inside')}")
    book.set_properties({"title": title, "author": hall})
    book.close()
    return content.getvalue()


def _rows(case: Sequence[str], widths: Sequence[int], words: Words) -> Iterator[tuple[list[str], int]]:
    """A case's rows with how many lines each has; more than one only where a text is too long for one."""
    parts = [list(_pieces(text, width)) for text, width in zip(case, widths, strict=True)]
    for place, row in enumerate(zip_longest(*parts, fillvalue=("", 1))):
        texts = [text for text, _ in row]
        if place:
            texts[0] = words("ledger.more", cell=case[0])
        yield texts, max(max(high for _, high in row), _high(texts[0], widths[0]))


def _pieces(text: str, width: int) -> Iterator[tuple[str, int]]:
    """A text in parts that a row can show, each with its lines; the empty text is one part."""
    piece, high, used = "", 1, 0.0
    for letter in text:
        wide = WIDE if letter > "\u02ff" else NARROW
        if letter != "\n" and used + wide < width:
            piece, used = piece + letter, used + wide
            continue
        used = 0.0 if letter == "\n" else wide
        if high == LINES_AT_MOST:
            yield piece, high
            piece, high = letter.strip("\n"), 1
        else:
            piece, high = piece + letter, high + 1
    yield piece, high


def _high(text: str, width: int) -> int:
    return sum(high for _, high in _pieces(text, width))
