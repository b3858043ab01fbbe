"""Kiosks that several test modules look into."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kiosk.watching import Watched
from tests.processes import Processes
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One kiosk for all tests of a module, with hub and printer."""
    place = tmp_path_factory.mktemp("watched")
    screen = Screen(*KIOSK)
    with Processes(place / "logs") as processes:
        hall = RunningHall(place / "hall", processes)
        hall.start_hub()
        hall.start_printer()
        hall.ready_hub()
        hall.ready_device("printer")
        yield Watched(hall, screen, place / "home")
    screen.close()
