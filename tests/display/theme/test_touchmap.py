"""What a driver reads of a real window's places, touched by a real pointer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.display.theme.slow_window import SIZE
from tests.processes import Processes
from tests.screen import Screen

pytestmark = pytest.mark.e2e

LOWER_LEFT, UPPER_RIGHT = [0, 500, 200, 100], [500, 100, 200, 100]


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    place: Path = tmp_path_factory.mktemp("slow")
    with closing(Screen(*SIZE)) as screen, Processes(place / "logs") as processes:
        processes.start("slow", "-m", "tests.display.theme.slow_window", env=screen.env | {"HOME": str(place)})
        screen.at("slow", timeout_s=60)
        yield screen


def test_whoever_has_touched_reads_no_place_of_before(slow: Screen) -> None:
    if slow.seen()["touch"]["go"] != LOWER_LEFT:
        slow.touch("go")
    before = slow.seen()
    assert before["touch"] == {"go": LOWER_LEFT}
    slow.touch("go")
    assert slow.seen()["touch"] == {"go": UPPER_RIGHT}
    slow.touch("go")
    after = slow.seen()
    assert after["touch"] == {"go": LOWER_LEFT}
    assert int(after["taps"]) - int(before["taps"]) == 2


def test_a_touch_that_does_nothing_is_known_too_and_the_map_draws_nothing_for_it(slow: Screen) -> None:
    before = slow.seen()
    slow.tap(400, 300)
    after = slow.seen()
    assert after["let_go_s"] > before["let_go_s"]
    assert (after["taps"], after["frames"]) == (before["taps"], before["frames"])
