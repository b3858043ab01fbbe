"""What a finger will ask for is made while it lies there, and shown only if it asks for just that."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.in_window import printed

pytestmark = pytest.mark.e2e


def test_the_screen_made_under_a_finger_is_shown_if_it_asks_for_just_that_and_else_nothing_of_it_is_left(
    tmp_path: Path,
) -> None:
    told = json.loads(printed("tests.kiosk.screens.foreseeing", str(tmp_path / "outbox.db")))
    assert len(told) == 11
    assert [what for what, so in told.items() if not so] == []


def test_before_the_first_picture_its_tiles_are_laid_out_once_and_nothing_is_rehearsed(tmp_path: Path) -> None:
    told = json.loads(printed("tests.kiosk.screens.starting", str(tmp_path / "outbox.db")))
    assert len(told) == 4
    assert [what for what, so in told.items() if not so] == []
