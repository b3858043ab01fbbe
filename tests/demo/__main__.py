"""`make demo`: a whole hall on this machine, every program for real.

With a screen: windows to play with until Ctrl-C. Without one, or with HEADLESS=1: a citizen's complaint is driven
through the kiosk by touches, more are filed at once from other terminals, a window and a department do their work by
mouse and keyboard, and `out/demo/` holds pictures, papers, logs and `summary.json`.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from tests.demo.opening import Opened, open_hall
from tests.demo.playground import play
from tests.demo.story import tell
from tests.processes import NotInTime, Processes

OUT = Path("out/demo")
console = Console(highlight=False)


def main() -> int:
    began = time.monotonic()
    headless = os.environ.get("HEADLESS") == "1" or not os.environ.get("DISPLAY")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with Processes(OUT / "logs") as processes:
            if not headless:
                return play(OUT, processes, console)
            with open_hall(OUT, processes, console) as opened:
                _tell(opened, time.monotonic() - began)
    except NotInTime as missed:
        console.print(f"[red]did not happen:[/] {missed}")
        console.print(f"the programs' logs are in {OUT / 'logs'}")
        return 1
    return 0


def _tell(opened: Opened, ready_s: float) -> None:
    console.print(f"ready after {ready_s:.1f} s")
    try:
        summary = tell(opened, OUT, console)
    except NotInTime:
        for name in ("kiosk", "window", "department", "wall"):
            getattr(opened, name).save(OUT / f"missed-{name}.png")
        raise
    console.print(f"{summary['complaints']} complaints, {summary['answered']} answered; see {OUT}/")


if __name__ == "__main__":
    sys.exit(main())
