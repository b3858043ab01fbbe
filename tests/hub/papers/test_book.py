"""The ledger as a workbook: text and nothing else, and nothing cut off."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from hub.papers import book
from hub.wire import messages as m
from tests import office

COLUMNS = tuple(
    m.LedgerColumn(code=code, name=name)
    for code, name in (("number", "编号"), ("name", "反映人"), ("matter", "反映事项"))
)
NUMBER = "370406-20261123-0001-6"
ROW_AT_MOST_PT = 409


def written(folder: Path, *cases: tuple[str, ...]) -> Path:
    file = folder / "ledger.xlsx"
    first, last = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    file.write_bytes(book.written(COLUMNS, cases, hall="山亭区政务服务大厅", title="登记台账", first=first, last=last))
    return file


@pytest.mark.rule("R17")
def test_title_period_and_heads_stand_above_a_line_a_case(tmp_path: Path) -> None:
    rows = office.rows_of(written(tmp_path, (NUMBER, "李䶮", "跑了三趟"), ("2", "", "")))
    assert [row[0] for row in rows[:2]] == ["登记台账", "山亭区政务服务大厅　2026-11-01 至 2026-11-30受理，共 2 件"]
    assert rows[2:] == [["编号", "反映人", "反映事项"], [NUMBER, "李䶮", "跑了三趟"], ["2", "", ""]]


def test_a_month_without_a_case_is_a_ledger_too(tmp_path: Path) -> None:
    assert office.rows_of(written(tmp_path))[2:] == [["编号", "反映人", "反映事项"]]


@pytest.mark.rule("R71")
@pytest.mark.parametrize("cell", ["=1+1", "{=1}", "+1", "-1", "@SUM(A1)", "http://example.org", "0123", "1e5"])
def test_what_a_citizen_wrote_is_text_and_neither_formula_nor_link_nor_number(tmp_path: Path, cell: str) -> None:
    file = written(tmp_path, (NUMBER, "", cell))
    assert office.rows_of(file)[3] == [NUMBER, "", cell]
    with zipfile.ZipFile(file) as parts:
        assert b"hyperlink" not in parts.read("xl/worksheets/sheet1.xml")


@pytest.mark.rule("R17")
@pytest.mark.parametrize("text", ["跑了三趟，" * 800, "一行\n" * 200, "a" * 4000, "短"])
def test_a_text_that_no_row_can_show_goes_on_in_the_next_under_the_same_number(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, (NUMBER, "李䶮", text), ("2", "王", "下一件"))
    rows = office.rows_of(file)[3:]
    mine = rows[:-1]
    assert [row[0] for row in mine] == [NUMBER] + [f"{NUMBER}（续）"] * (len(mine) - 1)
    assert [row[1] for row in mine] == ["李䶮"] + [""] * (len(mine) - 1)
    assert office.squeezed("".join(row[2] for row in mine)) == office.squeezed(text)
    assert max(heights(file)) <= ROW_AT_MOST_PT
    assert rows[-1] == ["2", "王", "下一件"]


def heights(file: Path) -> list[float]:
    with zipfile.ZipFile(file) as parts:
        sheet = office.ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    return [float(row.attrib["ht"]) for row in sheet.iter(f"{office.SHEET}row")]
