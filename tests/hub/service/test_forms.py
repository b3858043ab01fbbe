"""The hall's own papers about a case, as its document prints them."""

from __future__ import annotations

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk, secrets_of
from tests.hub.service.test_clocks import under

CITIZEN = {"name": "王秀兰", "phone": "13800000000", "text": "跑了三趟。", "reasons": ("repeated",)}


def form_of(desk: Desk, number: str, form: m.FormKind, terminal: str = "window-3") -> m.Form:
    found = desk.ask(terminal, m.ReadForm(case_number=number, form=form))
    assert isinstance(found, m.Form), found
    return found


def as_printed(form: m.Form) -> list[str]:
    """Each field in a line: its name, its boxes, what stands beside them."""
    return [
        " ".join([one.name, *(f"{'☑' if box.ticked else '□'}{box.name}" for box in one.boxes), one.value]).strip()
        for one in form.fields
    ]


def returned(desk: Desk) -> str:
    """A case that went to a department and came back."""
    line = desk.dispatched(**CITIZEN, case_class="general")
    desk.later(minutes=10)
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.later(minutes=20)
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    return line.case_number


@pytest.mark.rule("R15")
def test_the_acceptance_form_reads_as_annex_1_of_shanting(desk: Desk) -> None:
    number = desk.file(**CITIZEN).case_number
    told = m.TriageCase(case_number=number, finding="材料齐全，应当受理。", case_class="simple")
    desk.ask("window-3", told)
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已为您受理。"))
    form = form_of(desk, number, "acceptance")
    assert (form.title, form.number) == ("“办不成事”登记窗口受理单", number)
    assert as_printed(form) == [
        f"编号 {number}",
        "反映人姓名 王秀兰",
        "联系电话 13800000000",
        "受理人员 name of 06",
        "受理时间 2026-11-23 09:32",
        "问题类型 ☑简单事项 □一般事项 □复杂事项",
        "“办不成事”情况记录 跑了好几趟，还是没办成\n跑了三趟。",
        "“办不成事”窗口处理意见 ☑当场答复 □转办 材料齐全，应当受理。",
        "当场答复情况 已为您受理。",
        "转办部门",
        "备注",
    ]


@pytest.mark.rule("R16")
def test_the_transfer_form_reads_as_annex_2_of_shanting(desk: Desk) -> None:
    number = returned(desk)
    desk.ask("window-3", m.RateCase(case_number=number, level="satisfied"))
    form = form_of(desk, number, "transfer", "department-real-estate")
    assert (form.title, form.number) == ("“办不成事”登记窗口转办单", f"{number}/1")
    assert as_printed(form) == [
        f"编号 {number}",
        "反映人姓名 王秀兰",
        "联系电话 13800000000",
        f"承办单位 {desk.hall.department('real-estate').name}",
        "承办人 name of 31",
        "问题类型 □简单事项 ☑一般事项 □复杂事项",
        "“办不成事”情况记录 跑了好几趟，还是没办成\n跑了三趟。",
        "办理要求 □立即解决即时办结 ☑2个工作日办结 □5个工作日办结 ☑其他办理要求 请核实。",
        "当事人 ☑满意 □不满意",
        "结果反馈区政务服务中心时间 2026-11-23 10:02",
        "备注",
    ]
    accepted = form_of(desk, number, "acceptance")
    assert "“办不成事”窗口处理意见 □当场答复 ☑转办" in as_printed(accepted)
    assert f"转办部门 {desk.hall.department('real-estate').name}" in as_printed(accepted)


@pytest.mark.rule("R16", "R33")
def test_the_form_of_a_second_round_has_no_rating_of_the_first(desk: Desk) -> None:
    number = returned(desk)
    desk.ask("window-3", m.RateCase(case_number=number, level="unsatisfied", text="没有办好。"))
    assert "当事人 □满意 ☑不满意" in as_printed(form_of(desk, number, "transfer"))
    desk.later(minutes=1)
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="complex"))
    second = form_of(desk, number, "transfer")
    assert second.number == f"{number}/2"
    assert {"当事人 □满意 □不满意", "承办人", "结果反馈区政务服务中心时间"} <= set(as_printed(second))


@pytest.mark.rule("R18")
def test_the_registration_form_reads_as_dahepingxiang_asks(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    number = desk.file(**CITIZEN, matter="transfer-sale").case_number
    told = m.TriageCase(case_number=number, finding="属实。", case_class="general")
    desk.ask("window-3", told)
    sent = m.DispatchCase(case_number=number, department="real-estate", case_class="general")
    desk.ask("window-3", sent)
    form = form_of(desk, number, "registration")
    reason = desk.policy.reason("repeated").text
    assert form.title == "“办不成事”事项登记表"
    assert as_printed(form) == [
        f"“办不成事”事项名称 {desk.hall.matter('transfer-sale').name}",
        f"涉及单位（窗口） {desk.hall.department('real-estate').name}",
        "反映人联系方式 王秀兰 13800000000",
        f"未成功办理原因 {reason}\n跑了三趟。",
    ]


@pytest.mark.rule("R15", "R5")
def test_who_takes_a_complaint_in_at_the_window_received_it_and_owns_it(desk: Desk) -> None:
    number = desk.file("window-1", **CITIZEN, channel="phone").case_number
    assert "受理人员 name of 07" in as_printed(form_of(desk, number, "acceptance"))
    assert desk.line(number).owner == "name of 07"


@pytest.mark.rule("R13")
def test_a_department_reads_no_name_where_secrecy_was_asked_for_and_no_other_s_form(desk: Desk) -> None:
    number = desk.dispatched(**CITIZEN, confidential=True).case_number
    (name, phone) = as_printed(form_of(desk, number, "transfer", "department-real-estate"))[1:3]
    assert (name, phone) == ("反映人姓名", "联系电话")
    assert "反映人姓名 王秀兰" in as_printed(form_of(desk, number, "transfer"))
    refused = desk.ask("department-tax", m.ReadForm(case_number=number, form="transfer"))
    assert refused.code == "unknown_case"


@pytest.mark.rule("R47")
def test_each_look_at_a_form_is_logged(desk: Desk) -> None:
    number = desk.file().case_number
    for _ in range(2):
        desk.ask("window-3", m.ReadForm(case_number=number, form="acceptance"), "0" * 31 + "a")
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ReadForm"]
    assert logged == [("06", f"{number}/acceptance")] * 2


@pytest.mark.rule("R16", "R18", "R11")
def test_a_paper_that_is_not_there_is_refused(desk: Desk) -> None:
    number = desk.file().case_number
    told = m.LodgeGrievance(ground="attitude", text="态度差。", on_paper=secrets_of("grievance"))
    lodged = desk.ask("window-3", told).case_number

    def refused(about: str, form: m.FormKind) -> str:
        return str(desk.ask("window-3", m.ReadForm(case_number=about, form=form)).code)

    assert refused(number, "registration") == "no_such_form"
    assert refused(number, "transfer") == "not_dispatched"
    assert refused(lodged, "acceptance") == "no_such_form"
