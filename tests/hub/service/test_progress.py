"""反馈办理进度: what a department says before its result, whom it reaches, and which date it meets (R24, R25)."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk, secrets_of
from tests.hub.service.test_clocks import of_class
from tests.hub.service.test_triage import facts, under

TEXT, REASONS = "已调取1997年档案，5月12日上门核验。", "二姐不能到场，护工那天才在。"


def accepted(desk: Desk, case_class: str) -> str:
    number = of_class(desk, case_class, on_paper=secrets_of("paper"))
    assert desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=f"{number}/1")) == m.Done()
    return number


def report(desk: Desk, number: str, text: str = TEXT, reasons: str = REASONS) -> m.Answer:
    found: m.Answer = desk.ask(
        "department-tax", m.ReportProgress(work_order_id=f"{number}/1", text=text, reasons=reasons)
    )
    return found


def on(desk: Desk, day: int) -> None:
    """A day of November; cases here are filed on Monday the 23rd."""
    desk.at = dt.datetime(2026, 11, 1, 2, 0, tzinfo=dt.UTC) + dt.timedelta(days=day - 1)


def breaches(desk: Desk, number: str) -> tuple[str, ...]:
    found = desk.query("department-tax", m.ReadBreaches(case_number=number))
    assert isinstance(found, m.Breaches), found
    return found.codes


@pytest.mark.rule("R25")
def test_a_report_in_time_meets_the_date_and_the_time_runs_again(desk: Desk) -> None:
    number = accepted(desk, "complex")
    assert desk.line(number).due.date == dt.date(2026, 11, 30)
    on(desk, 30)
    assert report(desk, number) == m.Done()
    due = desk.line(number).due
    assert (due.start, due.wd, due.date) == (dt.date(2026, 11, 30), 5, dt.date(2026, 12, 7))
    assert [row.due_date for row in desk.rows(schema.work_order)] == [due.date]
    assert desk.books.picture.cases[number].due_date == due.date
    assert facts(desk, number)[-1] == (
        "ProgressReported",
        {"text": TEXT, "reasons": REASONS, "due": "2026-11-30", "until": "2026-12-07"},
    )
    on(desk, 32)
    assert breaches(desk, number) == ()
    on(desk, 38)
    assert "late" in breaches(desk, number), "what is owed next was missed"


@pytest.mark.rule("R25", "R28")
def test_a_report_that_comes_late_leaves_the_date_that_was_missed(desk: Desk) -> None:
    number = accepted(desk, "complex")
    on(desk, 31)
    assert report(desk, number) == m.Done()
    assert desk.line(number).due.date == dt.date(2026, 11, 30)
    assert facts(desk, number)[-1][1]["until"] == ""
    assert "late" in breaches(desk, number)
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=f"{number}/1", text="已办结。"))
    assert "late" in breaches(desk, number)


@pytest.mark.rule("R25")
def test_a_report_never_gives_less_time_than_there_was(desk: Desk) -> None:
    number = accepted(desk, "complex")
    desk.ask("department-tax", m.AskExtension(case_number=number, added_wd=5, reason="需外单位核实。"))
    desk.ask("supervisor", m.DecideExtension(case_number=number, granted=True))
    before = desk.line(number).due
    assert report(desk, number) == m.Done()
    assert desk.line(number).due == before


@pytest.mark.rule("R25")
def test_where_an_answer_is_owed_a_report_moves_no_date(desk: Desk) -> None:
    number = accepted(desk, "general")
    before = desk.line(number).due
    on(desk, 25)
    assert report(desk, number) == m.Done()
    assert desk.line(number).due == before


@pytest.mark.rule("R25")
def test_what_a_report_gave_holds_when_the_case_goes_to_another_department(desk: Desk) -> None:
    number = accepted(desk, "complex")
    on(desk, 30)
    report(desk, number)
    desk.ask("window-3", m.DispatchCase(case_number=number, department="real-estate", case_class="complex"))
    assert desk.line(number).due.date == dt.date(2026, 12, 7)


@pytest.mark.rule("R3", "R25")
@pytest.mark.parametrize("said", [{"text": " "}, {"reasons": "\n"}])
def test_a_report_says_both_how_far_it_is_and_why(desk: Desk, said: dict[str, str]) -> None:
    number = accepted(desk, "complex")
    assert report(desk, number, **said).code == "text_missing"  # type: ignore[union-attr]
    assert desk.line(number).due.date == dt.date(2026, 11, 30)


@pytest.mark.rule("R24")
def test_the_citizen_reads_the_report_and_who_looks_after_the_case_is_told(desk: Desk) -> None:
    number = accepted(desk, "complex")
    report(desk, number)
    page = desk.query("web", m.LookUp(secret=secrets_of("paper").token))
    told = {step.move: (step.who, step.text) for step in page.steps}
    assert told.pop("progress") == ("", f"{TEXT}\n{REASONS}")
    assert set(told.values()) == {("", "")}
    assert page.stage == "accepted"
    waiting = [(one.kind, one.subject) for one in desk.query("window-3", m.ListNotices()).notices]
    assert ("progress_reported", number) in waiting


@pytest.mark.rule("R25", "R27")
def test_progress_is_reported_by_the_department_at_work_and_while_the_time_counts(desk: Desk) -> None:
    under(desk, "wuxi")
    number = of_class(desk, "matter", on_paper=secrets_of("paper"))
    assert report(desk, number).code == "move_not_allowed"  # type: ignore[union-attr]
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=f"{number}/1"))
    elsewhere = m.ReportProgress(work_order_id=f"{number}/1", text=TEXT, reasons=REASONS)
    assert desk.ask("department-real-estate", elsewhere).code == "unknown_work_order"
    desk.ask("department-tax", m.PauseClock(case_number=number, ground="superior", evidence="市局3号"))
    assert report(desk, number).code == "clock_paused"  # type: ignore[union-attr]
    desk.ask("department-tax", m.ResumeClock(case_number=number, evidence="已批"))
    assert report(desk, number) == m.Done()


@pytest.mark.rule("R25")
def test_the_page_promises_what_the_policy_of_the_case_promised(desk: Desk) -> None:
    accepted(desk, "complex")
    own = desk.policy
    under(desk, "yueyang", version=9)
    page = desk.query("web", m.LookUp(secret=secrets_of("paper").token))
    assert (page.promise, page.after_closing) == (own.promise.value, own.after_closing.value)
    assert page.promise != desk.policy.promise.value
