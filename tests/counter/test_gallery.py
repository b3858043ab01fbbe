"""Every page of the counter, drawn with the longest real words: nothing is cut off or stands outside its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.screen import Screen


@pytest.mark.e2e
def test_no_page_cuts_off_words_or_lets_them_stand_out(tmp_path: Path) -> None:
    screen = Screen(1920, 1080)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "tests.counter.gallery", str(tmp_path), "--measure"],
            env={**os.environ, "DISPLAY": screen.display},
            capture_output=True,
            text=True,
            timeout=240,
            check=True,
        ).stdout
    finally:
        screen.close()
    found = {one["state"]: one["wrong"] for one in map(json.loads, told.splitlines())}
    assert len(found) > 18
    assert {state: wrong for state, wrong in found.items() if wrong} == {}
