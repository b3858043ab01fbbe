"""Casework: order, badges, and what the counter says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from counter import casework
from counter.wording import Wording
from hub import config
from hub.config import load_policy
from hub.domain.words import Words
from hub.wire.messages import Notice, Step
from printers.errors import PrinterError
from tests.counter.makers import CALENDAR, NOON, TODAY, detail, due_on, line

YUEYANG = load_policy("yueyang")
HALL = config.parse_hall((Path(config.__file__).parent / "halls" / "yueyang.toml").read_bytes())
SAY = Wording(Words("counter", "zh_Hans"), HALL, YUEYANG)


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


# --- dates


@pytest.mark.rule("R25")
def test_a_date_says_which_days_were_counted() -> None:
    assert SAY.explained(CALENDAR.due(TODAY, 0)) == "当天办结。"
    assert (
        SAY.explained(CALENDAR.due(TODAY, 5))
        == "从11月23日（当天不算）起数 5 个工作日，周末不算。\n计入11月24 25 26 27 30日。"
    )


def test_an_explanation_names_holidays_moved_workdays_and_the_other_month() -> None:
    due = CALENDAR.due(dt.date(2026, 9, 29), 4)
    assert SAY.explained(due) == (
        "从9月29日（当天不算）起数 4 个工作日，国庆节放假（10月1日至7日）不算；10月10日调休上班，算工作日。\n"
        "计入9月30日，10月8 9 10日。"
    )


# --- words


def test_times_are_the_halls_own() -> None:
    assert SAY.moment(NOON, TODAY) == "09:31"
    assert SAY.moment(NOON, TODAY + dt.timedelta(days=1)) == "11月23日 09:31"
    assert SAY.due(CALENDAR.due(TODAY, 5)) == "11月30日（周一）"


def test_where_the_document_is_silent_the_counter_says_so() -> None:
    assert SAY.rule("") == "原文未写明，按本厅默认办法"
    assert SAY.rule("第十条：当场答复", document=True).endswith("第十条：当场答复")


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
    wanted += [f"owed.{one}" for one in ("settled", "answer", "progress")]
    wanted += [f"trouble.{one}" for one in ("unknown", "failed", *_codes(PrinterError))]
    assert [one for one in wanted if one not in SAY.words] == []


def _codes(error: type[PrinterError]) -> list[str]:
    """The codes of an error and of all that are kinds of it: what a printer can report as its trouble."""
    return [error.code, *(code for kind in error.__subclasses__() for code in _codes(kind))]
