"""The office's forms: the hall's fields in their order, boxes ticked, room for the hand, as many copies as it wants."""

from __future__ import annotations

import datetime as dt

import pytest

from printers.office_form import OfficeForm, slip_of_form
from printers.papers import Paper
from printers.slip import BY_HAND_MM, Line, Slip, Table
from tests.printers.every_paper import TOLD, a_transfer, some_refusals


def rows(form: OfficeForm) -> dict[str, str]:
    """What each field says, its boxes first."""
    return {row.label: "　".join([*map(str, row.boxes), row.text]).strip("　") for row in form.rows}


def lines(slip: Slip) -> list[str]:
    return [block.text for block in slip.blocks if isinstance(block, Line)]


@pytest.mark.rule("R16")
def test_a_work_order_has_the_fields_of_annex_2_in_their_order() -> None:
    form = a_transfer()
    assert [row.label for row in form.rows] == list(rows(form))
    assert rows(form) == {
        "反映人姓名": "王䶮",
        "联系电话": "13800000000",
        "承办单位": "自然资源局不动产登记窗口",
        "承办人": "",
        "问题类型": "□简单事项　□一般事项　■复杂事项",
        "“办不成事”情况记录": TOLD,
        "办理要求": "□立即解决即时办结　□2个工作日办结　■5个工作日办结　□其他办理要求　请核实档案，并书面说明理由。",
        "结果反馈（当事人）": "□满意　□不满意",
        "结果反馈区政务服务中心时间": "",
        "备注": "",
    }
    said = lines(slip_of_form(form))
    assert said[1:3] == ["“办不成事”登记窗口转办单", "编号：370406-20261123-0007-4/1"]


@pytest.mark.rule("R16")
def test_a_field_that_comes_back_filled_in_by_hand_has_room_for_it() -> None:
    high = {row.label: row.room_mm for row in a_transfer().rows}
    assert high["承办人"] == BY_HAND_MM
    assert high["备注"] > BY_HAND_MM
    assert high["反映人姓名"] == 0


@pytest.mark.rule("R50")
def test_a_filed_refusal_comes_in_as_many_copies_as_the_document_wants_each_saying_which_it_is() -> None:
    forms = some_refusals()
    assert [(one.copy, one.copies) for one in forms] == [(1, 2), (2, 2)]
    for form, said in zip(forms, ("第 1 份，共 2 份", "第 2 份，共 2 份"), strict=True):
        assert said in lines(slip_of_form(form))
    assert forms[0].rows == forms[1].rows
    assert len(some_refusals(copies=1)) == 1
    assert not [text for text in lines(slip_of_form(some_refusals(copies=1)[0])) if "共" in text]


@pytest.mark.rule("R50", "R51")
def test_a_refusal_that_waits_leaves_the_approval_and_the_return_of_materials_to_the_hand() -> None:
    form = some_refusals()[0]
    assert form.title == "否定事项报备登记表"
    assert rows(form) == {
        "否定理由": form.rows[0].text,
        "依据": "《不动产登记暂行条例实施细则》第九十一条、第九十二条",
        "填写人": "06",
        "填写时间": "2026-11-23 09:31",
        "网点负责人意见": "□批准　□不批准",
        "批准时间": "",
        "告知服务对象": "■书面　□口头",
        "告知的权利": "■行政复议　■行政诉讼",
        "退还材料": "□已出示身份材料　□签收",
        "备注": "",
    }
    assert "与申办材料一并存档备查。" in lines(slip_of_form(form))


@pytest.mark.rule("R50")
@pytest.mark.parametrize(("approved", "said"), [(True, "■批准　□不批准　09"), (False, "□批准　■不批准　09")])
def test_a_refusal_that_was_decided_says_how_and_by_whom(approved: bool, said: str) -> None:
    at = dt.datetime(2026, 11, 24, 2, 5, tzinfo=dt.UTC)
    form = some_refusals(approved=approved, decided_by="09", decided_at=at)[0]
    assert rows(form)["网点负责人意见"] == said
    assert rows(form)["批准时间"] == "2026-11-24 10:05"


@pytest.mark.rule("R69")
def test_a_form_is_no_paper_that_a_spool_could_keep() -> None:
    assert OfficeForm not in Paper.__args__
    (table,) = (block for block in slip_of_form(a_transfer()).blocks if isinstance(block, Table))
    assert table.rows
