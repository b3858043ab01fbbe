"""山亭区政务服务大厅: an inheritance that three counters send round in a circle. Told beside 大合坪乡."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.wire import messages as m
from tests import office
from tests.stories.document import Document
from tests.stories.papers import files_its_papers, nobody_takes_out_what_is_not_theirs
from tests.stories.town import Case, Citizen, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("shanting", "dahepingxiang")
FIRST_DAY = moment(4, 29)
"""A Wednesday: 劳动节 is 05-01 to 05-05, and Saturday 05-09 is worked."""
article = Document("shanting").article
dahepingxiang_says = Document("dahepingxiang").article
LEFT_OUT = {
    "五（二）": "the brief that names shirking units is a report of a month, and not of a case",
}

HOUSE = Citizen(
    name="李䶮",
    phone="13963200958",
    visits=5,
    since="2025年11月",
    confidential=True,
    text=(
        "俺爹2019年走的，留下北辛街道老供销社家属院一套房，证是1997年枣房字第4417號，俺娘今年84，俺兄妹四个都同意房子归俺娘。"
        "登记窗口说要公证；公证处说现在不强制公证，让回来；回来又说四个子女都得到场，俺大哥在石河子回不来，二姐瘫在床上。"
        "派出所说亲属关系证明不归他们开，居委会开了又说格式不对，档案馆说人事档案不加盖骑缝章。俺叫李䶮（上龙下天），"
        "证上还印成了“李龑”。跑了十一趟，光车费复印费就一千二。不是要为难谁，就想问：到底要哪几样，谁说了算？"
    ),
)
SEA_AREA = Citizen(
    name="郭家祺",
    phone="13561100273",
    text="我在微山湖北岸租的水面办养殖，想把水域滩涂的证和岸上的房一起登记，区里说水面证在市里，市里说材料要区里先收，卡了半年。",
)
COPY = Citizen(name="", phone="", text="昨天打的查询结果，身份证号末位印成了小写x，银行不认，能不能换一张？", visits=1)


@pytest.mark.rule("R4", "R9", "R15", "R16", "R17", "R20", "R22", "R25", "R26", "R34", "R71", "R73")
def test_an_inheritance_that_concerns_three_units_is_settled_in_a_joint_meeting(town: Town) -> None:
    case = telephoned(town)
    next_door_is_looked_at_first(town)
    taken_on(town, case)
    met_over(town, case)
    next_door_a_date_is_agreed(town)
    put_back_by_approval(town, case)
    reported_on(town, case)
    told_rated_and_filed_away(town, case)
    pages = files_its_papers(town["shanting"], case.number, "acceptance", "transfer", "cover")
    assert "当事人：满意☑不满意☐" in office.seen_of(pages["transfer"])
    nobody_takes_out_what_is_not_theirs(town["shanting"], case.number, "32", HOUSE.name)
    town.nothing_crossed()


def telephoned(town: Town) -> Case:
    """四, 二（三）: by telephone as well as at the window; the clock runs from here, the document being silent."""
    hall = town["shanting"]
    sun = hall.person("孙晓燕")
    article("四", "（二）电话反映")
    article("一", "多头跑、来回跑")
    article("二（三）", "企业群众多次来区政务服务大厅未能解决的其他事项")
    case = hall.hears(HOUSE, "transfer-inheritance", "repeated", "passed_around", at=sun, channel="phone")
    assert sun.is_refused(hall.complaint(HOUSE, "transfer-inheritance", "repeated", channel="mail")) == "unknown_code"
    assert (case.due, case.provisional) == (dt.date(2026, 5, 9), False)
    assert case.page.due == "最迟 5月9日（周六）反馈办理结果或办理进度。"
    assert case.page.due_explained == (
        "从4月29日（当天不算）起数 5 个工作日，劳动节放假（5月1日至5日）不算；5月9日调休上班，算工作日。"
    )
    assert case.page.after_closing == "区政务服务中心会回访，请您评价。"
    return case


def next_door_is_looked_at_first(town: Town) -> None:
    """大合坪: nothing is routed before it was looked at, nobody is called to the window; three days from dispatch."""
    hall = town["dahepingxiang"]
    xiang = hall.person("向桂英")
    by_phone = hall.complaint(HOUSE, "rural-home-certificate", "repeated", channel="phone")
    assert xiang.is_refused(by_phone) == "unknown_code"
    beside = hall.hears(HOUSE, "rural-home-certificate", "repeated")
    assert (beside.due, beside.provisional) == (dt.date(2026, 5, 8), True)
    routed = m.DispatchCase(case_number=beside.number, department="land", case_class="complex")
    dahepingxiang_says("六、二、2（1）", "“办不成事”反映窗口对“办不成事”事项登记表进行审核确认")
    assert xiang.is_refused(routed) == "not_verified"
    xiang.does(m.TriageCase(case_number=beside.number, finding="登记表属实，涉及乡国土和户籍。"))
    assert xiang.is_refused(m.CallToWindow(case_number=beside.number, department="land")) == "not_prescribed"
    dahepingxiang_says("六、二、2（2）", "对涉及多个部门、流程复杂的事项，3个工作日内给予反映人答复")
    order = xiang.does(routed)
    assert order.due.date == dt.date(2026, 5, 7)
    hall.person("舒国土").does(m.AcceptWorkOrder(work_order_id=order.work_order_id))


def taken_on(town: Town, case: Case) -> None:
    """二（二）, 五（一）, 附件1, 三（二）: taken on, the task force stands by, it is sorted and sent."""
    hall = town["shanting"]
    sun, office, zhang = hall.person("孙晓燕"), hall.person("秦管办"), hall.person("张登记")
    article("二（二）", "随时准备为“办不成事”登记窗口“站台”")
    sun.does(m.CallToWindow(case_number=case.number))
    office.takes("called_to_window", case.number)
    town.later(4, 29, "09:45")
    sun.does(m.RecordArrival(case_number=case.number, name="秦管办（工作专班）"))
    article("三（一）", "如实记录群众问题、诉求及意见建议")
    article("五（一）", "负责统一研判疑难问题诉求")
    article("附件1", "“办不成事”登记窗口受理单")
    sun.does(
        m.TriageCase(
            case_number=case.number,
            finding="涉及登记中心、公安、档案三家，证载姓名与身份证不符。",
            case_class="complex",
        )
    )
    assert (sun.line(case.number).owner, sun.line(case.number).case_class) == ("孙晓燕", "complex")
    paper = filled(sun.does(m.ReadForm(case_number=case.number, form="acceptance")))
    assert (paper["反映人姓名"], paper["受理人员"], paper["受理时间"]) == ("李䶮", "孙晓燕", "2026-04-29 09:30")
    assert paper["问题类型"] == ["复杂事项"]
    assert "上龙下天" in paper["“办不成事”情况记录"]
    article("三（二）", "对需要转办相关进驻部门办理的事项，“办不成事”登记窗口要填写转办单")
    assert (
        sun.is_refused(m.DispatchCase(case_number=case.number, department="real-estate", case_class="work_order"))
        == "unknown_code"
    )
    order = sun.does(
        m.DispatchCase(
            case_number=case.number,
            department="real-estate",
            case_class="complex",
            note="请牵头，5个工作日内反馈进度。",
        )
    )
    article("附件2", "“办不成事”登记窗口转办单")
    assert order.due.date == dt.date(2026, 5, 9)
    zhang.takes("work_order", case.number)
    zhang.does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    seen = zhang.reads(case.number)
    assert (seen.name, seen.phone, seen.note) == ("", "", "请牵头，5个工作日内反馈进度。"), "she asked for secrecy"
    assert hall.person("董户籍").is_refused(m.ReadCase(case_number=case.number)) == "unknown_case"


def filled(form: m.Form) -> dict[str, Any]:
    """A paper's fields by their names: the ticked boxes where it has boxes, else what is written there."""
    return {one.name: [box.name for box in one.boxes if box.ticked] if one.boxes else one.value for one in form.fields}


