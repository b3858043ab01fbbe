"""Lines to printers and scanners: what pyserial opens and the system can wait on (device path, `socket://`, a pty).

pyserial's own writing is not used to wait: without a time-out it blocks, with one it forgets how much it wrote, and
with none at all it spins. Here a line is waited on first, and then takes or gives what it can at once.
"""

from __future__ import annotations

import select
from collections.abc import Callable
from typing import Any, Protocol

import serial

from hub.domain.hall import Printer
from printers.errors import ConnectionLost, PrinterSilent


class Connection(Protocol):
    """An open line."""

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        """Waits until the line takes or gives something; bytes written (perhaps 0) and bytes read.

        Raises `ConnectionLost`.
        """

    def close(self) -> None: ...


class SerialConnection:
    """An open pyserial port."""

    def __init__(self, port: Any) -> None:
        self._port = port

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        try:
            number = self._port.fileno()
            readable, writable, _ = select.select([number], [number] if data else [], [], timeout_s)
            heard = self._port.read(4096) if readable else b""
            return (self._port.write(data) if writable else 0), heard
        except (OSError, serial.SerialException) as wrong:
            raise ConnectionLost(f"the line broke: {wrong}") from wrong

    def close(self) -> None:
        held = getattr(self._port, "_socket", None)
        self._port.close()
        if held is not None:
            held.close()  # pyserial leaves it open where the peer has gone


def connector(printer: Printer) -> Callable[[], Connection]:
    """Opens the printer's line when called; raises `PrinterSilent` when it cannot be opened."""

    def connect() -> Connection:
        try:
            return open_line(printer.url, printer.baud, xonxoff=printer.url.startswith("/"))
        except (OSError, ValueError) as wrong:
            raise PrinterSilent(
                f"printer {printer.name!r} at {printer.url} cannot be opened ({wrong}); check its power and cable"
            ) from wrong

    return connect


def open_line(url: str, baud: int, *, xonxoff: bool = False) -> Connection:
    """An open line; raises what pyserial raises, `OSError` or `ValueError`, when it cannot be opened."""
    return SerialConnection(serial.serial_for_url(url, baudrate=baud, timeout=0, write_timeout=0, xonxoff=xonxoff))
