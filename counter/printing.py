"""Printing at the counter (R6, R16, R50): guides to take along, forms for the office, on the printer of this terminal.

There is no spool here. A form names the citizen, so nothing of it stays on this machine: the hub fills it in again
whenever somebody presses the button.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from hub.config import HallDirectory
from hub.domain.hall import Terminal
from printers.connection import connector
from printers.driver import Outcome, PrinterDriver
from printers.errors import PrinterError
from printers.logo import logo_of
from printers.profiles import profile_of
from printers.render import render_slip
from printers.slip import Slip

State = Literal["", "printing", "printed", "unknown", "failed"]
"""`unknown`: it was sent, and the printer did not say that it came out."""


class SheetPrinter(Protocol):
    """What prints one job; `printers.driver.PrinterDriver` is one."""

    def print_job(self, data: bytes) -> Outcome: ...
    def close(self) -> None: ...


class Printing:
    """One counter's printer. Sheets are printed one after another in a thread; `poll` tells what became of them."""

    def __init__(
        self,
        connect: Callable[[threading.Event], SheetPrinter] | None,
        render: Callable[[Slip], bytes],
        changed: Callable[[], None],
    ) -> None:
        self.state: State = ""
        self.why = ""
        """The code of what went wrong."""
        self._connect, self._render, self._changed = connect, render, changed
        self._stopping = threading.Event()
        self._told: queue.SimpleQueue[tuple[State, str]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    @property
    def possible(self) -> bool:
        """Whether this terminal has a printer, and it is free."""
        return self.has_printer and self.state != "printing"

    @property
    def has_printer(self) -> bool:
        return self._connect is not None

    def print(self, sheets: Sequence[Slip]) -> None:
        """Prints all of them, and stops at the first of which the printer does not say yes."""
        if self._connect is None or self.state == "printing":
            return
        self.state, self.why = "printing", ""
        self._thread = threading.Thread(target=self._work, args=(self._connect, tuple(sheets)), daemon=True)
        self._thread.start()
        self._changed()

    def poll(self) -> None:
        """Takes in what became of it. Never blocks."""
        try:
            self.state, self.why = self._told.get_nowait()
        except queue.Empty:
            return
        self._changed()

    def forget(self) -> None:
        """Something else is looked at: how an earlier paper came out is said no more."""
        if self.state != "printing":
            self.state, self.why = "", ""

    def close(self, timeout_s: float = 2.0) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _work(self, connect: Callable[[threading.Event], SheetPrinter], sheets: tuple[Slip, ...]) -> None:
        printer = connect(self._stopping)
        try:
            for sheet in sheets:
                outcome = printer.print_job(self._render(sheet))
                if outcome.state != "confirmed":
                    self._told.put(("unknown", outcome.reason))
                    return
            self._told.put(("printed", ""))
        except PrinterError as wrong:
            self._told.put(("failed", wrong.code))
        finally:
            printer.close()


def printing_of(directory: HallDirectory, terminal: Terminal, changed: Callable[[], None]) -> Printing:
    """The printing of a terminal; one without a printer prints nothing."""
    if not terminal.printer:
        return Printing(None, lambda _sheet: b"", changed)
    printer = directory.hall().printer(terminal.printer)
    profile = profile_of(printer)
    return Printing(
        lambda stopping: PrinterDriver(connector(printer), profile, stopping=stopping),
        lambda sheet: render_slip(sheet, profile, logo_of(directory.path)),
        changed,
    )
