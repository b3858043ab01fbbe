"""What the five documents prescribe is what the policies say, each with its article."""

import pytest

from hub.config import BadHall, load_policy, shipped_policies
from hub.domain.errors import UnknownCode
from hub.domain.policy import Policy
from hub.domain.policy.shape import parts
from hub.domain.policy.values import Stated
from tests.factories import a_policy

SHIPPED = ["yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi"]


def says(cited, value, cite=""):
    """Whether a document gives this value, with the words of its article."""
    return (cited.value, cited.silent, cite in cited.cite) == (value, False, True)


def silent(*cited):
    """Whether a document says nothing of these, and so the default holds."""
    return all(one.silent and not one.cite for one in cited)


def test_all_five_ship():
    assert shipped_policies() == tuple(sorted(SHIPPED))


def silent_items(listed):
    return all(one.silent and not one.cite for one in listed)


def reasons(policy):
    return {reason.code: (reason.ground, reason.cite) for reason in policy.reasons}


@pytest.mark.rule("R1")
def test_yueyangs_reasons_are_the_grounds_of_articles_3_4_and_9():
    found = reasons(a_policy("yueyang"))
    in_time = "企业群众在线上和线下提交申请材料后，在规定时限内未受理或未办结的事项"
    manner = "反映在办事过程中遇到的服务态度差、慢作为、不作为等问题"
    assert found == {
        "not_accepted": (in_time, "第九条"),
        "not_finished": (in_time, "第九条"),
        "not_approved": ("在线上、线下提交申请材料后，由于各种原因未能成功受理、成功审批", "第三条"),
        "repeated": ("企业、群众多次申请，仍未办成的不动产登记问题", "第四条"),
        "passed_around": ("多次到不动产登记中心被“踢皮球”未能办成的事项", "第九条"),
        "unclear": ("窗口工作人员政策解读不够、告知不清的问题", "第四条"),
        "not_possible": ("因政策法规不允许、申请材料不齐备等原因导致“无法办理”的事项", "第四条"),
        "difficult": ("申请办理业务过程中因遇到堵点难点等复杂疑难情况，导致“难以办理”的问题", "第四条"),
        "shirked": ("窗口工作人员不担当、不作为、不负责，以各种理由搪塞推脱、不予办理的问题", "第四条"),
        "attitude": (manner, "第九条"),
        "slow": (manner, "第九条"),
        "other": ("由于各种原因未能成功受理、成功审批", "第三条"),
    }


@pytest.mark.rule("R1")
def test_shantings_reasons_are_the_grounds_of_its_window_duties():
    found = reasons(a_policy("shanting"))
    applied = "企业和群众线上或线下提交依申请政务服务事项的申请材料后，由于各种原因未能成功受理、成功审批"
    manner = "企业群众来区政务服务大厅办事过程中遇到的服务态度差、不作为、慢作为、乱作为等问题"
    assert found == {
        "not_accepted": (applied, "二（三）"),
        "not_approved": (applied, "二（三）"),
        "repeated": ("企业群众多次来区政务服务大厅未能解决的其他事项", "二（三）"),
        "passed_around": ("聚焦企业和群众办事难、多头跑、来回跑、体验差等问题", "一"),
        "attitude": (manner, "二（三）"),
        "inaction": (manner, "二（三）"),
        "slow": (manner, "二（三）"),
        "misconduct": (manner, "二（三）"),
        "other": ("由于各种原因未能成功受理、成功审批", "二（三）"),
    }


@pytest.mark.rule("R1")
def test_dahepingxiangs_reasons_are_shantings_without_misconduct():
    found = reasons(a_policy("dahepingxiang"))
    applied = "办理依申请类政务服务事项过程中，办事人线上或线下提交申请后，未能实现成功受理、成功审批的事项"
    manner = "针对企业群众反映来服务中心办事过程中遇到的服务态度差、慢作为、不作为等问题"
    assert found == {
        "not_accepted": (applied, "六、一、1"),
        "not_approved": (applied, "六、一、1"),
        "repeated": ("针对企业群众多次来服务中心未能解决的其他问题", "六、一、2"),
        "attitude": (manner, "六、一、3"),
        "slow": (manner, "六、一、3"),
        "inaction": (manner, "六、一、3"),
        "other": ("针对企业群众多次来服务中心未能解决的其他问题", "六、一、2"),
    }


