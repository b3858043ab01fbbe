import datetime as dt

import pytest
from msgspec.structs import replace

from hub.domain import extension
from hub.domain.closing import due_of_rework
from hub.domain.deadline import Calendar, Counting, Due, HallDay, due_at_filing
from hub.domain.due_words import explain, say_date
from hub.domain.words import LANGUAGES, Words
from tests.factories import a_calendar, a_due, a_long_due, a_policy

WORDS = Words("hub", "zh_Hans")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (dt.date(2026, 11, day) for day in range(23, 29))


def said(due: Due) -> str:
    return explain(due, WORDS)


def of_a_hall(*days: HallDay, **counting: object) -> Calendar:
    """The days of November 2026 in a hall with days of its own."""
    return Calendar((2026,), {}, frozenset(), days, Counting(**counting))


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("start", "wd", "told"),
    [
        ((2026, 11, 23), 0, "当天办结。"),
        ((2026, 11, 23), 2, "从11月23日（当天不算）起数 2 个工作日。"),
        ((2026, 11, 23), 5, "从11月23日（当天不算）起数 5 个工作日，周末不算。"),
        ((2026, 9, 29), 2, "从9月29日（当天不算）起数 2 个工作日，国庆节放假（10月1日至7日）不算。"),
        ((2024, 12, 30), 2, "从12月30日（当天不算）起数 2 个工作日，元旦放假（1月1日）不算。"),
        (
            (2026, 9, 24),
            3,
            "从9月24日（当天不算）起数 3 个工作日，中秋节放假（9月25日至27日）不算。",
        ),
        (
            (2025, 1, 24),
            4,
            "从1月24日（当天不算）起数 4 个工作日，周末、春节放假（1月28日至2月4日）不算；1月26日调休上班，算工作日。",
        ),
        (
            (2026, 2, 11),
            12,
            "从2月11日（当天不算）起数 12 个工作日，周末、春节放假（2月15日至23日）不算；"
            "2月14日、2月28日调休上班，算工作日。",
        ),
        (
            (2026, 12, 28),
            5,
            "从12月28日（当天不算）起数 5 个工作日，周末不算。日期暂定：2027年放假安排还没有公布。",
        ),
    ],
)
def test_a_due_date_says_from_when_it_counts_and_which_days_do_not_and_why(start, wd, told):
    assert said(a_due(wd, dt.date(*start))) == told


@pytest.mark.rule("R25")
def test_who_comes_after_the_cut_off_reads_from_when_it_counts():
    calendar = of_a_hall(cut_off=dt.time(15, 30))
    monday = dt.datetime.combine(MONDAY, dt.time(15, 29))
    assert said(calendar.due(monday, 2)) == "从11月23日（当天不算）起数 2 个工作日。"
    late = calendar.due(monday + dt.timedelta(minutes=1), 2)
    assert said(late) == "11月23日15:30以后提交，从次日（11月24日，当天不算）起数 2 个工作日。"
    friday = calendar.due(dt.datetime.combine(FRIDAY, dt.time(16, 10)), 1)
    assert said(friday) == "11月27日15:30以后提交，从下一个工作日（11月30日，当天不算）起数 1 个工作日。"
    saturday = calendar.due(dt.datetime.combine(SATURDAY, dt.time(9)), 1)
    assert said(saturday) == "11月28日不上班，从下一个工作日（11月30日，当天不算）起数 1 个工作日。"
    assert said(calendar.due(monday.replace(hour=17), 0)) == "11月23日15:30以后提交，次日（11月24日）办结。"


@pytest.mark.rule("R25")
def test_where_the_first_day_counts_the_sentence_says_so():
    calendar = of_a_hall(day_zero_counts=True)
    assert said(calendar.due(MONDAY, 3)) == "从11月23日（当天算第一天）起数 3 个工作日。"


@pytest.mark.rule("R25")
def test_the_hall_s_own_days_are_told_with_their_reason():
    days = (
        HallDay(TUESDAY, "closed", "系统升级"),
        HallDay(WEDNESDAY, "closed", "系统升级"),
        HallDay(FRIDAY, "closed", "系统升级"),
        HallDay(SATURDAY, "worked", "补班"),
        HallDay(dt.date(2026, 11, 30), "half", "消防演练", dt.time(12)),
    )
    whole = of_a_hall(*days)
    assert said(whole.due(MONDAY, 3)) == (
        "从11月23日（当天不算）起数 3 个工作日，周末、11月24日至25日、11月27日本厅不开放（系统升级）不算；"
        "11月28日本厅上班，算工作日；11月30日只上半天，也算工作日。"
    )
    none = of_a_hall(*days, half_days_count=False)
    assert "11月30日只上半天（消防演练）不算" in said(none.due(FRIDAY, 2))


