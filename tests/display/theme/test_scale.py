"""Letters and targets in millimetres."""

import pytest
from PIL import ImageFont

from display.theme import fonts
from display.theme.scale import Scale
from hub.domain.hall import Screen

KIOSK = Screen(width_px=1080, height_px=1920, width_mm=299.0, height_mm=531.0)


@pytest.mark.parametrize("cap_mm", [4.8, 7.3, 37.0])
@pytest.mark.parametrize("big", [False, True])
def test_capital_letters_are_as_high_as_asked(cap_mm: float, big: bool):
    scale = Scale(KIOSK, big=big)
    drawn = ImageFont.truetype(str(fonts.face("Regular")), scale.font(cap_mm)).getbbox("H", anchor="ls")
    wanted = cap_mm * (1.4 if big else 1)
    assert wanted <= scale.mm(-drawn[1] + 1)
    assert scale.mm(-drawn[1]) <= wanted + 2 * scale.mm(1)
    assert scale.cap_mm(scale.font(cap_mm)) >= wanted


def test_targets_never_come_out_smaller_than_asked():
    scale = Scale(KIOSK)
    assert scale.mm(scale.px(20)) >= 20
    assert scale.px(20) == 73


def test_big_letters_do_not_move_distances():
    assert Scale(KIOSK, big=True).px(12) == Scale(KIOSK).px(12)
