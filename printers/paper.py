"""The emulator's mechanics: reads ESC/POS by itself and puts dots on paper, row after row.

Written from the command reference, not from the driver, and strict: what it does not know is counted as strange. As
in a real printer, dots go on paper only while there is paper and nothing keeps it from printing; the rest waits in the
buffer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PIL import Image

from printers.characters import CELL_DOTS, Line
from printers.commands import STARTS, first_command, little
from printers.qr_symbols import QrStore
from printers.roll import Roll
from printers.sensors import Sensors, identity

DOTS_PER_INCH = 203
LINE_DOTS = 30
Charset = Literal["gb18030", "gb2312"]
ANSWERS = frozenset(("process_id", "fence", "automatic_status", "identity"))
"""What a printer may answer besides DLE EOT; clones leave some out."""

_STYLES = (b"\x1b!", b"\x1d!", b"\x1c!", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1c-", b"\x1dB", b"\x1bM")
_SILENT = (b"\x1bt", b"\x1bR", b"\x1cS", b"\x1c?", b"\x1b7", b"\x12#", b"\x10\x04", b"\x10\x05")
"""Known, and without an effect that shows here; DLE EOT and DLE ENQ were obeyed when they came."""


class Mechanics:
    """Paper, knife and sensors of one printer, with what it has been sent and not worked through yet."""

    def __init__(
        self,
        out: Path,
        width_dots: int,
        answer: Callable[[bytes], None],
        *,
        knife: bool = True,
        charset: Charset = "gb18030",
        answers: frozenset[str] = ANSWERS,
    ) -> None:
        self.roll = Roll(out, width_dots // 8)
        self.sensors = Sensors(self.roll)
        self.knife_sticks = False
        """Whether the knife will jam at its next cut."""
        self.strange_bytes = 0
        self._width_dots = width_dots
        self._stride = width_dots // 8
        self._answer = answer
        self._knife = knife
        self._charset: Charset = charset
        self._answers = answers
        self._start_anew()

    def _start_anew(self) -> None:
        """As after switching on: the buffer is empty and every setting as the maker has it."""
        self.automatic_status = False
        self._buffer = bytearray()
        self._ready = b""
        """Rows that are set and not printed yet."""
        self._picture_stride = self._picture_bytes = 0
        self._enlarged = (1, 1)
        self._set_up()

    def _set_up(self) -> None:
        """ESC @."""
        self._unit_dpi = 2 * DOTS_PER_INCH  # as on common models until GS P says otherwise
        self._chinese = False
        self._line = Line(self._width_dots, spacing_dots=LINE_DOTS)
        self._qr = QrStore()

    @property
    def offline(self) -> bool:
        return self.sensors.offline

    @property
    def receipts(self) -> int:
        return self.roll.receipts

    @property
    def waiting_bytes(self) -> int:
        return len(self._buffer)

    @property
    def idle(self) -> bool:
        """Nothing more can be done now: no whole command is waiting, or the printer is offline."""
        return self.offline or not (self._ready or self._next_length())

    def take(self, data: bytes) -> None:
        """Puts what was sent into the buffer."""
        self._buffer += data

    def work(self, rows: int) -> None:
        """Prints at most so many rows of what waits."""
        while rows > 0 and not self.offline:
            if self._ready:
                size = self.roll.print(self._ready[: rows * self._stride])
                self._ready = self._ready[size:]
                rows -= size // self._stride
            elif not self._next(rows):
                return

    # --- what happens to it

    def free_knife(self) -> None:
        self.knife_sticks = self.sensors.jammed = False

    def lose_power(self) -> None:
        """Off and on: what waited is gone, what stands on the paper stays there."""
        self._start_anew()

    def forget_buffer(self) -> None:
        """DLE ENQ 2: goes on after an error without what waited."""
        self._buffer.clear()
        self._ready, self._picture_bytes = b"", 0
        self.free_knife()

    # --- reading

    def _next_length(self) -> int:
        """How many bytes of the buffer can be worked on now: a picture's row, or a command; 0 for none yet."""
        if self._picture_bytes:
            return self._picture_stride if len(self._buffer) >= self._picture_stride else 0
        return first_command(self._buffer, chinese=self._chinese, four_bytes=self._charset == "gb18030") or 0

    def _next(self, rows: int) -> bool:
        """Works on the buffer's head, of a picture on so many rows at most; whether there was anything to work on."""
        length = self._next_length()
        if not length:
            return False
        if self._picture_bytes:
            whole = min(len(self._buffer), self._picture_bytes) // self._picture_stride
            length *= min(whole, rows)
        elif self._knife and self.knife_sticks and self._buffer[:2] == b"\x1dV":
            self.sensors.jammed = True
            return False
        piece = bytes(self._buffer[:length])
        del self._buffer[:length]
        self.roll.raw += piece
        if self._picture_bytes:
            self._picture_bytes -= length
            self._ready = self._picture_rows(piece)
        else:
            self._obey(piece)
        return True

    # --- obeying

    def _obey(self, command: bytes) -> None:
        head = command[:2]
        if command[0] not in STARTS:
            self._write(command)
        elif head in _STYLES:
            self._line.style = self._line.style.after(command)
        elif not (self._feed(head, command) or self._reply(head, command) or self._set(head, command)):
            self.strange_bytes += 0 if head in _SILENT else len(command)

    def _feed(self, head: bytes, command: bytes) -> bool:
        """Obeys what puts something on paper, or moves or cuts it; whether it was such a command."""
        line = self._line
        match head:
            case b"\x1bJ":
                self._ready += line.rows(round(command[2] * DOTS_PER_INCH / self._unit_dpi))
            case b"\x1bd":
                self._ready += line.rows(command[2] * line.spacing_dots)
            case b"\x1dv":
                self._ready += line.rows(0)
                self._picture_stride = little(command, 4)
                self._picture_bytes = self._picture_stride * little(command, 6)
                self._enlarged = (1 + (command[3] & 1), 1 + (command[3] >> 1 & 1))
            case b"\x1dV":
                if self._knife:
                    self.roll.cut(fed=command[2] in (65, 66))  # these two feed to the knife first
            case b"\x1b*":
                self._ready += line.picture(command[2], little(command, 3), command[5:])
            case b"\x1d(" if command[2:3] == b"k":
                if symbol := self._qr.obey(command):
                    self._ready += line.rows(0)
                    line.place(symbol)
                    self._ready += line.rows(0)
            case _:
                return False
        return True

    def _reply(self, head: bytes, command: bytes) -> bool:
        """Obeys what is answered when its turn comes; whether it was such a command."""
        function, n = command[2:3], command[2] if len(command) > 2 else 0
        match head:
            case b"\x1da":
                self.automatic_status = n != 0 and "automatic_status" in self._answers
                self._say("automatic_status", self.sensors.status_block() if n else b"")
            case b"\x1dr":
                self._say("fence", self.sensors.transmitted(n))
            case b"\x1dI":
                self._say("identity", identity(n, self._width_dots, self._charset))
            case b"\x1d(" if function == b"H":
                self._say("process_id", b"\x37\x22" + command[7:11] + b"\x00" if command[5:7] == b"00" else b"")
            case b"\x1d(" if function == b"K":
                pass  # density, which this paper does not show
            case _:
                return False
        return True

    def _say(self, what: str, answer: bytes) -> None:
        if answer and what in self._answers:
            self._answer(answer)

    def _set(self, head: bytes, command: bytes) -> bool:
        """Obeys what changes how the rest is set; whether it was such a command."""
        line = self._line
        match head:
            case b"\x1b@":
                self._set_up()
            case b"\x1c&" | b"\x1c.":
                self._chinese = head == b"\x1c&"
            case b"\x1dP":
                self._unit_dpi = command[3] or 2 * DOTS_PER_INCH
            case b"\x1b2":
                line.spacing_dots = LINE_DOTS
            case b"\x1b3":
                line.spacing_dots = round(command[2] * DOTS_PER_INCH / self._unit_dpi)
            case b"\x1ba":
                line.alignment = command[2] % 48 % 3
            case b"\x1dL":
                line.left_dots = little(command, 2)
            case b"\x1dW":
                line.area_dots = little(command, 2)
            case b"\x1b$":
                line.move_to(little(command, 2))
            case b"\x1b\\":
                line.move_by(int.from_bytes(command[2:4], "little", signed=True))
            case b"\x1c2":
                line.own[command[2:4]] = _own_character(command[4:])
            case _:
                return False
        return True

    def _write(self, character: bytes) -> None:
        match character:
            case b"\n":
                self._ready += self._line.rows(self._line.spacing_dots)
            case b"\t":
                self._line.tab()
            case _ if character[0] in b"\x00\r":
                pass
            case _ if len(character) > 1:
                known = self._knows(character)
                self.strange_bytes += 0 if known or character in self._line.own else len(character)
                self._ready += self._line.chinese(character, known=known)
            case _:
                self.strange_bytes += not 0x20 <= character[0] <= 0x7E
                self._ready += self._line.letter(character[0])

    def _knows(self, character: bytes) -> bool:
        """Whether it is in the printer's own font."""
        try:
            return len(character.decode(self._charset)) == 1
        except UnicodeDecodeError:
            return False

    def _picture_rows(self, piece: bytes) -> bytes:
        """Rows as wide as the paper, where alignment and margin put them; what does not fit is left out."""
        stride, (wide, high), line = self._picture_stride, self._enlarged, self._line
        slack = max(0, line.room_dots // 8 - stride * wide)
        before = bytes(line.left_dots // 8 + slack * line.alignment // 2)
        if stride == self._stride and not before and (wide, high) == (1, 1):
            return piece
        rows = []
        for at in range(0, len(piece), stride):
            row = piece[at : at + stride]
            if wide == 2:
                row = b"".join(_DOUBLED[byte] for byte in row)
            rows += [(before + row)[: self._stride].ljust(self._stride, b"\x00")] * high
        return b"".join(rows)


def _own_character(columns: bytes) -> Image.Image:
    """FS 2: 24 columns of three bytes, as ink."""
    line = Line(CELL_DOTS)
    line.picture(33, CELL_DOTS, columns)
    return Image.frombytes("1", (CELL_DOTS, CELL_DOTS), line.rows(CELL_DOTS)).convert("L")


_DOUBLED = [
    sum(0b11 << (14 - 2 * bit) for bit in range(8) if byte & 0x80 >> bit).to_bytes(2, "big") for byte in range(256)
]
