"""Twenty-four hours of the wall, with hubs that go and come back, a change of day, and a night."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.display.wall.day import LOOKS_EVERY, MINUTES, WALL
from tests.in_window import printed

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def day() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(printed("tests.display.wall.day", size=(WALL.width_px, WALL.height_px)))
    return told


def test_no_picture_of_a_day_and_a_night_is_black_and_none_stands_still(day: dict[str, Any]):
    assert day["frames"] >= MINUTES / LOOKS_EVERY
    assert (day["black"], day["frozen"]) == ([], [])


def test_every_call_of_the_day_flashes_and_stands(day: dict[str, Any]):
    assert day["calls"] > 40
    assert day["recalls"] > 2
    assert day["calls_missed"] == 0


def test_the_wall_says_that_its_data_is_old_whenever_it_is_and_only_then(day: dict[str, Any]):
    assert day["silent_about_age"] == []


def test_the_hall_s_pictures_take_turns_by_day_and_by_night(day: dict[str, Any]):
    shown = day["stills"]
    assert min(shown.count("a"), shown.count("b")) > MINUTES / LOOKS_EVERY / 4
    assert len(shown) <= MINUTES / LOOKS_EVERY, "one at a time"


def test_another_day_begins_with_an_empty_list(day: dict[str, Any]):
    assert day["listed_after_midnight"] == []


def test_at_night_it_is_dim(day: dict[str, Any]):
    assert day["night_light_percent"] == 50
