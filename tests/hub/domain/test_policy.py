import msgspec
import pytest

from hub.config import BadHall, load_policy
from hub.domain.errors import UnknownCode
from hub.domain.policy import parse_policy
from tests.factories import a_policy

SHIPPED = ["yueyang", "shanting"]


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


@pytest.mark.rule("R2")
def test_what_is_out_of_scope_is_what_the_documents_leave_out():
    assert {one.code: (one.text, one.cite) for one in a_policy("yueyang").exclusions} == {
        "personal": ("因个人原因办不成的事项", "第四条、第七条"),
        "beyond_law": ("超出国家法律、部门规章、相关政策规定范围，“完全不能办”的事项", "第四条、第七条"),
    }
    assert {one.code: (one.text, one.cite) for one in a_policy("shanting").exclusions} == {
        "litigation": ("涉法、涉诉的事项", "二（三）"),
        "petition": ("涉访的事项", "二（三）"),
        "barred": ("法律法规文件明确规定不予办理的事项", "二（三）"),
    }


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


@pytest.mark.rule("R4")
def test_titles_are_the_documents_where_it_names_them_and_ours_elsewhere():
    yueyang, shanting = a_policy("yueyang").titles, a_policy("shanting").titles
    assert (yueyang["receiver"], shanting["receiver"]) == ("接诉人员", "办理专员")
    assert yueyang["owner"] == "首接负责人"
    assert shanting["chief_representative"] == "首席代表"
    assert yueyang["supervisor"] == shanting["supervisor"] == "监察人员"


@pytest.mark.rule("R9")
def test_channels_are_those_the_document_opens():
    assert a_policy("yueyang").channels.value == ("window", "kiosk")
    assert a_policy("shanting").channels.value == ("window", "kiosk", "phone", "web", "wechat")


@pytest.mark.rule("R25")
def test_yueyang_has_one_limit_counted_from_the_work_order():
    policy = a_policy("yueyang")
    assert [(one.code, one.limit_wd, one.owed) for one in policy.classes] == [("work_order", 5, "answer")]
    assert (policy.clock_starts.value, policy.clock_starts.silent) == ("dispatch", False)
    assert policy.promise.value == "反馈办理结果"


@pytest.mark.rule("R25")
def test_shanting_has_three_classes_and_is_silent_on_where_the_clock_starts():
    policy = a_policy("shanting")
    assert [(one.name, one.limit_wd, one.owed) for one in policy.classes] == [
        ("简单事项", 0, "settled"),
        ("一般事项", 2, "answer"),
        ("复杂事项", 5, "progress"),
    ]
    assert (policy.clock_starts.value, policy.clock_starts.silent) == ("filing", True)
    assert policy.longest_wd == 5


@pytest.mark.rule("R26")
def test_yueyangs_extension_is_ten_days_in_all_with_the_doubt_noted():
    policy = a_policy("yueyang")
    assert (policy.extension_cap_wd.value, policy.extension_counts.value) == (10, "total")
    assert "总时限" in policy.extension_counts.note
    assert policy.extension_needs.value == ("term_stated", "citizen_told", "window_told")


@pytest.mark.rule("R26")
def test_shantings_extension_needs_approval_and_has_no_cap():
    policy = a_policy("shanting")
    assert policy.extension_needs.value == ("approval",)
    assert (policy.extension_cap_wd.value, policy.extension_cap_wd.silent) == (0, True)


@pytest.mark.rule("R32")
def test_rating_levels_are_five_in_yueyang_and_two_in_shanting():
    assert [level.name for level in a_policy("yueyang").rating.value] == [
        "非常满意",
        "满意",
        "基本满意",
        "不满意",
        "非常不满意",
    ]
    assert [level.name for level in a_policy("shanting").rating.value] == ["满意", "不满意"]


@pytest.mark.rule("R33")
def test_the_two_worst_levels_of_yueyang_send_a_case_back():
    policy = a_policy("yueyang")
    assert [policy.sends_back(level.code) for level in policy.rating.value] == [False, False, False, True, True]
    assert not policy.rework.silent
    assert "退回重办" in policy.after_closing.value


@pytest.mark.rule("R33")
def test_shanting_promises_no_rework_because_its_document_is_silent():
    policy = a_policy("shanting")
    assert policy.rework.silent
    assert policy.sends_back("unsatisfied")
    assert not policy.sends_back("satisfied")
    assert "重办" not in policy.after_closing.value


@pytest.mark.rule("R34")
def test_shantings_centre_follows_up_at_no_stated_time():
    policy = a_policy("shanting")
    assert (policy.follow_up_by.value, policy.follow_up_by.silent) == ("区政务服务中心", False)
    assert (policy.follow_up_wd.value, policy.follow_up_wd.silent) == (0, True)
    assert "回访" in policy.after_closing.value


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_not_silent_says_where_it_stands(name):
    policy = a_policy(name)
    for field in policy.__struct_fields__:
        cited = getattr(policy, field)
        if hasattr(cited, "silent"):
            assert cited.silent != bool(cited.cite), field


@pytest.mark.parametrize("name", SHIPPED)
def test_codes_are_unique_and_rework_and_channels_name_known_ones(name):
    policy = a_policy(name)
    for listed in (policy.reasons, policy.exclusions, policy.classes, policy.rating.value):
        codes = [one.code for one in listed]
        assert len(codes) == len(set(codes))
    if not policy.rework.silent:
        assert set(policy.rework.value) <= {level.code for level in policy.rating.value}


def test_an_unknown_code_names_those_there_are():
    with pytest.raises(UnknownCode, match="no case class 'huge'; this hall has simple, general, complex"):
        a_policy("shanting").case_class("huge")
    with pytest.raises(UnknownCode, match="no reason"):
        a_policy("shanting").reason("huge")


def test_a_policy_must_bring_its_own_reasons_and_classes():
    with pytest.raises(msgspec.ValidationError, match="missing required field `reasons`"):
        parse_policy(b"code = 'x'\nversion = 1\nname = 'x'\nsource = 'x'", b"[rework]\nvalue = ['bad']\n")


def test_a_misspelt_value_is_named_by_its_path(tmp_path):
    wrong = tmp_path / "policy.toml"
    wrong.write_text("code = 'x'\n[clock_starts]\nvalue = 'sometime'\n")
    with pytest.raises(BadHall, match=r"policy\.toml: .*mend that value"):
        load_policy(wrong)


def test_an_unknown_policy_names_those_there_are():
    with pytest.raises(BadHall, match="there are shanting, yueyang"):
        load_policy("nowhere")
