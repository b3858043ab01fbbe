"""无锡“四全”网点: a small company's plant, surveyed twice with two results. Told beside 岳阳."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests.stories.document import Document
from tests.stories.papers import files_its_papers
from tests.stories.town import Case, Citizen, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("wuxi", "yueyang")
FIRST_DAY = moment(9, 16)
"""A Wednesday: Sunday 09-20 is worked, 中秋 is 09-25 to 09-27."""
article = Document("wuxi").article
yueyang_says = Document("yueyang").article
ASIDE = "reports, registers and the suggestion box stand beside the cases, and are not of one"
REQUEST = "a home visit or a pre-review is a request of its own, and not a case"
LEFT_OUT = {
    "5.3.7.1": REQUEST,
    "5.3.7.2": REQUEST,
    "5.5.1": "kinds of counter are the hall's, and not of a case",
    "5.5.2.1": "the green channel is the queue's, and not of a case",
    "5.5.2.1 d": "the green channel is the queue's, and not of a case",
    "5.7": "kinds of counter are the hall's, and not of a case",
    "5.8.1 b": REQUEST,
    "5.8.2": "appointments are the queue's, and not of a case",
    "5.9.3.1": REQUEST,
    "5.9.3.2 b": REQUEST,
    "6.2.4.1": "`bancheng policy check` refuses a promise beyond the statutory time: no case gets that far",
    "6.2.4.2": "the steps of a promise are not published yet",
    "6.3.2.4.2": "numbers worked by hand are the queue's, and not of a case",
    "6.3.2.4.3": "numbers worked by hand are the queue's, and not of a case",
    "6.4.1.3": ASIDE,
    "7.1.2.2.2": ASIDE,
    "7.1.3.1.2": ASIDE,
    "7.1.3.2.1": ASIDE,
    "7.1.3.2.2": ASIDE,
    "7.1.3.2.3": ASIDE,
    "7.1.3.2.4": ASIDE,
    "7.1.3.2.5": ASIDE,
    "7.1.3.4": ASIDE,
    "7.2.1": ASIDE,
    "7.2.2": ASIDE,
    "7.2.3.1": ASIDE,
}

PLANT = Citizen(
    name="过嘉禛",
    phone="13606181127",
    visits=5,
    since="今年6月",
    text=(
        "我们是洛社镇做轴承的小微企业（无锡市㵟溪精密机械），2024年翻建的2号厂房去年测绘报告建筑面积3417.66㎡，"
        "今年办不动产首次登记复测成了3389.02㎡，差28.64㎡，说是雨篷和连廊算法改了。规划核实按老数，登记要按新数，"
        "测绘公司、镇里、网点三家来回五趟。银行300万续贷9月底到期，抵押等这本证。“禛”字你们系统倒是打得出来，"
        "就是面积没人敢签字。到底按哪个数，请书面给个说法。"
    ),
)
GARAGE = Citizen(
    name="浦金囡",
    phone="",
    text="老新村自己搭的车棚28平方，住了三十年，想给它办本证，窗口说办不了又不给纸头。",
    visits=2,
)


@pytest.mark.rule("R24", "R26", "R27", "R28", "R32", "R53", "R70", "R73")
def test_a_plant_s_area_waits_for_the_superior_and_is_settled_in_writing(town: Town) -> None:
    case = brought(town)
    waits_for_others(town, case)
    put_back_in_writing(town, case)
    late_in_four_ways(town, case)
    handed_out(town, case)
    files_its_papers(town["wuxi"], case.number, "transfer", "cover")
    town.nothing_crossed()


def brought(town: Town) -> Case:
    """5.4, 5.12.1: the standard gives this window no limit; what may be missing is listed, and may follow."""
    hall = town["wuxi"]
    gu, qian = hall.person("顾敏芳"), hall.person("钱测绘")
    case = hall.hears(PLANT, "map-review", "repeated", "passed_around", "inaction")
    assert (case.due, case.page.due) == (dt.date(2026, 9, 22), ""), "kept by the hall, promised by nobody"
    beside = town["yueyang"].hears(PLANT, "survey", "repeated", "passed_around", "slow")
    assert beside.page.due == "预计最迟 9月23日（周三）反馈办理结果。"
    gu.takes("new_complaint", case.number)
    article("5.4", "可容缺的材料有")
    assert gu.is_refused(m.AllowLater(case_number=case.number, materials=("结婚证",))) == "not_allowed_here"
    gu.does(m.AllowLater(case_number=case.number, materials=("用地单位营业执照",)))
    article("5.11.2", "申请人承诺在审查决定做出之前补齐的情况下")
    gu.does(m.AllowLater(case_number=case.number, materials=("项目批复",), promised=True))
    assert [one.detail for one in gu.reads(case.number).records] == ["collection", "decision"]
    chen = town["yueyang"].person("陈立群")
    there = m.AllowLater(case_number=beside.number, materials=("项目批复",))
    assert chen.is_refused(there) == "not_allowed_here"
    article("5.12.1", "各网点可根据实际情况提供代办服务")
    consent = gu.attaches(case.number, "consent", "公司授权书.pdf")
    gu.does(m.AppointAgent(case_number=case.number, staff="07", consent=consent))
    order = gu.does(m.DispatchCase(case_number=case.number, department="survey", case_class="matter"))
    assert order.due.date == dt.date(2026, 9, 22), "it counts from filing: Sunday the 20th is worked"
    qian.does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    sent = m.DispatchCase(case_number=beside.number, department="survey", case_class="work_order")
    assert chen.does(sent).due.date == dt.date(2026, 9, 22)
    return case


def waits_for_others(town: Town, case: Case) -> None:
    """6.2.4.5: what the superior takes to approve does not count, and papers say so at both ends."""
    hall = town["wuxi"]
    qian, gu, watcher = hall.person("钱测绘"), hall.person("顾敏芳"), hall.person("荣监察")
    town.later(9, 18)
    article("6.2.4.5", "上级或其他部门批准所需时间不计算在承诺办结的时限内")
    stop = {"case_number": case.number, "evidence": "锡自然资测函〔2026〕31号，请示雨篷计算口径。"}
    assert qian.is_refused(m.PauseClock(**stop, ground="weather")) == "unknown_code"
    bare = m.PauseClock(case_number=case.number, ground="superior", evidence=" ")
    assert qian.is_refused(bare) == "text_missing"
    qian.does(m.PauseClock(**stop, ground="superior"))
    reply = m.ReplyToWorkOrder(work_order_id=f"{case.number}/1", text="按新数。")
    assert qian.is_refused(reply) == "clock_paused"
    assert gu.line(case.number).due.provisional_because == ("clock_paused",)
    peng, (beside,) = town["yueyang"].person("彭湘云"), town["yueyang"].numbers()
    peng.does(m.AcceptWorkOrder(work_order_id=f"{beside}/1"))
    stop_there = m.PauseClock(case_number=beside, ground="superior", evidence="请示县局。")
    assert peng.is_refused(stop_there) == "not_prescribed", "岳阳's document stops no clock"
    town.later(9, 24)
    assert watcher.does(m.ReadBreaches(case_number=case.number)).codes == (), "others are late, not the outlet"
    assert ("overdue", beside) in peng.told
    resumed = m.ResumeClock(case_number=case.number, evidence="苏测复〔2026〕7号：连廊按新规范，雨篷不计。")
    assert qian.is_refused(m.ResumeClock(case_number=case.number, evidence="")) == "text_missing"
    qian.does(resumed)
    assert gu.line(case.number).due.date == dt.date(2026, 9, 30), "the 20th to the 24th were not the outlet's"
    assert gu.line(case.number).due.wd == 10
    peng.does(m.ReplyToWorkOrder(work_order_id=f"{beside}/1", text="按新数。"))


def put_back_in_writing(town: Town, case: Case) -> None:
    """6.2.4.4, 6.2.4.6 b: a longer term is approved, and given in writing with its reason."""
    hall = town["wuxi"]
    qian, head = hall.person("钱测绘"), hall.person("薛网点")
    town.later(9, 29)
    article("6.2.4.4", "因特殊情况不能按时办结的，应书面告知延期时限及原因")
    wish = {"case_number": case.number, "added_wd": 1, "reason": "需与规划核实对数。"}
    assert qian.is_refused(m.AskExtension(**wish, citizen_told=True)) == "extension_incomplete"
    assert qian.is_refused(m.AskExtension(**wish, in_writing=True)) == "extension_incomplete"
    unexplained = m.AskExtension(**(wish | {"reason": ""}), in_writing=True, citizen_told=True)
    assert qian.is_refused(unexplained) == "text_missing"
    qian.does(m.AskExtension(**wish, in_writing=True, citizen_told=True))
    article("6.2.4.6 b", "超过承诺办结时限后仍未获得延期批准的")
    head.does(m.DecideExtension(case_number=case.number, granted=True))
    assert hall.person("顾敏芳").line(case.number).due.date == dt.date(2026, 10, 8), "国庆 between"


def late_in_four_ways(town: Town, case: Case) -> None:
    """6.2.4.6, 7.1.2.1.1: breaches are read off the record; the monitor is told of each step's date."""
    hall = town["wuxi"]
    qian, gu, watcher = hall.person("钱测绘"), hall.person("顾敏芳"), hall.person("荣监察")
    town.later(10, 8)
    article("7.1.2.1.1", "实施全节点监控")
    watcher.takes("due_today", case.number)
    article("6.2.4.7", "承办服务人员应负直接责任")
    qian.takes("due_today", case.number)
    qian.does(m.ReplyToWorkOrder(work_order_id=f"{case.number}/1", text="按3389.02㎡登记，规划核实同步改数，附复函。"))
    article("6.2.4.6", "超过承诺办结时限未能办结的")
    assert watcher.does(m.ReadBreaches(case_number=case.number)).codes == ()
    town.later(10, 9)
    article("6.2.4.6", "承诺办结时限内，未将办理结果交付办事人的")
    assert watcher.does(m.ReadBreaches(case_number=case.number)).codes == ("result_not_delivered",)
    gu.does(m.TellCitizen(case_number=case.number, medium="written", text="书面复函已交过嘉禛。"))
    assert watcher.does(m.ReadBreaches(case_number=case.number)).codes == ()
    second = hall.hears(PLANT, "map-review", "repeated")
    town.later(10, 16)
    assert second.due == dt.date(2026, 10, 15), "Saturday 10-10 is worked"
    found = watcher.does(m.ReadBreaches(case_number=second.number)).codes
    assert found == ("late", "late_without_extension", "no_reply")
    article("6.2.2 a", "应现场及时办理")
    gu.does(m.AnswerOnTheSpot(case_number=second.number, text="与前件同一口径，复函复印件当场交付。"))


