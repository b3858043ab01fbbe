"""The demonstration with a screen: windows to play with until Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

from rich.console import Console

from tests.demo.opening import DEPARTMENT, WINDOW, hall_with_staff
from tests.processes import Processes
from tests.running_hall import DESK, KIOSK, RunningHall

EDGE_PX = 40
"""Kept free at the screen's lower edge, for the user's own panel."""


def play(out: Path, processes: Processes, console: Console) -> int:
    """Opens everything on the user's own screen, says how to log in, and stops it all on Ctrl-C."""
    over = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: over.set())
    hall, staff = hall_with_staff(out, processes)
    hall.start_hub()
    hall.start_printer()
    hall.start_board()
    hall.start_led()
    hall.start_web()
    _open_windows(hall, *_screen_px())
    hall.ready_hub()
    hall.ready_web()
    console.print(f"The hall is open: {hall.hall.name}")
    for terminal in (WINDOW, DEPARTMENT):
        member = staff[terminal]
        console.print(f"  {terminal}: log in as {member.code}, PIN {member.pin} ({member.name})")
    console.print(f"  phone page: {hall.hall.page_url}")
    console.print(f"  paper: {hall.paper}/   LED board: {hall.board}/led.png")
    console.print("Ctrl-C closes the hall.")
    over.wait()
    console.print("closing")
    return 0


def _open_windows(hall: RunningHall, width_px: int, height_px: int) -> None:
    """The kiosk on the left, the window beside it, department and wall below: each as large as there is room."""
    room = height_px - EDGE_PX
    kiosk = min(1.0, room / KIOSK[1])
    left = round(KIOSK[0] * kiosk)
    right = width_px - left
    small = min(1.0, right / 2 / DESK[0], room / 2 / DESK[1])
    large = min(1.0, right / DESK[0], room / DESK[1] - small)
    below = round(DESK[1] * large)
    hall.start_kiosk(place=(0, 0, kiosk))
    hall.start_counter(WINDOW, place=(left, 0, large))
    hall.start_counter(DEPARTMENT, place=(left, below, small))
    hall.start_wall(place=(left + round(DESK[0] * small), below, small))


def _screen_px() -> tuple[int, int]:
    said = subprocess.run(["xdotool", "getdisplaygeometry"], capture_output=True, text=True, check=True).stdout
    width, height = said.split()
    return int(width), int(height)
