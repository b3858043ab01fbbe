import datetime as dt

import pytest

from hub.domain.hall import Window
from hub.domain.queue import order, pick
from tests.factories import FILED_AT, a_ticket


def taken(number, minutes, **changes):
    return a_ticket(number, taken_at=FILED_AT + dt.timedelta(minutes=minutes), **changes)


def next_for(services, waiting):
    found = pick(Window(number=1, services=tuple(services)), waiting, FILED_AT + dt.timedelta(hours=1), 3)
    return found and found.ticket


@pytest.mark.rule("R55")
def test_first_taken_is_first_called_whatever_order_they_come_in():
    early, late, same = taken("F001", 0), taken("F003", 2), taken("F002", 0)
    assert order([late, same, early]) == [early, same, late]


@pytest.mark.rule("R55")
def test_a_window_calls_the_oldest_of_its_own_services():
    other = taken("A001", 0, service="general")
    own, later = taken("F001", 1), taken("F002", 2)
    assert next_for(["complaint"], [later, other, own]) == own
    assert next_for(["complaint", "general"], [later, other, own]) == other
    assert next_for(["inquiry"], [later, other, own]) is None


@pytest.mark.parametrize("state", ["called", "serving", "done", "no_show", "parked", "withdrawn"])
def test_only_those_who_wait_are_called(state):
    assert next_for(["complaint"], [taken("F001", 0, state=state)]) is None
