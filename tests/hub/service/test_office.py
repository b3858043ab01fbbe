"""Papers on the hall's own templates, and every paper as an export."""

from __future__ import annotations

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk, secrets_of
from tests.hub.papers.conftest import AtDesk, hub_of
from tests.hub.papers.filled import (
    NAME,
    PHONE,
    SAID,
    came_back,
    declined,
    done,
    exported,
    filed,
    in_the_folder,
    refused,
    told_at_once,
)
from tests.hub.service.test_attachments import JPEG, PDF, attached

__all__ = ["hub_of"]


def said(form: m.Form) -> dict[str, str]:
    """What stands in each field, by its label; of boxes those that are ticked before it."""
    return {
        one.name: " ".join([*(box.name for box in one.boxes if box.ticked), one.value]).strip() for one in form.fields
    }


def refusal_code(desk: Desk, number: str, form: m.PaperKind, terminal: str = "window-3") -> str:
    answer = desk.ask(terminal, m.ExportForm(case_number=number, form=form))
    assert isinstance(answer, m.Rejected), answer
    return answer.code


@pytest.mark.rule("R50")
def test_a_filed_refusal_is_made_out_in_two_copies_with_who_approved_it_and_the_remedies(hub_of: AtDesk) -> None:
    desk = hub_of("wuxi")
    form = exported(desk, refused(desk), "refusal")
    filled = said(form)
    assert (form.title, form.copies) == ("否定事项报备登记表", 2)
    assert (filled["服务对象"], filled["联系电话"], filled["填写人"]) == (NAME, PHONE, "name of 06")
    assert filled["网点负责人意见"] == "批准 name of 90"
    assert (filled["填写时间"], filled["批准时间"]) == ("2026-11-23 09:31", "2026-11-23 10:01")
    assert filled["告知服务对象"] == "书面"
    assert filled["告知的权利"] == "如对本决定不服，您有权依法申请行政复议，或者提起行政诉讼。"
    assert form.closing == ("本表与申办材料一并存档备查。",)


@pytest.mark.rule("R50")
@pytest.mark.parametrize(("approved", "opinion"), [(None, ""), (False, "不批准 先查房改资料。\nname of 90")])
def test_nobody_is_given_notice_of_a_refusal_that_is_not_approved(
    hub_of: AtDesk, approved: bool | None, opinion: str
) -> None:
    desk = hub_of("wuxi")
    number = refused(desk, approved=approved)
    assert said(exported(desk, number, "refusal"))["网点负责人意见"] == opinion
    assert refusal_code(desk, number, "refusal_notice") == "approval_needed"


@pytest.mark.rule("R29", "R50")
def test_the_notice_of_a_refusal_says_why_by_what_and_what_one_may_do_about_it(hub_of: AtDesk) -> None:
    desk = hub_of("wuxi")
    notice = exported(desk, refused(desk), "refusal_notice")
    assert notice.title == "否定事项告知书"
    assert notice.opening[0] == f"{NAME}："
    assert "“二手房过户（转移登记）”" in notice.opening[1]
    assert said(notice) == {
        "理由": "车棚无规划许可，不符合首次登记条件。",
        "依据": "《不动产登记暂行条例实施细则》第三十五条",
    }
    assert notice.closing[:2] == (
        "如对本决定不服，您有权依法申请行政复议，或者提起行政诉讼。",
        "需要退还申办材料的，请出示身份材料并签收。",
    )


@pytest.mark.rule("R3")
def test_who_is_answered_otherwise_is_told_where_to_go_and_no_right_that_the_document_does_not_name(
    hub_of: AtDesk,
) -> None:
    desk = hub_of("dahepingxiang")
    assert refusal_code(desk, filed(desk), "refusal_notice") == "no_refusal"
    number = declined(desk)
    notice = exported(desk, number, "refusal_notice")
    assert notice.title == "不予受理告知书"
    assert said(notice)["理由"] == "请到规划部门补办规划核实，再来登记。"
    assert not any("复议" in line for line in notice.closing)
    assert refusal_code(desk, number, "refusal") == "no_refusal"


@pytest.mark.rule("R52")
def test_a_one_time_notice_keeps_the_words_that_were_told_when_the_checklist_has_moved_on(hub_of: AtDesk) -> None:
    desk = hub_of("yunfu")
    number = told_at_once(desk, text="按第1版办理。")
    later = m.PublishChecklist(
        matter="transfer-sale",
        materials=(m.Material(code="m1", name="别的材料"),),
        parts=tuple(
            m.ChecklistPart(kind=kind, text="按第2版办理。") for kind in ("legal_basis", "procedure", "time_limit")
        ),
    )
    done(desk, "supervisor", later)
    form = exported(desk, number, "one_time_notice")
    filled = said(form)
    assert "第1版" in form.opening[0]
    assert filled["办理程序"] == "按第1版办理。"
    assert filled["所需材料"].count("\n") == 3, "all four at once"
    names = [f"第{place}项材料：规划核实意见原件及复印件" for place in (1, 2)]
    assert filled["需补充的材料"] == "\n".join(f"{at}. {name}" for at, name in enumerate(names, 1))
    assert (filled["告知人"], form.signed) == ("name of 06", ("告知人（签字）", "服务对象（签字）"))
    assert refusal_code(desk, filed(desk), "one_time_notice") == "no_such_form"


