"""From the window's first look to the department's answer."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Ask, Desk


def detail(desk: Desk, number: str, terminal: str = "window-3") -> m.CaseDetail:
    found = desk.ask(terminal, m.ReadCase(case_number=number))
    assert isinstance(found, m.CaseDetail), found
    return found


def progress(desk: Desk, token: str) -> m.Progress:
    found = desk.query("web", m.LookUp(secret=token))
    assert isinstance(found, m.Progress), found
    return found


@pytest.mark.parametrize("language", ["zh_Hans", "en", "tlh"])
def test_whoever_looks_a_case_up_hears_in_which_language_it_was_filed(desk: Desk, language: str) -> None:
    told = replace(desk.complaint(), language=language)
    desk.ask("kiosk-1", told)
    assert progress(desk, told.on_paper.token).language == language


# --- answered on the spot


@pytest.mark.rule("R20")
def test_what_can_be_solved_on_the_spot_is_answered_there(desk: Desk) -> None:
    told = desk.complaint()
    number = desk.ask("kiosk-1", told).case_number
    desk.later(minutes=3)
    assert (
        desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="缺的是完税证明，已补齐并受理。")) == m.Done()
    )
    assert desk.line(number).stage == "answered_on_the_spot"
    assert progress(desk, told.on_paper.token).answer == "缺的是完税证明，已补齐并受理。"
    assert desk.books.picture.cases[number].stage == "answered_on_the_spot"
    assert number not in [line.case_number for line in desk.query("window-3", m.ListCases()).cases]


@pytest.mark.rule("R3", "R20")
@pytest.mark.parametrize("text", ["", "   ", "\n\u3000"])
def test_nobody_is_answered_without_words(desk: Desk, text: str) -> None:
    number = desk.file().case_number
    before = desk.kept()
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text=text)).code == "text_missing"
    assert desk.kept() == before
    assert desk.line(number).stage == "filed"


@pytest.mark.rule("R5")
def test_the_first_receiver_owns_the_case_until_it_is_closed(desk: Desk) -> None:
    number = desk.file().case_number
    assert desk.line(number).owner == ""
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
    assert desk.line(number).owner == "name of 06"
    desk.log_in("window-3", "07")
    desk.ask("window-3", m.DispatchCase(case_number=number, department="real-estate", case_class="general"))
    assert desk.line(number).owner == "name of 06"


@pytest.mark.rule("R5")
def test_who_answers_on_the_spot_owns_the_case(desk: Desk) -> None:
    number = desk.file().case_number
    desk.ask("window-1", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert desk.line(number).owner == "name of 07"


def test_an_answered_case_is_not_answered_again(desk: Desk) -> None:
    number = desk.file().case_number
    answer = m.AnswerOnTheSpot(case_number=number, text="已讲清。")
    desk.ask("window-3", answer)
    assert desk.ask("window-3", answer).code == "move_not_allowed"
    sent = m.DispatchCase(case_number=number, department="tax", case_class="general")
    assert desk.ask("window-3", sent).code == "move_not_allowed"
    assert desk.books.picture.counts.answered_month == 1


# --- dispatched


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("case_class", "due", "wd"),
    [
        ("simple", dt.date(2026, 11, 23), 0),
        ("general", dt.date(2026, 11, 25), 2),
        ("complex", dt.date(2026, 11, 30), 5),
    ],
)
def test_each_class_of_shanting_has_its_limit_from_filing(desk: Desk, case_class: str, due: dt.date, wd: int) -> None:
    number = desk.file().case_number
    desk.later(days=1)
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class=case_class))
    assert (sent.due.date, sent.due.wd, sent.due.start) == (due, wd, factories.MONDAY)
    assert desk.line(number).due == sent.due
    assert desk.books.picture.cases[number].due_date == due


@pytest.mark.rule("R25")
def test_yueyang_counts_from_the_day_the_work_order_is_sent(yueyang: Desk) -> None:
    number = yueyang.file().case_number
    yueyang.later(days=1)
    sent = yueyang.ask("window-3", m.DispatchCase(case_number=number, department="registry-1", case_class="work_order"))
    assert (sent.due.start, sent.due.date) == (dt.date(2026, 11, 24), dt.date(2026, 12, 1))
    assert sent.due.provisional is False
    assert yueyang.line(number).due == sent.due


@pytest.mark.rule("R25")
def test_a_class_of_another_hall_s_policy_is_refused(yueyang: Desk) -> None:
    number = yueyang.file().case_number
    before = yueyang.kept()
    wrong = m.DispatchCase(case_number=number, department="registry-1", case_class="general")
    assert yueyang.ask("window-3", wrong).code == "unknown_code"
    assert yueyang.kept() == before


def test_a_case_keeps_the_policy_it_was_opened_under(desk: Desk) -> None:
    old = desk.file().case_number
    first = desk.policy
    longer = tuple(
        factories.replace(known, limit_wd=4) if known.code == "general" else known for known in first.classes
    )
    desk.policy = factories.replace(first, version=first.version + 1, classes=longer)
    desk.reopen()
    new = desk.file().case_number
    limits = []
    for number in (old, new):
        sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general"))
        limits.append(sent.due.wd)
    assert limits == [2, 4]


def test_the_department_is_noticed_and_finds_the_work_order(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    notices = desk.query("department-real-estate", m.ListNotices()).notices
    assert [(notice.kind, notice.subject) for notice in notices] == [("work_order", line.case_number)]
    assert [one.case_number for one in desk.query("department-real-estate", m.ListCases()).cases] == [line.case_number]
    found = detail(desk, line.case_number, "department-real-estate")
    assert (found.note, found.line.work_order_id) == ("请核实。", line.work_order_id)


@pytest.mark.rule("R69")
def test_other_departments_neither_see_nor_touch_it(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    assert desk.query("department-tax", m.ListCases()).cases == ()
    assert desk.query("department-tax", m.ListNotices()).notices == ()
    assert desk.ask("department-tax", m.ReadCase(case_number=line.case_number)).code == "unknown_case"
    assert desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=line.work_order_id)).code == "unknown_work_order"
    reply = m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="不归我们管。")
    assert desk.ask("department-tax", reply).code == "unknown_work_order"
    assert desk.line(line.case_number).stage == "dispatched"


@pytest.mark.rule("R69")
def test_a_department_does_not_see_what_was_never_sent_to_it(desk: Desk) -> None:
    number = desk.file().case_number
    assert desk.ask("department-tax", m.ReadCase(case_number=number)).code == "unknown_case"


def test_a_case_sent_elsewhere_leaves_the_first_department(desk: Desk) -> None:
    line = desk.dispatched("real-estate")
    desk.later(minutes=5)
    desk.ask("window-3", m.DispatchCase(case_number=line.case_number, department="tax", case_class="general"))
    assert desk.query("department-real-estate", m.ListCases()).cases == ()
    superseded = desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    assert superseded.code == "superseded"
    renewed = desk.line(line.case_number)
    assert (renewed.department, renewed.work_order_id) == ("tax", f"{line.case_number}/2")
    assert desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=renewed.work_order_id)) == m.Done()


def test_two_dispatches_in_one_moment_keep_their_order(desk: Desk) -> None:
    number = desk.file().case_number
    orders = [
        answer.work_order_id
        for answer in desk.round(
            *(
                Ask("window-3", m.DispatchCase(case_number=number, department=unit, case_class="general"))
                for unit in ("tax", "real-estate", "tax")
            )
        )
    ]
    assert orders == [f"{number}/{n}" for n in (1, 2, 3)]
    assert desk.line(number).work_order_id == orders[-1]
    assert desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=orders[0])).code == "superseded"
    assert desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=orders[2])) == m.Done()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"case_number": "370406-20261123-9999-0"}, "unknown_case"),
        ({"department": "nowhere"}, "unknown_code"),
        ({"case_class": "nothing"}, "unknown_code"),
    ],
)
def test_a_dispatch_to_nowhere_is_refused(desk: Desk, changes: dict[str, str], code: str) -> None:
    number = desk.file().case_number
    before = desk.kept()
    told = {"case_number": number, "department": "tax", "case_class": "general"} | changes
    assert desk.ask("window-3", m.DispatchCase(**told)).code == code
    assert desk.kept() == before


# --- accepted and replied


@pytest.mark.rule("R24")
def test_the_result_reaches_the_citizen_and_the_window(desk: Desk) -> None:
    told = desk.complaint()
    number = desk.ask("kiosk-1", told).case_number
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="real-estate", case_class="general"))
    desk.later(minutes=5)
    assert desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=sent.work_order_id)) == m.Done()
    assert progress(desk, told.on_paper.token).stage == "accepted"
    assert progress(desk, told.on_paper.token).answer == ""
    desk.later(minutes=50)
    reply = m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text="已办结，请凭身份证领证。")
    assert desk.ask("department-real-estate", reply) == m.Done()
    seen = progress(desk, told.on_paper.token)
    assert (seen.stage, seen.answer) == ("replied", "已办结，请凭身份证领证。")
    assert [step.move for step in seen.steps] == ["file", "dispatch", "accept", "reply"]
    kinds = [(notice.kind, notice.subject) for notice in desk.query("window-3", m.ListNotices()).notices]
    assert ("replied", number) in kinds


@pytest.mark.rule("R3")
@pytest.mark.parametrize("text", ["", " \t"])
def test_a_department_cannot_reply_without_words(desk: Desk, text: str) -> None:
    line = desk.dispatched()
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    reply = m.ReplyToWorkOrder(work_order_id=line.work_order_id, text=text)
    assert desk.ask("department-real-estate", reply).code == "text_missing"
    assert desk.line(line.case_number).stage == "accepted"


def test_a_work_order_is_accepted_before_it_is_replied_to_and_once(desk: Desk) -> None:
    line = desk.dispatched()
    reply = m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。")
    assert desk.ask("department-real-estate", reply).code == "move_not_allowed"
    accept = m.AcceptWorkOrder(work_order_id=line.work_order_id)
    assert desk.ask("department-real-estate", accept) == m.Done()
    assert desk.ask("department-real-estate", accept).code == "move_not_allowed"


def test_who_did_what_stands_in_the_timeline_for_staff(desk: Desk) -> None:
    line = desk.dispatched()
    desk.later(minutes=1)
    desk.ask("department-real-estate", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    steps = detail(desk, line.case_number).steps
    assert [(step.move, step.who, step.department) for step in steps] == [
        ("file", "", ""),
        ("dispatch", "name of 06", "real-estate"),
        ("accept", "name of 31", "real-estate"),
    ]
    order = desk.rows(schema.work_order)[0]
    assert (order.accepted_by, order.accepted_at, order.sent_by) == ("31", desk.at, "06")


# --- on time


def answered(desk: Desk, at: dt.datetime) -> m.Counts:
    """The month's counts after a case due on Monday was answered at that moment."""
    number = desk.file().case_number
    desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="simple"))
    desk.at = at
    order = desk.line(number).work_order_id
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=order))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=order, text="已办结。"))
    return desk.books.picture.counts


