"""A program that is a kiosk's connection, says that it was answered, and waits to be killed."""

from __future__ import annotations

import signal
import sys

from hub.config import HallDirectory
from hub.link import Link
from hub.wire.messages import EventsSince

if __name__ == "__main__":
    link = Link.of_terminal(HallDirectory(sys.argv[1]), "kiosk-1")
    link.ask(EventsSince(), timeout_s=30)
    print("answered", flush=True)
    signal.pause()
