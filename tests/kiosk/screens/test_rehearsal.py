"""What the first citizen would wait for is made before they come."""

from __future__ import annotations

import json

import pytest

from tests.in_window import printed

pytestmark = pytest.mark.e2e


def test_the_screens_of_a_complaint_are_made_before_the_first_citizen_and_their_keys_write_for_the_next() -> None:
    told = json.loads(printed("tests.kiosk.screens.rehearsing"))
    assert told["names"] == ["matter", "reason", "words", "contact", "check", "done"]
    assert told["kept"] >= 30, "the next keyboard has the keys of the one before"
    assert told["typed"] == "banzheng"
