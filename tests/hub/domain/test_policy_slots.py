"""What the documents say about appointments, agreed times and late service, value by value."""

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.config import shipped_policies
from hub.domain.hall import contradictions as hall_contradictions
from hub.domain.hours import Hours
from hub.domain.policy import Cited
from hub.domain.policy.sense import contradictions
from tests.factories import a_hall, a_policy


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


def with_rules(**rules):
    policy = a_policy("wuxi")
    cited = {name: Cited(value, cite="本单位决定") for name, value in rules.items()}
    return replace(policy, appointments=replace(policy.appointments, **cited))


@pytest.mark.parametrize(
    ("rules", "where"),
    [
        ({"held_percent": 0}, "held_percent"),
        ({"over_capacity": "agree", "agreed_percent": 0}, "agreed_percent"),
        ({"held_percent": 70, "agreed_percent": 40}, "agreed_percent"),
    ],
)
def test_shares_that_cannot_be_are_told_with_their_remedy(rules, where):
    (found,) = contradictions(with_rules(**rules))
    assert found.path == ("appointments", where)
    assert found.remedy


@pytest.mark.parametrize("hours", [((17, 9),), ((9, 12), (11, 17))])
def test_hours_that_no_day_has_are_told(hours):
    wrong = tuple(Hours(dt.time(opens), dt.time(closes)) for opens, closes in hours)
    policy = a_policy("wuxi")
    policy = replace(policy, opening=replace(policy.opening, hours=Cited(wrong, cite="本单位决定")))
    (found,) = contradictions(policy)
    assert found.path[:2] == ("opening", "hours")
    hall = a_hall("wuxi")
    hall = replace(hall, services=(replace(hall.services[0], hours=wrong), *hall.services[1:]))
    (told,) = hall_contradictions(hall)
    assert "out of order" in told