@pytest.mark.rule("R28")
@pytest.mark.parametrize(
    ("at", "on_time"),
    [
        (dt.datetime(2026, 11, 23, 15, 59, tzinfo=dt.UTC), 1),  # a minute before midnight in the hall
        (dt.datetime(2026, 11, 23, 16, 1, tzinfo=dt.UTC), 0),  # a minute after
    ],
)
def test_in_time_is_counted_by_the_hall_s_days_also_after_a_restart(desk: Desk, at: dt.datetime, on_time: int) -> None:
    counts = answered(desk, at)
    assert (counts.answered_month, counts.on_time_month) == (1, on_time)
    desk.reopen()
    assert desk.books.picture.counts == counts


# --- who may read what


@pytest.mark.rule("R13")
def test_a_department_sees_neither_name_nor_phone_of_who_asked_for_secrecy(desk: Desk) -> None:
    line = desk.dispatched(name="王秀兰", phone="13800000000", text="请为我保密。", confidential=True)
    hidden = detail(desk, line.case_number, "department-real-estate")
    assert (hidden.name, hidden.phone, hidden.text) == ("", "", "请为我保密。")
    shown = detail(desk, line.case_number, "window-3")
    assert (shown.name, shown.phone) == ("王秀兰", "13800000000")


def test_a_department_sees_whom_to_call_otherwise(desk: Desk) -> None:
    line = desk.dispatched(name="王秀兰", phone="13800000000", confidential=False)
    seen = detail(desk, line.case_number, "department-real-estate")
    assert (seen.name, seen.phone) == ("王秀兰", "13800000000")


