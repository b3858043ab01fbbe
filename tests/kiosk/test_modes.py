"""How one citizen wants the kiosk, and where things then stand on its glass."""

from __future__ import annotations

import pytest

from hub.domain.hall import Screen
from kiosk.modes import Modes
from kiosk.shape import can_lower, shape

UPRIGHT = Screen(width_px=1080, height_px=1920, width_mm=336.0, height_mm=597.0)
ACROSS = Screen(width_px=1920, height_px=1080, width_mm=597.0, height_mm=336.0)


def test_a_switch_turns_on_and_off_and_leaves_the_others() -> None:
    modes = Modes(language="zh_Hans", contrast=True)
    assert modes.switched("big") == Modes(language="zh_Hans", contrast=True, big=True)
    assert modes.switched("big").switched("big") == modes
    assert modes.speaking("en") == Modes(language="en", contrast=True)


def test_the_speech_key_goes_from_the_usual_loudness_to_the_loudest_the_quietest_and_silence() -> None:
    heard = [Modes(language="en")]
    for _ in range(5):
        heard.append(heard[-1].louder())
    assert [(one.speech, one.volume) for one in heard] == [
        (False, 60),
        (True, 60),
        (True, 100),
        (True, 20),
        (False, 60),
        (True, 60),
    ]


def test_a_kiosk_that_is_loud_already_has_one_step_less() -> None:
    loud = Modes(language="en", usual=100, volume=100).louder()
    assert (loud.speech, loud.volume, loud.louder().volume, loud.louder().louder().speech) == (True, 100, 20, False)


def test_low_takes_no_more_than_the_lower_half_of_an_upright_glass_and_nothing_out_of_reach() -> None:
    low = shape(UPRIGHT, low=True)
    assert (low.width_px, low.height_px, low.low, low.across) == (1080, 960, True, False)
    high = Screen(width_px=1080, height_px=1920, width_mm=336.0, height_mm=597.0, bottom_mm=1000.0)
    reach_mm = shape(high, low=True).height_px * high.height_mm / high.height_px
    assert 1219 < high.bottom_mm + reach_mm <= 1220


@pytest.mark.parametrize(("bottom_mm", "lowers"), [(800.0, False), (900.0, True)])
def test_a_glass_that_hangs_within_reach_is_used_whole(bottom_mm: float, lowers: bool) -> None:
    glass = Screen(width_px=1920, height_px=1080, width_mm=597.0, height_mm=336.0, bottom_mm=bottom_mm)
    assert can_lower(glass) is lowers
    assert (shape(glass, low=True).height_px < 1080) is lowers


def test_nothing_is_lowered_unasked() -> None:
    assert shape(UPRIGHT, low=False).height_px == 1920
    assert shape(ACROSS, low=False).across
