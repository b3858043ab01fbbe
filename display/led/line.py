"""Lines to boards: TCP and what pyserial opens. Nothing here waits, so a board that is gone holds nobody up."""

from __future__ import annotations

import os
import select
import socket
import struct
import termios
from contextlib import suppress
from typing import Protocol
from urllib.parse import urlsplit

import serial

from hub.domain.hall import Board

READ_BYTES = 4096
_RESET = struct.pack("ii", 1, 0)


class Connection(Protocol):
    """What a driver needs of a line. Everything returns at once and raises OSError when the line is broken."""

    def ready(self) -> bool:
        """Whether it is open; TCP takes a moment to be."""

    def read(self) -> bytes: ...

    def write(self, data: bytes) -> int:
        """How many bytes went, perhaps none."""

    def close(self) -> None:
        """Lets go; what was written and has not left yet dies, so that no old text comes out later."""


class TcpLine:
    """A TCP connection, perhaps not open yet."""

    def __init__(self, host: str, port: int) -> None:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        self._socket = socket.socket(family, kind, protocol)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._open = False
        self._socket.connect_ex(address)  # what became of it, `ready` says

    def ready(self) -> bool:
        if not self._open and select.select([], [self._socket], [], 0)[1]:
            if wrong := self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                raise OSError(wrong, os.strerror(wrong))
            self._open = True
        return self._open

    def read(self) -> bytes:
        try:
            received = self._socket.recv(READ_BYTES)
        except BlockingIOError:
            return b""
        if not received:
            raise ConnectionResetError("the board hung up")
        return received

    def write(self, data: bytes) -> int:
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0

    def close(self) -> None:
        self._socket.close()


class SerialLine:
    """A serial port or a pty, nobody else's as long as it is open."""

    def __init__(self, url: str, baud: int) -> None:
        self._port = serial.serial_for_url(url, baudrate=baud, timeout=0, write_timeout=0, exclusive=True)

    def ready(self) -> bool:
        return True

    def read(self) -> bytes:
        return bytes(self._port.read(READ_BYTES))

    def write(self, data: bytes) -> int:
        return self._port.write(data) or 0

    def close(self) -> None:
        with suppress(OSError, termios.error):
            self._port.reset_output_buffer()  # a port that is gone has nothing left to forget
        self._port.close()


def connect(board: Board) -> Connection:
    """Begins to open the line to a board; raises OSError (pyserial's own errors are such) or ValueError."""
    if not board.url.startswith("socket://"):
        return SerialLine(board.url, board.baud)
    address = urlsplit(board.url)
    if not address.hostname or not address.port:
        raise ValueError(f"{board.url} is not socket://HOST:PORT")
    return TcpLine(address.hostname, address.port)
