"""否定事项报备: filed by one, approved by another, told in writing with its remedies."""

from __future__ import annotations

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, hold
from tests.hub.service.test_watch import told


@pytest.fixture
def filing(desk: Desk) -> Desk:
    """A hall that files refusals as 无锡 does."""
    wuxi = factories.a_policy("wuxi")
    desk.policy = factories.replace(
        desk.policy, version=2, refusals=wuxi.refusals, roles=desk.policy.roles | wuxi.roles
    )
    desk.reopen()
    return desk


def propose(desk: Desk, number: str, text: str = "宗地在禁建区内。", basis: str = "土地管理法第七十四条") -> m.Answer:
    return desk.ask("window-3", m.ProposeRefusal(case_number=number, text=text, basis=basis))


def decide(desk: Desk, number: str, approved: bool, text: str = "") -> m.Answer:
    return desk.ask("supervisor", m.DecideRefusal(case_number=number, approved=approved, text=text))


@pytest.mark.rule("R50")
def test_a_refusal_holds_only_when_the_head_has_approved_it(filing: Desk) -> None:
    number = filing.file().case_number
    assert propose(filing, number) == m.Done()
    assert filing.line(number).stage == "filed"
    assert told(filing, "supervisor", "refusal_waits") == [("refusal_waits", number, "")]
    assert decide(filing, number, True) == m.Done()
    assert filing.line(number).stage == "out_of_scope"
    assert told(filing, "window-3", "refusal_decided") == [("refusal_decided", number, "approved")]
    step = filing.ask("window-3", m.ReadCase(case_number=number)).steps[-1]
    assert (step.move, step.who, step.text) == ("decline", "name of 90", "宗地在禁建区内。")


@pytest.mark.rule("R50")
def test_form_and_notice_have_two_copies_and_name_the_remedies(filing: Desk) -> None:
    number = filing.file().case_number
    propose(filing, number)
    decide(filing, number, True)
    form = filing.ask("window-3", m.ReadRefusal(case_number=number))
    assert (form.text, form.basis, form.proposed_by) == ("宗地在禁建区内。", "土地管理法第七十四条", "06")
    assert (form.approved, form.decided_by) == (True, "90")
    assert (form.copies, form.notice_in) == (2, "written")
    assert form.remedies == ("administrative_review", "administrative_litigation")


@pytest.mark.rule("R50")
def test_one_that_is_not_approved_says_why_and_the_case_goes_on(filing: Desk) -> None:
    number = filing.file().case_number
    propose(filing, number)
    assert decide(filing, number, False).code == "text_missing"
    assert decide(filing, number, False, "可以补正，请一次性告知。") == m.Done()
    assert filing.line(number).stage == "filed"
    assert decide(filing, number, True).code == "no_refusal"
    assert propose(filing, number) == m.Done()
    assert propose(filing, number).code == "refusal_waits"


@pytest.mark.rule("R3", "R50")
@pytest.mark.parametrize(("text", "basis"), [("", "第七十四条"), ("在禁建区内。", " ")])
def test_a_refusal_has_its_reasons_and_its_basis(filing: Desk, text: str, basis: str) -> None:
    assert propose(filing, filing.file().case_number, text, basis).code == "text_missing"


@pytest.mark.rule("R50")
def test_nobody_approves_a_refusal_of_their_own(filing: Desk) -> None:
    number = filing.file().case_number
    hold(filing, "06", "outlet_head")
    propose(filing, number)
    filing.staff["supervisor"] = "06"
    assert decide(filing, number, True).code == "not_permitted"
    assert filing.line(number).stage == "filed"


@pytest.mark.rule("R50")
def test_a_hall_that_files_no_refusals_has_none_to_approve(desk: Desk) -> None:
    assert propose(desk, desk.file().case_number).code == "not_prescribed"


@pytest.mark.rule("R50")
def test_a_refusal_whose_notice_is_written_is_told_in_writing(filing: Desk) -> None:
    number = filing.file().case_number
    propose(filing, number)
    decide(filing, number, True)
    assert filing.ask("window-3", m.TellCitizen(case_number=number, medium="oral")).code == "wrong_medium"
    assert filing.ask("window-3", m.TellCitizen(case_number=number, medium="written")) == m.Done()


@pytest.mark.rule("R3", "R50")
def test_where_refusals_are_filed_nobody_declines_alone_but_what_is_missing_is_told_at_once(filing: Desk) -> None:
    number = filing.file().case_number
    alone = m.DeclineCase(
        case_number=number, kind="elsewhere", text="请到县局。", exclusion="petition", medium="written"
    )
    assert filing.ask("window-3", alone).code == "approval_needed"
    assert filing.line(number).stage == "filed"
    supply = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", supply=("证明",), medium="written")
    assert filing.ask("window-3", supply) == m.Done()
