import datetime as dt
from typing import get_args

import pytest
from msgspec.structs import replace

from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import due_at_filing
from hub.domain.estimate import Wait
from hub.domain.words import LANGUAGES
from hub.progress_page import Shows
from hub.wire.messages import Step
from tests.factories import FILED_AT, a_calendar, a_due, a_hall, a_policy, a_progress, a_ticket

NOW = FILED_AT + dt.timedelta(hours=2)


def page(template="shanting", now=NOW, language="zh_Hans", **changes):
    policy = a_policy(template)
    own = {
        "promised": policy.promises_a_date,
        "promise": policy.promise.value,
        "after_closing": "" if policy.after_closing.silent else policy.after_closing.value,
    }
    return Shows(a_hall(template), language).page(a_progress(**own | changes), now)


@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_has_its_words_and_its_place_in_the_row(stage):
    shown = page(stage=stage)
    assert shown.now
    reached = [piece.state for piece in shown.pieces]
    assert reached == sorted(reached, key=["done", "now", "ahead"].index)


@pytest.mark.parametrize("move", ["file", *get_args(CaseMove)])
def test_every_move_has_its_words(move):
    assert page(steps=(Step(at=FILED_AT, move=move),)).steps[0].text


def test_times_are_the_halls_and_the_newest_step_is_first():
    assert [step.at for step in page().steps] == ["11月23日 10:05", "11月23日 09:33", "11月23日 09:31"]
    assert page().steps[-1].iso == "2026-11-23T09:31+08:00"


@pytest.mark.rule("R25")
def test_the_promise_is_the_halls_own_and_the_date_explains_itself():
    assert page().due == "最迟 11月30日（周一）反馈办理结果或办理进度。"
    assert page("yueyang").due == "最迟 11月30日（周一）反馈办理结果。"
    assert page().due_explained == "从11月23日（当天不算）起数 5 个工作日，周末不算。"


@pytest.mark.rule("R25")
def test_a_date_before_dispatch_says_that_it_is_provisional():
    due = due_at_filing(a_policy("yueyang"), a_calendar(), dt.date(2026, 11, 23))
    shown = page("yueyang", stage="filed", department="", due=due)
    assert shown.due.startswith("预计最迟 12月1日（周二）")
    assert "日期暂定：承办单位收到工单后起算" in shown.due_explained


@pytest.mark.rule("R25")
@pytest.mark.parametrize("template", ["yunfu", "wuxi"])
def test_where_no_document_gives_a_limit_the_page_promises_no_date(template):
    late = page(template, due=a_due(2, dt.date(2026, 11, 12)))
    assert (late.due, late.due_explained, late.due_is_late) == ("", "", False)


def test_an_open_case_past_its_date_says_so_and_an_answered_one_does_not():
    late = a_due(2, dt.date(2026, 11, 12))
    assert page(due=late).due_is_late
    assert page(due=late).due == "已超过期限：11月16日（周一）。"
    assert not page(due=late, stage="replied").due_is_late


def test_a_date_is_not_late_on_its_own_day_in_the_halls_time():
    last_minute = dt.datetime(2026, 11, 30, 15, 59, tzinfo=dt.UTC)
    assert not page(now=last_minute).due_is_late
    assert page(now=last_minute + dt.timedelta(minutes=1)).due_is_late


@pytest.mark.rule("R33")
def test_rework_is_promised_only_where_the_document_gives_it():
    assert "退回重办" in page("yueyang").after_closing
    assert "重办" not in page("shanting").after_closing


def test_a_waiting_ticket_shows_its_place_and_a_called_one_its_window():
    assert page(ticket=a_ticket(), ahead=2).ticket == "您的号码 F012，前面还有 2 人"
    assert page(ticket=a_ticket(), ahead=2, wait=Wait(15, 25)).ticket.endswith("还有 2 人，约 15—25 分钟")
    assert page(ticket=a_ticket(state="called", window=3)).ticket == "请F012号到3号窗口"
    assert page(ticket=a_ticket(state="done")).ticket == ""


def test_the_page_speaks_the_citizen_s_language_and_so_does_what_was_promised():
    shown = page("yueyang", language="en", department="registry-1", ticket=a_ticket(), ahead=1, wait=Wait(15, 25))
    assert shown.now == "In hand at: Registration office 1"
    assert shown.due.replace("\u00a0", " ") == "By Monday 30 November: We will tell you the result."
    assert shown.due_explained.startswith("From 23\u00a0November (not counted) we count 5 working days")
    assert shown.ticket == "Your number is F012; 1 person is ahead of you; about 15 to 25 minutes"
    assert shown.after_closing == "Please rate it. If you are dissatisfied, it is done again and we ask you once more."
    assert shown.steps[-1].at == "23\u00a0November, 09:31"
    assert page("yueyang", language="zh_Hant", department="survey").now == "權籍調查室正在辦理"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_and_move_has_its_words_in_every_language(stage, language):
    steps = tuple(Step(at=FILED_AT, move=move) for move in ("file", *get_args(CaseMove)))
    shown = page(stage=stage, steps=steps, language=language)
    assert shown.now
    assert all(step.text for step in shown.steps)


def test_what_a_policy_says_and_nobody_translated_stands_as_it_is():
    assert page(language="en", promise="尽量答复").due.endswith(": 尽量答复.")


def test_an_answer_names_who_gave_it():
    assert page(stage="replied", answer="可以办。").answered_by == "不动产登记中心的答复"
    assert page(stage="answered_on_the_spot", answer="可以办。", department="").answered_by == "答复"


@pytest.mark.parametrize(
    ("matter", "name"),
    [
        ("transfer-sale", "二手房过户（转移登记）"),
        ("other", "其他事项"),
        ("unknown", "事项待窗口确认"),
        ("gone", "其他事项"),
    ],
)
def test_a_matter_has_a_name_even_when_the_catalogue_has_changed(matter, name):
    assert page(matter=matter).matter == name


@pytest.mark.rule("R27")
def test_while_the_clock_stands_still_a_date_that_passed_is_not_late_but_open():
    stopped = replace(a_due(), provisional_because=("clock_paused",))
    before = page(due=stopped)
    assert before.due.startswith("预计最迟 11月30日")
    after = page(due=stopped, now=FILED_AT + dt.timedelta(days=30))
    assert (after.due, after.due_is_late) == ("正在等待批准，批准后更新最迟日期。", False)
    assert "批准所需时间不计算" in after.due_explained
    assert page(now=FILED_AT + dt.timedelta(days=30)).due_is_late
