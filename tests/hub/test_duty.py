"""When a hub that stands by may take over: by its own clock, and only from a holder that stands still."""

from __future__ import annotations

from hub.duty import LEASE_S, LOOK_S, MOVES, RENEW_S, STILL_S, StandingStill


def test_a_holder_that_beats_is_left_alone() -> None:
    still = StandingStill()
    assert not any(still.for_too_long(7, beat, beat * (STILL_S - 0.1)) for beat in range(1, 50))


def test_a_holder_that_stands_still_is_taken_over_from_after_two_seconds() -> None:
    still = StandingStill()
    assert not still.for_too_long(7, 1, 100.0)
    assert not still.for_too_long(7, 1, 100.0 + STILL_S - 0.01)
    assert still.for_too_long(7, 1, 100.0 + STILL_S)


def test_another_holder_gets_its_own_two_seconds() -> None:
    still = StandingStill()
    still.for_too_long(7, 1, 100.0)
    assert not still.for_too_long(8, 1, 110.0)
    assert still.for_too_long(8, 1, 110.0 + STILL_S)


def test_a_first_look_long_after_the_start_of_the_machine_takes_nothing_over() -> None:
    assert not StandingStill().for_too_long(7, 1, 1e6)


def test_a_hub_serves_nobody_before_another_may_take_over() -> None:
    assert RENEW_S * 2 < LEASE_S < STILL_S
    assert STILL_S + LOOK_S < 3


def test_only_who_stands_by_can_take_the_duty() -> None:
    assert [state for (state, event), to in MOVES.items() if to == "active"] == ["standby"]
    assert {event for (state, event) in MOVES if state == "active"} == {"lost"}
