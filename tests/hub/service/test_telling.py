"""The answer reaches the citizen and the window, in the right medium; what is late is derived, and explained."""

from __future__ import annotations

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import POLICIES, Desk
from tests.hub.service.test_attachments import attached
from tests.hub.service.test_grievances import lodged
from tests.hub.service.test_triage import under
from tests.hub.service.test_watch import at, look, told, under_a_policy_that_pauses


def replied(desk: Desk, **changes: object) -> str:
    """A case that 不动产登记中心 has answered; due on Wednesday the 25th."""
    line = desk.dispatched("real-estate", **changes)
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    reply = m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。")
    assert desk.ask("department-real-estate", reply) == m.Done()
    return line.case_number


def tell(desk: Desk, number: str, medium: str = "oral", text: str = "") -> m.Answer:
    return desk.ask("window-3", m.TellCitizen(case_number=number, medium=medium, text=text))


def explain(
    desk: Desk, number: str, terminal: str = "department-real-estate", text: str = "等待省厅批复。"
) -> m.Answer:
    return desk.ask(terminal, m.ExplainLateness(case_number=number, text=text))


def breaches(desk: Desk, number: str, terminal: str = "supervisor") -> m.Breaches:
    found = desk.query(terminal, m.ReadBreaches(case_number=number))
    assert isinstance(found, m.Breaches), found
    return found


def who_explains(desk: Desk) -> None:
    """From now on cases are opened under a policy that has whoever is late explain it, as 大合坪's has."""
    clock = factories.replace(
        desk.policy.clock, late_explained_by=factories.a_policy("dahepingxiang").clock.late_explained_by
    )
    desk.policy = factories.replace(desk.policy, version=2, clock=clock)
    desk.reopen()


@pytest.mark.rule("R24")
def test_the_result_goes_to_the_window_and_to_the_citizen_before_the_case_is_archived(desk: Desk) -> None:
    number = replied(desk)
    assert told(desk, "window-3", "replied") == [("replied", number, "")]
    desk.later(hours=1)
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="满意。"))
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)).code == "result_not_told"
    assert tell(desk, number, text="电话告知，可来领证。") == m.Done()
    steps = desk.ask("window-3", m.ReadCase(case_number=number)).steps
    assert (steps[-1].move, steps[-1].who, steps[-1].text) == ("tell", "name of 06", "oral: 电话告知，可来领证。")
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)) == m.Done()


@pytest.mark.rule("R24")
def test_nobody_is_told_of_an_answer_that_there_is_not(desk: Desk) -> None:
    assert tell(desk, desk.file().case_number).code == "move_not_allowed"


@pytest.mark.rule("R30")
def test_what_was_written_is_answered_in_writing(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="tax")
    attached(desk, number, kind="written_form")
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。")) == m.Done()
    assert tell(desk, number, "oral").code == "wrong_medium"
    assert tell(desk, number, "written") == m.Done()
    assert tell(desk, replied(desk), "oral") == m.Done()


@pytest.mark.rule("R30")
def test_what_a_document_says_of_spoken_grievances_binds_no_other_answer(desk: Desk) -> None:
    told = POLICIES["dahepingxiang"].complaints
    orally = factories.replace(told, reply_to_oral=factories.replace(told.reply_to_oral, value="oral"))
    under(desk, "dahepingxiang", version=9, complaints=orally)
    matter, grievance = desk.file().case_number, lodged(desk, ground="service")
    for number in (matter, grievance):
        assert desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。")) == m.Done()
        assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已办。")) == m.Done()
    assert tell(desk, matter, "written") == m.Done()
    assert tell(desk, grievance, "written").code == "wrong_medium"
    assert tell(desk, grievance, "oral") == m.Done()


