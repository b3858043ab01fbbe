"""The code that a phone reads off the glass: large enough on every shape of it, whatever stands beside it."""

from __future__ import annotations

import json

import pytest

from kiosk.screens.phone import CODE_MM
from tests.in_window import printed
from tests.running_hall import DESK, KIOSK

pytestmark = pytest.mark.e2e

SHAPES = [("--big", "--contrast"), ("--low", "--big"), ("--across", "--big", "--language", "en")]


@pytest.mark.parametrize("shape", SHAPES, ids=" ".join)
def test_the_code_is_large_enough_to_be_scanned(shape: tuple[str, ...]) -> None:
    told = printed(
        *("tests.kiosk.screens.measure", "shanting", "--short-mm", "268", "--only", "phone", *shape),
        size=DESK if "--across" in shape else KIOSK,
    )
    states = {one["state"]: one["found"] for one in map(json.loads, told.splitlines())}
    codes = {state: one["mm"] for state, found in states.items() for one in found if one["what"] == "code"}
    assert set(codes) == {"phone.waiting", "phone.silent"}
    assert min(codes.values()) >= CODE_MM
