"""Whole halls for the promises that only real processes can prove."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.link import Link
from hub.wire.messages import LoggedIn, LogIn
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

PIN = "480615"


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    """A founded hall with a clerk for the window and a handler for 不动产登记中心; nothing runs yet."""
    founded = RunningHall(tmp_path / "hall", processes)
    founded.staff("06", "王芳", "window", PIN)
    founded.staff("21", "陈志远", "department", PIN, "real-estate")
    founded.staff("01", "刘主任", "supervisor", PIN)
    return founded


@pytest.fixture
def kiosk_screen() -> Iterator[Screen]:
    screen = Screen(*KIOSK)
    yield screen
    screen.close()


@pytest.fixture
def window(hall: RunningHall) -> Iterator[Link]:
    """A link of window 3 with its clerk logged in, so that complaints take tickets; needs the hub."""
    link = logged_in(hall, "window-3", "06")
    yield link
    link.close()


def logged_in(hall: RunningHall, terminal: str, staff: str) -> Link:
    hall.ready_hub()
    link = hall.link(terminal)
    assert isinstance(link.ask(LogIn(staff=staff, pin=PIN)), LoggedIn)
    until("the picture", lambda: link.wait(0.05) or link.picture.epoch)
    return link


def tell_printer(hall: RunningHall, order: str) -> str:
    """Says one line to the printer emulator's control port, such as `paper out`, and returns its answer."""
    with socket.create_connection(("127.0.0.1", hall.ports["printer-control"]), timeout=5) as control:
        control.sendall(f"{order}\n".encode())
        return control.makefile().readline().strip()


def papers(hall: RunningHall) -> list[Path]:
    """The receipts that came out of the printer, oldest first."""
    return sorted(hall.paper.glob("receipt-*.png"))