@pytest.mark.rule("R9", "R30")
def test_a_letter_is_answered_in_writing(desk: Desk) -> None:
    channels = factories.replace(desk.policy.channels, value=(*desk.policy.channels.value, "mail"))
    desk.policy = factories.replace(desk.policy, version=2, channels=channels)
    desk.reopen()
    number = replied(desk, terminal="window-3", channel="mail")
    assert tell(desk, number, "oral").code == "wrong_medium"
    assert tell(desk, number, "written") == m.Done()


@pytest.mark.rule("R26", "R28")
def test_what_was_extended_and_late_all_the_same_is_no_breach_of_the_extension(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    desk.ask("department-real-estate", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    at(desk, 12, 1, "09:00")
    assert breaches(desk, number).codes == ("late", "no_reply")


@pytest.mark.rule("R26", "R28", "R33")
def test_an_extension_of_the_earlier_clock_excuses_nothing_after_a_bad_rating(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    number = line.case_number
    desk.ask("department-real-estate", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。"))
    desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    desk.later(hours=1)
    desk.ask("window-3", m.RateCase(case_number=number, level="unsatisfied", text="没有办成"))
    at(desk, 12, 30, "09:00")
    assert breaches(desk, number).codes == ("late", "late_without_extension", "no_reply")


@pytest.mark.rule("R11", "R28")
def test_the_respondent_learns_of_no_breach_of_a_grievance(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", respondent_staff="07")
    asked = m.ReadBreaches(case_number=number)
    assert desk.query("window-1", asked).code == "unknown_case"
    assert desk.query("window-3", asked).case_number == number


@pytest.mark.rule("R28")
def test_breaches_are_derived_from_the_record(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    assert breaches(desk, number).codes == ()
    at(desk, 11, 25, "16:00")
    assert breaches(desk, number).codes == ()
    at(desk, 11, 26, "00:01")
    assert breaches(desk, number).codes == ("late", "late_without_extension", "no_reply")


@pytest.mark.rule("R28")
def test_a_late_answer_stays_late_and_one_that_nobody_was_told_of_is_not_delivered(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    at(desk, 11, 26, "10:00")
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    late = ("late", "late_without_extension")
    assert breaches(desk, line.case_number).codes == (*late, "result_not_delivered")
    desk.later(minutes=1)
    tell(desk, line.case_number)
    assert breaches(desk, line.case_number).codes == late


@pytest.mark.rule("R28")
def test_an_answer_in_time_that_reaches_nobody_is_a_breach_after_its_due_date(desk: Desk) -> None:
    number = replied(desk)
    assert breaches(desk, number).codes == ()
    at(desk, 11, 26, "10:00")
    assert breaches(desk, number).codes == ("result_not_delivered",)


@pytest.mark.rule("R28")
def test_a_policy_counts_the_breaches_that_it_names(desk: Desk) -> None:
    clock = factories.replace(
        desk.policy.clock, breaches=factories.replace(desk.policy.clock.breaches, value=("late",))
    )
    desk.policy = factories.replace(desk.policy, version=2, clock=clock)
    desk.reopen()
    number = desk.dispatched("real-estate").case_number
    at(desk, 11, 26, "10:00")
    assert breaches(desk, number).codes == ("late",)


@pytest.mark.rule("R69")
def test_a_department_learns_of_its_own_cases_alone(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    refused = desk.query("department-tax", m.ReadBreaches(case_number=number))
    assert refused.code == "unknown_case"
    assert explain(desk, number, "department-tax").code == "unknown_case"
    assert breaches(desk, number, "department-real-estate").case_number == number


@pytest.mark.rule("R74")
def test_who_is_late_is_asked_to_explain_it_to_the_citizen_and_no_archive_before(desk: Desk) -> None:
    who_explains(desk)
    line = desk.dispatched("real-estate")
    number = line.case_number
    at(desk, 11, 26, "10:00")
    look(desk)
    assert told(desk, "department-real-estate", "explain_late") == [("explain_late", number, "2026-11-25")]
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-real-estate", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    tell(desk, number)
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="满意。"))
    assert breaches(desk, number).explanation_owed
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)).code == "explanation_owed"
    assert explain(desk, number) == m.Done()
    assert not breaches(desk, number).explanation_owed
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)) == m.Done()


@pytest.mark.rule("R74")
def test_an_explanation_is_recorded_with_its_words_and_asked_for_once(desk: Desk) -> None:
    who_explains(desk)
    number = desk.dispatched("real-estate").case_number
    assert explain(desk, number).code == "not_late"
    for day in (26, 27):
        at(desk, 11, day, "10:00")
        look(desk)
    assert len(told(desk, "department-real-estate", "explain_late")) == 1
    assert explain(desk, number, text=" ").code == "text_missing"
    explain(desk, number)
    steps = desk.ask("window-3", m.ReadCase(case_number=number)).steps
    assert [(one.move, one.who, one.text) for one in steps[-1:]] == [("explain", "name of 31", "等待省厅批复。")]


@pytest.mark.rule("R74")
def test_a_hall_whose_document_does_not_ask_for_it_wants_no_explanation(desk: Desk) -> None:
    number = desk.dispatched("real-estate").case_number
    at(desk, 11, 26, "10:00")
    look(desk)
    assert told(desk, "department-real-estate", "explain_late") == []
    assert not breaches(desk, number).explanation_owed


@pytest.mark.rule("R73")
def test_a_note_of_supervision_reaches_whoever_has_the_case(desk: Desk) -> None:
    number = desk.file().case_number
    note = m.SuperviseCase(case_number=number, text="请今天联系群众。")
    assert desk.ask("supervisor", note) == m.Done()
    assert told(desk, "window-3", "supervised") == [("supervised", number, "")]
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert desk.ask("supervisor", note) == m.Done()
    assert told(desk, "department-tax", "supervised") == [("supervised", number, "")]
    steps = desk.ask("department-tax", m.ReadCase(case_number=number)).steps
    assert (steps[-1].move, steps[-1].who, steps[-1].text) == ("note", "name of 90", "请今天联系群众。")
    assert desk.ask("supervisor", m.SuperviseCase(case_number=number, text=" ")).code == "text_missing"


@pytest.mark.rule("R73", "R13")
def test_the_citizen_s_page_has_none_of_what_is_said_among_staff(desk: Desk) -> None:
    complaint = desk.complaint()
    number = desk.ask("kiosk-1", complaint).case_number
    desk.ask("supervisor", m.SuperviseCase(case_number=number, text="请今天联系群众。"))
    page = desk.query("web", m.LookUp(secret=complaint.on_paper.token))
    assert [one.move for one in page.steps] == ["file"]


def test_an_archived_case_is_closed_to_notes_too(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="满意。"))
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)) == m.Done()
    assert desk.ask("supervisor", m.SuperviseCase(case_number=number, text="再看。")).code == "move_not_allowed"
    assert tell(desk, number).code == "move_not_allowed"


@pytest.mark.rule("R27", "R28")
def test_nothing_is_late_while_the_clock_stands_still(desk: Desk) -> None:
    under_a_policy_that_pauses(desk)
    number = desk.dispatched("real-estate").case_number
    desk.ask("window-3", m.PauseClock(case_number=number, ground="superior", evidence="请示〔2026〕3号"))
    at(desk, 12, 10, "09:00")
    assert breaches(desk, number).codes == ()


@pytest.mark.rule("R24")
def test_the_unit_itself_tells_the_citizen_of_its_own_case_and_of_no_other(desk: Desk) -> None:
    number = replied(desk)
    told = m.TellCitizen(case_number=number, medium="oral", text="电话告知，可来领证。")
    assert desk.ask("department-tax", told).code == "unknown_case"
    assert desk.ask("department-real-estate", told) == m.Done()
    assert [one.what for one in desk.line(number).owed] == ["follow_up"]
    newest = desk.ask("window-3", m.ReadCase(case_number=number)).steps[-1]
    assert (newest.move, newest.who, newest.department) == ("tell", "name of 31", "real-estate")
