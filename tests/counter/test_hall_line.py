"""The whole hall's line: every queue in its order, and whose word an exception needs."""

from __future__ import annotations

import datetime as dt

import pytest

from counter import hall_line
from hub.wire.messages import GreenAsk
from tests.counter.makers import NOON, hall_of, picture, policy_of, ticket

MINUTE = dt.timedelta(minutes=1)
RULES = policy_of("wuxi").queue


@pytest.mark.rule("R55")
def test_each_queue_stands_in_its_own_order_and_who_is_aside_comes_after() -> None:
    shown = picture(
        ticket("A002", service="one-window", lane="green"),
        ticket("A001", service="one-window", taken_at=NOON - MINUTE),
        ticket("A003", service="one-window", state="no_show", window=1),
        ticket("D001", service="inquiry", state="serving", window=1),
        ticket("B001", service="planning"),
    )
    found = hall_line.groups(hall_of("wuxi"), shown)
    assert [(one.service, [t.number for t in one.waiting], [t.number for t in one.aside]) for one in found] == [
        ("one-window", ["A001", "A002"], ["A003"]),
        ("planning", ["B001"], []),
    ]


@pytest.mark.rule("R57")
def test_an_exception_needs_the_word_of_the_post_that_the_policy_names() -> None:
    assert hall_line.may_decide("advance", RULES, {"hall_head"})
    assert not hall_line.may_decide("advance", RULES, {"supervisor"})
    assert not hall_line.may_decide("decide_green", RULES, set())
    assert hall_line.may_decide("green", RULES, set())


def test_nobody_is_called_from_here_but_may_be_put_first_come_back_or_leave() -> None:
    assert hall_line.moves(ticket(), RULES) == ("advance", "green", "withdraw")
    assert hall_line.moves(ticket(state="no_show"), RULES) == ("come_back", "withdraw")
    assert hall_line.moves(ticket(state="parked"), RULES) == ("withdraw",)


def test_a_request_is_shown_while_its_number_waits() -> None:
    shown = picture(ticket("A001"), ticket("A002", state="serving", window=1))
    asks = [GreenAsk(ticket_id=one, asked_at=NOON, who="06", reason="急") for one in ("id-A001", "id-A002", "gone")]
    assert [(one.ticket_id, of.number) for one, of in hall_line.open_asks(asks, shown)] == [("id-A001", "A001")]
