import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain import on_time
from hub.wire.messages import Counts
from tests.factories import MONDAY

DAY = dt.timedelta(days=1)
FIGURES = st.integers(0, 500)


@pytest.mark.rule("R28")
@pytest.mark.parametrize(
    ("today", "answered", "stopped", "missed"),
    [
        (MONDAY, None, None, False),
        (MONDAY + DAY, None, None, True),
        (MONDAY + 9 * DAY, MONDAY, None, False),
        (MONDAY + 9 * DAY, MONDAY + DAY, None, True),
        (MONDAY + 9 * DAY, None, MONDAY, False),
        (MONDAY + 9 * DAY, None, MONDAY + DAY, True),
    ],
    ids=["on the day", "the day after", "answered on it", "answered after it", "stopped on it", "stopped after it"],
)
def test_a_date_is_kept_on_its_day_and_missed_after_it(
    today: dt.date, answered: dt.date | None, stopped: dt.date | None, missed: bool
) -> None:
    assert on_time.is_missed(MONDAY, today, answered=answered, stopped=stopped) is missed


@pytest.mark.rule("R28")
def test_a_hall_that_answers_nothing_keeps_nothing() -> None:
    assert on_time.percent(0, 0, 7) == 0
    assert on_time.percent(3, 3, 1) == 75
    assert on_time.percent(0, 0, 0) is None
    assert Counts(month=9, answered_month=3, on_time_month=3, overdue=1).on_time_percent == 75


@given(on_time_=FIGURES, late=FIGURES, overdue=FIGURES)
def test_a_hundred_percent_is_said_only_where_nothing_is_late_and_nothing_overdue(
    on_time_: int, late: int, overdue: int
) -> None:
    share = on_time.percent(on_time_, on_time_ + late, overdue)
    assert (share == 100) == (on_time_ > 0 and late == overdue == 0)
    assert share is None or 0 <= share <= 100
