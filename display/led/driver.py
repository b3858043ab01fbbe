"""Keeps an Onbon board showing what it is given: one write a second at most, answers read, lost boards found again.

A step never waits for the board; only opening a connection may take a moment. The board is `silent` when it cannot be
reached or has stopped answering, and well again with its first ACK.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Protocol

from display.led import frames
from display.led.frames import BadFrame, DynamicText, Frame, Reply

WRITE_EVERY_S = 1.0
ANSWER_WITHIN_S = 2.0
"""The vendor's own time-out on serial lines (chapter 10.1, CommTimeout)."""
REFRESH_S = 10.0
"""Written anew although nothing changed, so that a board that lost its power shows again by itself."""
TRIES = 3
BACKOFF_FIRST_S, BACKOFF_MOST_S = 1.0, 8.0


class Connection(Protocol):
    """What a driver needs of a serial line or a socket; reads and writes return at once."""

    def read(self, size: int) -> bytes: ...
    def write(self, data: bytes) -> int | None: ...
    def close(self) -> None: ...


class BoardFault(enum.StrEnum):
    """What is wrong with the board, by code."""

    NONE = ""
    SILENT = "board_silent"
    """No connection, or no answer to three writes."""
    REFUSES = "board_refuses"
    """It answers with an error that trying again does not mend."""


class Driver:
    """One board: `show` says what it should show, `step` does what is due. `connect` raises OSError when it fails."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self.fault = BoardFault.NONE
        self.last_error = ""
        """What happened last, for the log."""
        self._connect = connect
        self._connection: Connection | None = None
        self._received = bytearray()
        self._wanted: DynamicText | None = None
        self._standing: DynamicText | None = None
        """What the board has acknowledged."""
        self._asked: DynamicText | None = None
        """What was written and is not answered yet."""
        self._tries = 0
        self._wrote_s = float("-inf")
        self._retry_s = float("-inf")
        self._backoff_s = BACKOFF_FIRST_S

    def show(self, wanted: DynamicText) -> None:
        """What the board should show from now on; only the newest counts."""
        self._wanted = wanted

    def step(self, now_s: float) -> None:
        """Opens, reads and writes what is due; never raises for what a board or its line does."""
        try:
            if self._connection is None:
                self._open(now_s)
            if self._connection is not None:
                self._read(self._connection, now_s)
                self._write(self._connection, now_s)
        except OSError as wrong:  # pyserial's own errors are OSErrors too
            self._lose(now_s, str(wrong))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- inside

    def _open(self, now_s: float) -> None:
        if now_s >= self._retry_s:
            self._connection = self._connect()
            self._received.clear()
            self._standing = self._asked = None
            self._tries = 0

    def _read(self, connection: Connection, now_s: float) -> None:
        self._received += connection.read(4096)
        for one in frames.split(self._received):
            try:
                reply = frames.parse_reply(frames.parse(one).data)
            except BadFrame as wrong:
                self.last_error = f"the board sent what is no answer: {wrong}"
                continue
            self._answered(reply)
        if self._asked is not None and now_s - self._wrote_s > ANSWER_WITHIN_S:
            self._asked = None
            if self._tries >= TRIES:
                raise TimeoutError(f"the board did not answer {TRIES} writes")

    def _answered(self, reply: Reply) -> None:
        asked, self._asked = self._asked, None
        if reply.ok:
            self._standing = asked
            self._tries = 0
            self._backoff_s = BACKOFF_FIRST_S
            self.fault, self.last_error = BoardFault.NONE, ""
            return
        self.last_error = f"the board refused a write with error {reply.error}"
        if reply.error not in (frames.ERR_BUSY, frames.ERR_CHECKSUM) or self._tries >= TRIES:
            self.fault = BoardFault.REFUSES

    def _write(self, connection: Connection, now_s: float) -> None:
        if self._wanted is None or self._asked is not None or now_s - self._wrote_s < WRITE_EVERY_S:
            return
        if self._wanted == self._standing and now_s - self._wrote_s < REFRESH_S:
            return
        connection.write(Frame(data=self._wanted.to_data()).to_bytes())
        self._asked, self._wrote_s = self._wanted, now_s
        self._tries += 1

    def _lose(self, now_s: float, why: str) -> None:
        self.fault, self.last_error = BoardFault.SILENT, why
        self.close()
        self._standing = self._asked = None
        self._retry_s = now_s + self._backoff_s
        self._backoff_s = min(self._backoff_s * 2, BACKOFF_MOST_S)
