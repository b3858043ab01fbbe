"""Every screen forgets what a citizen wrote as soon as it is told to, before it is thrown away."""

from __future__ import annotations

import json

import pytest

from tests.in_window import printed

pytestmark = pytest.mark.e2e


def test_nothing_personal_is_left_on_any_screen_that_was_wiped() -> None:
    told = printed("tests.kiosk.screens.wiped", "shanting")
    states = [json.loads(line) for line in told.splitlines()]
    written = {one["state"].partition(".")[0] for one in states if one["before"]}
    assert written >= {"words", "contact", "check"}, "the screens were looked at with something on them"
    assert [f"{one['state']}: {one['after']}" for one in states if one["after"]] == []
