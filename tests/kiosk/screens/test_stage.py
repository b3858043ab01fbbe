"""Screens that went are freed when nobody waits for a picture, and the loop is quick only while somebody touches."""

from __future__ import annotations

import json

import pytest

from tests.in_window import printed

pytestmark = pytest.mark.e2e


def test_what_went_is_freed_when_nobody_touches_or_when_it_is_much_and_the_loop_is_quick_under_fingers() -> None:
    told = json.loads(printed("tests.kiosk.screens.staging"))
    assert len(told) == 6
    assert [what for what, so in told.items() if not so] == []
