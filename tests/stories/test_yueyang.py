"""岳阳县不动产登记中心: a loan is paid off, and the mortgage does not leave the register. Told beside 山亭."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests.stories.document import Document
from tests.stories.papers import files_its_papers
from tests.stories.town import Case, Citizen, Town, moment

pytestmark = pytest.mark.e2e

HALLS = ("yueyang", "shanting")
FIRST_DAY = moment(9, 24)
"""A Thursday: 中秋 begins the next day, 国庆 on 10-01, and Saturday 10-10 is worked."""
article = Document("yueyang").article
shanting_says = Document("shanting").article
LEFT_OUT: dict[str, str] = {}

INHERITANCE = Citizen(
    name="",
    phone="",
    text="先父1998年集資建房，無證。開發的二輕局早已撤銷，兄弟五人三人在外省，想問：沒有任何批文的房子，到底能不能登記？",
)
MORTGAGE = Citizen(
    name="黎𠮷祥",
    phone="13873000417",
    visits=4,
    since="8月17日",
    text=(
        "我叫黎𠮷祥（“𠮷”是上土下口，不是吉利的吉），榮家灣鎮天鵝路那套房子2016年在農商行貸的款，今年8月14號全部還清，"
        "銀行當場給了結清證明，說解押材料已經推送到你們系統。8月17號我來窗口辦抵押權註銷，說系統裡查不到；8月20號銀行客戶經理"
        "陪我來，說是推送的權證號少一位；8月31號再來，又說當年的他項權證是老房管局發的，要找檔案；9月10號檔案找到了，"
        "名字登記成“黎吉祥”，跟身份證對不上，讓我先去派出所開同一人證明，派出所說國務院早就不讓開這種證明了。"
        "買房的人9月30號到期，違約金兩萬。我68歲，每次從新牆坐班車來，能不能請你們幾個科室坐到一起，告訴我到底缺哪一樣？"
    ),
)


@pytest.mark.rule("R4", "R5", "R9", "R17", "R20", "R21", "R24", "R25", "R26", "R32", "R33", "R73")
def test_a_paid_off_mortgage_leaves_the_register_after_it_was_done_again(town: Town) -> None:
    case = taken_in(town)
    studied_at_the_window(town, case)
    sent_to_the_section(town, case)
    asked_upward(town, case)
    handed_over(town, case)
    next_door_it_is_over(town)
    extended(town, case)
    rated_badly_and_done_again(town, case)
    kept_in_the_ledger(town, case)
    files_its_papers(town["yueyang"], case.number, "acceptance", "transfer", "cover")
    town.nothing_crossed()


def taken_in(town: Town) -> Case:
    """第三条, 第九条: what may be brought here; the promise is provisional until a 工单 is received (第十三条)."""
    article("第九条", "在规定时限内未受理或未办结的事项")
    case = town["yueyang"].hears(MORTGAGE, "mortgage-cancel", "not_finished", "passed_around")
    assert (case.due, case.provisional) == (dt.date(2026, 10, 10), True)
    assert case.page.due == "预计最迟 10月10日（周六）反馈办理结果。"
    assert "承办单位收到工单后起算" in case.page.due_explained
    shanting_says("四", "（二）电话反映")
    clerk = town["shanting"].person("孙晓燕")
    beside = town["shanting"].hears(MORTGAGE, "mortgage", "not_approved", "passed_around", at=clerk, channel="phone")
    assert (beside.due, beside.provisional) == (dt.date(2026, 10, 9), False)
    assert beside.page.due == "最迟 10月9日（周五）反馈办理结果或办理进度。"
    chen = town["yueyang"].person("陈立群")
    article("第三条", "可向“办不成事”反映窗口反映")
    by_phone = town["yueyang"].complaint(MORTGAGE, "mortgage-cancel", "not_finished", channel="phone")
    assert chen.is_refused(by_phone) == "unknown_code", "第三条 knows the window alone"
    return case


def studied_at_the_window(town: Town, case: Case) -> None:
    """第六条, 第十一条: the first receiver asks why; the head of the section comes to the window at once."""
    chen, xu = town["yueyang"].person("陈立群"), town["yueyang"].person("许卫东")
    chen.takes("new_complaint", case.number)
    article("第六条", "第一受理人即作为首接负责人")
    article("第十条", "接诉人员立即受理并填写“办不成事”台账")
    article("第十一条", "对反映事项问清原因，明确分类、分层级办理方式")
    chen.does(
        m.TriageCase(case_number=case.number, finding="结清证明、身份证齐；他项权证登记名为“黎吉祥”，与𠮷字不符。")
    )
    assert chen.line(case.number).owner == "陈立群"
    article("第十一条", "其业务负责人应当迅速到“办不成事”反映窗口现场研究办理")
    town.later(9, 24, "09:40")
    chen.does(m.CallToWindow(case_number=case.number, department="registry-2"))
    xu.takes("called_to_window", case.number)
    assert chen.is_refused(m.CallToWindow(case_number=case.number, department="registry-2")) == "called_already"
    town.later(9, 24, "09:52")
    chen.does(m.RecordArrival(case_number=case.number, name="许卫东"))
    facts = {one.kind: one.at for one in chen.reads(case.number).facts}
    assert facts["HeadArrived"] - facts["HeadCalled"] == dt.timedelta(minutes=12)


def sent_to_the_section(town: Town, case: Case) -> None:
    """第十二条, 第十三条: a 工单; five working days from when the section receives it, 中秋 and 国庆 between."""
    chen, xu = town["yueyang"].person("陈立群"), town["yueyang"].person("许卫东")
    article("第十二条", "当场不能协调解决的问题，由“办不成事”反映窗口向具体业务股室派发“工单”")
    order = chen.does(
        m.DispatchCase(
            case_number=case.number, department="registry-2", case_class="work_order", note="请核对2016年他项权证存根。"
        )
    )
    article("第十三条", "5个工作日内向当事人、“办不成事”窗口反馈交办事项办理结果")
    assert (order.due.date, order.due.provisional) == (dt.date(2026, 10, 9), False)
    assert case.page.due == "最迟 10月9日（周五）反馈办理结果。"
    assert case.page.due_explained == (
        "从9月24日（当天不算）起数 5 个工作日，中秋节放假（9月25日至27日）、国庆节放假（10月1日至7日）不算。"
    )
    xu.takes("work_order", case.number)
    article("第十二条", "具体业务股室须认真研究解决办法")
    xu.does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    assert case.page.now == "登记二室正在办理"
    next_door_it_is_sorted_into_a_class(town)


def next_door_it_is_sorted_into_a_class(town: Town) -> None:
    """山亭 knows classes and no 工单, two working days from when it was brought, and nobody's 股室 is called."""
    sun, beside = town["shanting"].person("孙晓燕"), town["shanting"].numbers()[0]
    work_order = m.DispatchCase(case_number=beside, department="real-estate", case_class="work_order")
    assert sun.is_refused(work_order) == "unknown_code"
    shanting_says("三（三）", "具体承办部门或股室2个工作日内落实反馈")
    order = sun.does(m.DispatchCase(case_number=beside, department="real-estate", case_class="general"))
    assert order.due.date == dt.date(2026, 9, 29)
    town["shanting"].person("张登记").does(m.AcceptWorkOrder(work_order_id=order.work_order_id))


