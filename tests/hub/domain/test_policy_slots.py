"""What the documents say about appointments, agreed times and late service, value by value."""

import pytest

from hub.config import shipped_policies
from tests.factories import a_policy


@pytest.mark.rule("R58")
@pytest.mark.parametrize("name", shipped_policies())
def test_appointments_are_taken_where_the_document_speaks_of_them(name):
    taken = a_policy(name).appointments.taken
    assert (taken.value, taken.silent) == ((True, False) if name in ("wuxi", "yunfu") else (False, True))


@pytest.mark.rule("R58")
def test_wuxis_citizen_has_to_be_there_before_the_time():
    grace = a_policy("wuxi").appointments.grace_min
    assert (grace.value, grace.silent) == (0, False)


@pytest.mark.rule("R56")
@pytest.mark.parametrize("name", shipped_policies())
def test_yunfu_alone_agrees_on_another_time_when_today_s_are_too_many(name):
    rule = a_policy(name).appointments.over_capacity
    assert (rule.value, rule.silent) == (("agree", False) if name == "yunfu" else ("wait", True))


@pytest.mark.rule("R60")
def test_yunfu_serves_late_on_three_grounds():
    grounds = a_policy("yunfu").opening.late_grounds
    assert [one.name for one in grounds.value] == ["特殊办件", "急办件", "临下班件"]


@pytest.mark.rule("R60")
@pytest.mark.parametrize("name", shipped_policies())
def test_no_document_gives_hours_so_numbers_are_given_whenever_somebody_comes(name):
    assert a_policy(name).opening.hours.value == ()
