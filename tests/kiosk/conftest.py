"""Kiosks that several test modules touch or look into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.link import Link
from hub.wire.messages import LoggedIn, LogIn
from tests.kiosk.fingers import Fingers
from tests.kiosk.watching import Watched
from tests.processes import Processes
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

PIN = "480615"


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


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    """A founded hall with a clerk for the window; nothing runs yet."""
    founded = RunningHall(tmp_path / "hall", processes)
    founded.staff("06", "王芳", "window", PIN)
    return founded


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen(*KIOSK)
    yield screen
    screen.close()


@pytest.fixture
def served(hall: RunningHall) -> RunningHall:
    """The hall with its hub and a printer."""
    hall.start_hub()
    hall.start_printer()
    hall.ready_hub()
    hall.ready_device("printer")
    return hall


@pytest.fixture
def kiosk(served: RunningHall, screen: Screen) -> Screen:
    """A kiosk at its first screen, with a hub and a printer."""
    served.start_kiosk(screen)
    screen.at("home", timeout_s=60)
    return screen


@pytest.fixture
def window(served: RunningHall) -> Iterator[Link]:
    """A link of window 3 with its clerk logged in."""
    link = served.link("window-3")
    assert isinstance(link.ask(LogIn(staff="06", pin=PIN)), LoggedIn)
    yield link
    link.close()


@pytest.fixture
def fingers(screen: Screen) -> Iterator[Fingers]:
    fingers = Fingers(screen)
    yield fingers
    fingers.close()