def handed_out(town: Town, case: Case) -> None:
    """5.9.2, 5.9.4.1, 7.1.3.1.1: collected against the originals, when all that could follow has come."""
    hall = town["wuxi"]
    gu = hall.person("顾敏芳")
    article("5.9.2", "现场取件、邮寄反馈、网上反馈方式")
    assert gu.is_refused(m.DeliverResult(case_number=case.number, way="online")) == "still_missing"
    gu.does(m.ReceiveMaterials(case_number=case.number, materials=("用地单位营业执照", "项目批复")))
    article("5.9.4.1", "由申请人携带纸质原件材料到申报时所选网点领取办事结果，经审核无误方可领取")
    assert gu.is_refused(m.DeliverResult(case_number=case.number, way="pickup")) == "still_missing"
    gu.does(m.DeliverResult(case_number=case.number, way="pickup", originals_checked=True))
    article("7.1.3.1.1", "窗口人员应礼貌提示服务对象使用服务评价器进行评价")
    gu.does(m.RateCase(case_number=case.number, level="satisfied"))
    gu.does(m.FollowUpCase(case_number=case.number, text="银行已收抵押材料。"))
    gu.does(m.ArchiveCase(case_number=case.number))
    chen, (beside,) = town["yueyang"].person("陈立群"), town["yueyang"].numbers()
    assert chen.is_refused(m.DeliverResult(case_number=beside, way="online")) == "not_allowed_here"


