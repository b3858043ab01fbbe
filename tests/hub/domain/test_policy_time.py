"""What the documents prescribe of time, complaints and supervision."""

import pytest

from hub.config import default_policy, policy_file
from hub.domain.policy import PolicyWrong, parse_policy
from tests.factories import a_policy
from tests.hub.domain.documents import SHIPPED, says, silent, silent_items


@pytest.mark.rule("R10")
def test_dahepingxiang_takes_complaints_on_six_grounds():
    told = a_policy("dahepingxiang").complaints
    assert says(told.taken, True, "四、1")
    assert [one.code for one in told.grounds.value] == [
        "overdue",
        "procedure",
        "rule_breach",
        "disputed",
        "bribery",
        "service",
    ]
    assert says(told.investigated_at_once, True, "立即开展调查")
    assert says(told.limit_class, "complex", "承诺时限")
    assert "按六、二、2（2）" in told.limit_class.note
    assert says(told.delay_explained, True, "说明情况")
    assert says(told.followed_by, "centre", "追踪")
    assert says(told.channels, ("window", "kiosk", "mail", "phone", "web", "box"), "举报箱")


@pytest.mark.rule("R11")
def test_what_a_complaint_says_is_listed_and_a_respondent_never_handles_it():
    told = a_policy("dahepingxiang").complaints
    assert says(told.must_say, ("respondent", "department", "matter", "time", "place", "name", "phone"), "四、5（二）")
    assert says(told.both_sides_protected, True, "四、5（一）")
    assert [a_policy(name).complaints.respondent_may_handle.value for name in SHIPPED] == [False] * 5


@pytest.mark.rule("R12")
def test_major_complaints_are_written_in_dahepingxiang():
    assert says(a_policy("dahepingxiang").complaints.written_when, ("major", "wide_impact"), "书面形式")
    assert a_policy("yueyang").complaints.written_when.value == ()


@pytest.mark.rule("R13")
def test_a_signed_complaint_is_confidential():
    assert says(a_policy("dahepingxiang").complaints.signed_confidential, True, "严格保密")


@pytest.mark.rule("R14")
def test_only_dahepingxiang_names_other_outlets():
    assert says(a_policy("dahepingxiang").complaints.outlets, ("县纪委监委", "12345热线"), "四、1")
    assert all(a_policy(name).complaints.outlets.value == () for name in SHIPPED if name != "dahepingxiang")


@pytest.mark.rule("R25")
def test_yueyang_has_one_limit_counted_from_the_work_order():
    policy = a_policy("yueyang")
    assert [(one.code, one.limit_wd, one.owed) for one in policy.classes] == [("work_order", 5, "answer")]
    assert says(policy.clock.starts, "dispatch", "收到“工单”后")
    assert policy.promise.value == "反馈办理结果"


@pytest.mark.rule("R25")
def test_shanting_has_three_classes_and_is_silent_on_where_the_clock_starts():
    policy = a_policy("shanting")
    assert [(one.name, one.limit_wd, one.owed) for one in policy.classes] == [
        ("简单事项", 0, "settled"),
        ("一般事项", 2, "answer"),
        ("复杂事项", 5, "progress"),
    ]
    assert (policy.clock.starts.value, policy.clock.starts.silent) == ("filing", True)
    assert all("附件2" in one.note for one in policy.classes[1:])
    assert policy.longest_wd == 5


@pytest.mark.rule("R25")
def test_dahepingxiang_settles_at_once_in_one_day_or_answers_in_three():
    policy = a_policy("dahepingxiang")
    assert [(one.code, one.limit_wd, one.owed) for one in policy.classes] == [
        ("immediate", 0, "settled"),
        ("general", 1, "settled"),
        ("complex", 3, "answer"),
    ]
    assert says(policy.clock.starts, "dispatch", "接到“办不成事”事项登记表后")


@pytest.mark.rule("R25")
@pytest.mark.parametrize("name", ["yunfu", "wuxi"])
def test_documents_without_limits_for_cases_inherit_one_and_promise_none(name):
    policy = a_policy(name)
    assert silent_items(policy.classes)
    assert silent(policy.clock.starts, policy.promise, policy.after_closing)


@pytest.mark.rule("R26")
def test_yueyangs_extension_is_ten_days_in_all_with_the_doubt_noted():
    told = a_policy("yueyang").extension
    assert says(told.cap_wd, 10, "最长不超过10个工作日")
    assert told.counts.value == "total"
    assert "总时限" in told.counts.note
    assert says(told.needs, ("term_stated", "citizen_told", "window_told"), "第十三条")
    assert silent(told.approver)