def met_over(town: Town, case: Case) -> None:
    """三（二）, 三（三）: the office convenes a joint meeting, or names the department that leads one."""
    hall = town["shanting"]
    sun, zhang, office = hall.person("孙晓燕"), hall.person("张登记"), hall.person("秦管办")
    town.later(5, 6, "14:00")
    members = ("张登记（登记中心）", "董户籍（公安分局）", "秦管办（管理办公室）")
    minutes = "公证不是法定必经；大哥视频见证、二姐上门核验；亲属关系由公安人口数据出具，不再让群众开证明。"
    decision = "登记中心5月13日前上门并办结，证载“龑”字依职权更正为“䶮”。"
    meeting = m.RecordMeeting(case_number=case.number, members=members, minutes=minutes, decision=decision)
    assert sun.is_refused(meeting) == "not_permitted"
    article("三（二）", "区政务服务管理办公室要牵头召开或明确相关部门单位牵头召开联席会议研究解决")
    alone = m.RecordMeeting(case_number=case.number, members=members[:1], minutes=minutes, decision=decision)
    assert office.is_refused(alone) == "meeting_incomplete"
    assert hall.person("刘分管").is_refused(meeting) == "not_permitted", "he convenes none"
    zhang.does(meeting)
    sun.takes("meeting_held", case.number)
    held = sun.reads(case.number).facts[-1]
    said = {one.name: one.value for one in held.fields}
    assert (held.kind, said["department"], said["decision"]) == ("MeetingHeld", "real-estate", decision)
    assert said["members"].split("\n") == list(members)


