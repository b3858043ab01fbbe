"""The emulator's mechanics: reads ESC/POS by itself and puts dots on paper, one row at a time.

Written from the command reference, not from the driver, and strict: what it does not know is counted as strange. As
in a real printer, dots go on paper only while there is paper and the cover is shut; the rest waits in the buffer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from PIL import Image

DOTS_PER_INCH = 203
LINE_DOTS = 30
_LENGTHS = {  # plain commands by their first two bytes: how many parameter bytes follow
    b"\x1b@": 0,
    b"\x1b2": 0,
    b"\x1b3": 1,
    b"\x1bJ": 1,
    b"\x1bd": 1,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1b!": 1,
    b"\x1bt": 1,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1dP": 2,
    b"\x1da": 1,
    b"\x1dr": 1,
    b"\x1dL": 2,
    b"\x1dW": 2,
    b"\x1d!": 1,
}


class Mechanics:
    """Paper, knife and sensors of one printer, with what it has been sent and not worked through yet."""

    def __init__(self, out: Path, width_dots: int, answer: Callable[[bytes], None]) -> None:
        self.paper = True
        self.near_end = False
        self.cover_open = False
        self.rows_left: int | None = None
        """Rows until the roll ends by itself; None for a long roll."""
        self.automatic_status = False
        self.strange_bytes = 0
        self.receipts = 0
        self.rows_printed = 0
        self._out = out
        self._stride = width_dots // 8
        self._answer = answer
        self._buffer = bytearray()
        self._raw = bytearray()
        self._picture_stride = self._picture_bytes = 0
        self._rows: deque[bytes] = deque()
        self._sheet: list[bytes] = []
        self._unit_dpi = 2 * DOTS_PER_INCH  # as on common models until GS P says otherwise
        self._after_rows: list[Callable[[], None]] = []

    @property
    def offline(self) -> bool:
        return self.cover_open or not self.paper

    @property
    def waiting_bytes(self) -> int:
        return len(self._buffer)

    @property
    def idle(self) -> bool:
        """Nothing more can be done now: no whole command is waiting, or the printer is offline."""
        return self.offline or not (self._rows or self._after_rows or self._next_length())

    def take(self, data: bytes) -> None:
        """Puts what was sent into the buffer."""
        self._buffer += data

    def work(self, rows: int) -> None:
        """Prints at most so many rows of what waits."""
        while rows > 0 and not self.offline:
            if self._rows:
                self._print_row(self._rows.popleft())
                rows -= 1
            elif self._after_rows:
                self._after_rows.pop(0)()
            elif not self._next():
                return

    # --- reading

    def _command(self) -> int | None:
        """The length of the command at the head of the buffer; None while it is not whole."""
        buffer = self._buffer
        if not buffer:
            return None
        if buffer[0] == 0x10 and len(buffer) >= 2 and buffer[1] == 0x04:
            return 3 if len(buffer) >= 3 else None
        if buffer[0] not in b"\x10\x1b\x1c\x1d":
            return 1
        head = bytes(buffer[:2])
        if len(head) < 2:
            return None
        if head == b"\x1dV":
            length = None if len(buffer) < 3 else 4 if buffer[2] in (65, 66) else 3
        elif head == b"\x1dv":
            length = 8  # the picture follows row by row
        elif head in (b"\x1d(", b"\x1b("):
            length = None if len(buffer) < 5 else 5 + self._little(3)
        else:
            length = 2 + _LENGTHS.get(head, 0)
        return length if length is not None and length <= len(buffer) else None

    def _little(self, at: int) -> int:
        return self._buffer[at] | self._buffer[at + 1] << 8

    def _next_length(self) -> int:
        """How many bytes of the buffer can be worked on now: a picture's row, or a command; 0 for none yet."""
        if self._picture_bytes:
            row = min(self._picture_stride, self._picture_bytes)
            return row if len(self._buffer) >= row else 0
        return self._command() or 0

    def _next(self) -> bool:
        length = self._next_length()
        if not length:
            return False
        piece = bytes(self._buffer[:length])
        del self._buffer[:length]
        self._raw += piece
        if self._picture_bytes:
            self._picture_bytes -= length
            self._rows.append(piece[: self._stride].ljust(self._stride, b"\x00"))
        else:
            self._obey(piece)
        return True

    # --- obeying

    def _obey(self, command: bytes) -> None:
        head = command[:2]
        if head == b"\x1b@":
            self._unit_dpi = 2 * DOTS_PER_INCH
        elif head == b"\x1dP":
            self._unit_dpi = command[3] or 2 * DOTS_PER_INCH
        elif head == b"\x1bJ":
            self._feed(round(command[2] * DOTS_PER_INCH / self._unit_dpi))
        elif head == b"\x1bd":
            self._feed(command[2] * LINE_DOTS)
        elif command == b"\n":
            self._feed(LINE_DOTS)
        elif head == b"\x1dv":
            self._picture_stride = command[4] | command[5] << 8
            self._picture_bytes = self._picture_stride * (command[6] | command[7] << 8)
        elif head == b"\x1dV":
            self._after_rows.append(self._cut)
        elif head == b"\x1da":
            self.automatic_status = command[2] != 0
            if self.automatic_status:
                self._answer(self.status_block())
        elif head == b"\x1dr":
            self._after_rows.append(lambda: self._answer(bytes((0x03 if self.near_end else 0x00,))))
        elif head == b"\x1d(" and command[2:3] == b"H":
            self._after_rows.append(lambda: self._answer(b"\x37\x22" + command[7:11] + b"\x00"))
        elif command[0] not in (0x00, 0x0D) and command[:2] != b"\x10\x04" and head not in _LENGTHS:
            self.strange_bytes += len(command)

    def _feed(self, rows: int) -> None:
        self._rows.extend([bytes(self._stride)] * rows)

    def _print_row(self, row: bytes) -> None:
        self._sheet.append(row)
        self.rows_printed += 1
        if self.rows_left is not None:
            self.rows_left -= 1
            if self.rows_left <= 0:
                self.paper, self.rows_left = False, None

    def _cut(self) -> None:
        """A receipt falls: its picture, and the bytes that made it."""
        self.receipts += 1
        name = self._out / f"receipt-{self.receipts:03d}"
        dots = b"".join(self._sheet) or bytes(self._stride)
        inverted = bytes(byte ^ 0xFF for byte in dots)
        picture = Image.frombytes("1", (self._stride * 8, len(dots) // self._stride), inverted)
        name.with_suffix(".bin").write_bytes(bytes(self._raw))
        picture.save(name.with_suffix(".png.part"), format="PNG")
        name.with_suffix(".png.part").rename(name.with_suffix(".png"))
        self._sheet.clear()
        self._raw.clear()

    # --- what it says of itself

    def status_block(self) -> bytes:
        """Automatic status back, as the command reference lays it out."""
        first = 0x10 | (0x08 if self.offline else 0) | (0x20 if self.cover_open else 0)
        third = (0x0C if not self.paper else 0) | (0x03 if self.near_end or not self.paper else 0)
        return bytes((first, 0x00, third, 0x00))

    def real_time(self, n: int) -> bytes:
        """The answer to `DLE EOT n`."""
        if n == 1:
            return b"\x1a" if self.offline else b"\x12"
        if n == 2:
            return bytes((0x12 | (0x04 if self.cover_open else 0) | (0x20 if not self.paper else 0),))
        if n == 4:
            return b"\x7e" if not self.paper else b"\x1e" if self.near_end else b"\x12"
        return b"\x12"
