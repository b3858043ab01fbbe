"""A paper as a document for a word processor: A4, ruled, in a serif face; python-docx has its home here.

Long texts go on over the page, and nothing is made smaller or cut off.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from hub.domain.words import STAFF, Words
from hub.papers import layout
from hub.papers.layout import Cell, Part, Row
from hub.wire.messages import Form, FormBox

FACE = "Noto Serif CJK SC"
TITLE_PT, BODY_PT, LINE_PT, SMALL_PT = 22, 12, 18, 9
LABEL_MM, VALUE_MM = 38.5, 41.5
"""Two of each make 160 mm: A4 without its margins."""
TICKED, UNTICKED = "☑", "☐"
FROM_THE_TOP = 300
"""From so many characters on a text is read from its heading down, not beside its middle."""
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file can hold; nobody sees it either."""


def written(form: Form, hall: str, made_at: str, moment: dt.datetime) -> bytes:
    """The document, each copy from a page of its own. `made_at` is what its foot says, in the hall's own time."""
    return _Writer(form, hall, made_at, moment).bytes()


class _Writer:
    def __init__(self, form: Form, hall: str, made_at: str, moment: dt.datetime) -> None:
        self._form, self._hall, self._made_at = form, hall, made_at
        self._words = Words("hub.papers", STAFF)
        self._document: Document = docx.Document()
        self._face()
        about = self._document.core_properties
        about.author = about.last_modified_by = hall
        about.title, about.comments, about.language = form.title, "", "zh-CN"
        about.created = about.modified = moment.replace(tzinfo=None)

    def bytes(self) -> bytes:
        for copy in range(1, self._form.copies + 1):
            section = self._document.sections[0] if copy == 1 else self._document.add_section(WD_SECTION.NEW_PAGE)
            self._page(section, copy)
            self._sheet(copy)
        content = io.BytesIO()
        self._document.save(content)
        return content.getvalue()

    # --- the page

    def _face(self) -> None:
        style: Any = self._document.styles["Normal"]
        style.font.name, style.font.size = FACE, Pt(BODY_PT)
        fonts = style.element.rPr.rFonts
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), FACE)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
        style.paragraph_format.line_spacing = 1.0

    def _page(self, section: Section, copy: int) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(28), Mm(24)
        section.left_margin = section.right_margin = Mm(25)
        section.header_distance = section.footer_distance = Mm(14)
        if copy > 1:
            anew = OxmlElement("w:pgNumType")
            anew.set(qn("w:start"), "1")
            section._sectPr.insert_element_before(anew, "w:cols", "w:docGrid")
            return
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._say(head, self._hall, size_pt=SMALL_PT)
        _ruled_below(head)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        key = "sheet.page" if self._form.copies > 1 else "sheet.pages"
        for piece in re.split(r"(\{page\}|\{pages\})", self._words(key)):
            if piece in ("{page}", "{pages}"):
                _counted(foot, "PAGE" if piece == "{page}" else "NUMPAGES")
            else:
                self._say(foot, piece, size_pt=SMALL_PT)
        below = section.footer.add_paragraph()
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        inside = () if self._form.opening else (self._words("sheet.inside"),)  # a letter is the citizen's
        self._say(below, "　".join((*inside, self._words("sheet.made", at=self._made_at))), size_pt=SMALL_PT)

    # --- what stands on it

    def _sheet(self, copy: int) -> None:
        form, words = self._form, self._words
        title = self._paragraph(form.title, WD_ALIGN_PARAGRAPH.CENTER, size_pt=TITLE_PT, bold=True)
        title.paragraph_format.space_after = Pt(10)
        number = self._paragraph(words("sheet.number", number=form.number), WD_ALIGN_PARAGRAPH.LEFT)
        if form.copies > 1:
            number.paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
            self._say(number, "\t" + words("sheet.copy", copy=copy, copies=form.copies))
        number.paragraph_format.space_after = Pt(4)
        for place, line in enumerate(form.opening):
            addressed = place == 0 and len(form.opening) > 1
            self._prose(line, indent=not addressed)
        self._table(layout.rows(form))
        for line in form.closing:
            self._prose(line, indent=True)
        if form.signed:
            if not form.closing:
                self._document.add_paragraph()  # two tables with nothing between them are one to a word processor
            self._signatures()

    def _paragraph(self, text: str, align: Any, **how: Any) -> Paragraph:
        made = self._document.add_paragraph()
        made.alignment = align
        self._say(made, text, **how)
        return made

    def _prose(self, text: str, *, indent: bool) -> None:
        made = self._paragraph(text, WD_ALIGN_PARAGRAPH.JUSTIFY)
        made.paragraph_format.line_spacing = Pt(LINE_PT + 4)
        made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(4)
        if indent:
            made.paragraph_format.first_line_indent = Pt(2 * BODY_PT)

    def _table(self, rows: tuple[Row, ...]) -> None:
        widths = (LABEL_MM, VALUE_MM, LABEL_MM, VALUE_MM)
        table = self._ruled(len(rows), widths, "single")
        for cells, row in zip(rows, table.rows, strict=True):
            row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(max(one.room_mm for one in cells))
            drawn = row.cells
            for place, cell in enumerate(cells):
                label, value = drawn[2 * place], drawn[2 * place + 1]
                if len(cells) == 1:
                    value = value.merge(drawn[3])
                self._label(label, cell)
                self._value(value, cell)

    def _label(self, drawn: _Cell, cell: Cell) -> None:
        drawn.vertical_alignment = WD_ALIGN_VERTICAL.TOP if _is_long(cell) else WD_ALIGN_VERTICAL.CENTER
        drawn.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        drawn.paragraphs[0].paragraph_format.line_spacing = Pt(LINE_PT)
        self._say(drawn.paragraphs[0], cell.label, bold=True)

    def _value(self, drawn: _Cell, cell: Cell) -> None:
        roomy = cell.room_mm > layout.LINE_MM
        drawn.vertical_alignment = WD_ALIGN_VERTICAL.TOP if roomy else WD_ALIGN_VERTICAL.CENTER
        lines = [line for part in cell.parts for line in self._lines(part)]
        for place, (label, text) in enumerate(lines):
            made = drawn.paragraphs[0] if place == 0 else drawn.add_paragraph()
            made.paragraph_format.space_before = Pt(3 if roomy else 0)
            made.paragraph_format.line_spacing = Pt(LINE_PT)
            made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            if label:
                self._say(made, self._words("sheet.colon", label=label), bold=True)
            self._say(made, text)

    def _lines(self, part: Part) -> list[tuple[str, str]]:
        """Lines of a cell, each with the name before it: boxes first, then the text line by line."""
        text = part.text.split("\n") if part.text else []
        if part.is_date and not text:
            text = [self._words("sheet.by_hand").strip()]
        boxes = ["　".join(_box(one) for one in part.boxes)] if part.boxes else []
        first, *others = [*boxes, *text] or [""]
        return [(part.label, first), *(("", line) for line in others)]

    def _signatures(self) -> None:
        signed = self._form.signed
        table = self._ruled(1, tuple(160.0 / len(signed) for _ in signed), "nil")
        row = table.rows[0]
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(30)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for drawn, label in zip(row.cells, signed, strict=True):
            drawn.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
            self._say(drawn.paragraphs[0], self._words("sheet.colon", label=label))
            below = drawn.add_paragraph()
            below.paragraph_format.space_before = Pt(18)
            self._say(below, self._words("sheet.by_hand"))

    # --- pieces

    def _ruled(self, rows: int, widths_mm: tuple[float, ...], line: str) -> Table:
        table: Table = self._document.add_table(rows, len(widths_mm))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width_mm in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width_mm)
            for cell in column.cells:
                cell.width = Mm(width_mm)
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            edge = OxmlElement(f"w:{side}")
            for name, value in (("val", line), ("sz", "6"), ("space", "0"), ("color", "000000")):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
        room = OxmlElement("w:tblCellMar")
        for side, twips in (("top", "60"), ("left", "108"), ("bottom", "60"), ("right", "108")):
            edge = OxmlElement(f"w:{side}")
            edge.set(qn("w:w"), twips)
            edge.set(qn("w:type"), "dxa")
            room.append(edge)
        table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        table._tbl.tblPr.insert_element_before(room, "w:tblLook")
        return table

    def _say(self, paragraph: Paragraph, text: str, *, size_pt: float = BODY_PT, bold: bool = False) -> None:
        run = paragraph.add_run(NO_XML.sub("", text))
        run.font.size, run.font.bold = Pt(size_pt), bold


def _is_long(cell: Cell) -> bool:
    return sum(len(part.text) for part in cell.parts) > FROM_THE_TOP


def _box(box: FormBox) -> str:
    return f"{box.name}{TICKED if box.ticked else UNTICKED}"


def _counted(paragraph: Paragraph, field: str) -> None:
    """A number that the word processor counts."""
    for kind, text in (("begin", ""), ("", field), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(SMALL_PT)
        made = OxmlElement("w:t" if kind == "text" else "w:fldChar" if kind else "w:instrText")
        if kind in ("begin", "separate", "end"):
            made.set(qn("w:fldCharType"), kind)
        else:
            made.text = text
        run._r.append(made)


def _ruled_below(paragraph: Paragraph) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "808080")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