@pytest.mark.rule("R3", "R4", "R29", "R50", "R51")
def test_a_refusal_is_filed_approved_and_told_in_writing_with_its_remedies(town: Town) -> None:
    """6.2.5.3, beside a county whose window has no veto at all (第七条)."""
    hall, next_door = town["wuxi"], town["yueyang"]
    gu, head, chen = hall.person("顾敏芳"), hall.person("薛网点"), next_door.person("陈立群")
    case, beside = hall.hears(GARAGE, "history", "not_accepted"), next_door.hears(GARAGE, "history", "not_possible")
    number = case.number
    article("6.2.2 c", "对不符合办理条件的不予办理，并向当事人说明理由")
    reasons = "车棚无规划许可，不符合首次登记条件；可向街道申请纳入老旧小区改造统一处置。"
    law = "《不动产登记暂行条例实施细则》第三十五条"
    at_once = m.DeclineCase(
        case_number=number, kind="elsewhere", text=reasons, exclusion="barred", basis=law, medium="written"
    )
    assert gu.is_refused(at_once) == "approval_needed"
    article("6.2.5.3 a", "需要否定并符合职权范围的，才能予以否定，并进行登记备案")
    filed = m.ProposeRefusal(case_number=number, text=reasons, basis=law)
    assert gu.is_refused(m.ProposeRefusal(case_number=number, text=reasons, basis=" ")) == "text_missing"
    assert gu.is_refused(m.ProposeRefusal(case_number=number, text="", basis=law)) == "text_missing"
    gu.does(filed)
    assert chen.is_refused(m.ProposeRefusal(case_number=beside.number, text=reasons, basis=law)) == "not_prescribed"
    yueyang_says("第七条", "应明确告知办理的方法、路径")
    chen.does(
        m.DeclineCase(
            case_number=beside.number,
            kind="elsewhere",
            text=reasons,
            exclusion="beyond_law",
            basis="《城乡规划法》第四十条",
        )
    )
    article("6.2.5.3 b", "经网点负责人批准后方可进行否定报备")
    head.takes("refusal_waits", number)
    assert gu.is_refused(m.DecideRefusal(case_number=number, approved=True)) == "not_permitted"
    watcher = hall.person("荣监察")
    assert watcher.is_refused(m.DecideRefusal(case_number=number, approved=True)) == "not_permitted"
    assert head.is_refused(m.DecideRefusal(case_number=number, approved=False)) == "text_missing"
    head.does(m.DecideRefusal(case_number=number, approved=False, text="先查1994年房改资料里有没有附属用房。"))
    gu.takes("refusal_decided", number)
    assert case.page.answer == "", "nothing is refused before it is approved"
    gu.does(m.ProposeRefusal(case_number=number, text=reasons + "1994年房改资料已查，未载。", basis=law))
    head.does(m.DecideRefusal(case_number=number, approved=True))
    assert "1994年房改资料已查" in case.page.answer
    article("6.2.5.3 b", "由服务人员填写一式两份《否定事项报备登记表》")
    form = gu.does(m.ReadRefusal(case_number=number))
    assert (form.copies, form.proposed_by, form.decided_by, form.approved) == (2, "06", "80", True)
    article("6.2.5.3 c", "同时告之服务对象有申请行政复议或行政诉讼的权利")
    assert form.remedies == ("administrative_review", "administrative_litigation")
    article("6.2.5.3 c", "以书面形式告知服务对象")
    assert gu.is_refused(m.TellCitizen(case_number=number, medium="oral")) == "wrong_medium"
    gu.does(m.TellCitizen(case_number=number, medium="written", text="《否定事项告知书》已签收。"))
    article("6.2.5.3 d", "退还材料时服务对象应出示身份材料并签收备查")
    back = {"case_number": number, "materials": ("车棚照片", "邻居证明")}
    signature = gu.attaches(number, "signature", "签收-浦金囡.pdf")
    assert gu.is_refused(m.ReturnMaterials(**back, signature=signature)) == "still_missing"
    assert gu.is_refused(m.ReturnMaterials(**back, id_shown=True)) == "still_missing"
    gu.does(m.ReturnMaterials(**back, id_shown=True, signature=signature))
    files_its_papers(hall, number, "refusal", "refusal-notice", "cover")
    signed_there = chen.attaches(beside.number, "signature", "签收.pdf")
    chen.does(m.ReturnMaterials(case_number=beside.number, materials=("车棚照片",), signature=signed_there))
    town.nothing_crossed()