@pytest.mark.rule("R25")
def test_who_comes_after_a_half_day_has_closed_reads_that_it_had():
    calendar = of_a_hall(HallDay(MONDAY, "half", "消防演练", dt.time(12)), cut_off=dt.time(17))
    late = calendar.due(dt.datetime.combine(MONDAY, dt.time(14)), 1)
    assert said(late) == ("11月23日只上班到12:00，是以后提交的，从次日（11月24日，当天不算）起数 1 个工作日。")


@pytest.mark.rule("R26", "R27")
def test_what_was_granted_and_what_others_took_is_told_apart_from_the_limit():
    calendar = a_calendar()
    due = extension.extended(calendar, a_due(5), 3)
    assert said(due) == "从11月23日（当天不算）起共 8 个工作日（原定 5 个，延期 3 个），周末不算。"
    both = extension.resumed(calendar, due, 2)
    assert "共 10 个工作日（原定 5 个，延期 3 个，等待批准不计时 2 个）" in said(both)
    assert len(both.counted) == both.wd == 10


@pytest.mark.rule("R27")
def test_a_date_whose_clock_stands_still_says_what_is_waited_for():
    due = replace(a_due(2), provisional_because=("clock_paused",))
    assert said(due).endswith("日期暂定：等待上级或其他部门批准，批准所需时间不计算，批准后更新。")


@pytest.mark.rule("R33")
def test_a_case_that_is_done_again_says_that_it_counts_anew():
    due = due_of_rework(a_policy("shanting"), a_calendar(), "matter", a_due(5), TUESDAY)
    assert said(due) == "退回重办，重新计时：从11月24日（当天不算）起数 5 个工作日，周末不算。"


@pytest.mark.rule("R25")
def test_a_date_before_dispatch_says_from_when_it_will_count():
    due = due_at_filing(a_policy("yueyang"), a_calendar(), dt.date(2026, 12, 25))
    assert said(due) == (
        "暂按 6 个工作日，周末不算。日期暂定：承办单位收到工单后起算，届时更新；2027年放假安排还没有公布。"
    )


def test_a_date_has_its_weekday_and_its_year_only_when_it_is_another():
    date = dt.date(2027, 1, 4)
    assert say_date(date, WORDS) == "1月4日（周一）"
    assert say_date(date, WORDS, today=dt.date(2027, 1, 1)) == "1月4日（周一）"
    assert say_date(date, WORDS, today=dt.date(2026, 12, 28)) == "2027年1月4日（周一）"


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("start", "wd", "told"),
    [
        ((2026, 11, 23), 0, "Due the same day."),
        ((2026, 11, 23), 1, "From 23 November (not counted) we count 1 working day."),
        ((2026, 11, 23), 5, "From 23 November (not counted) we count 5 working days, leaving out weekends."),
        (
            (2026, 2, 11),
            12,
            "From 11 February (not counted) we count 12 working days, leaving out weekends and the Spring Festival "
            "holiday (15 to 23 February); make-up workdays, counted: 14 February and 28 February.",
        ),
        (
            (2026, 12, 28),
            5,
            "From 28 December (not counted) we count 5 working days, leaving out weekends. The date may still change: "
            "the public holidays of 2027 are not yet announced.",
        ),
    ],
)
def test_in_english_the_sentence_reads_as_english(start, wd, told):
    assert explain(a_due(wd, dt.date(*start)), Words("hub", "en")).replace("\u00a0", " ") == told


@pytest.mark.rule("R25")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_told_in_every_language(language):
    """No sentence lacks a word, whatever moved, stopped or was added."""
    words = Words("hub", language)
    hall = of_a_hall(HallDay(MONDAY, "half", "消防演练", dt.time(12)), cut_off=dt.time(17), half_days_count=False)
    for due in (
        a_long_due(),
        due_at_filing(a_policy("yueyang"), a_calendar(), dt.date(2026, 12, 25)),
        due_of_rework(a_policy("shanting"), a_calendar(), "matter", a_due(5), TUESDAY),
        extension.resumed(a_calendar(), extension.extended(a_calendar(), a_due(5), 3), 2),
        hall.due(dt.datetime.combine(MONDAY, dt.time(14)), 0),
        hall.due(dt.datetime.combine(SATURDAY, dt.time(14)), 1),
        hall.due(dt.date(2026, 11, 20), 2),
        replace(a_due(2), provisional_because=("clock_paused",)),
    ):
        told = explain(due, words)
        assert "{" not in told
        assert told.endswith("." if language == "en" else "。")
