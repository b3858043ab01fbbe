"""Casework: order, badges, actions with their rules, and the date each class would give."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace

from counter import casework
from counter.casework import Action, Draft, Incomplete
from counter.wording import Wording
from hub import config
from hub.config import load_policy
from hub.domain.words import Words
from hub.wire.messages import AcceptWorkOrder, AnswerOnTheSpot, DispatchCase, Notice, ReplyToWorkOrder, Step, TriageCase
from printers.errors import PrinterError
from tests.counter.makers import CALENDAR, NOON, TODAY, detail, due_on, line

SHANTING, YUEYANG = load_policy("shanting"), load_policy("yueyang")
HALL = config.parse_hall((Path(config.__file__).parent / "halls" / "yueyang.toml").read_bytes())
SAY = Wording(Words("counter", "zh_Hans"), HALL, YUEYANG)


def offered(stage: str, role: str = "window", **fields: object) -> list[Action]:
    return casework.actions(line(stage=stage, **fields), role, YUEYANG)


def the(code: str, actions: list[Action]) -> Action:
    return next(one for one in actions if one.code == code)


# --- order and badges


def test_what_is_due_first_stands_first_and_what_is_answered_last() -> None:
    late, soon, ended = line(4, due=due_on(TODAY)), line(7), line(3, stage="replied", due=due_on(dt.date(2026, 11, 2)))
    assert casework.in_order([ended, soon, late]) == [late, soon, ended]


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("due", "words", "urgency"),
    [
        (dt.date(2026, 11, 30), "剩 5 个工作日", "ample"),
        (dt.date(2026, 11, 24), "剩 1 个工作日", "soon"),
        (dt.date(2026, 11, 23), "今天到期", "today"),
        (dt.date(2026, 11, 20), "超期 1 个工作日", "overdue"),
        (dt.date(2026, 11, 13), "超期 6 个工作日", "overdue"),
    ],
)
def test_a_badge_counts_working_days(due: dt.date, words: str, urgency: str) -> None:
    left = casework.remaining(line(due=due_on(due)), CALENDAR, TODAY)
    assert (SAY.badge(left), left.urgency) == (words, urgency)


@pytest.mark.rule("R25")
def test_days_off_do_not_use_up_the_time_that_is_left() -> None:
    before_the_holiday = dt.date(2026, 9, 30)
    left = casework.remaining(line(due=due_on(dt.date(2026, 10, 8))), CALENDAR, before_the_holiday)
    assert SAY.badge(left) == "剩 1 个工作日"


def test_overdue_on_a_day_off_has_no_working_day_to_count() -> None:
    left = casework.remaining(line(due=due_on(dt.date(2026, 11, 20))), CALENDAR, dt.date(2026, 11, 21))
    assert SAY.badge(left) == "已超期"


def test_an_answered_case_has_no_time_left_to_count() -> None:
    left = casework.remaining(line(stage="replied", due=due_on(dt.date(2026, 1, 5))), CALENDAR, TODAY)
    assert SAY.badge(left) == "已答复"


# --- what may be done


@pytest.mark.rule("R19")
@pytest.mark.parametrize(
    ("stage", "role", "codes"),
    [
        ("filed", "window", ["dispatch", "answer_on_the_spot"]),
        ("triaged", "window", ["dispatch", "answer_on_the_spot"]),
        ("rework", "window", ["dispatch", "answer_on_the_spot"]),
        ("dispatched", "window", []),
        ("replied", "window", []),
        ("dispatched", "department", ["accept"]),
        ("accepted", "department", ["reply"]),
        ("replied", "department", []),
        ("filed", "department", []),
    ],
)
def test_actions_are_those_the_table_of_moves_has_for_the_role(stage: str, role: str, codes: list[str]) -> None:
    assert [one.code for one in offered(stage, role, work_order_id="w1")] == codes


@pytest.mark.rule("R18")
def test_where_the_document_wants_it_the_registration_is_verified_before_it_is_sent_out() -> None:
    policy = load_policy("dahepingxiang")
    first, answer = casework.actions(line(), "window", policy)
    assert (first.code, answer.code) == ("triage", "answer_on_the_spot")
    assert "审核确认" in first.rule.cite
    assert casework.command(first, line(), Draft(text="登记属实。")) == TriageCase(line().case_number, "登记属实。")
    assert casework.actions(line(stage="triaged"), "window", policy)[0].code == "dispatch"


def test_a_department_acts_only_on_its_work_order() -> None:
    assert offered("dispatched", "department", work_order_id="") == []


@pytest.mark.rule("R25")
def test_each_action_names_the_article_it_follows() -> None:
    window, department = offered("filed"), offered("accepted", "department", work_order_id="w", case_class="work_order")
    assert "第十一条" in the("answer_on_the_spot", window).rule.cite
    assert "第十二条" in the("dispatch", window).rule.cite
    assert "第十三条" in the("reply", department).rule.cite
    on_the_spot = the("answer_on_the_spot", casework.actions(line(), "window", SHANTING))
    assert "三（三）" in on_the_spot.rule.cite


def test_where_the_document_is_silent_the_counter_says_so() -> None:
    moves = {move: replace(told, cite="") for move, told in YUEYANG.moves.items()}
    silent = casework.actions(line(), "window", replace(YUEYANG, moves=moves))
    assert [SAY.rule(one.rule) for one in silent] == ["原文未写明，按本厅默认办法"] * 2


@pytest.mark.rule("R3", "R20")
@pytest.mark.parametrize("text", ["", "  \n　"])
def test_no_answer_without_its_words(text: str) -> None:
    answer = the("answer_on_the_spot", offered("filed"))
    with pytest.raises(Incomplete) as refused:
        casework.command(answer, line(), Draft(text=text))
    assert refused.value.missing == ("text",)


def test_dispatch_asks_for_department_and_class_and_its_note_may_be_empty() -> None:
    dispatch = the("dispatch", offered("filed"))
    assert casework.missing(dispatch, Draft()) == ("department", "case_class")
    assert casework.command(dispatch, line(), Draft(department="registry-1", case_class="work_order")) == DispatchCase(
        case_number=line().case_number, department="registry-1", case_class="work_order"
    )


def test_each_action_sends_its_own_command() -> None:
    own = line(work_order_id="w1")
    answer = the("answer_on_the_spot", offered("filed"))
    accept = the("accept", offered("dispatched", "department", work_order_id="w1"))
    reply = the("reply", offered("accepted", "department", work_order_id="w1"))
    assert casework.command(answer, own, Draft(text=" 今天就办。 ")) == AnswerOnTheSpot(own.case_number, "今天就办。")
    assert casework.command(accept, own, Draft()) == AcceptWorkOrder("w1")
    assert casework.command(reply, own, Draft(text="已办结。")) == ReplyToWorkOrder("w1", "已办结。")


# --- classes and dates


@pytest.mark.rule("R25")
def test_each_class_shows_the_date_it_would_give_today_with_its_explanation() -> None:
    simple, general, complex_ = casework.offers(SHANTING, CALENDAR, TODAY, TODAY)
    assert (simple.due.date, general.due.date, complex_.due.date) == (
        TODAY,
        dt.date(2026, 11, 25),
        dt.date(2026, 11, 30),
    )
    assert SAY.explained(simple.due) == "当天办结。"
    assert SAY.explained(complex_.due) == "5 个工作日，周末不算。\n计入11月24 25 26 27 30日。"


@pytest.mark.rule("R25")
def test_where_the_clock_starts_at_dispatch_the_date_is_counted_from_today() -> None:
    filed = TODAY - dt.timedelta(days=10)
    assert casework.offers(YUEYANG, CALENDAR, filed, TODAY)[0].due.start == TODAY
    assert casework.offers(SHANTING, CALENDAR, filed, TODAY)[0].due.start == filed


def test_an_explanation_names_holidays_moved_workdays_and_the_other_month() -> None:
    due = CALENDAR.due(dt.date(2026, 9, 29), 4)
    assert SAY.explained(due) == (
        "4 个工作日，国庆节放假（10月1日至7日）不算。10月10日调休上班，算工作日。\n计入9月30日，10月8 9 10日。"
    )


def test_the_usual_department_is_the_matters_own() -> None:
    assert casework.usual_department(line(matter="mortgage-cancel"), HALL) == "registry-2"
    assert casework.usual_department(line(matter="unknown"), HALL) == ""


# --- words


def test_times_are_the_halls_own() -> None:
    assert SAY.moment(NOON, TODAY) == "09:31"
    assert SAY.moment(NOON, TODAY + dt.timedelta(days=1)) == "11月23日 09:31"
    assert SAY.due(CALENDAR.due(TODAY, 5)) == "11月30日（周一）"


def test_a_step_says_what_where_and_by_whom() -> None:
    step = Step(at=NOON, move="dispatch", department="registry-1", who="王敏")
    assert SAY.step(step) == "转办 · 登记一室 · 王敏"
    assert SAY.step(Step(at=NOON, move="file")) == "登记"


def test_who_gave_neither_name_nor_phone_is_anonymous() -> None:
    assert SAY.person(detail(name="", phone="")) == "匿名"
    assert SAY.person(detail(phone="")) == "王䶮"


def test_printer_trouble_is_said_in_words() -> None:
    notice = Notice(notice_id=1, kind="print_trouble", subject=line().case_number, raised_at=NOON, detail="paper_out")
    assert SAY.notice(notice) == "回执打印：缺纸 · 430621-20261123-0007-4"


def test_every_word_that_a_code_can_ask_for_is_there() -> None:
    from typing import get_args

    from counter import desk
    from hub.domain import case as table
    from hub.wire import messages

    wanted = [f"stage.{one}" for one in get_args(table.Stage)]
    wanted += [f"step.{one}" for one in (*get_args(table.CaseMove), *get_args(messages.Remark))]
    wanted += [f"channel.{one}" for one in get_args(messages.Channel)]
    wanted += [f"print.{one}" for one in (*get_args(messages.PrintState), "none")]
    wanted += [f"notice.{one}" for one in get_args(messages.NoticeKind)]
    wanted += [f"desk.why.{one}" for one in get_args(desk.WhyNot) if one]
    wanted += [f"action.{one}{part}" for one in get_args(casework.ActionCode) for part in ("", ".hint")]
    wanted += [f"compose.send.{one}" for one in get_args(casework.ActionCode)]
    wanted += [f"compose.missing.{one}" for one in get_args(casework.Field)]
    wanted += [f"owed.{one}" for one in ("settled", "answer", "progress")]
    wanted += [f"trouble.{one}" for one in ("unknown", "failed", *_codes(PrinterError))]
    assert [one for one in wanted if one not in SAY.words] == []


def _codes(error: type[PrinterError]) -> list[str]:
    """The codes of an error and of all that are kinds of it: what a printer can report as its trouble."""
    return [error.code, *(code for kind in error.__subclasses__() for code in _codes(kind))]
