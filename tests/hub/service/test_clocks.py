"""延期 and 不计时间: what puts a due date back, and what must be there before it does."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.domain import extension
from hub.domain.facts import ExtensionAsked, Standing
from hub.domain.policy import Policy
from hub.store import schema, views
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, hold
from tests.hub.service.test_triage import facts, under


def with_extension(policy: Policy, **changes: Any) -> Policy:
    """The policy with other values for its extension."""
    values = {name: factories.replace(getattr(policy.extension, name), value=value) for name, value in changes.items()}
    return factories.replace(policy, version=9, extension=factories.replace(policy.extension, **values))


def of_class(desk: Desk, case_class: str, **changes: Any) -> str:
    number = desk.file(**changes).case_number
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class=case_class))
    assert isinstance(sent, m.WorkOrderSent), sent
    return number


# --- approval (山亭)


@pytest.mark.rule("R26")
def test_an_extension_that_needs_approval_holds_when_it_is_granted(desk: Desk) -> None:
    number = of_class(desk, "general")
    before = desk.line(number).due
    assert (
        desk.ask("department-tax", m.AskExtension(case_number=number, added_wd=3, reason="需外单位核实。")) == m.Done()
    )
    assert desk.line(number).due == before
    waiting = desk.query("supervisor", m.ListNotices()).notices
    assert ("extension_asked", number) in [(one.kind, one.subject) for one in waiting]
    assert desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True)) == m.Done()
    due = desk.line(number).due
    assert (due.wd, due.date) == (5, dt.date(2026, 11, 30))
    assert desk.rows(schema.work_order)[0].due_date == due.date
    assert desk.books.picture.cases[number].due_date == due.date
    assert [kind for kind, _ in facts(desk, number)] == ["Verified", "ExtensionAsked", "ExtensionGranted"]
    told = [(one.kind, one.subject) for one in desk.query("department-tax", m.ListNotices()).notices]
    assert ("extension_decided", number) in told


@pytest.mark.rule("R26")
def test_a_refused_extension_says_why_and_leaves_the_date(desk: Desk) -> None:
    number = of_class(desk, "general")
    before = desk.line(number).due
    desk.ask("department-tax", m.AskExtension(case_number=number, added_wd=3, reason="忙。"))
    refused = m.DecideExtension(case_number=number, granted=False)
    assert desk.ask("supervisor", refused).code == "text_missing"
    assert desk.ask("supervisor", factories.replace(refused, text="理由不充分。")) == m.Done()
    assert desk.line(number).due == before
    assert desk.ask("supervisor", refused).code == "nothing_asked"
    assert facts(desk, number)[-1] == ("ExtensionRefused", {"approver": "deputy_leader", "text": "理由不充分。"})


@pytest.mark.rule("R26")
def test_only_the_approver_decides(desk: Desk) -> None:
    number = of_class(desk, "general")
    desk.ask("window-3", m.AskExtension(case_number=number, added_wd=3, reason="需核实。"))
    for terminal in ("window-3", "department-tax"):
        granted = m.DecideExtension(case_number=number, granted=True)
        assert desk.ask(terminal, granted).code == "not_permitted"
    again = m.AskExtension(case_number=number, added_wd=1, reason="再延。")
    assert desk.ask("window-3", again).code == "extension_pending"


@pytest.mark.rule("R26")
def test_nobody_approves_what_they_asked_for(desk: Desk) -> None:
    roles = desk.policy.roles
    at_window = roles | {"deputy_leader": factories.replace(roles["deputy_leader"], at="window")}
    under(desk, "shanting", version=9, roles=at_window)
    for code in ("06", "07"):
        hold(desk, code, "deputy_leader")
    number = of_class(desk, "general")
    desk.ask("window-3", m.AskExtension(case_number=number, added_wd=3, reason="需核实。"))
    granted = m.DecideExtension(case_number=number, granted=True)
    assert desk.ask("window-3", granted).code == "not_permitted"
    assert desk.ask("window-1", granted) == m.Done()


@pytest.mark.rule("R26")
def test_a_case_is_extended_as_often_as_the_policy_says(desk: Desk) -> None:
    number = of_class(desk, "general")
    wish = m.AskExtension(case_number=number, added_wd=3, reason="需核实。")
    desk.ask("department-tax", wish)
    desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    assert desk.ask("department-tax", wish).code == "extension_too_long"


# --- told, with a cap (岳阳)


@pytest.mark.rule("R26")
def test_yueyang_tells_the_citizen_and_needs_nobody_s_approval(desk: Desk) -> None:
    under(desk, "yueyang")
    number = of_class(desk, "work_order", reasons=("other",))
    wish = m.AskExtension(case_number=number, added_wd=5, reason="需实地核查。")
    assert desk.ask("department-tax", wish).code == "extension_incomplete"
    assert desk.ask("department-tax", factories.replace(wish, citizen_told=True)) == m.Done()
    assert desk.line(number).due.wd == 10
    told = [(one.kind, one.subject) for one in desk.query("window-3", m.ListNotices()).notices]
    assert ("extension_decided", number) in told


@pytest.mark.rule("R26")
@pytest.mark.parametrize(("counts", "most"), [("total", 5), ("added", 10)])
def test_the_cap_is_the_whole_time_or_what_is_added(desk: Desk, counts: str, most: int) -> None:
    policy = factories.a_policy("yueyang")
    desk.policy = policy if counts == "total" else with_extension(policy, counts=counts)
    desk.reopen()
    number = of_class(desk, "work_order", reasons=("other",))
    wish = m.AskExtension(case_number=number, added_wd=most + 1, reason="需核查。", citizen_told=True)
    before = desk.kept()
    assert desk.ask("department-tax", wish).code == "extension_too_long"
    assert desk.kept() == before
    assert desk.ask("department-tax", factories.replace(wish, added_wd=most)) == m.Done()


# --- agreed (大合坪), written (无锡)


@pytest.mark.rule("R26")
def test_dahepingxiang_extends_to_the_date_that_the_citizen_agreed_to(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    number = of_class(desk, "general", reasons=("attitude",))
    wish = m.AskExtension(case_number=number, added_wd=2, reason="需请示。")
    for agreed in (None, dt.date(2026, 11, 25)):
        wrong = factories.replace(wish, citizen_agreed_to=agreed)
        assert desk.ask("department-tax", wrong).code == "extension_incomplete"
    agreed_to = factories.replace(wish, citizen_agreed_to=dt.date(2026, 11, 26))
    assert desk.ask("department-tax", agreed_to) == m.Done()
    assert desk.line(number).due.date == dt.date(2026, 11, 26)


@pytest.mark.rule("R26")
def test_wuxi_wants_it_in_writing(desk: Desk) -> None:
    under(desk, "wuxi")
    number = of_class(desk, "matter", reasons=("other",))
    wish = m.AskExtension(case_number=number, added_wd=2, reason="需核实。", citizen_told=True)
    assert desk.ask("department-tax", wish).code == "extension_incomplete"
    assert desk.ask("department-tax", factories.replace(wish, in_writing=True)) == m.Done()


@pytest.mark.rule("R26")
@pytest.mark.parametrize(
    ("changes", "code"), [({"reason": " "}, "text_missing"), ({"added_wd": 0}, "extension_incomplete")]
)
def test_an_extension_has_a_term_and_a_reason(desk: Desk, changes: dict[str, Any], code: str) -> None:
    number = of_class(desk, "general")
    wish = m.AskExtension(case_number=number, added_wd=1, reason="需核实。")
    assert desk.ask("department-tax", factories.replace(wish, **changes)).code == code


@pytest.mark.rule("R26", "R69")
def test_another_department_s_case_is_not_extended(desk: Desk) -> None:
    number = of_class(desk, "general")
    wish = m.AskExtension(case_number=number, added_wd=1, reason="需核实。")
    assert desk.ask("department-real-estate", wish).code == "unknown_case"


# --- pause and resume (无锡)


def paused(desk: Desk) -> str:
    under(desk, "wuxi")
    number = of_class(desk, "matter", reasons=("other",))
    stop = m.PauseClock(case_number=number, ground="superior", evidence="请示〔2026〕12号已报市局。")
    assert desk.ask("department-tax", stop) == m.Done()
    return number


@pytest.mark.rule("R27")
def test_the_time_that_superiors_take_is_not_counted(desk: Desk) -> None:
    number = paused(desk)
    assert desk.line(number).due.provisional_because == ("clock_paused",)
    desk.later(days=7)  # five working days
    assert desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="市局批复〔2026〕3号。")) == m.Done()
    due = desk.line(number).due
    assert (due.wd, due.date, due.provisional) == (10, dt.date(2026, 12, 7), False)
    assert facts(desk, number)[-2:] == [
        ("ClockPaused", {"ground": "superior", "evidence": "请示〔2026〕12号已报市局。"}),
        ("ClockResumed", {"evidence": "市局批复〔2026〕3号。", "wd": "5"}),
    ]


@pytest.mark.rule("R26", "R27")
def test_a_clock_that_runs_from_filing_keeps_what_did_not_count_when_a_case_is_sent_elsewhere(desk: Desk) -> None:
    number = paused(desk)
    desk.later(days=7)
    desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="批复。"))
    before = desk.line(number).due
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="real-estate", case_class="matter"))
    assert sent.due == before


@pytest.mark.rule("R27")
def test_a_paused_case_is_not_overdue_and_nothing_is_owed_meanwhile(desk: Desk) -> None:
    number = paused(desk)
    order = desk.line(number).work_order_id
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=order))
    reply = m.ReplyToWorkOrder(work_order_id=order, text="已办结。")
    assert desk.ask("department-tax", reply).code == "clock_paused"
    with desk.store.reading() as db:
        assert views.overdue(db, desk.hall.code, dt.date(2027, 1, 4)) == []
    desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="批复。"))
    assert desk.ask("department-tax", reply) == m.Done()


@pytest.mark.rule("R27")
def test_paused_days_use_up_nothing_of_an_extension_s_cap(desk: Desk) -> None:
    number = paused(desk)
    desk.later(days=7)
    desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="批复。"))
    policy = with_extension(factories.a_policy("wuxi"), cap_wd=10)
    due = desk.line(number).due
    wish = ExtensionAsked(5, due.date, "需核实。", True, True, None)
    extension.check(policy, due, Standing(paused_wd=5), wish)


@pytest.mark.rule("R27")
def test_the_clock_stops_on_a_ground_of_the_document_and_with_evidence(desk: Desk) -> None:
    under(desk, "wuxi")
    number = of_class(desk, "matter", reasons=("other",))
    stop = m.PauseClock(case_number=number, ground="holiday", evidence="放假。")
    assert desk.ask("department-tax", stop).code == "unknown_code"
    bare = m.PauseClock(case_number=number, ground="superior", evidence=" ")
    assert desk.ask("department-tax", bare).code == "text_missing"
    assert desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="批复。")).code == "not_paused"
    desk.ask("department-tax", factories.replace(bare, evidence="请示。"))
    assert desk.ask("department-tax", factories.replace(bare, evidence="请示。")).code == "clock_paused"
    assert desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="")).code == "text_missing"


@pytest.mark.rule("R27")
def test_where_the_document_knows_no_pause_the_clock_does_not_stop(desk: Desk) -> None:
    number = of_class(desk, "general")
    stop = m.PauseClock(case_number=number, ground="superior", evidence="请示。")
    assert desk.ask("department-tax", stop).code == "not_prescribed"