def next_door_a_date_is_agreed(town: Town) -> None:
    """大合坪: no department leads a meeting; a longer term is the citizen's to grant, and holds at once."""
    hall = town["dahepingxiang"]
    (number,) = hall.numbers()
    shu, xiang = hall.person("舒国土"), hall.person("向桂英")
    meeting = m.RecordMeeting(case_number=number, members=("舒国土", "派出所"), minutes="议了。", decision="补测。")
    assert shu.is_refused(meeting) == "not_permitted"
    dahepingxiang_says("六、二、2（2）", "经与反映人协商同意后，可按约定延期")
    wish = {"case_number": number, "added_wd": 2, "reason": "大哥5月8日才能视频。"}
    assert shu.is_refused(m.AskExtension(**wish)) == "extension_incomplete"
    other_day = m.AskExtension(**wish, citizen_agreed_to=dt.date(2026, 5, 15))
    assert shu.is_refused(other_day) == "extension_incomplete"
    shu.does(m.AskExtension(**wish, citizen_agreed_to=dt.date(2026, 5, 9)))
    assert xiang.line(number).due.date == dt.date(2026, 5, 9)


def put_back_by_approval(town: Town, case: Case) -> None:
    """三（三）, 三（四）: the leader looks on, and a longer term holds when he has approved it, not before."""
    hall = town["shanting"]
    sun, zhang, leader = hall.person("孙晓燕"), hall.person("张登记"), hall.person("刘分管")
    town.later(5, 8)
    article("二（二）", "并全程跟踪督办")
    sun.takes("due_soon", case.number)
    zhang.takes("due_soon", case.number)
    article("三（四）", "分管负责人要对受理事项办理进展情况定期调度、全程督办")
    town.later(5, 9)
    leader.takes("look_owed", case.number)
    leader.does(m.SuperviseCase(case_number=case.number, text="上门核验约在哪天？今天下班前告诉我。"))
    zhang.takes("supervised", case.number)
    article("三（三）", "对确实在规定时间内无法办结的，经批准可适当延期")
    zhang.does(m.AskExtension(case_number=case.number, added_wd=2, reason="上门核验约在5月12日，二姐的护工那天才在。"))
    leader.takes("extension_asked", case.number)
    granted = m.DecideExtension(case_number=case.number, granted=True)
    assert zhang.is_refused(granted) == "not_permitted"
    assert sun.is_refused(granted) == "not_permitted"
    assert hall.person("秦管办").is_refused(granted) == "not_permitted", "at the same terminal, in another post"
    assert case.page.due.startswith("最迟 5月9日")
    leader.does(granted)
    sun.takes("extension_decided", case.number)
    zhang.takes("extension_decided", case.number)
    assert case.page.due == "最迟 5月12日（周二）反馈办理结果或办理进度。"


