"""How long what is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from hub.domain import keeping
from tests.factories import a_policy


@pytest.mark.rule("R41", "R71")
def test_periods_are_the_policy_s_years_after_closing() -> None:
    policy, closed = a_policy("wuxi"), dt.date(2026, 11, 23)
    assert keeping.kept_until(policy, "suggestion", closed) == dt.date(2029, 11, 23)
    assert keeping.kept_until(policy, "case", closed) == dt.date(2036, 11, 23)
    assert keeping.kept_until(policy, "attachment", closed, papers=True) == dt.date(2029, 11, 23)


def test_of_the_29th_of_february_it_is_the_28th() -> None:
    assert keeping.years_after(dt.date(2028, 2, 29), 3) == dt.date(2031, 2, 28)
    assert keeping.years_after(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 30))
def test_what_is_closed_later_is_never_kept_shorter(closed: dt.date, years: int) -> None:
    tomorrow = closed + dt.timedelta(days=1)
    assert keeping.years_after(closed, years) <= keeping.years_after(tomorrow, years)
