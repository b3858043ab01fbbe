"""Opens the demonstration's hall: founds it, starts every program at once, and waits until each is ready."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from tests.processes import Processes
from tests.running_hall import DESK, KIOSK, RunningHall
from tests.screen import Screen

WINDOW, DEPARTMENT = "window-3", "department-real-estate"
CLIENTS = tuple(f"kiosk-{n}" for n in range(2, 6))


@dataclass(frozen=True)
class Member:
    """A member of the demonstration's staff; PINs are made anew for each run."""

    code: str
    name: str
    role: str
    terminal: str
    pin: str
    department: str = ""
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """The running hall with its screens."""

    hall: RunningHall
    staff: dict[str, Member]
    kiosk: Screen
    window: Screen
    department: Screen
    wall: Screen


def hall_with_staff(out: Path, processes: Processes) -> tuple[RunningHall, dict[str, Member]]:
    """A founded hall with a few more kiosk terminals, and the people who work in it."""
    more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in CLIENTS)
    hall = RunningHall(out / "hall", processes, more_terminals=more)
    members = [
        Member("06", "王芳", "window", WINDOW, _pin()),
        Member("21", "陈志远", "department", DEPARTMENT, _pin(), "real-estate", ("handler", "section_head")),
        Member("01", "刘主任", "supervisor", "supervisor", _pin(), posts=("hall_head", "deputy_leader", "centre")),
    ]
    for one in members:
        hall.staff(one.code, one.name, one.role, one.pin, one.department, one.posts)
    return hall, {one.terminal: one for one in members}


@contextmanager
def open_hall(out: Path, processes: Processes, console: Console) -> Iterator[Opened]:
    """Everything at once, each window on a screen of its own; ready when all are."""
    console.print("opening the hall: hub, kiosk, window, department, wall, LED board, printer, look-up page")
    with ExitStack() as stack:
        screens = [Screen(*size) for size in (KIOSK, DESK, DESK, DESK)]
        for screen in screens:
            stack.callback(screen.close)
        stack.callback(processes.close)  # programs end before their screens
        hall, staff = hall_with_staff(out, processes)
        opened = Opened(hall, staff, *screens)
        _start(hall, opened)
        hall.ready_hub()
        hall.ready_device("printer")
        hall.ready_device("board")
        for name, screen in (
            ("kiosk-1", opened.kiosk),
            (WINDOW, opened.window),
            (DEPARTMENT, opened.department),
            ("wall", opened.wall),
        ):
            hall.ready_window(name, screen)
        hall.ready_web()
        yield opened


def _start(hall: RunningHall, opened: Opened) -> None:
    """Windows first: they take longest."""
    hall.start_kiosk(opened.kiosk)
    hall.start_counter(WINDOW, opened.window)
    hall.start_counter(DEPARTMENT, opened.department)
    hall.start_wall(opened.wall)
    hall.start_hub()
    hall.start_printer()
    hall.start_board()
    hall.start_led()
    hall.start_web()


def _pin() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
