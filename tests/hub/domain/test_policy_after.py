"""What the documents prescribe of ratings, reports, the archive and what citizens are told and given."""

import pytest

from tests.factories import a_policy
from tests.hub.domain.documents import SHIPPED, given, says, silent


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


@pytest.mark.rule("R46")
def test_training_as_yunfu_and_wuxi_demand_it():
    yunfu, wuxi = a_policy("yunfu").registers, a_policy("wuxi").registers
    assert says(yunfu.training_hours_y, 40, "每年不少于40学时")
    assert says(yunfu.trained_before_post, True, "先培训、再上岗")
    assert says(wuxi.trainings_y, 1, "每年至少参加一次业务培训")
    assert silent(yunfu.trainings_y, wuxi.training_hours_y, wuxi.trained_before_post)


@pytest.mark.rule("R42", "R49")
def test_wuxi_inspects_in_pairs_and_has_a_survey_made_each_year():
    wuxi = a_policy("wuxi").registers
    assert says(wuxi.inspectors, 2, "不少于2人同行")
    assert says(wuxi.surveys_y, 1, "每年委托第三方")
    others = [a_policy(name).registers for name in SHIPPED if name != "wuxi"]
    assert all(silent(one.inspectors, one.surveys_y) for one in others)


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


@pytest.mark.rule("R33", "R34")
def test_what_each_hall_says_of_the_time_after_its_answer():
    said = {name: one.value for name in SHIPPED if not (one := a_policy(name).after_closing).silent}
    assert said == {
        "yueyang": "请您评价；不满意、非常不满意的，退回重办并跟踪回访。",
        "shanting": "区政务服务中心会回访，请您评价。",
        "dahepingxiang": "办结后1个工作日内会回访您，听取您的满意度评价。",
    }


@pytest.mark.rule("R34")
def test_every_case_is_followed_up_in_shanting_and_dahepingxiang():
    for name in ("shanting", "dahepingxiang"):
        assert says(a_policy(name).follow_up.of, "every_case")


@pytest.mark.rule("R35")
def test_yunfu_asks_on_paper_where_there_is_no_device():
    assert says(a_policy("yunfu").rating.without_device, "survey", "服务评价器（表）")


@pytest.mark.rule("R36", "R37", "R41", "R43", "R48", "R49")
def test_which_reports_fall_due_for_whom():
    due = {
        name: {
            code: (one.every, one.to, "named" if one.names_people else "", "public" if one.public else "")
            for code, one in given(a_policy(name).reports).items()
        }
        for name in SHIPPED
    }
    assert due == {
        "yueyang": {"summary": ("month", ("leading_group",), "", "")},
        "shanting": {
            "progress": ("week", ("deputy_leader",), "named", ""),
            "published": ("month", ("centre",), "", "public"),
            "brief": ("month", ("management_office", "chief_representative"), "named", ""),
        },
        "dahepingxiang": {},
        "yunfu": {},
        "wuxi": {
            "rating": ("quarter", ("outlet_head",), "", ""),
            "monitoring": ("month", ("supervisor", "outlet_head"), "named", ""),
            "inspection": ("month", ("outlet_head",), "named", ""),
            "suggestions": ("week", (), "", "public"),
            "own_assessment": ("half_year", ("outlet_head", "authority"), "named", ""),
            "yearly_assessment": ("year", ("authority", "outlet_head"), "named", ""),
        },
    }


@pytest.mark.rule("R40", "R50")
def test_yueyang_keeps_its_ledger_and_wuxi_the_forms_of_its_refusals():
    assert says(a_policy("yueyang").archive.holds, ("ledger",), "第十六条")
    assert says(a_policy("wuxi").archive.holds, ("ledger", "transfers", "feedback", "refusal_forms"), "一并存档")


@pytest.mark.rule("R41")
def test_a_box_is_kept_in_wuxi_and_yunfu():
    wuxi, yunfu = a_policy("wuxi").suggestion_box, a_policy("yunfu").suggestion_box
    assert says(wuxi.kept, True, "7.1.3.2.1")
    assert says(wuxi.criticism_taken_up_by, "hall_head", "进行沟通")
    assert says(yunfu.kept, True, "投诉意见箱")


@pytest.mark.rule("R47", "R48")
def test_every_step_is_watched_in_yunfu_and_wuxi():
    assert says(a_policy("yunfu").supervision.every_step_watched, True, "查询留痕")
    assert says(a_policy("yunfu").notices.remind_at_due, True, "超期预警")
    assert says(a_policy("wuxi").supervision.every_step_watched, True, "全节点监控")


@pytest.mark.rule("R52")
def test_what_each_document_has_told_at_once():
    told = {name: a_policy(name).one_time_notice for name in SHIPPED}
    whole = ("conditions", "prerequisites", "materials", "procedure", "time_limit", "reasons_for_refusal")
    assert says(told["dahepingxiang"].tells, (*whole, "where_prerequisites"), "二、4")
    assert says(told["dahepingxiang"].all_missing_at_once, True, "二、2")
    assert says(told["yunfu"].same_words_from_all, True, "内容一致")
    assert says(told["wuxi"].tells, ("materials", "prerequisites"), "6.2.2 d")
    assert says(told["wuxi"].all_missing_at_once, True, "一次性告知")


@pytest.mark.rule("R54")
def test_who_acts_for_whom():
    agents = {name: a_policy(name).agents for name in SHIPPED}
    assert says(agents["dahepingxiang"].by, "agent", "代办员")
    assert agents["dahepingxiang"].for_what.value == "办理后须上级单位办理、审批、核定的不须本人亲自到场可办理的事项"
    assert agents["dahepingxiang"].focus.value[:2] == ("一件事一次办", "企业开办")
    assert says(agents["shanting"].offered, True, "帮办代办")
    assert agents["shanting"].for_what.value == "不属于本级或本地协调处理权限的问题"
    assert says(agents["yunfu"].offered, True, "帮办代办")
    assert says(agents["yunfu"].focus, ("老年人", "残疾人"), "特殊群体")
    assert says(agents["wuxi"].offered, True, "代办服务")
    assert agents["wuxi"].for_what.value == "网点根据实际情况确定的事项"
