"""A press of the pad rates the case just closed at its window, once; at any other time it changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from counter.pad_rating import SHOWN_S, PadRating, asks_after
from tests.factories import a_policy

ONE, OTHER = "370406-20261123-0001-6", "370406-20261123-0002-4"


@pytest.fixture
def rating() -> PadRating:
    return PadRating(within_s=60)


@pytest.mark.rule("R35")
def test_a_press_rates_the_case_just_closed_once(rating: PadRating) -> None:
    rating.closed(ONE, 0.0)
    assert rating.state(1.0) == "asked"
    assert rating.press(5.0) == ONE
    assert rating.press(5.1) == ""
    assert rating.state(6.0) == "rated"
    assert rating.state(5.1 + SHOWN_S) == ""


def test_without_a_case_just_closed_a_press_rates_nothing(rating: PadRating) -> None:
    assert (rating.press(0.0), rating.state(0.1)) == ("", "")


def test_after_its_time_a_press_rates_nothing(rating: PadRating) -> None:
    rating.closed(ONE, 0.0)
    assert rating.state(60.0) == ""
    assert rating.press(60.0) == ""


def test_who_comes_next_does_not_rate_the_case_of_the_one_before(rating: PadRating) -> None:
    rating.closed(ONE, 0.0)
    rating.forget()
    assert rating.press(1.0) == ""


def test_the_newest_case_is_the_one_that_is_rated(rating: PadRating) -> None:
    rating.closed(ONE, 0.0)
    rating.closed(OTHER, 1.0)
    assert rating.press(2.0) == OTHER


def test_what_the_clerk_wrote_down_is_not_asked_again(rating: PadRating) -> None:
    rating.closed(ONE, 0.0)
    rating.rated(OTHER)
    assert rating.state(1.0) == "asked"
    rating.rated(ONE)
    assert rating.press(2.0) == ""


@pytest.mark.parametrize(
    ("code", "stage", "asks"),
    [
        ("answer_on_the_spot", "filed", True),
        ("answer_on_the_spot", "triaged", True),
        ("answer_on_the_spot", "rework", True),
        ("decline", "triaged", True),
        ("refer_out", "triaged", True),
        ("tell_citizen", "replied", True),
        ("tell_citizen", "rated", False),
        ("tell_citizen", "accepted", False),
        ("dispatch", "triaged", False),
        ("archive", "rated", False),
        ("tell_citizen", "archived", False),
    ],
)
def test_what_gives_a_citizen_their_answer_asks_for_a_rating(code: str, stage: Any, *, asks: bool) -> None:
    assert asks_after(code, stage, a_policy()) is asks


def test_a_hall_whose_cases_are_not_rated_asks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(a_policy()), "has", lambda _policy, _move: False)
    assert not asks_after("answer_on_the_spot", "triaged", a_policy())