def asked_upward(town: Town, case: Case) -> None:
    """第十二条: what the section may not decide goes to the leader in charge, then to the main leader."""
    town.later(9, 28)
    hall = town["yueyang"]
    chen, leader, chief = hall.person("陈立群"), hall.person("周分管"), hall.person("欧阳主任")
    article("第十二条", "因审批权限或无法单独办理的，由“办不成事”反映窗口根据办理事项归属报告中心分管领导解决")
    chen.does(m.EscalateCase(case_number=case.number, question="他项权证上的“吉”字能否凭身份证曾用名栏直接更正？"))
    leader.takes("escalated", case.number)
    again = m.EscalateCase(case_number=case.number, question="再问一次。")
    assert chen.is_refused(again) == "instruction_awaited"
    assert chief.is_refused(m.Instruct(case_number=case.number, text="先办。")) == "not_permitted", "he was not asked"
    leader.does(m.Instruct(case_number=case.number, text="登记机构自己录错的字，不得让群众开证明；请公安数据比对。"))
    chen.takes("instructed", case.number)
    article("第十二条", "由主要负责领导协调调度相关部门单位办理")
    chen.does(m.EscalateCase(case_number=case.number, question="公安数据比对需要县里协调接口。"))
    chief.does(m.Instruct(case_number=case.number, text="已与县公安局约定，10月12日前回传比对结果。"))
    rungs = [one.fields[0].value for one in chen.reads(case.number).facts if one.kind == "Escalated"]
    assert rungs == ["deputy_leader", "main_leader"]
    assert chen.is_refused(again) == "ladder_ended"


