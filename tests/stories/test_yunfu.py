"""云浮市不动产登记: a flat bought on paper, and its advance notice that will not become a title. Told beside 岳阳."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import commands
from hub.store.transaction import one_transaction
from hub.wire import messages as m
from tests.stories.document import Document
from tests.stories.papers import files_its_papers
from tests.stories.town import Case, Citizen, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("yunfu", "yueyang")
FIRST_DAY = moment(2, 11)
"""A Wednesday: Saturday 02-14 is worked, 春节 is 02-15 to 02-23."""
DOCUMENT = Document("yunfu")
article = DOCUMENT.article
yueyang_says = Document("yueyang").article
LEFT_OUT = {
    "8": "the queue and its appointments are not of a case",
    "9": "hours and late service are the queue's, and not of a case",
    "16": "a pre-review is a request of its own, and not a case",
    "18": "a pre-review is a request of its own, and not a case",
    "25": "training stands in a register beside the cases",
}

FLAT = Citizen(
    name="阮彧",
    phone="13535970622",
    visits=3,
    since="2025年12月",
    text=(
        "我哋兩公婆2021年買咗城區一套期房，做咗預告登記同預告抵押，上個月收樓，開發商大證都出咗。去「預告轉本登記」，"
        "第一次話銀行未上傳抵押轉本申請；銀行話佢哋早就推送咗，回執號DY20260108-4471；第二次話我老婆身份證換咗號段，"
        "要先做變更；第三次變更做完，又話原預告證嘅“彧”字打成“或”字，要出更正。細路九月要入學，要用房產證。"
        "請一次過講清楚仲爭乜嘢，得唔得？"
    ),
)
MATERIALS = (
    m.Material(code="bank", name="银行抵押转本登记申请书"),
    m.Material(code="notice-certificate", name="预告登记证明原件"),
    m.Material(code="tax", name="契税完税凭证"),
)
PARTS = (
    m.ChecklistPart(kind="legal_basis", text="《不动产登记暂行条例实施细则》第八十五条、第八十六条。"),
    m.ChecklistPart(kind="procedure", text="一窗受理，并联审核，缴费，发证。"),
    m.ChecklistPart(kind="time_limit", text="一般登记3个工作日，抵押登记1个工作日。"),
)


@pytest.mark.rule("R6", "R8", "R21", "R25", "R31", "R47", "R52", "R70")
def test_an_advance_notice_becomes_a_title_and_nothing_is_promised_that_the_plan_does_not_say(town: Town) -> None:
    case = brought_without_a_promised_date(town)
    told_everything_at_once(town, case)
    asked_and_coordinated(town, case)
    warned_before_and_when_due(town, case)
    sent_home_by_post(town, case)
    looks_are_traced(town, case)
    files_its_papers(town["yunfu"], case.number, "transfer", "one-time-notice", "cover")
    town.nothing_crossed()


def brought_without_a_promised_date(town: Town) -> Case:
    """4, 6: the plan gives limits to registrations, none to this window; the first one asked is responsible."""
    article("4", "严格落实不动产一般登记3个工作日、抵押登记1个工作日办结的办理时限")
    promised = {one.code: (one.promised_wd, one.statutory_wd) for one in DOCUMENT.policy.promises.services.value}
    assert promised == {"general": (3, 30), "mortgage": (1, 30)}
    case = town["yunfu"].hears(FLAT, "advance-sale", "repeated", "passed_around")
    assert (case.due, case.provisional) == (dt.date(2026, 2, 25), False), "the hall keeps a limit of its own"
    assert (case.page.due, case.page.due_explained, case.page.after_closing) == ("", "", ""), "and promises none"
    beside = town["yueyang"].hears(FLAT, "advance-sale", "repeated", "passed_around")
    assert beside.page.due == "预计最迟 2月26日（周四）反馈办理结果。"
    assert beside.page.after_closing == "请您评价；不满意、非常不满意的，退回重办并跟踪回访。"
    liang = town["yunfu"].person("梁惠珍")
    article("6", "严格落实首问责任制")
    liang.does(m.TriageCase(case_number=case.number, finding="大证、预告证明齐；彧字录错；银行申请未到。"))
    assert liang.line(case.number).owner == "梁惠珍"
    slip = liang.does(m.SendToDepartment(department="mortgage"))
    assert (slip.department, slip.person) == ("抵押登记科", ""), "whom to ask for is not in this plan"
    assert slip.phone
    assert slip.place
    return case


def told_everything_at_once(town: Town, case: Case) -> None:
    """5, 26: the basis, the materials, the procedure, the time, all at once and alike at every counter."""
    hall = town["yunfu"]
    liang, leader, ye = hall.person("梁惠珍"), hall.person("邓分管"), hall.person("叶登记")
    article("26", "应一次性告知办事群众所办事项的法律依据、所需材料、办理流程、办理时限等情况")
    published = {"matter": "advance-sale", "materials": MATERIALS}
    assert leader.is_refused(m.PublishChecklist(**published, parts=PARTS[1:])) == "still_missing"
    leader.does(m.PublishChecklist(**published, parts=PARTS))
    article("26", "应当一次性告知需要补正的全部内容")
    told = liang.does(m.GiveOneTimeNotice(case_number=case.number, missing=("bank",)))
    article("5", "线上线下标准统一，内容一致")
    assert told == ye.does(m.ReadChecklist(matter="advance-sale"))
    (record,) = liang.reads(case.number).records
    assert (record.kind, record.items, record.version) == ("one_time_notice", ("bank",), 1)
    again = m.GiveOneTimeNotice(case_number=case.number, missing=("bank", "tax"))
    assert liang.is_refused(again) == "not_named_at_once"


def asked_and_coordinated(town: Town, case: Case) -> None:
    """24, 五（一）: a doubt goes up, to the head of the section and then to the leader in charge."""
    hall = town["yunfu"]
    liang, ye, leader = hall.person("梁惠珍"), hall.person("叶登记"), hall.person("邓分管")
    order = liang.does(m.DispatchCase(case_number=case.number, department="registry", case_class="matter"))
    assert order.due.date == dt.date(2026, 2, 25), "where the plan is silent the clock runs from filing"
    ye.does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    work_order = m.DispatchCase(case_number=case.number, department="registry", case_class="work_order")
    assert liang.is_refused(work_order) == "unknown_code", "岳阳's 工单 is no class here"
    article("24", "应当及时根据相关工作制度规定提请协调解决")
    liang.does(m.EscalateCase(case_number=case.number, question="预告证上错的“或”字，能否转本时一并改“彧”？"))
    ye.does(m.Instruct(case_number=case.number, text="可以一并更正，银行那边请分管领导协调。"))
    article("五（一）", "建立主要领导亲自抓、分管领导具体抓、内部机构合力抓的责任机制")
    liang.does(m.EscalateCase(case_number=case.number, question="银行说已推送，回执DY20260108-4471，系统里没有。"))
    leader.takes("escalated", case.number)
    leader.does(m.Instruct(case_number=case.number, text="已与农商行约定2月24日前人工补传。"))
    liang.takes("instructed", case.number)
    assert liang.is_refused(m.CallToWindow(case_number=case.number)) == "not_prescribed"
    chen, (beside,) = town["yueyang"].person("陈立群"), town["yueyang"].numbers()
    yueyang_says("第十一条", "立即通知具体业务股室负责人")
    chen.does(m.CallToWindow(case_number=beside, department="registry-2"))
    chen.does(m.RecordArrival(case_number=beside, name="许卫东"))


def warned_before_and_when_due(town: Town, case: Case) -> None:
    """28: 超期预警, the working day before and on the day itself, with the whole of 春节 not counted."""
    hall = town["yunfu"]
    ye = hall.person("叶登记")
    article("28", "超期预警提示")
    town.later(2, 14)
    assert ("due_soon", case.number) not in ye.told
    town.later(2, 24)
    ye.takes("due_soon", case.number)
    town.later(2, 25)
    ye.takes("due_today", case.number)
    assert case.page.due == "", "a warning is for who works on it, not for the citizen"
    ye.does(m.ReplyToWorkOrder(work_order_id=f"{case.number}/1", text="转本登记办结，“彧”字已更正，抵押同步转本。"))


def sent_home_by_post(town: Town, case: Case) -> None:
    """3, 12, 13: handed out at a counter or sent by EMS, and rated by the form where there is no device."""
    hall = town["yunfu"]
    liang = hall.person("梁惠珍")
    liang.does(m.TellCitizen(case_number=case.number, medium="oral"))
    article("3", "多个对外人工服务窗口")
    assert liang.is_refused(m.DeliverResult(case_number=case.number, way="online")) == "not_allowed_here"
    article("12", "全面实现EMS速递寄证服务")
    liang.does(m.DeliverResult(case_number=case.number, way="mail"))
    article("13", "应配备服务评价器（表）")
    assert liang.is_refused(m.RateCase(case_number=case.number, level="fairly_satisfied")) == "unknown_code"
    liang.does(m.RateCase(case_number=case.number, level="satisfied"))
    liang.does(m.FollowUpCase(case_number=case.number, text="证已收到。"))
    liang.does(m.ArchiveCase(case_number=case.number))
    chen, (beside,) = town["yueyang"].person("陈立群"), town["yueyang"].numbers()
    chen.does(m.AnswerOnTheSpot(case_number=beside, text="已转本。"))
    assert chen.is_refused(m.DeliverResult(case_number=beside, way="mail")) == "not_allowed_here"
    yueyang_says("第十四条", "“非常满意”“满意”“基本满意”“不满意”“非常不满意”五个等级")
    chen.does(m.RateCase(case_number=beside, level="fairly_satisfied"))


def looks_are_traced(town: Town, case: Case) -> None:
    """28: in order, and every look leaves a trace that nobody can take out."""
    hall = town["yunfu"]
    article("28", "实现业务按序审批、超期预警提示、查询留痕等，加强内部监管")
    assert hall.person("黎志强").reads(case.number).name == FLAT.name
    trails = hall.rows()["audit"]
    assert any("ReadCase" in row and "'07'" in row and case.number in row for row in trails)
    with one_transaction(hall.address, read_only=True) as db:
        assert commands.verify_audit(db, hall.hall.code) is None


@pytest.mark.rule("R7", "R8")
def test_nobody_stands_in_unasked_and_an_empty_counter_says_so(town: Town) -> None:
    """6, 21: AB 岗 by name and by handover; a sign where somebody left for a moment."""
    hall = town["yunfu"]
    liang, li, leader = hall.person("梁惠珍"), hall.person("黎志强"), hall.person("邓分管")
    case = hall.hears(FLAT, "advance-sale", "repeated")
    liang.does(m.TriageCase(case_number=case.number, finding="待银行。"))
    article("21", "不得擅自代班代岗，不得串岗、离岗、空岗")
    assert li.is_refused(m.StepIn(absent="06", reason="她请假了。")) == "not_prescribed"
    away = m.HandOverPost(first_day=dt.date(2026, 2, 12), last_day=dt.date(2026, 2, 13), note="阮彧一件待银行。")
    assert liang.is_refused(away) == "no_delegate"
    article("6", "AB岗位责任制")
    leader.does(m.NameDelegate(staff="06", delegate="07"))
    liang.does(away)
    taking = m.HandOver(case_number=case.number, taker="07", reason="代班期间由我跟。")
    assert li.is_refused(taking) == "not_owner", "not before the first day"
    article("21", "暂时离开工作岗位的，应当摆放告知牌提示")
    liang.does(m.SetWindow(open=False))
    wall = hall.link("wall").ask(m.EventsSince(), 30)
    assert {one.number: one.open for one in wall.windows} == {1: True, 5: False}
    town.later(2, 12)
    (cover,) = li.does(m.ListDelegates()).covers
    assert (cover.absent, cover.delegate, cover.stepped_in, cover.liable) == ("06", "07", False, True)
    li.does(taking)
    assert li.line(case.number).owner == "黎志强"


@pytest.mark.rule("R9", "R10", "R54")
def test_a_grievance_from_the_box_and_an_errand_for_somebody_old(town: Town) -> None:
    """5, 13, 27: box and telephone beside the counters; 4, 7: somebody goes for those who cannot."""
    hall, next_door = town["yunfu"], town["yueyang"]
    liang, chen = hall.person("梁惠珍"), next_door.person("陈立群")
    told = m.LodgeGrievance(
        ground="sent_back_and_forth",
        text="同一件事三个窗口三套说法，害我公公七十九岁跑四转。",
        on_paper=hall.new_secrets(),
        channel="box",
    )
    article("27", "坚决杜绝卖号低效、反复跑腿、态度生硬、违规收费、吃拿卡要、串通勾结、违规办证等问题的发生")
    article("13", "收取工作意见建议和投诉举报，并安排专人及时予以回应，接受社会公众监督")
    article("5", "公开服务热线、监督投诉电话")
    taken = liang.does(told)
    assert liang.reads(taken.case_number).grievance.ground == "sent_back_and_forth"
    assert chen.is_refused(told) == "unknown_code", "岳阳's document names no box"
    article("4", "积极为群众提供帮办代办服务")
    article("7", "满足老年人、残疾人等特殊群体办事需求")
    case, beside = hall.hears(FLAT, "advance-sale", "repeated"), next_door.hears(FLAT, "advance-sale", "repeated")
    errand = {"case_number": case.number, "staff": "07"}
    assert liang.is_refused(m.AppointAgent(**errand, consent="")) == "still_missing"
    liang.does(m.AppointAgent(**errand, consent=liang.attaches(case.number, "consent", "委托书.pdf")))
    there = m.AppointAgent(case_number=beside.number, staff="07", consent="")
    assert chen.is_refused(there) == "not_allowed_here"
    town.nothing_crossed()
