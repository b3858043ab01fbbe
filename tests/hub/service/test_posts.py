"""Who decides what: the posts of the hall's document, held by people, and by who stands in for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, get_args

import pytest

from hub.domain.hall import Role
from hub.domain.policy import Policy
from hub.service.permissions import ALLOWED, STAFF
from hub.service.posts import DECIDED_BY
from hub.store import commands, schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import POLICIES, Desk, hold
from tests.hub.service.test_triage import under

TODAY = factories.MONDAY
MEETING: dict[str, Any] = {"members": ("张主任", "赵强"), "minutes": "各单位意见如下。", "decision": "三日内办结。"}
CHECKLIST = m.PublishChecklist(
    matter="transfer-sale",
    materials=(m.Material(code="deed", name="权属证书"),),
    parts=(m.ChecklistPart(kind="procedure", text="申请、审核。"), m.ChecklistPart(kind="time_limit", text="三日。")),
)


def as_(desk: Desk, code: str, terminal: str = "supervisor") -> None:
    """Who sits at a terminal from now on."""
    desk.staff[terminal] = code


def extension_asked(desk: Desk) -> m.Message:
    number = desk.dispatched("tax").case_number
    wish = m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。")
    assert desk.ask("department-tax", wish) == m.Done()
    return m.DecideExtension(case_number=number, granted=True)


def refusal_proposed(desk: Desk) -> m.Message:
    number = desk.file(reasons=("other",)).case_number
    filed = m.ProposeRefusal(case_number=number, text="宗地在禁建区内。", basis="土地管理法第七十四条")
    assert desk.ask("window-3", filed) == m.Done()
    return m.DecideRefusal(case_number=number, approved=True)


def escalated(desk: Desk) -> m.Message:
    number = desk.file(reasons=("other",)).case_number
    assert desk.ask("window-3", m.EscalateCase(case_number=number, question="能否受理？")) == m.Done()
    return m.Instruct(case_number=number, text="可以受理。")


def met(desk: Desk) -> m.Message:
    return m.RecordMeeting(case_number=desk.dispatched("tax").case_number, **MEETING)


def supervised(desk: Desk) -> m.Message:
    return m.SuperviseCase(case_number=desk.file(reasons=("other",)).case_number, text="请今天联系群众。")


def answered(desk: Desk) -> str:
    number = desk.file(reasons=("other",)).case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    return number


def followed_up(desk: Desk) -> m.Message:
    return m.FollowUpCase(case_number=answered(desk), text="群众说已办好。")


def erased(desk: Desk) -> m.Message:
    number = answered(desk)
    desk.ask("window-3", m.RateCase(case_number=number, level="satisfied"))
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="满意。"))
    desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    desk.ask("window-3", m.ArchiveCase(case_number=number))
    return m.ErasePerson(case_number=number, because="本人要求")


def of_the_hall(command: m.Message) -> Callable[[Desk], m.Message]:
    return lambda _desk: command


DECISIONS: list[tuple[str, Callable[[Desk], m.Message], str, str]] = [
    ("shanting", extension_asked, "deputy_leader", "分管负责人"),
    ("wuxi", refusal_proposed, "outlet_head", "网点负责人"),
    ("yueyang", escalated, "deputy_leader", "中心分管领导"),
    ("shanting", met, "management_office", "区政务服务管理办公室"),
    ("wuxi", supervised, "supervisor", "监察职能部门"),
    ("shanting", supervised, "deputy_leader", "分管负责人"),
    ("shanting", followed_up, "centre", "区政务服务中心"),
    ("shanting", erased, "hall_head", "大厅负责人"),
    ("wuxi", of_the_hall(m.NameDelegate(staff="06", delegate="07")), "hall_head", "服务大厅负责人"),
    ("shanting", of_the_hall(m.PostBulletin(text="停电。")), "centre", "区政务服务中心"),
    ("shanting", of_the_hall(m.ExportLedger(filed_from=TODAY, filed_to=TODAY)), "leading_group", "领导小组办公室"),
    ("shanting", of_the_hall(CHECKLIST), "hall_head", "大厅负责人"),
]


@pytest.mark.rule("R4", "R47")
@pytest.mark.parametrize(
    ("hall", "asked", "post", "title"), DECISIONS, ids=[f"{one[0]} {one[2]} {n}" for n, one in enumerate(DECISIONS)]
)
def test_what_the_document_gives_to_a_post_is_decided_by_who_holds_it_and_nobody_else(
    desk: Desk, hall: str, asked: Callable[[Desk], m.Message], post: str, title: str
) -> None:
    under(desk, hall)
    command = asked(desk)
    strange = "task_force"  # acts at the same terminal, and no document gives it a decision
    hold(desk, "92", strange)
    hold(desk, "91", post)
    as_(desk, "92")
    before = desk.kept()
    refused = desk.ask("supervisor", command)
    assert (refused.code, title in refused.text) == ("not_permitted", True), refused
    assert desk.kept() == before
    as_(desk, "91")
    assert not isinstance(answer := desk.ask("supervisor", command), m.Rejected), answer


@pytest.mark.rule("R4")
def test_a_refusal_names_title_and_the_command_that_gives_the_post_to_who_could_hold_it(desk: Desk) -> None:
    command = extension_asked(desk)
    hold(desk, "90", "supervisor")
    refused = desk.ask("supervisor", command)
    assert (
        refused.text
        == "分管负责人 decides on this here: ask them; is that you: bancheng staff change 90 --post deputy_leader"
    )
    assert desk.ask("window-3", command).text == "分管负责人 decides on this here: ask them"


def test_a_post_given_while_somebody_is_at_work_counts_at_once(desk: Desk) -> None:
    command = extension_asked(desk)
    hold(desk, "90", "supervisor")
    assert desk.ask("supervisor", command).code == "not_permitted"
    hold(desk, "90", "supervisor", "deputy_leader")
    assert desk.ask("supervisor", command) == m.Done()


@pytest.mark.rule("R26")
def test_where_the_document_is_silent_the_default_s_approver_decides(desk: Desk) -> None:
    assert POLICIES["shanting"].extension.approver.silent
    command = extension_asked(desk)
    hold(desk, "90", "hall_head", "main_leader", "leading_group", "supervisor")
    assert desk.ask("supervisor", command).code == "not_permitted"


@pytest.mark.rule("R4", "R21")
def test_each_step_of_the_ladder_answers_for_itself(desk: Desk) -> None:
    under(desk, "yueyang")
    command = escalated(desk)
    hold(desk, "90", "main_leader")
    hold(desk, "91", "deputy_leader")
    assert desk.ask("supervisor", command).code == "not_permitted"
    as_(desk, "91")
    assert desk.ask("supervisor", command) == m.Done()
    assert desk.ask("window-3", m.EscalateCase(case_number=command.case_number, question="请协调。")) == m.Done()
    assert desk.ask("supervisor", command).code == "not_permitted"
    as_(desk, "90")
    assert desk.ask("supervisor", command) == m.Done()
    assert desk.ask("supervisor", command).code == "nothing_asked"


@pytest.mark.rule("R22")
def test_of_the_department_that_leads_anybody_records_the_meeting(desk: Desk) -> None:
    hold(desk, "32", "handler")
    assert desk.ask("department-tax", met(desk)) == m.Done()
    under(desk, "yueyang")
    assert not POLICIES["yueyang"].handling.lead_department_convenes.value
    number = desk.file(reasons=("other",)).case_number
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="work_order"))
    assert desk.ask("department-tax", m.RecordMeeting(case_number=number, **MEETING)).code == "not_permitted"


def test_another_department_does_not_learn_from_a_refusal_that_there_is_a_case(desk: Desk) -> None:
    command = extension_asked(desk)
    hold(desk, "31", "handler")
    assert desk.ask("department-real-estate", command).code == "unknown_case"


@pytest.mark.rule("R10", "R73")
def test_who_follows_a_grievance_may_supervise_it_and_not_other_cases(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    lodged = factories.replace(
        m.LodgeGrievance(ground="overdue", text="拖了三个月。", on_paper=desk.complaint(reasons=("other",)).on_paper),
        respondent="李强",
        department="tax",
        happened="11月20日",
        place="三号窗口",
        name="王秀兰",
        phone="13800000000",
        channel="window",
    )
    grievance = desk.ask("window-3", lodged).case_number
    hold(desk, "90", "centre")
    assert desk.ask("supervisor", m.SuperviseCase(case_number=grievance, text="请尽快办理。")) == m.Done()
    assert desk.ask("supervisor", supervised(desk)).code == "not_permitted"


# --- nobody there


VACANT = [
    ("shanting", "deputy_leader", m.AskExtension(case_number="", added_wd=3, reason="需核实。")),
    ("yueyang", "deputy_leader", m.EscalateCase(case_number="", question="能否受理？")),
    ("wuxi", "outlet_head", m.ProposeRefusal(case_number="", text="在禁建区内。", basis="第七十四条")),
]


@pytest.mark.rule("R26", "R47", "R50")
@pytest.mark.parametrize(("hall", "post", "request_"), VACANT, ids=["extension", "ladder", "refusal"])
def test_what_nobody_could_answer_is_not_asked(desk: Desk, hall: str, post: str, request_: m.Message) -> None:
    under(desk, hall)
    first = "general" if hall == "shanting" else POLICIES[hall].classes[0].code
    number = desk.file(reasons=("other",)).case_number
    if isinstance(request_, m.AskExtension):
        desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class=first))
    asked = factories.replace(request_, case_number=number)
    hold(desk, "90", "supervisor")
    hold(desk, "06", "receiver", post)  # who asks is not who answers
    before = desk.kept()
    refused = desk.ask("window-3", asked)
    assert (refused.code, f"bancheng staff change CODE --post {post}" in refused.text) == ("post_vacant", True)
    assert desk.kept() == before
    hold(desk, "90", "supervisor", post)
    assert desk.ask("window-3", asked) == m.Done()


@pytest.mark.rule("R21")
def test_a_department_s_head_is_held_in_the_department_that_has_the_case(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    ask = m.EscalateCase(case_number=number, question="能否办理？")
    hold(desk, "31", "handler")
    assert desk.ask("window-3", ask).code == "post_vacant"  # 32 is section head of another department
    hold(desk, "31", "handler", "section_head")
    assert desk.ask("window-3", ask) == m.Done()


@pytest.mark.rule("R11", "R26")
def test_a_respondent_is_no_approver_to_wait_for(desk: Desk) -> None:
    lodged = m.LodgeGrievance(
        ground="overdue",
        text="拖了三个月。",
        on_paper=desk.complaint().on_paper,
        channel="window",
        respondent="刘主任",
        respondent_staff="90",
        happened="11月20日",
        place="大厅",
    )
    number = desk.ask("window-3", lodged).case_number
    sent = m.DispatchCase(case_number=number, department="tax", case_class="general")
    assert isinstance(desk.ask("window-3", sent), m.WorkOrderSent)
    wish = m.AskExtension(case_number=number, added_wd=3, reason="需核实。")
    assert desk.ask("department-tax", wish).code == "post_vacant"
    hold(desk, "91", "deputy_leader")
    assert desk.ask("department-tax", wish) == m.Done()


# --- standing in


def away(desk: Desk, absent: str, delegate: str, namer: str = "90") -> None:
    """The delegate stands in for today, as 无锡 lets them where there was no time."""
    as_(desk, namer)
    assert desk.ask("supervisor", m.NameDelegate(staff=absent, delegate=delegate)) == m.Done()
    as_(desk, delegate)
    assert desk.ask("supervisor", m.StepIn(absent=absent, reason="突发疾病。")) == m.Done()


@pytest.fixture
def wuxi(desk: Desk) -> Desk:
    """无锡, with a head of the outlet (91) and somebody who watches (92); 90 names delegates."""
    under(desk, "wuxi")
    hold(desk, "90", "hall_head")
    hold(desk, "91", "outlet_head")
    hold(desk, "92", "supervisor")
    return desk


def audit(desk: Desk, kind: str) -> list[tuple[str, str]]:
    return [(row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == kind]


@pytest.mark.rule("R7", "R47", "R50")
def test_who_stands_in_decides_with_the_absent_one_s_posts_and_the_audit_says_for_whom(wuxi: Desk) -> None:
    command = refusal_proposed(wuxi)
    as_(wuxi, "92")
    assert wuxi.ask("supervisor", command).code == "not_permitted"
    away(wuxi, "91", "92")
    assert wuxi.ask("supervisor", command) == m.Done()
    assert audit(wuxi, "DecideRefusal") == [("92", f"{command.case_number} for 91")]
    with wuxi.store.reading() as db:
        of_the_case = commands.AuditQuestion(subject=command.case_number)
        links, _ = commands.audit_links(db, wuxi.hall.code, of_the_case, 10)
    assert [one.kind for one in links] == ["FileComplaint", "ProposeRefusal", "DecideRefusal"]


@pytest.mark.rule("R7")
def test_the_posts_of_another_are_held_only_while_they_are_away(wuxi: Desk) -> None:
    command = refusal_proposed(wuxi)
    as_(wuxi, "90")
    wuxi.ask("supervisor", m.NameDelegate(staff="91", delegate="92"))
    as_(wuxi, "91")
    tomorrow = TODAY + dt.timedelta(days=1)
    assert wuxi.ask("supervisor", m.HandOverPost(first_day=tomorrow, last_day=tomorrow, note="一件待批。")) == m.Done()
    as_(wuxi, "92")
    assert wuxi.ask("supervisor", command).code == "not_permitted"
    wuxi.later(days=2)
    assert wuxi.ask("supervisor", command).code == "not_permitted"
    wuxi.later(days=-1)
    assert wuxi.ask("supervisor", command) == m.Done()


def test_who_decides_by_their_own_post_decides_for_nobody_else(wuxi: Desk) -> None:
    hold(wuxi, "92", "outlet_head")
    command = refusal_proposed(wuxi)
    away(wuxi, "91", "92")
    assert wuxi.ask("supervisor", command) == m.Done()
    assert audit(wuxi, "DecideRefusal") == [("92", command.case_number)]


@pytest.mark.rule("R7", "R50")
def test_who_stands_in_does_not_approve_what_the_absent_one_asked_for(wuxi: Desk) -> None:
    hold(wuxi, "93", "outlet_head")
    away(wuxi, "91", "92")
    as_(wuxi, "91", "window-3")
    command = refusal_proposed(wuxi)
    assert wuxi.ask("supervisor", command).code == "not_permitted"
    as_(wuxi, "93")
    assert wuxi.ask("supervisor", command) == m.Done()


@pytest.mark.rule("R7")
def test_nobody_names_themselves_to_stand_in(wuxi: Desk) -> None:
    as_(wuxi, "90")
    assert wuxi.ask("supervisor", m.NameDelegate(staff="91", delegate="90")).code == "no_authority"
    assert wuxi.query("supervisor", m.ListDelegates()).pairs == ()


# --- what people see


@pytest.mark.rule("R4", "R7")
def test_a_login_tells_posts_with_the_hall_s_titles_and_for_whom_somebody_stands_in(wuxi: Desk) -> None:
    assert wuxi.log_in("supervisor", "92").posts == (m.PostHeld(post="supervisor", title="监察职能部门"),)
    away(wuxi, "91", "92")
    assert wuxi.log_in("supervisor", "92").posts == (
        m.PostHeld(post="supervisor", title="监察职能部门"),
        m.PostHeld(post="outlet_head", title="网点负责人", acting_for="91"),
    )


@pytest.mark.rule("R26", "R50")
@pytest.mark.parametrize(
    ("hall", "asked", "waits", "post"),
    [
        ("shanting", extension_asked, "extension_asked", "deputy_leader"),
        ("wuxi", refusal_proposed, "refusal_waits", "outlet_head"),
        ("yueyang", escalated, "escalated", "deputy_leader"),
    ],
)
def test_a_notice_says_whose_word_is_waited_for(
    desk: Desk, hall: str, asked: Callable[[Desk], m.Message], waits: str, post: str
) -> None:
    under(desk, hall)
    asked(desk)
    waiting = desk.query("supervisor", m.ListNotices()).notices
    assert [one.post for one in waiting if one.kind == waits] == [post]
    assert {one.post for one in waiting if one.kind == "new_complaint"} <= {""}


@pytest.mark.rule("R4", "R21")
def test_what_was_laid_down_says_the_title_of_who_was_asked_and_answered(desk: Desk) -> None:
    under(desk, "yueyang")
    command = escalated(desk)
    desk.ask("supervisor", command)
    told = desk.ask("window-3", m.ReadCase(case_number=command.case_number)).facts
    assert [(one.kind, one.title) for one in told] == [("Escalated", "中心分管领导"), ("Instructed", "中心分管领导")]


# --- the table itself


def named(policy: Policy, place: str) -> object:
    group, _, key = place.partition(".")
    return getattr(getattr(policy, group), key).value if key else place


@pytest.mark.rule("R4")
@pytest.mark.parametrize("hall", sorted(POLICIES))
def test_the_table_names_posts_that_each_hall_has_at_terminals_that_may_ask(hall: str) -> None:
    policy = POLICIES[hall]
    for kind, row in DECIDED_BY.items():
        told = [named(policy, place) for place in row]
        codes = [code for one in told for code in (one if isinstance(one, tuple) else [one]) if isinstance(code, str)]
        assert any(policy.role(code).at in ALLOWED[kind] for code in codes), (kind, codes)


@pytest.mark.rule("R4")
def test_only_staff_decide() -> None:
    assert all(ALLOWED[kind] <= STAFF < frozenset(get_args(Role)) for kind in DECIDED_BY)
