"""Files that office programs open: what stands in them is text, and the longest of it overflows nothing."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document
from msgspec.structs import replace

from hub.config import HallDirectory
from hub.reports.document import document
from hub.reports.report import Chart, Column, Report, Table
from hub.reports.workbook import workbook
from tests.hub.reports.asked import told

LONGEST = "䶮𠮷" + "窗口叫号后等待时间偏长。" * 166 + "\x07=HYPERLINK(1)"


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}


def with_table(report: Report, *rows: tuple[str | int | None, ...], chart: Chart | None = None) -> Report:
    columns = (Column(name="情况", wide=12), Column(name="件数", kind="count"), Column(name="占比", kind="percent"))
    return replace(report, tables=(Table(title="一览[*]", columns=columns, rows=rows, none="没有。", chart=chart),))


@pytest.fixture
def plain(shanting: HallDirectory) -> Report:
    return told(shanting, "brief")


def test_what_somebody_typed_is_text_and_never_a_formula(plain: Report) -> None:
    sheet = parts(workbook(with_table(plain, ("=1+1", 2, 50), ("http://example.cn", 1, None))))
    assert "<f>" not in "".join(sheet.values())
    assert "hyperlink" not in "".join(sheet.values())
    assert "=1+1" in sheet["xl/sharedStrings.xml"]


def test_the_longest_text_stands_whole_in_a_row_that_is_high_enough(plain: Report) -> None:
    report = with_table(plain, (LONGEST, 1, 1))
    sheets = parts(workbook(report))
    assert LONGEST.replace("\x07", "") in sheets["xl/sharedStrings.xml"]
    assert report.tables[0].wides()[0] * 24 >= len(LONGEST)
    high = re.search(r'<row r="4"[^>]* ht="([\d.]+)"', sheets["xl/worksheets/sheet2.xml"])
    assert high is not None
    assert 300 < float(high[1]) <= 409  # Excel's highest
    paper = Document(io.BytesIO(document(report)))
    assert LONGEST.replace("\x07", "") in paper.tables[-1].rows[1].cells[0].text


def test_dates_and_numbers_stay_what_they_are(plain: Report) -> None:
    columns = (Column(name="日期", kind="date"), Column(name="件数", kind="count"), Column(name="得分", kind="count"))
    table = Table(title="数", columns=columns, rows=((dt.date(2026, 10, 20), 7, 91.5),), none="没有。")
    sheet = parts(workbook(replace(plain, tables=(table,))))["xl/worksheets/sheet2.xml"]
    assert re.findall(r"<v>([\d.]+)</v>", sheet)[-3:] == ["46315", "7", "91.5"]


@pytest.mark.rule("R36")
def test_charts_are_native_in_a_workbook_and_pictures_in_a_document(shanting: HallDirectory) -> None:
    report = told(shanting, "summary")
    charts = [one for one in report.tables if one.picture]
    assert len(charts) >= 5
    book = parts(workbook(report))
    assert sum(name.startswith("xl/charts/chart") for name in book) == len(charts)
    with zipfile.ZipFile(io.BytesIO(document(report))) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
    assert len(pictures) == len(charts)


def test_a_chart_of_nothing_is_not_drawn(plain: Report) -> None:
    chart = Chart(title="件数", kind="bars", names=0, values=(1,))
    assert with_table(plain, ("甲", 0, None), chart=chart).tables[0].picture is None
    assert with_table(plain, chart=chart).tables[0].picture is None
    assert with_table(plain, ("甲", 1, None), chart=chart).tables[0].picture == chart


def test_a_long_list_is_cut_on_paper_and_says_where_the_rest_is(plain: Report) -> None:
    report = with_table(plain, *((f"第{n}件", n, None) for n in range(1, 101)))
    paper = Document(io.BytesIO(document(report)))
    assert len(paper.tables[-1].rows) == 61
    assert any("本表共 100 行，此处未列 40 行" in one.text for one in paper.paragraphs)
    assert parts(workbook(report))["xl/worksheets/sheet2.xml"].count("<row ") == 103