@pytest.mark.rule("R13", "R47")
def test_each_look_into_a_case_is_logged_with_who_looked(desk: Desk) -> None:
    number = desk.dispatched().case_number
    looked = [("window-3", "06"), ("department-real-estate", "31"), ("supervisor", "90"), ("window-3", "06")]
    for terminal, _ in looked:
        detail(desk, number, terminal)
    logged = [(row.terminal, row.staff, row.subject) for row in desk.rows(schema.audit) if row.kind == "ReadCase"]
    assert logged == [(terminal, staff, number) for terminal, staff in looked]


@pytest.mark.rule("R47")
def test_the_same_look_asked_again_is_logged_again(desk: Desk) -> None:
    number = desk.file().case_number
    look = m.ReadCase(case_number=number)
    for _ in range(2):
        assert desk.ask("window-3", look, "0" * 31 + "a").line.case_number == number
    assert [row.kind for row in desk.rows(schema.audit)].count("ReadCase") == 2
    assert "ReadCase" not in {row.kind for row in desk.rows(schema.command)}


def test_an_unknown_case_is_not_there(desk: Desk) -> None:
    assert desk.ask("window-3", m.ReadCase(case_number="370406-20261123-9999-0")).code == "unknown_case"
    answer = m.AnswerOnTheSpot(case_number="370406-20261123-9999-0", text="已讲清。")
    assert desk.ask("window-3", answer).code == "unknown_case"


