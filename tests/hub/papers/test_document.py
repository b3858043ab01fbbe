"""A paper as a document: labels in order, every copy a page, texts whole whatever stands in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pytest

from hub.papers import document, layout
from hub.wire import messages as m
from tests import office

AT = dt.datetime(2026, 11, 23, 2, 10, tzinfo=dt.UTC)


def form(*fields: m.FormField, **changes: object) -> m.Form:
    paper: dict[str, object] = {"case_number": "1", "form": "acceptance", "title": "受理单", "number": "1"}
    return m.Form(**(paper | {"fields": fields} | changes))  # type: ignore[arg-type]


def written(folder: Path, of: m.Form) -> Path:
    file = folder / "paper.docx"
    file.write_bytes(document.written(of, "山亭区政务服务大厅", "2026-11-23 10:10", AT))
    return file


def field(code: str, name: str, value: str = "", under: str = "") -> m.FormField:
    return m.FormField(code=code, name=name, value=value, under=under)


@pytest.mark.rule("R15")
def test_two_short_fields_stand_in_one_line_and_those_under_one_heading_in_one_cell() -> None:
    rows = layout.rows(
        form(
            field("number", "编号", "1"),
            field("name", "反映人姓名"),
            field("phone", "联系电话"),
            field("received_by", "受理人员"),
            field("record", "情况记录"),
            field("opinion", "处理意见"),
            field("answered", "当场答复情况", under="处理意见"),
            field("department", "转办部门", under="处理意见"),
            field("rating", "当事人", under="结果反馈"),
            field("remarks", "备注"),
        )
    )
    assert [[cell.label for cell in row] for row in rows] == [
        ["反映人姓名", "联系电话"],
        ["受理人员"],
        ["情况记录"],
        ["处理意见"],
        ["结果反馈"],
        ["备注"],
    ]
    assert [part.label for part in rows[3][0].parts] == ["", "当场答复情况", "转办部门"]
    assert [part.label for part in rows[4][0].parts] == ["当事人"]


def test_labels_are_bold_and_in_order_and_what_is_told_is_not(tmp_path: Path) -> None:
    file = written(
        tmp_path, form(field("name", "反映人", "王秀兰"), field("phone", "联系电话", "1"), field("record", "情况"))
    )
    assert office.labels_of(file) == "受理单反映人联系电话情况"


@pytest.mark.parametrize(
    "text", ["䶮𠮷𰻞", "一\x00二\x0b三\ufffe四", "=1+1 <w:p/> & \"'", "第一行\n\n第三行", "a" * 4000]
)
def test_whatever_a_citizen_typed_is_written_whole_but_for_what_no_file_can_hold(tmp_path: Path, text: str) -> None:
    opened = docx.Document(str(written(tmp_path, form(field("record", "情况", text)))))
    told = "\n".join(one.text for one in opened.tables[0].cell(0, 1).paragraphs)
    assert told == "".join(one for one in text if one not in "\x00\x0b\ufffe")


def test_a_date_that_is_not_known_has_room_for_a_hand(tmp_path: Path) -> None:
    opened = docx.Document(str(written(tmp_path, form(field("returned_at", "反馈时间")))))
    assert office.squeezed(opened.tables[0].cell(0, 1).text) == "年月日"


@pytest.mark.rule("R50")
def test_each_copy_begins_on_a_page_of_its_own_and_says_which_it_is(tmp_path: Path) -> None:
    opened = docx.Document(str(written(tmp_path, form(field("reason", "理由", "无证"), copies=2))))
    assert len(opened.sections) == len(opened.tables) == 2
    told = [one.text for one in opened.paragraphs]
    assert [one.partition("\t")[2] for one in told if "编号" in one] == ["第 1 份，共 2 份", "第 2 份，共 2 份"]


def test_the_file_says_whose_it_is_and_nothing_of_the_program_or_of_the_citizen(tmp_path: Path) -> None:
    about = docx.Document(str(written(tmp_path, form(field("name", "反映人", "王秀兰"))))).core_properties
    assert (about.author, about.title, about.language) == ("山亭区政务服务大厅", "受理单", "zh-CN")
    assert about.comments == ""
    assert about.created == AT
