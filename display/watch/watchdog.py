"""Runs the window of a kiosk or a wall, and starts it again when it ended, stands still, or lost its display.

It knows nothing of what the window shows. systemd watches this process in turn (docs/operations.md).
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping

from display.watch import awaiting, heartbeat

FROZEN_S = 8.0
"""A window that has not beaten for so long is ended; a full disk or a slow frame takes less."""
START_S = 60.0
"""So long a window may take to its first beat, once it has a display."""
PAUSES_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Before each further start of windows that do not stay."""
CALM_S = 60.0
"""A window that stayed so long makes what was before forgotten."""
TURN_S = 0.2
STOP_S = 5.0
START_AGAIN = os.EX_TEMPFAIL
"""What the window ends with when staff want it started again, from their corner: nothing went wrong."""
USAGE = 2
"""What the window ends with when its arguments are wrong: starting it again mends nothing."""

_log = logging.getLogger("watchdog")


class Backoff:
    """How long to wait before the next start."""

    def __init__(self) -> None:
        self._short_lives = 0

    def pause_s(self, lasted_s: float) -> float:
        """After a window that lasted so long."""
        self._short_lives = 0 if lasted_s >= CALM_S else self._short_lives + 1
        return PAUSES_S[min(max(self._short_lives - 1, 0), len(PAUSES_S) - 1)]


class Outer:
    """systemd, if it started us and asks for signs of life (`Type=notify`, `WatchdogSec=`)."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "").replace("@", "\0", 1)

    def tell(self, what: str) -> None:
        if self._address:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told, contextlib.suppress(OSError):
                told.sendto(what.encode(), self._address)  # an outer watch that is gone needs no word


class Window:
    """One process of the window and the pipe that it beats on."""

    def __init__(self, command: list[str], again: bool) -> None:
        self._reading, writing = os.pipe()
        environment = {**os.environ, heartbeat.ENVIRONMENT: str(writing)}
        if again:
            environment[heartbeat.AGAIN] = "1"
        self.process = subprocess.Popen(command, pass_fds=(writing,), env=environment)  # noqa: S603 - our own window
        os.close(writing)
        self.started_s = self.beaten_s = time.monotonic()
        self.has_beaten = False

    def look(self, timeout_s: float) -> bool:
        """Takes in beats; whether the process still holds its end of the pipe."""
        if not select.select([self._reading], [], [], timeout_s)[0]:
            return self.process.poll() is None
        signs = os.read(self._reading, 4096)
        if signs:
            self.beaten_s, self.has_beaten = time.monotonic(), self.has_beaten or heartbeat.BEAT in signs
        return bool(signs)

    @property
    def frozen(self) -> bool:
        return time.monotonic() - self.beaten_s > (FROZEN_S if self.has_beaten else START_S)

    def end(self, patience_s: float = 0.0) -> int:
        """Ends it for sure, after so long politely; what it ended with."""
        if patience_s:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience_s)
        self.process.kill()  # nothing where it has ended
        os.close(self._reading)
        return self.process.wait()


class Watchdog:
    """Runs windows until it is told to stop, or until one says that its arguments are wrong."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._stopping = False
        self._outer = Outer(os.environ)
        self._backoff = Backoff()

    def run(self) -> int:
        """What to exit with."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, self._stop)
        self._outer.tell("READY=1")
        again = False
        while not self._stopping:
            window = Window(self._command, again)
            while window.look(TURN_S) and not window.frozen and not self._stopping:
                self._outer.tell("WATCHDOG=1")
            frozen, lasted_s = window.frozen, time.monotonic() - window.started_s
            code = self._ended(window, frozen)
            if not self._stopping and (code == USAGE or (code == 0 and not window.has_beaten)):
                return code
            if self._stopping:
                break
            again = code not in (0, START_AGAIN)
            _log.error("the window %s after %.0f s; it is started again", _why(code, frozen), lasted_s)
            self._pause(self._backoff.pause_s(lasted_s))
        return 0

    def _ended(self, window: Window, frozen: bool) -> int:
        """A window that let go of its pipe is about to end by itself."""
        if frozen:
            return window.end()
        if not self._stopping:
            with contextlib.suppress(subprocess.TimeoutExpired):
                window.process.wait(STOP_S)
        return window.end(STOP_S if self._stopping else 0.0)

    def _pause(self, pause_s: float) -> None:
        """Waits so long; no longer than until a display is back, without which the window was not to blame.

        The next window waits for a display by itself (`display.watch.awaiting`).
        """
        ends, was_away = time.monotonic() + pause_s, False
        while not self._stopping:
            away = not awaiting.display_answers(os.environ)
            if time.monotonic() >= ends or (was_away and not away):
                return
            was_away = was_away or away
            self._outer.tell("WATCHDOG=1")
            time.sleep(awaiting.TURN_S)

    def _stop(self, *_: object) -> None:
        self._stopping = True


def _why(code: int, frozen: bool) -> str:
    if frozen:
        return "stood still"
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"


def watch(program: str) -> None:
    """Runs `python -m program` with this process' own arguments until it is told to stop; never returns."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    sys.exit(Watchdog([sys.executable, "-m", program, *sys.argv[1:]]).run())
