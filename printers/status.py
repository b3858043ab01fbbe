"""What a printer says about itself: one stream of bytes, told apart without knowing who asked.

Pure; sources are Epson's ESC/POS command reference (DLE EOT, GS a, GS r, GS ( H fn 48) and the bytes that printers
send. Bytes that fit nothing are counted, never raised: a noisy line is a state of the printer, not an accident.
"""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value

Condition = Literal["ready", "paper_near_end", "paper_out", "cover_open", "cutter_jam", "overheated", "fault", "silent"]

ASK_PRINTER, ASK_OFFLINE_CAUSE, ASK_ERROR, ASK_PAPER = 1, 2, 3, 4
ASB_ON = b"\x1da\xff"
FENCE = b"\x1dr\x01"
ID_LETTERS = bytes(range(0x40, 0x50)) + bytes(range(0x60, 0x70))
"""What our process ids are made of: bit 4 is clear, so that no byte of an id looks like another answer's beginning."""
FLOW = b"\x11\x13"
"""XON and XOFF, which a serial server may let through: no answer, and no nonsense."""


class NotThisFrame(ValueError):
    """Bytes that are not the frame they were to be read as."""


def process_id_request(id_: bytes) -> bytes:
    """`GS ( H` function 48: the printer answers with this id of four characters when all before it is printed."""
    return b"\x1d(H\x06\x00\x30\x30" + id_


def ask(n: int) -> bytes:
    """`DLE EOT n`, answered at once, even while the printer is busy or offline."""
    return bytes((0x10, 0x04, n))


class RealTime(Value, frozen=True):
    """One answer to `DLE EOT n`. The byte does not say which n: who asked reads it as one of the three below."""

    byte: int

    @classmethod
    def parse(cls, frame: bytes) -> RealTime:
        if len(frame) != 1 or frame[0] & 0x93 != 0x12:
            raise NotThisFrame(frame)
        return cls(frame[0])

    def to_bytes(self) -> bytes:
        return bytes((self.byte,))


class PrinterStatus(Value, frozen=True):
    """`DLE EOT 1`: bit 3 offline."""

    offline: bool

    @classmethod
    def parse(cls, frame: bytes) -> PrinterStatus:
        return cls(offline=bool(RealTime.parse(frame).byte & 0x08))

    def to_bytes(self) -> bytes:
        return bytes((0x12 | 0x08 * self.offline,))


class OfflineCause(Value, frozen=True):
    """`DLE EOT 2`: bit 2 cover open, 3 fed by its button, 5 stopped by paper end, 6 error."""

    cover_open: bool
    paper_end: bool
    error: bool
    button: bool = False

    @classmethod
    def parse(cls, frame: bytes) -> OfflineCause:
        byte = RealTime.parse(frame).byte
        return cls(
            cover_open=bool(byte & 0x04), button=bool(byte & 0x08), paper_end=bool(byte & 0x20), error=bool(byte & 0x40)
        )

    def to_bytes(self) -> bytes:
        bits = 0x04 * self.cover_open | 0x08 * self.button | 0x20 * self.paper_end | 0x40 * self.error
        return bytes((0x12 | bits,))


class ErrorCause(Value, frozen=True):
    """`DLE EOT 3`: bit 2 mechanical error, 3 cutter, 5 one that only switching off mends, 6 one that ends by itself.

    The last is a head that is too hot; it goes on when it has cooled.
    """

    cutter: bool
    overheated: bool
    other: bool

    @classmethod
    def parse(cls, frame: bytes) -> ErrorCause:
        byte = RealTime.parse(frame).byte
        return cls(cutter=bool(byte & 0x08), overheated=bool(byte & 0x40), other=bool(byte & 0x24))

    def to_bytes(self) -> bytes:
        return bytes((0x12 | 0x08 * self.cutter | 0x40 * self.overheated | 0x20 * self.other,))

    @property
    def condition(self) -> Condition:
        """What to say of a printer that reports an error: the knife before the heat, for somebody must go there."""
        return "cutter_jam" if self.cutter else "overheated" if self.overheated and not self.other else "fault"


class PaperSensor(Value, frozen=True):
    """`DLE EOT 4`: bits 2 and 3 near end, 5 and 6 out."""

    near_end: bool
    out: bool

    @classmethod
    def parse(cls, frame: bytes) -> PaperSensor:
        byte = RealTime.parse(frame).byte
        return cls(near_end=bool(byte & 0x0C), out=bool(byte & 0x60))

    def to_bytes(self) -> bytes:
        return bytes((0x12 | 0x0C * self.near_end | 0x60 * self.out,))


