"""The table of steps: complete, in each hall what its document has, and each sends its own command."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from msgspec.structs import fields, replace

from counter.phrasing import Phrasing
from counter.steps import table
from counter.steps.shape import GROUPS, Choice, Draft, Form, Incomplete, Note
from counter.steps.situation import Situation, fact_of
from counter.steps.waiting import waits
from counter.wording import Wording
from hub.domain import case, facts
from hub.domain.hall import Role
from hub.domain.words import Words
from hub.service.permissions import ALLOWED, STAFF
from hub.wire import messages as m
from tests.counter.makers import CALENDAR, HALLS, NOON, TODAY, hall_of, laid, situation, step
from tests.counter.steps import states
from tests.counter.steps.filling import filled

ELSEWHERE = {
    m.ReadCase: "opening the case in the list",
    m.ReadForm: "the page of its papers",
    m.ExportForm: "`bancheng form`: a file is written on the machine of who looks after the hall",
    m.BeginAttachment: "the page of its attachments",
    m.ExplainDue: "the case itself, beside its date",
    m.ReportPrint: "the printing station",
    m.ReplacePaperCode: "the printing station",
    m.ExportCase: "bancheng archive make, on the machine that has the key",
    m.AskVisit: "the list of visits: who asks for one need not have a case",
    m.RecordVisit: "the list of visits",
}
"""Commands about a case that are no step of it, and where they are sent from."""


def offered(found: Situation) -> list[str]:
    return [one.code for one in table.actions(found)]


def asked_for(found: Situation) -> list[str]:
    return [one.code for one in table.actions(found) if one.now]


# --- completeness


def test_every_command_about_a_case_is_reached_from_a_step_at_each_terminal_that_may_send_it() -> None:
    reached: dict[Role, set[type]] = {role: set() for role in STAFF}
    for role in STAFF:
        for found in states.every(role):
            for code in offered(found):
                one = next(known for known in table.STEPS if known.code == code)
                reached[role].add(one.sends)
                read = one.reads(found)
                reached[role] |= {type(read)} if read is not None else set()
    wanted = {
        (role, kind)
        for kind, roles in ALLOWED.items()
        for role in roles & STAFF
        if {"case_number", "work_order_id"} & {one.name for one in fields(kind)} and kind not in ELSEWHERE
    }
    assert {(role, kind.__name__) for role, kind in wanted if kind not in reached[role]} == set()


def test_no_step_is_offered_where_the_hub_would_refuse_its_command() -> None:
    for one in table.STEPS:
        assert one.roles <= ALLOWED[one.sends], one.code


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_filled_in_step_makes_its_own_command_about_its_own_case(role: Role) -> None:
    for found in states.every(role):
        for code in offered(found):
            draft = filled(code, found)
            if {"consent", "signature", "missing"} & set(table.missing(code, found, draft)):
                continue  # needs a paper, or a checklist, that these cases have not
            sent = table.command(code, found, draft)
            assert type(sent) is next(one.sends for one in table.STEPS if one.code == code)
            about = getattr(sent, "case_number", "") or getattr(sent, "work_order_id", "")
            assert about in (found.line.case_number, found.line.work_order_id)


def test_an_unfinished_step_sends_nothing_and_names_what_is_missing() -> None:
    found = situation(stage="filed")
    with pytest.raises(Incomplete) as refused:
        table.command("answer_on_the_spot", found, Draft({"text": " \n　"}))
    assert refused.value.missing == ("text",)


def test_every_fact_is_read_back_as_it_was_laid_down() -> None:
    date = dt.date(2026, 12, 3)
    for fact in (
        facts.Verified("general", "属实"),
        facts.Declined("supply", "", "", ("身份证", "户口本"), "oral"),
        facts.ExtensionAsked(3, date, "等档案", False, True, date),
        facts.ExtensionAsked(3, date, "等档案", True, False, None),
        facts.MeetingHeld("leading_group", "", ("甲", "乙"), "记录", "决定"),
        facts.ReferralFollowed("在办", True),
        facts.Escalated("deputy_leader", 2, "怎么办？"),
    ):
        assert fact_of(laid(fact)) == fact


def test_a_kind_of_fact_that_only_a_newer_hub_knows_is_passed_over() -> None:
    assert fact_of(replace(laid(facts.HeadArrived("张")), kind="SomethingNew")) is None


def test_every_word_that_a_step_can_ask_for_is_there() -> None:
    for role in STAFF:
        for found in states.every(role):
            phrases = Phrasing(Wording(Words("counter", "zh_Hans"), found.hall, found.policy))
            for code in offered(found):
                said(code, table.form(code, found, filled(code, found)), phrases)
                said(code, table.form(code, found, Draft()), phrases)
            assert all(phrases.note(one) for one in waits(found))
    words = Words("counter", "zh_Hans")
    wanted = [f"group.{one}" for one in GROUPS]
    for one in table.STEPS:
        wanted += [f"action.{one.code}", f"action.{one.code}.hint", f"compose.send.{one.code}"]
        wanted += [f"rejected.{code}" for code in one.blames]
        wanted += [f"compose.ready.{one.code}"] if one.sends is not m.DispatchCase else []
    assert [key for key in wanted if key not in words] == []


def said(code: str, form: Form, phrases: Phrasing) -> None:
    """Asks for every word of a form; the catalogue raises for one that is not there."""
    for one in form.fields:
        assert phrases.field(code, one)
        phrases.hint(code, one)
        if one.required:
            assert phrases.missing(code, one.name)
        for choice in one.choices:
            assert phrases.choice(code, one, choice)[0]
        if one.kind in ("choice", "many") and not one.choices:
            assert phrases.missing(code, f"{one.name}.none")
    assert all(phrases.note(one) for one in form.notes)
    assert all(phrases.quote(one.code, one.who) for one in form.quotes)
    if form.confirm:
        assert all(phrases.confirm(code, part) for part in ("title", "text", "yes"))


def test_a_rejection_is_said_where_it_is_mended() -> None:
    found = states.of("yueyang", "window", "accepted")
    fields = table.form("ask_extension", found, Draft()).fields
    assert table.blamed("ask_extension", fields, "extension_too_long") == "added_wd"
    assert table.blamed("ask_extension", fields, "too_long") == "reason"
    assert table.blamed("ask_extension", fields, "clock_paused") == ""
    refused = table.form("decide_extension", found, Draft()).fields
    assert table.blamed("decide_extension", refused, "text_missing") == ""


# --- what each hall offers


def ever(hall: str, role: str) -> set[str]:
    return {code for found in states.every(role) if found.policy.code == hall for code in offered(found)}


@pytest.mark.rule("R20", "R27", "R50", "R53", "R54", "R74")
@pytest.mark.parametrize(
    ("hall", "has", "has_not"),
    [
        ("yueyang", {"call_to_window"}, {"pause", "propose_refusal", "allow_later", "appoint_agent"}),
        ("shanting", {"call_to_window", "appoint_agent"}, {"pause", "propose_refusal", "allow_later"}),
        ("dahepingxiang", {"appoint_agent", "explain_lateness"}, {"pause", "propose_refusal", "call_to_window"}),
        ("yunfu", {"appoint_agent"}, {"pause", "propose_refusal", "call_to_window", "allow_later"}),
        ("wuxi", {"pause", "resume", "propose_refusal", "allow_later", "appoint_agent"}, {"call_to_window"}),
    ],
)
def test_each_hall_offers_what_its_document_has_and_not_what_it_has_not(
    hall: str, has: set[str], has_not: set[str]
) -> None:
    found = ever(hall, "window")
    assert has <= found
    assert has_not.isdisjoint(found)


@pytest.mark.rule("R19")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_step_makes_a_move_that_the_document_has_not(role: str) -> None:
    moves = {
        "dispatch": "dispatch",
        "answer_on_the_spot": "answer_on_the_spot",
        "refer_out": "refer_out",
        "decline": "decline",
        "ask_extension": "extend",
        "escalate": "escalate",
        "record_meeting": "meet",
        "rate": "rate",
        "follow_up": "follow_up",
        "archive": "archive",
        "triage": "triage",
    }
    for found in states.every(role):
        none = {move: replace(told, value=False) for move, told in found.policy.moves.items()}
        without = Situation(
            found.role, found.detail, replace(found.policy, moves=none), found.hall, CALENDAR, found.today, found.posts
        )
        assert set(moves).isdisjoint(offered(without))


@pytest.mark.rule("R18")
def test_where_the_document_wants_it_the_registration_is_verified_before_it_is_sent_out() -> None:
    filed = situation("dahepingxiang", stage="filed")
    assert asked_for(filed) == ["triage", "answer_on_the_spot"]
    assert {"dispatch", "refer_out"}.isdisjoint(offered(filed))
    first = table.actions(filed)[0]
    assert "审核确认" in first.cite
    sent = table.command("triage", filed, Draft({"text": "登记属实。"}))
    assert sent == m.TriageCase(filed.line.case_number, "登记属实。")
    assert asked_for(situation("dahepingxiang", stage="triaged"))[0] == "dispatch"


@pytest.mark.rule("R19")
@pytest.mark.parametrize(
    ("stage", "role", "codes"),
    [
        ("filed", "window", ["dispatch", "answer_on_the_spot"]),
        ("triaged", "window", ["dispatch", "answer_on_the_spot"]),
        ("rework", "window", ["dispatch", "answer_on_the_spot"]),
        ("dispatched", "window", []),
        ("replied", "window", ["tell_citizen"]),
        ("dispatched", "department", ["accept"]),
        ("accepted", "department", ["reply"]),
        ("replied", "department", []),
        ("filed", "supervisor", []),
    ],
)
def test_what_the_state_of_a_case_asks_for_stands_first(stage: str, role: str, codes: list[str]) -> None:
    assert asked_for(states.of("yueyang", role, stage)) == codes


@pytest.mark.parametrize("role", sorted(STAFF))
def test_what_is_asked_for_at_once_is_never_a_wall_of_buttons(role: str) -> None:
    assert max(len(asked_for(found)) for found in states.every(role)) <= 5


def test_a_department_acts_only_on_its_work_order() -> None:
    assert asked_for(situation(role="department", stage="dispatched", work_order_id="")) == []


def test_no_key_stands_for_two_steps() -> None:
    for role in STAFF:
        for found in states.every(role):
            keys = [one.key for one in table.actions(found) if one.key]
            assert len(set(keys)) == len(keys)


@pytest.mark.rule("R25")
def test_each_step_names_the_article_it_follows() -> None:
    cites = {one.code: one.cite for one in table.actions(situation(stage="filed"))}
    assert "第十一条" in cites["answer_on_the_spot"]
    assert "第十二条" in cites["dispatch"]
    reply = table.actions(situation(role="department", stage="accepted", work_order_id="w", case_class="work_order"))
    assert "第十三条" in reply[0].cite


# --- deciding


@pytest.mark.rule("R26")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_an_extension_is_decided_where_the_policy_s_approver_sits(role: str) -> None:
    wish = facts.ExtensionAsked(3, CALENDAR.due(TODAY, 8).date, "等档案馆调档", False, True, None)
    found = states.of("shanting", role, "accepted", facts_=(wish,))
    at = replace(found.policy.role("deputy_leader"), at=role)
    policy = replace(found.policy, roles=found.policy.roles | {"deputy_leader": at})
    elsewhere = replace(found.policy, roles=found.policy.roles | {"deputy_leader": replace(at, at="nobody")})
    here = states.of("shanting", role, "accepted", facts_=(wish,), policy=policy)
    assert asked_for(here)[0] == "decide_extension"
    refused = Draft({"verdict": "no"})
    assert table.missing("decide_extension", here, refused) == ("text",)
    assert table.command("decide_extension", here, refused.put("text", "按期办结")) == m.DecideExtension(
        here.line.case_number, granted=False, text="按期办结"
    )
    assert table.form("decide_extension", here, refused).quotes[0].text == "等档案馆调档"
    other = states.of("shanting", role, "accepted", facts_=(wish,), policy=elsewhere)
    assert "decide_extension" not in offered(other)


@pytest.mark.rule("R4")
def test_who_does_not_hold_the_approver_s_post_is_not_offered_the_decision() -> None:
    wish = facts.ExtensionAsked(3, CALENDAR.due(TODAY, 8).date, "等档案馆调档", False, True, None)

    def held(*posts: str) -> list[str]:
        return offered(states.of("shanting", "supervisor", "accepted", facts_=(wish,), held=frozenset(posts)))

    assert "decide_extension" in held("deputy_leader")
    assert "decide_extension" not in held("supervisor")


@pytest.mark.rule("R50")
def test_a_refusal_that_waits_is_decided_by_its_head_and_holds_everything_else() -> None:
    waits = (step("propose_refusal", text="土地性质不符"),)
    head = states.of("wuxi", "supervisor", "filed", more=waits)
    assert asked_for(head) == ["decide_refusal"]
    assert table.form("decide_refusal", head, Draft({"verdict": "yes"})).confirm
    told = [one.code for one in table.form("decide_refusal", head, Draft()).notes]
    assert {"refusal.copies", "refusal.administrative_litigation_and_administrative_review"} <= set(told)
    window = offered(states.of("wuxi", "window", "filed", more=waits))
    assert {"dispatch", "answer_on_the_spot", "decline", "propose_refusal", "decide_refusal"}.isdisjoint(window)
    again = states.of("wuxi", "window", "filed", more=(*waits, step("reject_refusal", 2)))
    assert {"dispatch", "propose_refusal"} <= set(offered(again))


@pytest.mark.rule("R21")
def test_a_question_upward_is_answered_where_it_was_asked_and_quoted() -> None:
    asked = facts.Escalated("deputy_leader", 1, "证载面积不符，可否先办？")
    found = states.of("yueyang", "supervisor", "filed", facts_=(asked,))
    assert asked_for(found) == ["instruct"]
    assert table.form("instruct", found, Draft()).quotes[0].text == "证载面积不符，可否先办？"
    assert "instruct" not in offered(states.of("yueyang", "department", "accepted", facts_=(asked,)))


# --- time


@pytest.mark.rule("R26")
def test_yueyang_extends_up_to_ten_working_days_in_all_after_the_citizen_was_told() -> None:
    found = states.of("yueyang", "department", "accepted")
    draft = table.begun("ask_extension", found, Draft())
    days, reason, told = table.form("ask_extension", found, draft).fields
    assert (days.most, days.usual, reason.name, told.name) == (5, "5", "reason", "citizen_told")
    done = draft.put("reason", "档案待查").put("citizen_told", told.token)
    assert table.command("ask_extension", found, done) == m.AskExtension(
        found.line.case_number, 5, "档案待查", citizen_told=True
    )
    assert table.missing("ask_extension", found, done.put("added_wd", "6")) == ("added_wd", "citizen_told")


@pytest.mark.rule("R26")
def test_dahepingxiang_extends_to_the_date_that_the_citizen_agreed_to_and_to_no_other() -> None:
    found = states.of("dahepingxiang", "window", "accepted")
    draft = Draft({"added_wd": "3", "reason": "档案待查"})
    agreed = table.form("ask_extension", found, draft).fields[-1]
    assert agreed.date == CALENDAR.due(TODAY, 8).date
    done = draft.put("citizen_agreed_to", agreed.token)
    sent = table.command("ask_extension", found, done)
    assert isinstance(sent, m.AskExtension)
    assert sent.citizen_agreed_to == agreed.date
    assert table.missing("ask_extension", found, done.put("added_wd", "4")) == ("citizen_agreed_to",)


@pytest.mark.rule("R26")
def test_what_is_extended_as_often_as_may_be_is_not_offered_again() -> None:
    granted = facts.ExtensionGranted(3, CALENDAR.due(TODAY, 8).date, "")
    assert "ask_extension" not in offered(states.of("yueyang", "department", "accepted", facts_=(granted,)))


@pytest.mark.rule("R27")
def test_while_the_clock_stands_still_it_can_only_go_on() -> None:
    found = states.of("wuxi", "department", "accepted", facts_=(facts.ClockPaused("superior", "已报市局"),))
    assert asked_for(found) == ["resume"]
    assert {"reply", "pause", "ask_extension"}.isdisjoint(offered(found))
    filed = states.of("wuxi", "window", "filed", facts_=(facts.ClockPaused("superior", "已报市局"),))
    assert {"answer_on_the_spot", "decline", "dispatch", "propose_refusal", "refer_out"}.isdisjoint(offered(filed))


@pytest.mark.rule("R74")
def test_a_late_answer_is_explained_first_by_whom_the_document_names() -> None:
    late = states.of("dahepingxiang", "department", "accepted", today=states.LATE)
    assert "explain_lateness" in asked_for(late)
    told = states.of("dahepingxiang", "department", "accepted", today=states.LATE, more=(step("explain", 2),))
    assert "explain_lateness" not in asked_for(told)
    assert "explain_lateness" not in offered(states.of("yueyang", "department", "accepted", today=states.LATE))


@pytest.mark.rule("R25")
def test_each_class_shows_the_date_it_would_give_today_from_where_the_clock_starts() -> None:
    found = situation("shanting", stage="filed")
    simple, general, complex_ = _classes(found)
    assert (simple.due.date, general.due.date) == (TODAY, dt.date(2026, 11, 25))
    assert complex_.due.date == dt.date(2026, 11, 30)
    later = {"stage": "filed", "filed_at": NOON - dt.timedelta(days=10)}
    assert _classes(situation("yueyang", **later))[0].due.start == TODAY
    assert _classes(situation("shanting", **later))[0].due.start == TODAY - dt.timedelta(days=10)


def _classes(found: Situation) -> tuple[Choice, ...]:
    return next(one.choices for one in table.form("dispatch", found, Draft()).fields if one.name == "case_class")


def test_a_case_is_first_sent_to_the_department_that_usually_handles_its_matter() -> None:
    found = situation("yueyang", stage="filed", matter="mortgage-cancel")
    assert table.begun("dispatch", found, Draft()).text("department") == "registry-2"
    assert table.begun("dispatch", situation(stage="filed", matter="unknown"), Draft()).text("department") == ""


# --- instead of a no


@pytest.mark.rule("R2", "R3")
def test_an_answer_instead_of_a_no_asks_for_what_its_kind_needs() -> None:
    found = situation("shanting", stage="filed")
    text = Draft({"text": "请到信访局", "medium": "oral"})
    assert table.missing("decline", found, text.put("kind", "elsewhere")) == ("exclusion",)
    barred = text.put("kind", "elsewhere").put("exclusion", "barred")
    assert table.missing("decline", found, barred) == ("basis",)
    assert table.missing("decline", found, text.put("kind", "elsewhere").put("exclusion", "gone")) == ("exclusion",)
    assert table.missing("decline", found, barred.put("exclusion", "petition")) == ()


@pytest.mark.rule("R3")
def test_what_superiors_said_is_an_answer_only_when_they_were_asked() -> None:
    kinds = _kinds(situation("yueyang", stage="filed"))
    assert kinds == ["elsewhere", "supply"]
    asked = (facts.Escalated("deputy_leader", 1, "？"), facts.Instructed("deputy_leader", "可以"))
    assert _kinds(situation("yueyang", stage="filed", facts=asked)) == ["elsewhere", "supply", "ask_upward"]


@pytest.mark.rule("R50")
def test_where_refusals_are_filed_only_what_to_supply_is_answered_at_once() -> None:
    assert _kinds(situation("wuxi", stage="filed")) == ["supply"]


def _kinds(found: Situation) -> list[str]:
    return [one.code for one in table.form("decline", found, Draft()).fields[0].choices]


# --- after the answer


@pytest.mark.rule("R32", "R33")
def test_a_rating_has_the_hall_s_own_levels_and_a_bad_one_its_reason_and_a_question() -> None:
    found = states.of("yueyang", "window", "replied", more=(step("tell", 2),))
    level, _ = table.form("rate", found, Draft()).fields
    assert [one.name for one in level.choices] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    bad, good = Draft({"level": "unsatisfied"}), Draft({"level": "satisfied"})
    assert (table.missing("rate", found, bad), table.missing("rate", found, good)) == (("text",), ())
    assert table.form("rate", found, bad).confirm
    assert not table.form("rate", found, good).confirm


@pytest.mark.rule("R34")
def test_a_follow_up_is_asked_for_where_its_document_says_who_does_it() -> None:
    told = (step("tell", 2),)
    assert "follow_up" in asked_for(states.of("shanting", "supervisor", "replied", more=told))
    assert "follow_up" not in offered(states.of("shanting", "window", "replied", more=told))
    assert "follow_up" in asked_for(states.of("dahepingxiang", "window", "replied", more=told))


@pytest.mark.rule("R24", "R34", "R40")
def test_nothing_is_archived_while_something_is_owed() -> None:
    told, visited = step("tell", 2), step("follow_up", 3)
    assert "archive" not in offered(states.of("dahepingxiang", "window", "rated", more=(told,)))
    assert "archive" not in offered(states.of("dahepingxiang", "window", "rated", more=(visited,)))
    done = states.of("dahepingxiang", "window", "rated", more=(told, visited))
    assert "archive" in asked_for(done)
    assert table.form("archive", done, Draft()).confirm
    open_ = (facts.ReferredOut("市局", "公函", True),)
    assert "archive" not in offered(states.of("dahepingxiang", "window", "rated", more=(told, visited), facts_=open_))


@pytest.mark.rule("R30")
def test_what_came_in_writing_is_answered_in_writing() -> None:
    letter = states.of("dahepingxiang", "window", "replied", detail_of={"channel": "mail"})
    assert [one.code for one in table.form("tell_citizen", letter, Draft()).fields[0].choices] == ["written"]


def test_what_others_have_to_do_is_said_where_the_steps_are() -> None:
    wish = facts.ExtensionAsked(3, CALENDAR.due(TODAY, 8).date, "等档案馆调档", False, True, None)
    found = states.of("shanting", "window", "accepted", facts_=(wish,))
    assert waits(found) == (Note("wait.extension", (("date", CALENDAR.due(TODAY, 8).date), ("who", "分管负责人"))),)
    assert waits(states.of("shanting", "window", "accepted")) == ()


# --- what earlier cases teach


@pytest.mark.rule("R38")
@pytest.mark.parametrize("code", ["triage", "answer_on_the_spot"])
def test_earlier_cases_are_asked_for_where_a_case_is_taken_up_and_stand_in_its_form(code: str) -> None:
    found = situation("shanting", stage="filed")
    assert table.reads(code, found) == m.SimilarCases(case_number=found.line.case_number)
    assert table.form(code, found, Draft()).similar == m.SimilarList(ready=False)
    told = m.SimilarList(ready=True)
    assert table.form(code, situation("shanting", stage="filed", read=(told,)), Draft()).similar == told
    assert table.form("dispatch", found, Draft()).similar is None


# --- materials


@pytest.mark.rule("R52")
def test_what_is_missing_is_chosen_from_the_checklist_and_later_only_from_what_was_told() -> None:
    found = situation("yueyang", stage="filed", read=(states.checklist(),))
    assert [one.name for one in table.form("give_one_time_notice", found, Draft()).fields[0].choices] == [
        "不动产权证书",
        "契税完税证明",
        "身份证明",
    ]
    records = (states.record("one_time_notice", ("deed", "tax"), version=2),)
    again = situation("yueyang", stage="filed", read=(states.checklist(),), detail_of={"records": records})
    form = table.form("give_one_time_notice", again, Draft())
    assert [one.code for one in form.fields[0].choices] == ["deed", "tax"]
    assert Note("notice.told_already") in form.notes
    none = table.form("give_one_time_notice", situation("yueyang", stage="filed"), Draft())
    assert none.notes == (Note("notice.no_checklist"),)


@pytest.mark.rule("R53")
def test_what_may_follow_is_received_before_the_result_is_handed_out() -> None:
    later = {"records": (states.record("allowed_later", ("项目批复", "可行性研究报告")),)}
    found = states.of("wuxi", "window", "replied", detail_of=later)
    assert "receive_materials" in asked_for(found)
    assert "deliver_result" not in offered(found)
    sent = table.command("receive_materials", found, Draft({"materials": "项目批复\n假的"}))
    assert sent == m.ReceiveMaterials(found.line.case_number, ("项目批复",))


@pytest.mark.rule("R54")
def test_nobody_is_acted_for_without_the_paper_that_says_they_agreed() -> None:
    found = situation("yunfu", stage="filed")
    assert table.missing("appoint_agent", found, Draft({"staff": "06"})) == ("consent",)
    paper = m.AttachmentView("c/a1", "consent", "同意书.pdf", "pdf", 9, NOON)
    with_paper = situation("yunfu", stage="filed", detail_of={"attachments": (paper,)})
    sent = table.command("appoint_agent", with_paper, Draft({"staff": "06", "consent": "c/a1"}))
    assert sent == m.AppointAgent(with_paper.line.case_number, "06", "c/a1")


# --- 投诉


@pytest.mark.rule("R12")
def test_a_major_grievance_waits_for_its_writing() -> None:
    waits = replace(states.GRIEVANCE, must_be_written=True)
    found = states.of("dahepingxiang", "window", "triaged", detail_of={"grievance": waits}, kind="grievance")
    assert set(offered(found)) == {"name_respondent", "record_statement", "supervise"}
    written = replace(waits, written_at=NOON)
    again = states.of("dahepingxiang", "window", "triaged", detail_of={"grievance": written}, kind="grievance")
    assert "dispatch" in offered(again)


@pytest.mark.rule("R10")
def test_a_grievance_is_looked_into_before_anything_answers_it() -> None:
    lodged = {"detail_of": {"grievance": states.GRIEVANCE}, "kind": "grievance"}
    found = states.of("dahepingxiang", "window", "filed", **lodged)
    assert "立即开展调查" in next(one.cite for one in table.actions(found) if one.code == "triage")
    assert {"answer_on_the_spot", "dispatch", "decline", "refer_out"}.isdisjoint(offered(found))
    assert "answer_on_the_spot" in offered(states.of("dahepingxiang", "window", "triaged", **lodged))


@pytest.mark.rule("R10")
def test_a_grievance_is_archived_by_who_tracks_it_to_its_end() -> None:
    lodged = {"detail_of": {"grievance": states.GRIEVANCE}, "kind": "grievance"}
    done = {"more": (step("tell", 2), step("follow_up", 3))}
    assert "archive" in offered(states.of("dahepingxiang", "supervisor", "rated", **lodged, **done))
    assert "archive" not in offered(states.of("dahepingxiang", "window", "rated", **lodged, **done))


def test_the_halls_of_these_tests_are_all_there_are() -> None:
    assert len(HALLS) == 5
    assert all(hall_of(name).policy == name for name in HALLS)
    assert set(get_args(case.Stage)) == {found.stage for found in states.every("window")}