def handed_over(town: Town, case: Case) -> None:
    """第六条, 第八条: the case stays with its first receiver until it is handed over in so many words."""
    town.later(9, 29)
    chen, luo = town["yueyang"].person("陈立群"), town["yueyang"].person("罗䶮")
    taking = m.HandOver(case_number=case.number, taker="07", reason="")
    assert luo.is_refused(taking) == "not_owner"
    assert chen.is_refused(taking) == "text_missing"
    article("第八条", "做好闭环管理和工作交接")
    chen.does(m.HandOver(case_number=case.number, taker="07", reason="国庆后外出学习，公安比对结果由罗䶮跟踪。"))
    luo.takes("handed_over", case.number)
    assert luo.line(case.number).owner == "罗䶮"


def next_door_it_is_over(town: Town) -> None:
    """山亭: an extension waits for approval, five levels are unknown, and the centre asks again about every case."""
    hall, case = town["shanting"], town["shanting"].numbers()[0]
    sun, zhang = hall.person("孙晓燕"), hall.person("张登记")
    shanting_says("三（三）", "经批准可适当延期")
    zhang.does(m.AskExtension(case_number=case, added_wd=2, reason="银行尚未重新推送。"))
    assert sun.line(case).due.date == dt.date(2026, 9, 29), "nothing is put back before it is approved"
    leader = hall.person("刘分管")
    leader.does(m.DecideExtension(case_number=case, granted=False, text="银行今天就推，不必延期。"))
    zhang.does(m.ReplyToWorkOrder(work_order_id=f"{case}/1", text="抵押权今日注销，凭身份证领取注销证明。"))
    sun.does(m.TellCitizen(case_number=case, medium="oral", text="电话告知。"))
    five = m.RateCase(case_number=case, level="very_unsatisfied", text="跑了四趟。")
    assert sun.is_refused(five) == "unknown_code", "附件2 has two levels"
    shanting_says("附件2", "满意、不满意")
    sun.does(m.RateCase(case_number=case, level="satisfied"))
    assert sun.is_refused(m.ArchiveCase(case_number=case)) == "follow_up_owed"
    hall.person("种中心").does(m.FollowUpCase(case_number=case, text="已过户，满意。"))
    sun.does(m.ArchiveCase(case_number=case))


def extended(town: Town, case: Case) -> None:
    """第十三条: a longer term is named to the citizen and to the window, and all together it is at most ten days."""
    hall = town["yueyang"]
    xu, luo, office = hall.person("许卫东"), hall.person("罗䶮"), hall.person("何统筹")
    town.later(10, 8)
    article("第十七条", "负责统筹协调调度“办不成事”反映窗口工作，确保整个办理流程实现闭环管理")
    xu.takes("due_soon", case.number)
    office.takes("due_soon", case.number)
    article("第十三条", "延时办理最长不超过10个工作日")
    wish = {"case_number": case.number, "reason": "公安比对结果10月12日才能回传。"}
    assert xu.is_refused(m.AskExtension(**wish, added_wd=6, citizen_told=True)) == "extension_too_long"
    article("第十三条", "应明确办理时限并告知当事人和“办不成事”反映窗口")
    assert xu.is_refused(m.AskExtension(**wish, added_wd=5)) == "extension_incomplete"
    xu.does(m.AskExtension(**wish, added_wd=5, citizen_told=True))
    luo.takes("extension_decided", case.number)
    assert case.page.due == "最迟 10月15日（周四）反馈办理结果。"
    assert "10月10日调休上班" in case.page.due_explained