class AsbBlock(Value, frozen=True):
    """Automatic status back, 4 bytes sent by the printer itself whenever something changes."""

    offline: bool
    cover_open: bool
    error: bool
    near_end: bool
    paper_out: bool
    cutter: bool = False
    overheated: bool = False

    @classmethod
    def parse(cls, frame: bytes) -> AsbBlock:
        if len(frame) != 4 or frame[0] & 0x93 != 0x10 or any(byte & 0x90 for byte in frame[1:]):
            raise NotThisFrame(frame)
        return cls(
            offline=bool(frame[0] & 0x08),
            cover_open=bool(frame[0] & 0x20),
            error=bool(frame[1] & 0x24),
            cutter=bool(frame[1] & 0x08),
            overheated=bool(frame[1] & 0x40),
            near_end=bool(frame[2] & 0x03),
            paper_out=bool(frame[2] & 0x0C),
        )

    def to_bytes(self) -> bytes:
        first = 0x10 | 0x08 * self.offline | 0x20 * self.cover_open
        second = 0x20 * self.error | 0x08 * self.cutter | 0x40 * self.overheated
        return bytes((first, second, 0x03 * self.near_end | 0x0C * self.paper_out, 0))

    @property
    def condition(self) -> Condition:
        if self.cover_open:
            return "cover_open"
        if self.paper_out:
            return "paper_out"
        if self.error or self.cutter or self.overheated or self.offline:
            return ErrorCause(cutter=self.cutter, overheated=self.overheated, other=self.error).condition
        return "paper_near_end" if self.near_end else "ready"


class FenceAnswer(Value, frozen=True):
    """Answer to `GS r 1`, which is queued behind what was sent before it: all of that has been printed.

    Only a byte whose sensor bits agree in pairs and whose reserved bits are clear is taken for one, because this
    answer is what "printed" rests on.
    """

    near_end: bool
    paper_out: bool

    @classmethod
    def parse(cls, frame: bytes) -> FenceAnswer:
        if len(frame) != 1 or frame[0] not in (0x00, 0x03, 0x0C, 0x0F):
            raise NotThisFrame(frame)
        return cls(near_end=bool(frame[0] & 0x03), paper_out=bool(frame[0] & 0x0C))

    def to_bytes(self) -> bytes:
        return bytes((0x03 * self.near_end | 0x0C * self.paper_out,))


class ProcessId(Value, frozen=True):
    """Answer to `GS ( H` function 48: the id (four of `ID_LETTERS`) of what has been printed."""

    id: bytes

    @classmethod
    def parse(cls, frame: bytes) -> ProcessId:
        id_ = frame[2:6]
        if len(frame) != 7 or frame[:2] != b"\x37\x22" or frame[6] != 0 or not all(one in ID_LETTERS for one in id_):
            raise NotThisFrame(frame)
        return cls(id_)

    def to_bytes(self) -> bytes:
        return b"\x37\x22" + self.id + b"\x00"


Heard = RealTime | AsbBlock | FenceAnswer | ProcessId


class Demultiplexer:
    """Tells the frames of one input stream apart, whatever pieces they arrive in."""

    def __init__(self) -> None:
        self.nonsense_bytes = 0
        self._open = bytearray()

    def feed(self, data: bytes) -> list[Heard]:
        """The frames that these bytes complete."""
        heard: list[Heard] = []
        for byte in data:
            self._take(byte, heard)
        return heard

    def _take(self, byte: int, heard: list[Heard]) -> None:
        if byte in FLOW:
            return
        if not self._open:
            self._begin(byte, heard)
        elif byte & 0x93 == 0x12:
            heard.append(RealTime(byte))  # a real-time answer may cut into anything
        elif not self._fits(byte):
            self.nonsense_bytes += len(self._open)
            self._open.clear()
            self._begin(byte, heard)
        else:
            self._open.append(byte)
            if len(self._open) == (7 if self._open[0] == 0x37 else 4):
                whole = bytes(self._open)
                heard.append(ProcessId.parse(whole) if whole[0] == 0x37 else AsbBlock.parse(whole))
                self._open.clear()

    def _begin(self, byte: int, heard: list[Heard]) -> None:
        if byte & 0x93 == 0x12:
            heard.append(RealTime(byte))
        elif byte & 0x93 == 0x10 or byte == 0x37:
            self._open.append(byte)
        elif byte in (0x00, 0x03, 0x0C, 0x0F):
            heard.append(FenceAnswer.parse(bytes((byte,))))
        else:
            self.nonsense_bytes += 1

    def _fits(self, byte: int) -> bool:
        """Whether the byte can be the next of the frame that is open."""
        place = len(self._open)
        if self._open[0] != 0x37:
            return byte & 0x90 == 0
        if place == 1:
            return byte == 0x22
        return byte == 0 if place == 6 else byte in ID_LETTERS
