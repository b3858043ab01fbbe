"""A kiosk reduced to its printer, as a process that a test can kill: prints one receipt and waits."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from hub.domain.printer import Printer
from tests.printers import factories
from tests.printers.conftest import Desk


def main(spool: str, url: str) -> None:
    desk = Desk(Path(spool), Printer(name="emulated", url=url))
    desk.station.print("job-1", factories.receipt())
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