@pytest.mark.rule("R1")
@pytest.mark.parametrize("name", ["yunfu", "wuxi"])
def test_documents_that_are_silent_on_scope_quote_no_ground(name):
    policy = a_policy(name)
    assert silent_items(policy.reasons)
    assert {one.ground for one in policy.reasons} == {""}


@pytest.mark.rule("R2")
def test_what_is_out_of_scope_is_what_the_documents_leave_out():
    assert {one.code: (one.text, one.answer) for one in a_policy("yueyang").exclusions} == {
        "personal": ("因个人原因办不成的事项", "supply"),
        "beyond_law": ("超出国家法律、部门规章、相关政策规定范围，“完全不能办”的事项", "elsewhere"),
    }
    assert {one.code: (one.text, one.answer) for one in a_policy("shanting").exclusions} == {
        "litigation": ("涉法、涉诉的事项", "elsewhere"),
        "petition": ("涉访的事项", "elsewhere"),
        "barred": ("法律法规文件明确规定不予办理的事项", "elsewhere"),
    }
    assert {one.code: one.text for one in a_policy("dahepingxiang").exclusions} == {
        "barred_by_law": "因法律法规限制不能办理的事项",
        "barred_by_document": "上级有明确文件规定不能办理的事项",
    }
    for name in ("yunfu", "wuxi"):
        assert silent_items(a_policy(name).exclusions)


@pytest.mark.rule("R3")
@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_out_of_scope_is_a_dead_end(name):
    for exclusion in a_policy(name).exclusions:
        assert exclusion.guidance.endswith("。")
        assert exclusion.guidance not in exclusion.text


@pytest.mark.rule("R3")
def test_yueyangs_guidance_gives_what_article_7_asks_for():
    guidance = {one.code: one.guidance for one in a_policy("yueyang").exclusions}
    assert "列明需要补充的内容和改进方法" in guidance["personal"]
    assert "明确告知办理的方法、路径" in guidance["beyond_law"]


@pytest.mark.rule("R3")
def test_the_three_answers_are_the_documents():
    yueyang, dahe, wuxi = (a_policy(name).answers for name in ("yueyang", "dahepingxiang", "wuxi"))
    assert says(yueyang["elsewhere"], "办理的方法、路径", "第七条")
    assert says(yueyang["supply"], "需补充的内容和改进方法", "第七条")
    assert says(yueyang["ask_upward"], "请示的结果，并报备", "并报备")
    assert says(dahe["ask_upward"], "咨询了解或请示报告的结果", "不能一推了之")
    assert says(wuxi["elsewhere"], "应予办理的部门", "6.2.2 b")
    assert silent(wuxi["ask_upward"])


@pytest.mark.rule("R4")
def test_titles_are_the_documents_where_it_names_them_and_ours_elsewhere():
    titles = {name: a_policy(name).roles for name in SHIPPED}
    assert titles["yueyang"]["receiver"].title == "接诉人员"
    assert titles["yueyang"]["owner"].title == "首接负责人"
    assert titles["yueyang"]["section_head"].title == "业务股室负责人"
    assert titles["shanting"]["receiver"].title == "办理专员"
    assert titles["shanting"]["chief_representative"].title == "首席代表"
    assert titles["dahepingxiang"]["owner"].title == "首问责任人"
    assert titles["yunfu"]["deputy_leader"].title == "分管领导"
    assert titles["wuxi"]["outlet_head"].title == "网点负责人"
    assert titles["yueyang"]["supervisor"].title == "监察人员"
    assert titles["yueyang"]["supervisor"].silent


@pytest.mark.rule("R4")
def test_a_role_with_its_own_title_acts_where_the_default_does():
    assert a_policy("yueyang").role("section_head").at == "department"
    with pytest.raises(UnknownCode, match="no role 'king'"):
        a_policy("yueyang").role("king")


@pytest.mark.rule("R5")
def test_the_first_receiver_owns_a_case_in_yueyang_and_hands_it_over_on_record():
    handling = a_policy("yueyang").handling
    assert says(handling.owner, "first_receiver", "第六条")
    assert says(handling.handover_recorded, True, "交接")


@pytest.mark.rule("R6")
def test_dahepingxiang_names_department_place_phone_and_person_to_whom_it_sends():
    slip = a_policy("dahepingxiang").handling.directory_slip
    assert says(slip, ("department", "place", "phone", "person"), "一、2")


