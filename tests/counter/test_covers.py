"""AB 岗: who may do what about it at their post, and what a hand-over needs."""

from __future__ import annotations

import datetime as dt

import pytest

from counter import covers
from counter.covers import Handing
from hub.config import load_policy
from tests.counter.makers import TODAY
from tests.counter.states import DELEGATES

YUNFU, WUXI = load_policy("yunfu"), load_policy("wuxi")


@pytest.mark.rule("R7")
def test_only_who_has_a_delegate_hands_over_and_only_a_delegate_steps_in() -> None:
    assert covers.may_hand_over("window", WUXI, DELEGATES, "06")
    assert not covers.may_hand_over("window", WUXI, DELEGATES, "99")
    assert not covers.may_hand_over("supervisor", WUXI, DELEGATES, "06")
    assert covers.may_step_in("window", WUXI, DELEGATES, "06") == WUXI.delegates.steps_in_himself.value
    assert not (WUXI.delegates.authority_needed.value and covers.may_step_in("window", WUXI, DELEGATES, "99"))
    assert covers.may_name("supervisor", WUXI)
    assert not covers.may_name("window", WUXI)


@pytest.mark.rule("R7")
def test_a_post_is_handed_over_as_long_ahead_as_the_document_wants() -> None:
    ahead = WUXI.delegates.handover_ahead_d.value
    assert ahead == 1
    first = TODAY + dt.timedelta(days=ahead)
    told = Handing(first_day=first, last_day=first, note="在办 3 件")
    assert covers.missing_to_hand_over(WUXI, TODAY, told) == ()
    early = Handing(first_day=TODAY, last_day=TODAY, note="在办 3 件")
    assert covers.missing_to_hand_over(WUXI, TODAY, early) == ("too_late",)
    assert covers.missing_to_hand_over(YUNFU, TODAY, early) == ()


def test_a_hand_over_says_from_when_until_when_and_how_the_work_stands() -> None:
    assert covers.missing_to_hand_over(WUXI, TODAY, Handing()) == ("first_day", "last_day", "note")
    wrong = Handing(first_day=TODAY + dt.timedelta(days=5), last_day=TODAY + dt.timedelta(days=4), note="好")
    assert covers.missing_to_hand_over(WUXI, TODAY, wrong) == ("bad_dates",)


def test_for_whom_i_am_named_and_who_is_for_me() -> None:
    assert covers.i_cover(DELEGATES.pairs, "06") == ("08",)
    assert covers.my_delegate(DELEGATES.pairs, "06") == "07"
    assert [one.absent for one in covers.today_first(reversed(DELEGATES.covers), TODAY)] == ["08", "21"]
