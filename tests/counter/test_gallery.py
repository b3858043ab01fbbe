"""Every page of the counter, drawn with the longest real words: nothing is cut off or stands outside its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.in_window import printed
from tests.running_hall import DESK


@pytest.mark.e2e
def test_no_page_cuts_off_words_or_lets_them_stand_out(tmp_path: Path) -> None:
    told = printed("tests.counter.gallery", str(tmp_path), "--measure", size=DESK)
    found = {one["state"]: one["wrong"] for one in map(json.loads, told.splitlines())}
    assert len(found) > 18
    assert {state: wrong for state, wrong in found.items() if wrong} == {}
