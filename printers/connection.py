"""Lines to printers and scanners: a serial port, TCP, a device file or USB, all used in one way.

A line is waited on first and then takes or gives what it can at once, so that a write that stalls is its user's to
time and a partial one is never lost count of. Libraries open lines; they are not trusted to wait on them.
"""

from __future__ import annotations

import errno
import os
import select
import socket
import stat
import struct
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlsplit

import serial

from hub.domain.printer import Printer
from printers.errors import ConnectionLost, PrinterSilent

CONNECT_S = 3.0
UNHEARD_MS = 15_000
"""After so long without an acknowledgement a TCP line is broken: a pulled cable says nothing by itself."""
READ_BYTES = 4096
EMPTY_S = 0.02
_PRINTER_DEVICES = (6, 180)
"""Majors of `/dev/lp0` and `/dev/usb/lp0`."""


class Connection(Protocol):
    """An open line."""

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        """Waits until the line takes or gives something; bytes written (perhaps 0) and bytes read.

        Raises `ConnectionLost`.
        """

    def close(self) -> None:
        """Lets go; what was written is still sent."""

    def abandon(self) -> None:
        """Lets go, and what was written and is not sent yet dies: nothing of a lost job may come out later."""


class Stream:
    """A line with a file descriptor. `ends`: an empty read means that the other end is gone."""

    def __init__(
        self, fd: int, close: Callable[[], None], abandon: Callable[[], None] | None = None, *, ends: bool = True
    ) -> None:
        self._fd, self._close, self._abandon, self._ends = fd, close, abandon or close, ends

    def exchange(self, data: bytes, timeout_s: float) -> tuple[int, bytes]:
        try:
            readable, writable, _ = select.select([self._fd], [self._fd] if data else [], [], timeout_s)
            heard = self._read() if readable else b""
            return (self._write(data) if writable else 0), heard
        except OSError as wrong:
            raise ConnectionLost(f"the line broke: {wrong}") from wrong

    def close(self) -> None:
        self._close()

    def abandon(self) -> None:
        self._abandon()

    def _read(self) -> bytes:
        try:
            heard = os.read(self._fd, READ_BYTES)
        except BlockingIOError:
            return b""
        if not heard and self._ends:
            raise ConnectionLost("the line broke: the other end hung up")
        if not heard:
            select.select([], [], [], EMPTY_S)  # a printer's device file says that there is nothing, again and again
        return heard

    def _write(self, data: bytes) -> int:
        try:
            return os.write(self._fd, data)
        except BlockingIOError:
            return 0


def connector(printer: Printer) -> Callable[[], Connection]:
    """Opens the printer's line when called; raises `PrinterSilent` when it cannot be opened."""

    def connect() -> Connection:
        where = f"printer {printer.name!r} at {printer.url} cannot be opened"
        try:
            return open_line(printer.url, printer.baud, xonxoff=printer.url.startswith("/"))
        except PermissionError as wrong:
            raise PrinterSilent(
                f"{where} by this user ({wrong}); add it to the group of the device, dialout or lp, and log in again"
            ) from wrong
        except (OSError, ValueError) as wrong:
            if isinstance(wrong, OSError) and wrong.errno in (errno.EAGAIN, errno.EBUSY):
                raise PrinterSilent(f"{where}: another program prints on it ({wrong}); end that one first") from wrong
            raise PrinterSilent(f"{where} ({wrong}); check its power and cable, and its url in hall.toml") from wrong

    return connect


def open_line(url: str, baud: int, *, xonxoff: bool = False) -> Connection:
    """An open line, nobody else's as long as it is open; raises `OSError` or `ValueError` when it cannot be opened."""
    if url.startswith("usb://"):
        from printers.usb_line import open_usb  # only where it is used: libusb need not be on every machine

        return open_usb(url)
    if url.startswith("socket://"):
        return _open_tcp(url)
    if url.startswith("/") and _is_printer_device(url):
        fd = os.open(url, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        return Stream(fd, lambda: os.close(fd), ends=False)
    return _open_serial(url, baud, xonxoff)


def _is_printer_device(path: str) -> bool:
    """Whether that is a printer's own device file; a serial port is a character device of another kind."""
    status = os.stat(path)
    return not stat.S_ISCHR(status.st_mode) or os.major(status.st_rdev) in _PRINTER_DEVICES


def _open_tcp(url: str) -> Stream:
    address = urlsplit(url)
    if not address.hostname or not address.port:
        raise ValueError("it is socket://HOST:PORT")
    line = socket.create_connection((address.hostname, address.port), timeout=CONNECT_S)
    line.setblocking(False)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_MS)

    def abandon() -> None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closes with a reset
        line.close()

    return Stream(line.fileno(), line.close, abandon)


def _open_serial(url: str, baud: int, xonxoff: bool) -> Stream:
    """Alone: two programs on one port would take each other's answers."""
    port = serial.serial_for_url(url, baudrate=baud, timeout=0, write_timeout=0, xonxoff=xonxoff, exclusive=True)

    def abandon() -> None:
        with suppress(OSError, termios.error):
            port.reset_output_buffer()  # a port that is gone has nothing left to forget
        port.close()

    return Stream(port.fileno(), port.close, abandon)
