import datetime as dt

import pytest

from hub.domain.deadline import due_at_filing
from hub.domain.due_words import explain, say_date
from hub.domain.words import Words
from tests.factories import a_calendar, a_due, a_policy

WORDS = Words("hub", "zh_Hans")


@pytest.mark.rule("R25")
@pytest.mark.parametrize(
    ("start", "wd", "said"),
    [
        ((2026, 11, 23), 0, "当天办结。"),
        ((2026, 11, 23), 2, "2 个工作日。"),
        ((2026, 11, 23), 5, "5 个工作日，周末不算。"),
        ((2026, 9, 29), 2, "2 个工作日，国庆节放假（10月1日至7日）不算。"),
        ((2024, 12, 30), 2, "2 个工作日，元旦放假（1月1日）不算。"),
        ((2025, 1, 24), 4, "4 个工作日，周末、春节放假（1月28日至2月4日）不算。1月26日调休上班，算工作日。"),
        (
            (2026, 2, 11),
            12,
            "12 个工作日，周末、春节放假（2月15日至23日）不算。2月14日、2月28日调休上班，算工作日。",
        ),
        ((2026, 12, 28), 5, "5 个工作日，周末不算。日期暂定：2027年放假安排还没有公布。"),
    ],
)
def test_a_due_date_says_which_days_do_not_count_and_why(start, wd, said):
    assert explain(a_due(wd, dt.date(*start)), WORDS) == said


@pytest.mark.rule("R25")
def test_a_date_before_dispatch_says_from_when_it_will_count():
    due = due_at_filing(a_policy("yueyang"), a_calendar(), dt.date(2026, 12, 25))
    assert explain(due, WORDS).endswith("日期暂定：承办单位收到工单后起算，届时更新；2027年放假安排还没有公布。")


def test_a_date_has_its_weekday_and_its_year_only_when_it_is_another():
    date = dt.date(2027, 1, 4)
    assert say_date(date, WORDS) == "1月4日（周一）"
    assert say_date(date, WORDS, today=dt.date(2027, 1, 1)) == "1月4日（周一）"
    assert say_date(date, WORDS, today=dt.date(2026, 12, 28)) == "2027年1月4日（周一）"