def reported_on(town: Town, case: Case) -> None:
    """三（三）: what is owed of a complex case in its time is how far it is and why; then it goes on to its end."""
    hall = town["shanting"]
    sun, zhang = hall.person("孙晓燕"), hall.person("张登记")
    town.later(5, 12, "09:10")
    article("三（三）", "5个工作日内反馈办理进度、说明理由，并持续跟踪督办直至办结")
    told = {"work_order_id": f"{case.number}/1", "text": "今天14:30上门核验，办结后当天更正证载姓名。"}
    assert zhang.is_refused(m.ReportProgress(**told, reasons="")) == "text_missing"
    zhang.does(m.ReportProgress(**told, reasons="二姐瘫痪在床，只能上门核验。"))
    sun.takes("progress_reported", case.number)
    page = case.page
    assert page.steps[0].text == "不动产登记中心反馈办理进度"
    assert page.steps[0].said == f"{told['text']}\n二姐瘫痪在床，只能上门核验。"
    assert page.due == "最迟 5月19日（周二）反馈办理结果或办理进度。"


def told_rated_and_filed_away(town: Town, case: Case) -> None:
    """三（三）, 附件2, 三（五）, 三（六）, 附件3: reported, rated on two levels, asked again, archived."""
    hall = town["shanting"]
    sun, zhang, centre = hall.person("孙晓燕"), hall.person("张登记"), hall.person("种中心")
    town.later(5, 12, "16:20")
    article("三（三）", "并持续跟踪督办直至办结")
    answer = "上门核验完毕，房屋已登记至刘玉芝名下，证载姓名更正为“李䶮”。明天可领证，也可寄到家。"
    zhang.does(m.ReplyToWorkOrder(work_order_id=f"{case.number}/1", text=answer))
    sun.takes("replied", case.number)
    assert (case.page.answer, case.page.due) == (answer, "答复期限：5月19日（周二）。")
    sun.does(m.TellCitizen(case_number=case.number, medium="oral", text="电话告知李䶮。"))
    assert sun.is_refused(m.RateCase(case_number=case.number, level="very_satisfied")) == "unknown_code"
    article("附件2", "当事人：满意、不满意")
    sun.does(m.RateCase(case_number=case.number, level="satisfied"))
    paper = filled(zhang.does(m.ReadForm(case_number=case.number, form="transfer")))
    assert (paper["承办单位"], paper["承办人"], paper["反映人姓名"]) == ("不动产登记中心", "张登记", "")
    assert (paper["当事人"], paper["结果反馈区政务服务中心时间"]) == (["满意"], "2026-05-12 16:20")
    assert paper["办理要求"] == ["5个工作日办结", "其他办理要求"]
    article("三（六）", "及时立卷归档")
    assert sun.is_refused(m.ArchiveCase(case_number=case.number)) == "follow_up_owed"
    article("三（五）", "区政务服务中心要对企业群众诉求办理情况进行回访评价")
    centre.takes("follow_up_owed", case.number)
    town.later(5, 13)
    again = m.FollowUpCase(case_number=case.number, text="满意吧？")
    assert sun.is_refused(again) == "not_permitted", "the window does not ask about itself"
    centre.does(m.FollowUpCase(case_number=case.number, text="老太太接的电话：证收到了，名字对。"))
    sun.does(m.ArchiveCase(case_number=case.number))
    article("附件3", "“办不成事”登记窗口登记台账")
    book = centre.does(m.ExportLedger(filed_from=dt.date(2026, 4, 29), filed_to=dt.date(2026, 4, 29)))
    row = dict(zip([one.name for one in book.columns], book.rows[0].cells, strict=True))
    assert list(row) == [
        "编号",
        "反映人",
        "联系电话",
        "反映事项",
        "受理时间",
        "问题类型及办理时限",
        "承办单位",
        "办理结果",
        "实际办结时间",
        "备注",
    ]
    assert (row["问题类型及办理时限"], row["承办单位"]) == ("复杂事项 2026-05-19", "不动产登记中心")
    assert (row["办理结果"], row["实际办结时间"]) == (answer, "2026-05-12 16:20")
    assert row["反映人"] == row["联系电话"] == "", "whoever asked for secrecy is not named in what leaves the hall"