def rated_badly_and_done_again(town: Town, case: Case) -> None:
    """第十三条, 第十四条: told, rated on five levels, sent back, done again, asked again."""
    hall = town["yueyang"]
    xu, luo = hall.person("许卫东"), hall.person("罗䶮")
    town.later(10, 13)
    xu.does(
        m.ReplyToWorkOrder(work_order_id=f"{case.number}/1", text="比对一致，抵押权已注销；更名须另行申请更正登记。")
    )
    article("第十三条", "向当事人、“办不成事”窗口反馈交办事项办理结果")
    luo.takes("replied", case.number)
    luo.takes("tell_owed", case.number)
    assert case.page.answer == "比对一致，抵押权已注销；更名须另行申请更正登记。"
    luo.does(m.TellCitizen(case_number=case.number, medium="oral", text="当面告知。"))
    article("第十四条", "“非常满意”“满意”“基本满意”“不满意”“非常不满意”五个等级")
    assert luo.is_refused(m.RateCase(case_number=case.number, level="so_so")) == "unknown_code"
    assert luo.is_refused(m.RateCase(case_number=case.number, level="very_unsatisfied")) == "text_missing"
    luo.does(m.RateCase(case_number=case.number, level="very_unsatisfied", text="字是你們錄錯的，還要我再跑一趟更正？"))
    article("第十四条", "退回重办，并跟踪回访")
    luo.takes("rework", case.number)
    article("第十五条", "将“差评”问题作为优化办事流程、动态调整办事指南的重要参考依据")
    assert hall.person("何统筹").takes("mend_guide", case.number).detail == "mortgage-cancel"
    assert (case.page.now, case.page.answer) == ("已退回重办", "")
    assert luo.line(case.number).due.date == dt.date(2026, 10, 21)
    order = luo.does(m.DispatchCase(case_number=case.number, department="registry-2", case_class="work_order"))
    assert order.due.date == dt.date(2026, 10, 20), "its clock starts anew"
    xu.does(m.AcceptWorkOrder(work_order_id=order.work_order_id))
    town.later(10, 16)
    xu.does(m.ReplyToWorkOrder(work_order_id=order.work_order_id, text="“吉”已依职权更正为“𠮷”，更正和注销一并办结。"))
    luo.does(m.TellCitizen(case_number=case.number, medium="oral"))
    luo.does(m.RateCase(case_number=case.number, level="fairly_satisfied"))
    assert luo.is_refused(m.ArchiveCase(case_number=case.number)) == "follow_up_owed"
    article("第八条", "就办理进展情况及时向反映人反馈")
    luo.does(m.FollowUpCase(case_number=case.number, text="10月16日电话回访：新证上是𠮷字，房子已过户。"))


def kept_in_the_ledger(town: Town, case: Case) -> None:
    """第十六条: everything can be followed back, from the first word to the last."""
    hall = town["yueyang"]
    luo, office = hall.person("罗䶮"), hall.person("何统筹")
    article("第十六条", "确保件件有回音，事事可追溯")
    luo.does(m.ArchiveCase(case_number=case.number))
    assert [one.move for one in luo.reads(case.number).steps] == [
        *("file", "triage", "dispatch", "accept", "escalate", "escalate", "extend"),
        *("reply", "tell", "rate", "send_back", "dispatch", "accept", "reply", "tell", "rate", "follow_up", "archive"),
    ]
    book = office.does(m.ExportLedger(filed_from=dt.date(2026, 9, 24), filed_to=dt.date(2026, 9, 24)))
    (line,) = book.rows
    row = dict(zip([one.name for one in book.columns], line.cells, strict=True))
    told = (row["编号"], row["反映人"], row["承办单位"], row["办理时限"])
    assert told == (case.number, "黎𠮷祥", "登记二室", "交办事项 2026-10-20")
    assert (row["办理结果"], row["办结时间"]) == ("“吉”已依职权更正为“𠮷”，更正和注销一并办结。", "2026-10-16 09:30")


