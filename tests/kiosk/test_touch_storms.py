"""Whatever fingers do on the glass: no crash, no second command, no key that stays pressed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.stumbling import EXIT_CODE
from tests.in_window import ran
from tests.kiosk.glass import CITIZEN
from tests.kiosk.scenarios import SCENARIOS
from tests.running_hall import KIOSK
from tests.screen import Screen

pytestmark = pytest.mark.e2e


FINGERS: dict[str, tuple[set[str], set[int]]] = {
    "two_fingers_on_two_matters": ({"reason"}, {0}),
    "two_fingers_on_submit": ({"done"}, {1}),
    "submit_and_back_at_once": ({"calling.done", "done"}, {1}),
    "ten_taps_on_submit": ({"done"}, {1}),
    "a_finger_that_outlives_its_screen": ({"home"}, {0}),
    "a_drag_from_key_to_key": ({"check"}, {0}),
    "a_long_press": ({"done"}, {1}),
    "a_turned_glass": ({"check", "done"}, {0, 1}),
    "a_storm": ({"done"}, {1}),
}
"""Where the citizen is after it, and how many complaints the hub has."""


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    screen = Screen(*KIOSK)
    yield screen
    screen.close()


@pytest.fixture(scope="module")
def played(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What came of each of them, one citizen after another at the same window."""
    told, _ = play(screen, tmp_path_factory.mktemp("glass"), *FINGERS)
    return {one["scenario"]: one for one in told}


def play(screen: Screen, folder: Path, *scenarios: str) -> tuple[list[dict[str, Any]], str]:
    """What came of it, and what was logged."""
    done = ran(screen, "tests.kiosk.scenarios", str(folder), *scenarios)
    told = json.loads(done.stdout)
    assert [one for one in told if "wrong" in one] == [], done.stderr[-3000:]
    return told, done.stderr


@pytest.mark.parametrize("scenario", FINGERS)
def test_fingers_do_what_they_mean_once(played: dict[str, dict[str, Any]], scenario: str) -> None:
    where, filed = FINGERS[scenario]
    told = played[scenario]
    assert told["where"] in where
    assert told["filed"] in filed
    assert (told["stumbles"], told["pressed"]) == (0, [])


@pytest.mark.rule("R13")
def test_a_mistake_of_ours_ends_the_session_and_says_nothing_of_the_citizen(screen: Screen, tmp_path: Path) -> None:
    (told, _), logged = play(screen, tmp_path, "a_mistake_of_ours")
    assert (told["where"], told["stumbles"], told["exit_code"]) == ("home", 1, 0)
    assert "ValueError at scenarios.py:" in logged
    assert CITIZEN not in logged


@pytest.mark.rule("R67")
def test_a_second_mistake_within_a_minute_shows_the_sign_and_ends_the_window(screen: Screen, tmp_path: Path) -> None:
    (told,), logged = play(screen, tmp_path, "two_mistakes_of_ours")
    assert (told["scenario"], told["where"], told["exit_code"]) == ("the end", "fault", EXIT_CODE)
    assert CITIZEN not in logged


def test_every_scenario_is_played() -> None:
    assert set(SCENARIOS) == {*FINGERS, "a_mistake_of_ours", "two_mistakes_of_ours"}