@pytest.mark.rule("R23", "R54")
def test_what_is_not_this_level_s_is_handed_on_by_an_agent_and_followed_to_its_end(town: Town) -> None:
    """三（三）: through 帮办代办 to whoever is competent, and it is not over here before it is over there."""
    hall = town["shanting"]
    sun = hall.person("孙晓燕")
    case = hall.hears(SEA_AREA, "history", "passed_around", at=sun, channel="wechat")
    sun.does(m.TriageCase(case_number=case.number, finding="水域滩涂养殖证属市级。", case_class="general"))
    article("三（三）", "及时协调通过帮办代办等形式，转交相应政务服务管理机构办理")
    agent = {"case_number": case.number, "staff": "07"}
    assert sun.is_refused(m.AppointAgent(**agent, consent="")) == "still_missing"
    consent = sun.attaches(case.number, "consent", "委托书-郭家祺.pdf")
    sun.does(m.AppointAgent(**agent, consent=consent))
    away = {"case_number": case.number, "text": "已由满运来代办，材料今日送枣庄市政务服务中心农业窗口。"}
    assert sun.is_refused(m.ReferOut(**away, authority="枣庄市政务服务中心", way="")) == "answer_incomplete"
    sun.does(m.ReferOut(**away, authority="枣庄市政务服务中心", way="帮办代办"))
    assert (case.page.now, case.page.answer) == ("已转请其他单位办理", away["text"])
    town.later(5, 7)
    article("三（三）", "对不属于本级或本地协调处理权限的问题")
    sun.does(m.FollowReferral(case_number=case.number, text="市里已受理，承诺5月11日前发证。"))
    sun.does(m.TellCitizen(case_number=case.number, medium="oral"))
    hall.person("种中心").does(m.FollowUpCase(case_number=case.number, text="申请人知道在等市里的证。"))
    assert sun.is_refused(m.ArchiveCase(case_number=case.number)) == "referral_open"
    town.later(5, 11)
    sun.does(m.FollowReferral(case_number=case.number, text="水域滩涂养殖证已发，岸上房屋同日登记。", ended=True))
    sun.does(m.ArchiveCase(case_number=case.number))


@pytest.mark.rule("R2", "R3", "R15")
def test_the_simple_is_settled_at_once_and_what_is_at_court_is_explained_with_patience(town: Town) -> None:
    """三（三）, 二（三）: 即时办结; and where to go with what this window does not take."""
    hall = town["shanting"]
    sun = hall.person("孙晓燕")
    simple, court = hall.hears(COPY, "real-estate-inquiry", "other"), hall.hears(HOUSE, "transfer-judgment", "other")
    article("三（三）", "对于能够立即解决的事项，应立即协调解决即时办结")
    sun.does(m.AnswerOnTheSpot(case_number=simple.number, text="已换打一张，末位改为大写X。"))
    assert (simple.page.now, simple.page.answer) == ("窗口已当场答复", "已换打一张，末位改为大写X。")
    article("二（三）", "对于涉法、涉诉、涉访以及法律法规文件明确规定不予办理的事项")
    barred = {"case_number": court.number, "kind": "elsewhere", "text": "此案区法院已立案，请待判决后持文书来登记。"}
    assert sun.is_refused(m.DeclineCase(**barred)) == "answer_incomplete", "on which ground?"
    article("二（三）", "窗口工作人员要进行耐心细致的解答和接待")
    sun.does(m.DeclineCase(**barred, exclusion="litigation"))
    assert court.page.answer == barred["text"]
