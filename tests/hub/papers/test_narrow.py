"""受理单 and 转办单 on a receipt printer: the same fields in the same order as the document has them."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.papers import layout
from hub.wire import messages as m
from printers.office_form import form_of, slip_of_form
from printers.slip import Line, Table
from tests.hub.papers.conftest import AtDesk
from tests.hub.papers.filled import came_back, done, exported, on_the_spot

AT = dt.datetime(2026, 11, 23, 2, 10, tzinfo=dt.UTC)
FIRST = "反映人姓名 联系电话"
ANNEX_1 = f"{FIRST} 受理人员 受理时间 问题类型 “办不成事”情况记录 “办不成事”窗口处理意见 当场答复情况 转办部门 备注"
ANNEX_2 = (
    f"{FIRST} 承办单位 承办人 问题类型 “办不成事”情况记录 办理要求 结果反馈（当事人） 结果反馈区政务服务中心时间 备注"
)


@pytest.mark.rule("R15", "R16")
@pytest.mark.parametrize(
    ("form", "title", "labels"),
    [
        ("acceptance", "“办不成事”登记窗口受理单", ANNEX_1),
        ("transfer", "“办不成事”登记窗口转办单", ANNEX_2),
    ],
)
def test_a_narrow_paper_has_every_field_of_the_annex_in_its_order(
    hub_of: AtDesk, form: m.FormKind, title: str, labels: str
) -> None:
    desk = hub_of("shanting")
    number = on_the_spot(desk) if form == "acceptance" else came_back(desk)
    read = done(desk, "window-3", m.ReadForm(case_number=number, form=form))
    slip = slip_of_form(form_of(read, desk.hall, AT))
    (table,) = (block for block in slip.blocks if isinstance(block, Table))
    assert [row.label for row in table.rows] == labels.split()
    heads = [block.text for block in slip.blocks if isinstance(block, Line)]
    assert heads[1:3] == [title, f"编号：{read.number}"]
    cells = [cell for row in layout.rows(exported(desk, number, form)) for cell in row]
    assert "".join(part.text for cell in cells for part in cell.parts) == "".join(row.text for row in table.rows)
