"""The kiosk's patience: quiet, warned, over."""

from __future__ import annotations

from kiosk.patience import QUIET_LISTENING_S, QUIET_S, WARNING_S, Patience


def test_a_minute_without_a_touch_warns_and_counts_twenty_seconds() -> None:
    patience = Patience(100.0)
    assert patience.mood(159.9) == "calm"
    assert patience.mood(160.0) == "warning"
    assert patience.left_s(160.0) == 20
    assert patience.left_s(179.5) == 1
    assert patience.mood(179.9) == "warning"
    assert patience.mood(180.0) == "over"
    assert patience.left_s(200.0) == 0


def test_one_tap_extends_it_any_number_of_times() -> None:
    patience = Patience(0.0)
    now = 0.0
    for _ in range(25):
        now += QUIET_S + WARNING_S - 0.1
        assert patience.mood(now) == "warning"
        patience.touched(now)
        assert patience.mood(now) == "calm"


def test_who_listens_is_given_twice_the_time_until_the_speech_is_off() -> None:
    patience = Patience(0.0)
    patience.listen(speech=True)
    assert patience.mood(QUIET_LISTENING_S - 0.1) == "calm"
    assert patience.left_s(QUIET_LISTENING_S) == WARNING_S
    assert patience.mood(QUIET_LISTENING_S + WARNING_S) == "over"
    patience.listen(speech=False)
    assert patience.mood(QUIET_S) == "warning"