@pytest.mark.rule("R7")
def test_delegates_are_wuxis_clauses_and_yunfus_ban():
    wuxi, yunfu = a_policy("wuxi").delegates, a_policy("yunfu").delegates
    assert says(wuxi.kept, True, "6.2.3.1")
    assert says(wuxi.handover_ahead_d, 1, "提前一天")
    assert says(wuxi.steps_in_himself, True, "主动顶岗")
    assert says(wuxi.liable, True, "6.2.3.2")
    assert says(yunfu.authority_needed, True, "不得擅自代班代岗")


@pytest.mark.rule("R8")
def test_an_absent_window_shows_it_in_yunfu():
    assert says(a_policy("yunfu").handling.absence_shown, True, "21：")


@pytest.mark.rule("R9")
def test_channels_are_those_the_document_opens():
    assert says(a_policy("yueyang").channels, ("window", "kiosk"), "第三条")
    assert says(a_policy("shanting").channels, ("window", "kiosk", "phone", "web", "wechat"), "四：")
    assert all(silent(a_policy(name).channels) for name in ("dahepingxiang", "yunfu", "wuxi"))


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


@pytest.mark.rule("R15", "R16", "R17")
def test_shantings_three_forms_have_the_fields_of_its_annexes():
    forms = a_policy("shanting").forms
    names = {form: "、".join(one.name for one in getattr(forms, form).value) for form in forms.__struct_fields__}
    assert names == {
        "acceptance": "编号、反映人姓名、联系电话、受理人员、受理时间、问题类型、“办不成事”情况记录、"
        "“办不成事”窗口处理意见、当场答复情况、转办部门、备注",
        "transfer": "编号、反映人姓名、联系电话、承办单位、承办人、问题类型、“办不成事”情况记录、办理要求、"
        "结果反馈（当事人）、结果反馈区政务服务中心时间、备注",
        "ledger": "编号、反映人、联系电话、反映事项、受理时间、问题类型及办理时限、"
        "承办单位、办理结果、实际办结时间、备注",
        "registration": "",
    }


@pytest.mark.rule("R18")
def test_dahepingxiang_registers_and_verifies_before_it_routes():
    policy = a_policy("dahepingxiang")
    assert [one.name for one in policy.forms.registration.value] == [
        "“办不成事”事项名称",
        "涉及单位（窗口）",
        "反映人联系方式",
        "未成功办理原因",
    ]
    assert says(policy.handling.verified_before_dispatch, True, "审核确认")
    assert not a_policy("yueyang").handling.verified_before_dispatch.value


@pytest.mark.rule("R19")
def test_moves_name_the_articles_of_each_document():
    assert "第十一条" in a_policy("yueyang").article("triage")
    assert "第十六条" in a_policy("yueyang").article("archive")
    assert "三（六）" in a_policy("shanting").article("archive")
    assert "六、二、4" in a_policy("dahepingxiang").article("archive")
    assert "6.2.4.4" in a_policy("wuxi").article("extend")
    assert a_policy("yunfu").article("dispatch") == ""


@pytest.mark.rule("R20")
def test_the_section_head_comes_to_yueyangs_window_and_the_task_force_to_shantings():
    assert says(a_policy("yueyang").handling.comes_to_window, "section_head", "迅速到")
    assert says(a_policy("shanting").handling.comes_to_window, "task_force", "站台")
    assert a_policy("wuxi").handling.comes_to_window.value == ""


@pytest.mark.rule("R21")
def test_yueyang_escalates_to_the_deputy_and_then_the_main_leader():
    assert says(a_policy("yueyang").handling.ladder, ("deputy_leader", "main_leader"), "第十二条")


@pytest.mark.rule("R22")
def test_shantings_management_office_or_a_lead_department_convenes():
    handling = a_policy("shanting").handling
    assert says(handling.meeting_convener, "management_office", "联席会议")
    assert says(handling.lead_department_convenes, True, "三（二）")


@pytest.mark.rule("R23")
def test_what_shanting_hands_on_is_followed():
    policy = a_policy("shanting")
    assert says(policy.handling.handed_on_is_followed, True, "帮办代办")
    assert policy.has("refer_out")


@pytest.mark.rule("R24")
def test_results_go_to_citizen_and_window():
    for name in ("yueyang", "dahepingxiang"):
        assert says(a_policy(name).handling.result_goes_to, ("citizen", "window"))
    assert says(a_policy("yueyang").handling.progress_by, "owner", "第八条")


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
    assert says(told.reply_to_oral, "oral", "以口头答复为主")


