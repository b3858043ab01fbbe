"""What the five documents prescribe is what the policies say, each with its article."""

import pytest

from hub.config import BadHall, load_policy, shipped_policies
from hub.domain.errors import UnknownCode
from hub.domain.policy import Policy
from hub.domain.policy.shape import parts
from hub.domain.policy.values import Stated
from tests.factories import a_policy
from tests.hub.domain.documents import SHIPPED, given, says, silent, silent_items


def test_all_five_ship():
    assert shipped_policies() == tuple(sorted(SHIPPED))


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
    assert {one.code: (one.text, one.answer) for one in a_policy("dahepingxiang").exclusions} == {
        "barred_by_law": ("因法律法规限制不能办理的事项", "elsewhere"),
        "barred_by_document": ("上级有明确文件规定不能办理的事项", "elsewhere"),
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
    assert says(yunfu.kept, True, "AB岗位责任制")
    assert says(yunfu.authority_needed, True, "不得擅自代班代岗")


@pytest.mark.rule("R8")
def test_an_absent_window_shows_it_in_yunfu():
    assert says(a_policy("yunfu").handling.absence_shown, True, "21：")


@pytest.mark.rule("R9")
def test_channels_are_those_the_document_opens():
    assert says(a_policy("yueyang").channels, ("window", "kiosk"), "第三条")
    assert says(a_policy("shanting").channels, ("window", "kiosk", "phone", "web", "wechat"), "四：")
    assert all(silent(a_policy(name).channels) for name in ("dahepingxiang", "yunfu", "wuxi"))


@pytest.mark.rule("R15", "R16", "R17")
def test_shantings_three_forms_have_the_fields_of_its_annexes():
    forms = a_policy("shanting").forms
    names = {
        form: "、".join(f"{one.under}：{one.name}" if one.under else one.name for one in getattr(forms, form).value)
        for form in forms.__struct_fields__
    }
    assert names == {
        "acceptance": "编号、反映人姓名、联系电话、受理人员、受理时间、问题类型、“办不成事”情况记录、"
        "“办不成事”窗口处理意见、“办不成事”窗口处理意见：当场答复情况、“办不成事”窗口处理意见：转办部门、备注",
        "transfer": "编号、反映人姓名、联系电话、承办单位、承办人、问题类型、“办不成事”情况记录、办理要求、"
        "结果反馈：当事人、结果反馈：结果反馈区政务服务中心时间、备注",
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


@pytest.mark.rule("R3")
def test_what_each_document_wants_said_instead_of_no():
    said = {name: {kind: one.value for kind, one in given(a_policy(name).answers).items()} for name in SHIPPED}
    assert said == {
        "yueyang": {
            "elsewhere": "办理的方法、路径",
            "supply": "需补充的内容和改进方法",
            "ask_upward": "请示的结果，并报备",
        },
        "shanting": {
            "elsewhere": "耐心细致的解答，以及转交到哪里办理",
            "ask_upward": "向上级请示后落实反馈",
        },
        "dahepingxiang": {
            "elsewhere": "要去的部门地点、电话和要找的工作人员姓名",
            "supply": "所需补充的手续和材料",
            "ask_upward": "咨询了解或请示报告的结果",
        },
        "yunfu": {"supply": "需要补正的全部内容", "ask_upward": "提请协调解决的结果"},
        "wuxi": {"elsewhere": "应予办理的部门", "supply": "需要提供的相关材料和手续"},
    }


@pytest.mark.rule("R4")
def test_who_acts_at_which_terminal():
    posts = {name: {code: one.at for code, one in given(a_policy(name).roles).items()} for name in SHIPPED}
    assert posts == {
        "yueyang": {
            "receiver": "window",
            "owner": "window",
            "section_head": "department",
            "deputy_leader": "supervisor",
            "main_leader": "supervisor",
            "leading_group": "supervisor",
        },
        "shanting": {
            "receiver": "window",
            "owner": "window",
            "handler": "department",
            "chief_representative": "department",
            "deputy_leader": "supervisor",
            "task_force": "supervisor",
            "centre": "supervisor",
            "management_office": "supervisor",
        },
        "dahepingxiang": {
            "receiver": "window",
            "owner": "window",
            "handler": "department",
            "agent": "window",
            "centre": "supervisor",
        },
        "yunfu": {"clerk": "window", "deputy_leader": "supervisor", "main_leader": "supervisor"},
        "wuxi": {
            "clerk": "window",
            "handler": "department",
            "hall_head": "supervisor",
            "outlet_head": "supervisor",
            "supervisor": "supervisor",
            "authority": "nobody",
        },
    }


@pytest.mark.rule("R5", "R24")
def test_shantings_officer_follows_a_case_to_its_end_and_yunfus_first_answerer_owns_it():
    assert says(a_policy("shanting").handling.owner, "first_receiver", "全程跟踪督办")
    assert says(a_policy("shanting").handling.progress_by, "receiver", "解释答复")
    assert says(a_policy("yunfu").handling.owner, "first_receiver", "首问责任制")


@pytest.mark.rule("R19")
def test_each_document_has_its_own_course():
    moves = {name: {code for code, one in given(a_policy(name).moves).items() if one.value} for name in SHIPPED}
    course = {"triage", "answer_on_the_spot", "dispatch", "accept", "reply", "decline", "follow_up", "rate", "archive"}
    assert moves == {
        "yueyang": course | {"send_back", "extend", "escalate"},
        "shanting": course | {"refer_out", "extend", "meet"},
        "dahepingxiang": course | {"extend"},
        "yunfu": set(),
        "wuxi": {"answer_on_the_spot", "decline", "rate", "extend", "pause", "resume"},
    }


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
