"""A report as a Word document to read, sign and file: A4, song-like type, ruled tables, pictures of the charts."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hub.domain.words import STAFF, Words
from hub.reports.charts import drawn
from hub.reports.report import Report, Table, clean, said_of

SONG, HEI = "Noto Serif CJK SC", "Noto Sans CJK SC"
"""Song-like for what is read, heavy for what is looked for; an office without them takes its own 宋体 and 黑体."""
ROWS_SHOWN = 60
"""Lines of one table on paper; a workbook has them all."""
WIDE_ACROSS = 54
"""Characters of the widest table that stands on an upright page."""
SHADE = "E4EAF2"
WIDEST, LONG = 22, 400
"""Characters to which a column grows for a long text, and from how many on a line of a table may go over a page."""


def document(report: Report) -> bytes:
    """The file's content."""
    paper = _Paper(report)
    written = io.BytesIO()
    paper.made.save(written)
    return written.getvalue()


class _Paper:
    def __init__(self, report: Report) -> None:
        self.words = Words("hub.reports", STAFF)
        self.made: Any = Document()
        self._plain_style()
        across = any(sum(_wides(table)) > WIDE_ACROSS for table in report.tables)
        self.room_mm = self._page(report, across)
        self._text(report.hall, SONG, 14, WD_ALIGN_PARAGRAPH.CENTER)
        self._text(report.title, HEI, 22, WD_ALIGN_PARAGRAPH.CENTER, after=2)
        self._text(report.period, SONG, 14, WD_ALIGN_PARAGRAPH.CENTER, after=8)
        self._facts(report)
        self._boxes(report)
        if report.texts:
            self._heading(report.texts_title)
            for at, text in enumerate(report.texts, 1):
                self._text(f"{at}. {text}", SONG, 12, WD_ALIGN_PARAGRAPH.LEFT, after=3)
        self._signatures(report)
        for table in report.tables:
            self._table(table)

    def _plain_style(self) -> None:
        normal = self.made.styles["Normal"]
        normal.font.name, normal.font.size = SONG, Pt(12)
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
        normal.paragraph_format.space_after = Pt(0)

    def _page(self, report: Report, across: bool) -> float:
        section = self.made.sections[0]
        long, short = Mm(297), Mm(210)
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if across else (short, long)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(24), Mm(22)
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(head, f"{report.hall} {report.title} {report.period}", SONG, 9)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = self.words("page").split("|")
        for said, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self._run(foot, said, SONG, 9)
            if field:
                self._field(foot, field)
        return (297 if across else 210) - 44

    # --- parts

    def _facts(self, report: Report) -> None:
        table = self._ruled(len(report.facts), 2, (28, self.room_mm - 28))
        for row, (name, said) in zip(table.rows, report.facts, strict=True):
            first, second = row.cells
            self._fill(first, name, HEI, 10.5, WD_ALIGN_PARAGRAPH.CENTER, shaded=True)
            self._fill(second, said, SONG, 10.5, WD_ALIGN_PARAGRAPH.LEFT)
        self._text("", SONG, 6, WD_ALIGN_PARAGRAPH.LEFT)

    def _boxes(self, report: Report) -> None:
        if not report.boxes:
            return
        each = self.room_mm / len(report.boxes)
        table = self._ruled(2, len(report.boxes), (each,) * len(report.boxes))
        for name, said, box in zip(table.rows[0].cells, table.rows[1].cells, report.boxes, strict=True):
            self._fill(name, box.name, SONG, 10.5, WD_ALIGN_PARAGRAPH.CENTER, shaded=True)
            self._fill(said, box.said, HEI, 18, WD_ALIGN_PARAGRAPH.CENTER)

    def _table(self, table: Table) -> None:
        self._heading(table.title)
        if table.note:
            self._text(table.note, SONG, 10, WD_ALIGN_PARAGRAPH.LEFT, after=2, with_next=True)
        if not table.rows:
            self._text(table.none, SONG, 12, WD_ALIGN_PARAGRAPH.LEFT)
            return
        if (chart := table.picture) is not None:
            picture = self.made.add_paragraph()
            picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
            picture.paragraph_format.keep_with_next = True
            picture.add_run().add_picture(io.BytesIO(drawn(table, chart)), width=Mm(min(self.room_mm, 166)))
        shown = table.rows[:ROWS_SHOWN]
        wides = _wides(table)
        widths = tuple(self.room_mm * one / sum(wides) for one in wides)
        made = self._ruled(len(shown) + 1, len(table.columns), widths)
        rows = list(made.rows)
        self._again(rows[0])
        for cell, column in zip(rows[0].cells, table.columns, strict=True):
            self._fill(cell, column.name, HEI, 10, WD_ALIGN_PARAGRAPH.CENTER, shaded=True)
        for row, cells in zip(rows[1:], shown, strict=True):
            if all(not isinstance(one, str) or len(one) <= LONG for one in cells):
                self._whole(row)
            for cell, said, column in zip(row.cells, cells, table.columns, strict=True):
                side = WD_ALIGN_PARAGRAPH.LEFT if column.kind == "text" else WD_ALIGN_PARAGRAPH.CENTER
                self._fill(cell, said_of(said, column), SONG, 9.5, side)
        if len(table.rows) > ROWS_SHOWN:
            more = self.words("more_rows", n=len(table.rows) - ROWS_SHOWN, all=len(table.rows))
            self._text(more, SONG, 10, WD_ALIGN_PARAGRAPH.LEFT, before=4)

    def _signatures(self, report: Report) -> None:
        self._text("", SONG, 12, WD_ALIGN_PARAGRAPH.LEFT, after=12)
        table = self.made.add_table(1, len(report.signatures))
        for cell, said in zip(table.rows[0].cells, report.signatures, strict=True):
            self._fill(cell, said, SONG, 12, WD_ALIGN_PARAGRAPH.LEFT)

    # --- what they are made of

    def _heading(self, said: str) -> None:
        self._text(said, HEI, 14, WD_ALIGN_PARAGRAPH.LEFT, before=12, after=4, with_next=True)

    def _text(
        self,
        said: str,
        face: str,
        size: float,
        side: Any,
        *,
        before: float = 0,
        after: float = 0,
        with_next: bool = False,
    ) -> None:
        made = self.made.add_paragraph()
        made.alignment = side
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
        made.paragraph_format.keep_with_next = with_next
        self._run(made, said, face, size)

    def _run(self, paragraph: Any, said: str, face: str, size: float) -> None:
        run = paragraph.add_run(clean(said))
        run.font.size, run.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)

    def _field(self, paragraph: Any, code: str) -> None:
        run = paragraph.add_run()
        run.font.size = Pt(9)
        for kind in ("begin", "", "end"):
            if kind:
                part = OxmlElement("w:fldChar")
                part.set(qn("w:fldCharType"), kind)
            else:
                part = OxmlElement("w:instrText")
                part.text = code
            run._element.append(part)

    def _ruled(self, rows: int, columns: int, widths_mm: tuple[float, ...]) -> Any:
        table = self.made.add_table(rows, columns)
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        for at, wide in enumerate(widths_mm):
            table.columns[at].width = Mm(wide)
        for row in table.rows:
            for cell, wide in zip(row.cells, widths_mm, strict=True):
                cell.width = Mm(wide)
        return table

    def _fill(self, cell: Any, said: str, face: str, size: float, side: Any, *, shaded: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = side
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
        self._run(paragraph, said, face, size)
        inside = cell._element.get_or_add_tcPr()
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        if shaded:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
                shade.set(qn(f"w:{name}"), value)
            inside.append(shade)
        inside.append(middle)

    def _again(self, row: Any) -> None:
        """A head that stands on each page of its table."""
        self._whole(row)
        head = OxmlElement("w:tblHeader")
        head.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(head)

    def _whole(self, row: Any) -> None:
        """A line that no page break cuts."""
        whole = OxmlElement("w:cantSplit")
        whole.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(whole)


def _wides(table: Table) -> tuple[int, ...]:
    """How wide columns are on paper, where a long text makes a line high rather than its neighbours narrow."""
    return tuple(max(column.wide, min(wide, WIDEST)) for column, wide in zip(table.columns, table.wides(), strict=True))