@pytest.mark.rule("R6", "R7", "R10", "R52")
def test_two_are_named_for_each_post_and_whoever_belongs_elsewhere_is_told_where(town: Town) -> None:
    """6.2.3: handed over a day ahead, or B steps in by himself and answers for it; 6.2.2 b, d."""
    hall = town["wuxi"]
    gu, qian, pu, head = (hall.person(name) for name in ("顾敏芳", "钱测绘", "浦蕴", "薛网点"))
    article("6.2.3.1", "每个岗位应确定AB岗")
    head.does(m.NameDelegate(staff="62", delegate="63"))
    article("6.2.3.3", "A岗责任人因事由不在岗，应提前一天做好工作的移交")
    today, tomorrow = dt.date(2026, 9, 16), dt.date(2026, 9, 17)
    late = m.HandOverPost(first_day=today, last_day=today, note="一件待复测。")
    assert qian.is_refused(late) == "too_late"
    qian.does(m.HandOverPost(first_day=tomorrow, last_day=tomorrow, note="一件待复测。"))
    article("6.2.3.3", "因特殊原因来不及移交的，B岗责任人应主动顶岗")
    town.later(9, 18)
    pu.does(m.StepIn(absent="62", reason="钱测绘上午发烧。"))
    article("6.2.3.2", "对执行的A岗工作结果负相应的责任")
    assert [(one.stepped_in, one.liable) for one in gu.does(m.ListDelegates()).covers] == [(True, True)]
    step_in = m.StepIn(absent="21", reason="许卫东请假。")
    assert town["yueyang"].person("彭湘云").is_refused(step_in) == "not_prescribed"
    article("6.2.2 b", "能够明确办理部门的告知应予办理的部门")
    slip = gu.does(m.SendToDepartment(department="planning"))
    assert (slip.department, slip.phone) == ("规划管理科", hall.directory.hall().phone)
    article("6.2.2 d", "需要提供相关材料和手续的，应一次性告知服务对象")
    materials = (m.Material(code="permit", name="规划核实意见"), m.Material(code="survey", name="测绘成果报告"))
    published = {"matter": "map-review", "materials": materials}
    assert head.is_refused(m.PublishChecklist(**published)) == "still_missing"
    before = m.ChecklistPart(kind="prerequisites", text="规划核实已通过。")
    head.does(m.PublishChecklist(**published, parts=(before,)))
    case = hall.hears(PLANT, "map-review", "repeated")
    gu.does(m.GiveOneTimeNotice(case_number=case.number, missing=("permit",)))
    article("7.4.1 c", "服务对象的投诉")
    taken = gu.does(
        m.LodgeGrievance(ground="attitude", text="测绘窗口说“你找规划去”，头都不抬。", on_paper=hall.new_secrets())
    )
    assert gu.reads(taken.case_number).line.kind == "grievance"
    town["yueyang"].hears(PLANT, "survey", "repeated")
    town.nothing_crossed()