def test_cases_are_listed_by_due_date(desk: Desk) -> None:
    late, soon, middle = (desk.file().case_number for _ in range(3))
    for number, case_class in ((late, "complex"), (soon, "simple"), (middle, "general")):
        desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class=case_class))
    assert [line.case_number for line in desk.query("department-tax", m.ListCases()).cases] == [soon, middle, late]


def test_lists_carry_no_person_and_no_text(desk: Desk) -> None:
    desk.dispatched(name="王秀兰", phone="13800000000", text="跑了三趟")
    listed = repr(desk.query("window-3", m.ListCases())) + repr(desk.query("department-real-estate", m.ListCases()))
    assert not any(told in listed for told in ("王秀兰", "13800000000", "跑了三趟"))


@pytest.mark.rule("R25")
@pytest.mark.parametrize(("hall", "promised"), [("shanting", True), ("yunfu", False), ("wuxi", False)])
def test_no_wall_is_told_a_date_that_the_hall_s_document_does_not_give(
    desk: Desk, hall: str, *, promised: bool
) -> None:
    desk.policy = factories.replace(factories.a_policy(hall), version=2)
    desk.reopen()
    number = desk.file().case_number
    assert (desk.books.picture.cases[number].due_date is not None) == promised
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    assert (desk.books.picture.cases[number].due_date is not None) == promised
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert desk.books.picture.counts.answered_month == promised
    desk.reopen()
    assert (desk.books.picture.cases[number].due_date is not None) == promised
    assert desk.books.picture.counts.answered_month == promised
    assert desk.line(number).due.date, "staff keep their own limit"
