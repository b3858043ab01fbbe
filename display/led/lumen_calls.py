"""What Lumen C-Power frames carry: windows, text, brightness, clock. Frozen values to and from a frame's data.

Source: "External Calls Communication Protocol" 2.2 (01, 12) and "Basic Protocol" 1.2.5 to 1.2.7. Windows and their
text live in the card's RAM until 7B 07 stores them, which is not spoken here.
"""

from __future__ import annotations

import datetime as dt
import struct

from msgspec import Struct

from display.led.frames import BadFrame

DIVIDE, PURE_TEXT = 0x01, 0x12
MOST_WINDOWS = 8
MOST_BRIGHT = 31
HOURS = 24
CHANGE, ASK = b"\x00", b"\x01"
FONT_16 = 2
_WINDOW = struct.Struct(">HHHH")
_TEXT = struct.Struct(">BBBBHBBBB")


class Packet(Struct, frozen=True):
    """The data of a 7B frame: a sub-command with its data, or a part of one. `last` is the number of the last part."""

    content: bytes
    number: int = 0
    last: int = 0

    def to_data(self) -> bytes:
        return struct.pack("<HBB", len(self.content), self.number, self.last) + self.content


def parse_packet(data: bytes) -> Packet:
    """The packet in a frame's data; raises `BadFrame`."""
    if len(data) < 4 or int.from_bytes(data[:2], "little") != len(data) - 4:
        raise BadFrame("a packet is as long as it says")
    return Packet(content=data[4:], number=data[2], last=data[3])


class Window(Struct, frozen=True):
    """A rectangle of the board, in dots."""

    x: int
    y: int
    width: int
    height: int


class Division(Struct, frozen=True):
    """`01`: divides the board into windows, numbered from 0."""

    windows: tuple[Window, ...]

    def to_content(self) -> bytes:
        if not 1 <= len(self.windows) <= MOST_WINDOWS:
            raise ValueError(f"a card has 1 to {MOST_WINDOWS} windows, not {len(self.windows)}")
        places = (_WINDOW.pack(one.x, one.y, one.width, one.height) for one in self.windows)
        return bytes([DIVIDE, len(self.windows)]) + b"".join(places)


def parse_division(content: bytes) -> Division:
    """The division in a packet; raises `BadFrame`."""
    if content[:1] != bytes([DIVIDE]) or len(content) != 2 + content[1] * _WINDOW.size:
        raise BadFrame("not a division into windows")
    return Division(windows=tuple(Window(*one) for one in _WINDOW.iter_unpack(content[2:])))


class PureText(Struct, frozen=True):
    """`12`: text in one colour in a window, drawn at once (`effect` 0); ends with a zero byte, so it holds none."""

    window: int
    text: bytes
    effect: int = 0
    alignment: int = 0
    speed: int = 1
    stay_s: int = 60
    font: int = FONT_16
    rgb: tuple[int, int, int] = (255, 0, 0)

    def to_content(self) -> bytes:
        if b"\x00" in self.text:
            raise ValueError("a zero byte ends the text")
        how = (self.window, self.effect, self.alignment, self.speed, self.stay_s, self.font, *self.rgb)
        return bytes([PURE_TEXT]) + _TEXT.pack(*how) + self.text + b"\x00"


def parse_pure_text(content: bytes) -> PureText:
    """The text in a packet; raises `BadFrame`."""
    text = content[1 + _TEXT.size :]
    if content[:1] != bytes([PURE_TEXT]) or not text or text.find(b"\x00") != len(text) - 1:
        raise BadFrame("not a text that ends with its zero byte")
    window, effect, alignment, speed, stay_s, font, *rgb = _TEXT.unpack_from(content, 1)
    return PureText(
        window=window,
        text=text[:-1],
        effect=effect,
        alignment=alignment,
        speed=speed,
        stay_s=stay_s,
        font=font,
        rgb=(rgb[0], rgb[1], rgb[2]),
    )


class Brightness(Struct, frozen=True):
    """`46`: 24 levels by hour, 0 to 31."""

    levels: tuple[int, ...]

    def to_data(self) -> bytes:
        if len(self.levels) != HOURS or not all(0 <= one <= MOST_BRIGHT for one in self.levels):
            raise ValueError(f"brightness is {HOURS} levels from 0 to {MOST_BRIGHT}")
        return CHANGE + bytes(self.levels)


def parse_brightness(data: bytes) -> Brightness:
    """What is set, or what a card answers that was asked; raises `BadFrame`."""
    if len(data) != 1 + HOURS or max(data[1:]) > MOST_BRIGHT:
        raise BadFrame("not brightness by hour")
    return Brightness(levels=tuple(data[1:]))


class Clock(Struct, frozen=True):
    """`47`: the hall's own time, to the second; the weekday is 0 on Sunday."""

    at: dt.datetime

    def to_data(self) -> bytes:
        at = self.at
        weekday = at.isoweekday() % 7
        return CHANGE + bytes([at.second, at.minute, at.hour, weekday, at.day, at.month, at.year % 100])


def parse_clock(data: bytes) -> Clock:
    """What is set, or what a card answers that was asked; raises `BadFrame`."""
    try:
        second, minute, hour, _weekday, day, month, year = (f"{one:02}" for one in data[1:8])
        return Clock(at=dt.datetime.fromisoformat(f"20{year}-{month}-{day}T{hour}:{minute}:{second}"))
    except ValueError as wrong:
        raise BadFrame(f"{data.hex()} is no time") from wrong