@pytest.mark.rule("R26")
def test_the_four_ways_to_extend_are_told_approved_agreed_and_written():
    needs = {name: a_policy(name).extension.needs.value for name in SHIPPED}
    assert "approval" not in needs["yueyang"]
    assert needs["shanting"] == ("approval",)
    assert needs["dahepingxiang"] == ("citizen_agrees", "term_stated")
    assert needs["wuxi"] == ("approval", "written", "term_stated", "reason_stated", "citizen_told")
    assert silent(a_policy("yunfu").extension.needs)
    for name in ("shanting", "dahepingxiang", "wuxi"):
        assert silent(a_policy(name).extension.cap_wd, a_policy(name).extension.approver)
        assert a_policy(name).extension.cap_wd.value == 0


@pytest.mark.rule("R27")
def test_the_clock_stops_in_wuxi_while_others_approve_and_nowhere_else():
    wuxi = a_policy("wuxi")
    assert [one.name for one in wuxi.clock.pause_grounds.value] == ["上级机关批准", "其他部门批准"]
    assert [name for name in SHIPPED if a_policy(name).has("pause")] == ["wuxi"]
    assert wuxi.clock.pause_needs_evidence.value


@pytest.mark.rule("R28")
def test_wuxis_four_breaches():
    told = a_policy("wuxi").clock.breaches
    assert says(told, ("late", "late_without_extension", "result_not_delivered", "no_reply"), "6.2.4.6")


@pytest.mark.rule("R29")
def test_what_dahepingxiang_left_unanswered_is_handled_and_refusals_say_why():
    told = a_policy("dahepingxiang").refusals
    assert says(told.unanswered_is_handled, True, "应予正常办理")
    assert says(told.reasons_in, "either", "口头或书面说明理由")


@pytest.mark.rule("R30")
def test_written_complaints_are_answered_in_writing_and_oral_ones_orally():
    told = a_policy("dahepingxiang").complaints
    assert says(told.reply_to_written, "written", "必须书面答复")
    assert says(told.reply_to_oral, "mainly_oral", "以口头答复为主")


@pytest.mark.rule("R31")
def test_promises_stay_within_the_law():
    assert says(a_policy("wuxi").promises.within_statutory, True, "少于或等于法定时限")
    yunfu = a_policy("yunfu").promises.services
    assert [(one.code, one.promised_wd) for one in yunfu.value] == [("general", 3), ("mortgage", 1)]
    assert all(one.promised_wd <= one.statutory_wd for one in yunfu.value)


@pytest.mark.rule("R31")
def test_a_promise_longer_than_the_law_allows_is_no_policy():
    told = policy_file("yunfu").read_bytes()
    longer = told.replace(b"promised_wd = 3,", b"promised_wd = 31,")
    with pytest.raises(PolicyWrong, match="31 working days are promised where the law gives 30"):
        parse_policy(longer, default_policy())
    assert parse_policy(told, default_policy()) == a_policy("yunfu")


@pytest.mark.rule("R73")
def test_who_supervises():
    shanting = a_policy("shanting").supervision
    assert says(shanting.followed_by, "receiver", "全程跟踪督办")
    assert says(shanting.looked_at_by, "deputy_leader", "定期调度")
    assert silent(shanting.every_wd)
    assert says(a_policy("dahepingxiang").supervision.followed_by, "receiver", "流转督办")


@pytest.mark.rule("R74")
def test_who_is_late_in_dahepingxiang_explains_it_to_the_citizen():
    assert says(a_policy("dahepingxiang").clock.late_explained_by, "handler", "责令责任人向办事人说明")
    assert a_policy("yueyang").clock.late_explained_by.value == ""


@pytest.mark.rule("R10")
def test_yunfus_complaints_are_on_what_must_not_happen_and_wuxi_takes_them_too():
    told = a_policy("yunfu").complaints
    assert says(told.taken, True, "投诉举报")
    assert [one.name for one in told.grounds.value] == [
        "卖号低效",
        "反复跑腿",
        "态度生硬",
        "违规收费",
        "吃拿卡要",
        "串通勾结",
        "违规办证",
    ]
    assert says(told.channels, ("window", "kiosk", "phone", "box"), "监督投诉电话")
    assert says(a_policy("wuxi").complaints.taken, True, "服务对象的投诉")


@pytest.mark.rule("R25")
def test_what_is_promised_by_the_due_date():
    promised = {name: one.value for name in SHIPPED if not (one := a_policy(name).promise).silent}
    assert promised == {
        "yueyang": "反馈办理结果",
        "shanting": "反馈办理结果或办理进度",
        "dahepingxiang": "解决或答复",
    }


@pytest.mark.rule("R29", "R31")
def test_wuxi_refuses_in_writing_and_publishes_its_promises_step_by_step():
    assert says(a_policy("wuxi").refusals.reasons_in, "written", "书面形式")
    assert says(a_policy("wuxi").promises.published_by_step, True, "分解细化")


@pytest.mark.rule("R73")
def test_yueyangs_leading_group_and_wuxis_supervisors_follow_every_case():
    assert says(a_policy("yueyang").supervision.followed_by, "leading_group", "第十七条")
    assert says(a_policy("wuxi").supervision.followed_by, "supervisor", "全程实时监管")
