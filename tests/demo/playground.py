"""The demonstration with a screen: windows to play with until Ctrl-C."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

from rich.console import Console

from tests.demo.opening import DEPARTMENT, WINDOW, hall_with_staff, start_programs
from tests.processes import Processes


def play(out: Path, processes: Processes, console: Console) -> int:
    """Opens everything on the user's own screen, says how to log in, and stops it all on Ctrl-C."""
    hall, staff = hall_with_staff(out, processes)
    start_programs(hall)
    hall.ready_hub()
    hall.ready_web()
    console.print(f"The hall is open: {hall.hall.name}")
    for terminal in (WINDOW, DEPARTMENT):
        member = staff[terminal]
        console.print(f"  {terminal}: log in as {member.code}, PIN {member.pin} ({member.name})")
    console.print(f"  phone page: {hall.hall.page_url}")
    console.print(f"  paper: {hall.paper}/   LED board: {hall.board}/led.png")
    console.print("Ctrl-C closes the hall.")
    over = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: over.set())
    over.wait()
    return 0