@pytest.mark.rule("R31")
def test_promises_stay_within_the_law():
    assert says(a_policy("wuxi").promises.within_statutory, True, "少于或等于法定时限")
    yunfu = a_policy("yunfu").promises.services
    assert [(one.code, one.promised_wd) for one in yunfu.value] == [("general", 3), ("mortgage", 1)]
    assert all(one.promised_wd <= one.statutory_wd for one in yunfu.value)


@pytest.mark.rule("R32")
def test_rating_levels_are_five_in_yueyang_and_two_in_shanting():
    assert [level.name for level in a_policy("yueyang").rating.levels.value] == [
        "非常满意",
        "满意",
        "基本满意",
        "不满意",
        "非常不满意",
    ]
    assert [level.name for level in a_policy("shanting").rating.levels.value] == ["满意", "不满意"]
    assert all(silent(a_policy(name).rating.levels) for name in ("dahepingxiang", "yunfu", "wuxi"))


@pytest.mark.rule("R33")
def test_the_two_worst_levels_of_yueyang_send_a_case_back():
    policy = a_policy("yueyang")
    sent = [policy.sends_back(level.code) for level in policy.rating.levels.value]
    assert sent == [False, False, False, True, True]
    assert says(policy.rating.rework, ("unsatisfied", "very_unsatisfied"), "退回重办")
    assert says(policy.rating.bad_ones_mend_guides, True, "第十五条")
    assert "退回重办" in policy.after_closing.value


@pytest.mark.rule("R33")
def test_shanting_promises_no_rework_because_its_document_is_silent():
    policy = a_policy("shanting")
    assert (policy.rating.rework.value, policy.rating.rework.silent) == (("unsatisfied",), True)
    assert policy.sends_back("unsatisfied")
    assert not policy.sends_back("satisfied")
    assert "重办" not in policy.after_closing.value


@pytest.mark.rule("R34")
def test_who_follows_up_and_by_when():
    shanting, dahe, yueyang = (a_policy(name) for name in ("shanting", "dahepingxiang", "yueyang"))
    assert shanting.role(shanting.follow_up.by.value).title == "区政务服务中心"
    assert silent(shanting.follow_up.within_wd)
    assert says(dahe.follow_up.by, "receiver")
    assert says(dahe.follow_up.within_wd, 1, "办结后1个工作日内")
    assert says(yueyang.follow_up.of, "bad_ratings", "第十四条")
    assert silent(yueyang.follow_up.by, yueyang.follow_up.within_wd)
    assert "回访" in shanting.after_closing.value


@pytest.mark.rule("R35")
def test_ratings_are_asked_after_every_service_and_counted_each_quarter():
    for name in ("yunfu", "wuxi"):
        assert says(a_policy(name).rating.asked_after, "every_service")
    assert says(a_policy("wuxi").rating.without_device, "survey", "7.1.3.1.1")
    assert a_policy("wuxi").reports["rating"].every == "quarter"


@pytest.mark.rule("R36")
def test_yueyang_sums_up_every_month():
    summary = a_policy("yueyang").reports["summary"]
    assert (summary.every, summary.silent) == ("month", False)
    assert "举一反三" in summary.cite


@pytest.mark.rule("R37")
def test_shanting_reports_with_names_to_the_deputy_leader_and_without_them_to_everybody():
    reports = a_policy("shanting").reports
    assert (reports["progress"].to, reports["progress"].names_people) == (("deputy_leader",), True)
    assert (reports["published"].public, reports["published"].names_people) == (True, False)
    assert "冷硬横推" in reports["brief"].cite


@pytest.mark.rule("R40")
def test_what_the_archive_holds():
    whole = ("ledger", "transfers", "leader_notes", "feedback", "briefs", "minutes")
    assert says(a_policy("shanting").archive.holds, whole, "三（六）")
    assert says(a_policy("dahepingxiang").archive.holds, ("ledger", "registration"), "六、二、4")


@pytest.mark.rule("R41")
def test_wuxis_box_is_read_daily_answered_on_wednesdays_and_kept_three_years():
    policy = a_policy("wuxi")
    assert says(policy.suggestion_box.checked_every, "day", "每天检查")
    assert says(policy.suggestion_box.published_on, ("wednesday",), "每周三")
    assert (policy.reports["suggestions"].on, policy.reports["suggestions"].public) == ("wednesday", True)
    assert says(policy.archive.keep_y["suggestion"], 3, "保管期应为3年")
    assert silent(*(kept for code, kept in policy.archive.keep_y.items() if code != "suggestion"))
    assert all(silent(*a_policy(name).archive.keep_y.values()) for name in SHIPPED if name != "wuxi")