@pytest.mark.rule("R40")
def test_a_cover_names_what_lies_in_the_folder_and_how_long_it_is_kept(hub_of: AtDesk) -> None:
    desk = hub_of("shanting")
    filled = said(exported(desk, in_the_folder(desk), "cover"))
    assert filled["卷内文件"].split("\n") == [
        "1. 登记台账",
        "2. 转办件",
        "3. 领导批示件",
        "4. 反馈件",
        "5. 简报",
        "6. 会议材料",
        "7. 佐证材料：离婚协议书.pdf",
        "8. 佐证材料：房屋所有权证.pdf",
    ]
    assert (filled["保管期限"], filled["反映人"]) == ("自办结之日起10年", NAME)
    assert (filled["办结时间"], filled["归档时间"]) == ("2026-11-23 10:06", "")


@pytest.mark.rule("R71")
def test_each_export_is_in_the_audit_chain_with_who_took_it_and_without_who_it_is_about(hub_of: AtDesk) -> None:
    desk = hub_of("shanting")
    number = came_back(desk)
    for form in ("acceptance", "transfer", "cover"):
        desk.ask("window-3", m.ExportForm(case_number=number, form=form), "f" * 32)  # each time anew
    logged = [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ExportForm"]
    assert logged == [("06", f"{number}/{form}") for form in ("acceptance", "transfer", "cover")]
    assert NAME not in repr(desk.rows(schema.audit))


@pytest.mark.rule("R13")
def test_who_asked_for_secrecy_is_on_no_paper_that_a_department_takes_out(hub_of: AtDesk) -> None:
    desk = hub_of("shanting")
    number = filed(desk, confidential=True)
    sent = m.DispatchCase(case_number=number, department="real-estate", case_class="general")
    done(desk, "window-3", sent)
    for form in ("transfer", "cover"):
        assert NAME not in repr(exported(desk, number, form, "department-real-estate"))
        assert NAME in repr(exported(desk, number, form))


@pytest.mark.rule("R11", "R13", "R40")
def test_a_grievance_has_a_cover_that_names_neither_side_and_stands_on_no_other_paper(hub_of: AtDesk) -> None:
    desk = hub_of("dahepingxiang")
    number = complained(desk)
    for form in ("acceptance", "registration", "refusal", "refusal_notice", "one_time_notice"):
        assert refusal_code(desk, number, form) == "no_such_form"
    cover = exported(desk, number, "cover")
    assert cover.title == "投诉案卷"
    assert said(cover) == {
        "投诉类别": "服务质量、服务效率不高，服务态度、工作作风不好的",
        "受理时间": "2026-11-23 09:31",
        "办结时间": "2026-11-23 09:31",
        "受理人员": "name of 06",
        "归档时间": "",
        "保管期限": "自办结之日起10年",
        "卷内文件": "1. 投诉记录\n2. 调查情况\n3. 被投诉人陈述\n4. 处理结果及答复\n5. 书面材料2件",
        "备注": "本封面不写投诉人、被投诉人的姓名和单位。被投诉人不得经手、查阅本卷。"
        "署名投诉：投诉人身份只由受理人员和便民服务中心掌握，严格保密，每次查阅留痕。",
    }
    for told in (NAME, PHONE, SAID, "戴眼镜的后生", "name of 07", "投诉书"):
        assert told not in repr(cover)


@pytest.mark.rule("R11")
def test_whoever_is_complained_about_gets_no_cover_of_it(hub_of: AtDesk) -> None:
    desk = hub_of("dahepingxiang")
    number = complained(desk)
    desk.log_in("window-1", "07")
    assert refusal_code(desk, number, "cover", "window-1") == "unknown_case"


def complained(desk: Desk) -> str:
    """A signed 投诉 about 07 that was written down, looked into, answered for, and settled."""
    told = m.LodgeGrievance(
        ground="service",
        text=SAID,
        respondent="戴眼镜的后生",
        respondent_staff="07",
        department="real-estate",
        happened="上午十点多",
        place="一楼2号窗口",
        name=NAME,
        phone=PHONE,
        on_paper=secrets_of("grievance"),
    )
    number = str(done(desk, "window-3", told).case_number)
    done(desk, "window-3", m.TriageCase(case_number=number, finding="属实。", case_class="complex"))
    done(desk, "window-3", m.RecordStatement(case_number=number, text="认错。"))
    attached(desk, number, PDF, kind="written_form", name="投诉书-李䶮.pdf")
    attached(desk, number, JPEG, kind="written_form", name="投诉书第二页-后生.jpg")
    done(desk, "window-3", m.AnswerOnTheSpot(case_number=number, text="已批评。"))
    return number