@pytest.mark.rule("R2", "R3", "R20")
def test_nobody_hears_a_bare_no(town: Town) -> None:
    """第七条: out of scope, not qualified, a grey area: three answers, and none of them without its words."""
    hall = town["yueyang"]
    chen, leader = hall.person("陈立群"), hall.person("周分管")
    elsewhere, supply, upward, at_once = (
        hall.hears(INHERITANCE, "history", "not_possible", "difficult").number for _ in range(4)
    )
    article("第四条", "超出国家法律、部门规章、相关政策规定范围“完全不能办”的事项")
    article("第七条", "应明确告知办理的方法、路径")
    barred = {"case_number": elsewhere, "kind": "elsewhere", "exclusion": "beyond_law"}
    way = "无批文的集资房不能直接登记；请到县历史遗留问题处置专班（县自然资源局312室）申请认定，认定后凭文件来登记。"
    assert chen.is_refused(m.DeclineCase(text="", **barred)) == "text_missing"
    assert chen.is_refused(m.DeclineCase(text=way, **barred)) == "answer_incomplete", "the provision is named too"
    chen.does(m.DeclineCase(text=way, basis="《不动产登记暂行条例》第二十二条", **barred))
    article("第七条", "应向申请人讲清、列明需补充的内容和改进方法")
    personal = {
        "case_number": supply,
        "kind": "supply",
        "exclusion": "personal",
        "text": "补齐下列材料后可以重新申请。",
    }
    assert chen.is_refused(m.DeclineCase(supply=(" ",), **personal)) == "answer_incomplete"
    chen.does(m.DeclineCase(supply=("二轻局撤销文件", "兄弟五人的委托书（可视频见证）"), **personal))
    article("第四条", "因个人原因办不成")
    article("第七条", "应建立快速便捷的沟通请示机制，及时答复申请人并报备")
    grey = m.DeclineCase(case_number=upward, kind="ask_upward", text="请示结果：可先办权籍调查，调查费由县里承担。")
    assert chen.is_refused(grey) == "answer_incomplete", "nobody was asked yet"
    chen.does(m.EscalateCase(case_number=upward, question="无批文集资房能否先行权籍调查？"))
    assert chen.is_refused(grey) == "answer_incomplete", "nobody has answered yet"
    leader.does(m.Instruct(case_number=upward, text="可以，费用列入县财政。"))
    chen.does(grey)
    article("第十一条", "“办不成事”反映窗口自身能协调解决的问题，当场予以协调解决")
    assert chen.is_refused(m.AnswerOnTheSpot(case_number=at_once, text="　")) == "text_missing"
    chen.does(m.AnswerOnTheSpot(case_number=at_once, text="查档可以现在就办，存根复印件已交给您。"))
    files_its_papers(hall, elsewhere, "refusal-notice", also=(supply, upward, at_once))
    told_next_door(town)


def told_next_door(town: Town) -> None:
    """山亭 knows no 个人原因; what goes to court is answered with where to go, without a provision."""
    sun, number = town["shanting"].person("孙晓燕"), town["shanting"].hears(INHERITANCE, "history", "other").number
    personal = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", exclusion="personal", supply=("批文",))
    assert sun.is_refused(personal) == "unknown_code"
    shanting_says("二（三）", "对于涉法、涉诉、涉访以及法律法规文件明确规定不予办理的事项")
    court = m.DeclineCase(case_number=number, kind="elsewhere", text="兄弟析产已在区法院立案。", exclusion="litigation")
    sun.does(court)
    town.nothing_crossed()