@pytest.mark.rule("R43")
def test_wuxis_grades():
    told = a_policy("wuxi").assessment
    assert [(one.name, one.from_points) for one in told.grades.value] == [
        ("优秀", 91),
        ("良好", 81),
        ("合格", 71),
        ("不合格", 0),
    ]
    assert told.every.value == ("half_year", "year")


@pytest.mark.rule("R50")
def test_wuxi_files_refusals_in_two_copies_that_the_head_approves_and_names_the_remedies():
    told = a_policy("wuxi").refusals
    assert says(told.filed, True, "登记备案")
    assert says(told.copies, 2, "一式两份")
    assert says(told.approver, "outlet_head", "网点负责人批准")
    assert says(told.notice_in, "written", "书面形式")
    assert says(told.remedies, ("administrative_review", "administrative_litigation"), "行政复议或行政诉讼")
    assert says(told.archived_with_materials, True, "一并存档")
    assert [name for name in SHIPPED if a_policy(name).refusals.filed.value] == ["wuxi"]


@pytest.mark.rule("R51")
def test_returned_materials_need_identity_and_signature_in_wuxi():
    assert says(a_policy("wuxi").refusals.return_needs, ("id_shown", "signature"), "签收备查")


@pytest.mark.rule("R52")
def test_what_is_told_at_once():
    dahe, yunfu = a_policy("dahepingxiang").one_time_notice, a_policy("yunfu").one_time_notice
    assert set(dahe.tells.value) >= {"conditions", "prerequisites", "materials", "procedure", "time_limit"}
    assert yunfu.tells.value == ("legal_basis", "materials", "procedure", "time_limit")
    assert says(dahe.same_words_from_all, True, "口径一致")
    assert says(yunfu.all_missing_at_once, True, "全部内容")


@pytest.mark.rule("R53")
def test_wuxis_nine_materials_may_follow_until_collection():
    told = a_policy("wuxi").later_materials
    assert len(told.may_follow.value) == 9
    assert told.until.value == "collection"
    assert says(told.promised_until, "decision", "5.11.2")
    assert [name for name in SHIPPED if a_policy(name).later_materials.may_follow.value] == ["wuxi"]


@pytest.mark.rule("R54")
def test_agents_are_voluntary_free_and_in_time_in_dahepingxiang():
    told = a_policy("dahepingxiang").agents
    assert says(told.offered, True, "不须本人亲自到场")
    assert says(told.terms, ("voluntary", "free", "in_time"), "免费")
    assert {"老年人", "残疾人"} <= set(told.focus.value)
    assert not a_policy("yueyang").agents.offered.value


@pytest.mark.rule("R70")
def test_results_are_fetched_mailed_or_sent_online():
    wuxi = a_policy("wuxi").delivery
    assert wuxi.ways.value == ("pickup", "mail", "online")
    assert says(wuxi.pickup_checks_originals, True, "5.9.4.1")
    assert says(a_policy("yunfu").delivery.ways, ("pickup", "mail"), "EMS")


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


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_not_silent_says_where_it_stands(name):
    stated = [part for part in parts(a_policy(name), Policy) if isinstance(part.value, Stated)]
    assert len(stated) > 120
    for part in stated:
        assert part.value.silent != bool(part.value.cite), part.path


def test_an_unknown_code_names_those_there_are():
    with pytest.raises(UnknownCode, match="no case class 'huge'; this hall has simple, general, complex"):
        a_policy("shanting").case_class("huge")
    with pytest.raises(UnknownCode, match="no reason"):
        a_policy("shanting").reason("huge")
    with pytest.raises(UnknownCode, match="no exclusion"):
        a_policy("shanting").exclusion("huge")


def test_a_misspelt_value_is_named_with_its_line(tmp_path):
    wrong = tmp_path / "policy.toml"
    wrong.write_text("code = 'x'\nversion = 1\nname = 'x'\nsource = 'x'\n[clock.starts]\nvalue = 'sometime'\n")
    with pytest.raises(BadHall, match=r"policy\.toml cannot be used(?s:.*)line 6: clock\.starts\.value"):
        load_policy(wrong)


def test_an_unknown_policy_names_those_there_are():
    with pytest.raises(BadHall, match="there are dahepingxiang, shanting, wuxi, yueyang, yunfu"):
        load_policy("nowhere")
