"""Onbon requests that show nothing: ping, status, clock, brightness. Bytes of a frame's data, as frozen values.

Source: 仰邦 BX-5K/6K 通讯协议用户版本 1.4, chapters 8.4 (status), 8.7 (ping), 8.10 (clock), 8.17 (brightness).
"""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from display.led.frames import BadFrame

PING = bytes([0xA2, 0x00, 0x01, 0, 0])
READ_STATUS = bytes([0xA1, 0x02, 0x01, 0, 0])
MOST_BRIGHT = 15
_SET_CLOCK = bytes([0xA2, 0x03, 0x01, 8, 0])
"""The document's table leaves the two bytes after the first three reserved; its printed example has the 8 bytes that
follow counted in them, with a CRC that is right.
"""
_SET_BRIGHTNESS = bytes([0xA3, 0x02, 0x01, 0, 0, 0x01])
_STATUS_BYTES = 20


class SetClock(Struct, frozen=True):
    """`A2 03`: the hall's own time, to the second; the board knows no zone."""

    at: dt.datetime

    def to_data(self) -> bytes:
        at = self.at
        times = (at.year % 100, at.year // 100, at.month, at.day, at.hour, at.minute, at.second, at.isoweekday())
        return _SET_CLOCK + bytes(_bcd(one) for one in times)


def parse_set_clock(data: bytes) -> SetClock:
    """The request in a frame's data; raises `BadFrame`."""
    if data[:3] != _SET_CLOCK[:3] or len(data) != len(_SET_CLOCK) + 8:
        raise BadFrame("not a request to set the clock")
    return SetClock(at=_time(data[5:12]))


class SetBrightness(Struct, frozen=True):
    """`A3 02`, the forced kind: one level from now on, 0 to 15. The kind by half hours would need the board's clock."""

    level: int

    def to_data(self) -> bytes:
        if not 0 <= self.level <= MOST_BRIGHT:
            raise ValueError(f"brightness is 0 to {MOST_BRIGHT}, not {self.level}")
        return _SET_BRIGHTNESS + bytes([self.level])


def parse_set_brightness(data: bytes) -> SetBrightness:
    """The request in a frame's data; raises `BadFrame`."""
    if data[:-1] != _SET_BRIGHTNESS:
        raise BadFrame("not a request to force the brightness")
    return SetBrightness(level=data[-1])


class Status(Struct, frozen=True):
    """The beginning of the answer to `A1 02`; `clock` is `None` where its bytes are no time."""

    on: bool
    brightness: int
    clock: dt.datetime | None
    programs: int = 0


def parse_status(data: bytes) -> Status:
    """The status in a reply's data; raises `BadFrame`.

    The document's table puts the weekday before the hour, which is a mistake: boards send it last, as the clock is set.
    Both are read: the weekday tells which it is.
    """
    if data[:2] != READ_STATUS[:2] or len(data) < _STATUS_BYTES:
        raise BadFrame("not a status")
    return Status(on=data[5] == 1, brightness=data[6], clock=_told(data[7:15]), programs=data[15])


def _told(times: bytes) -> dt.datetime | None:
    for order in ((*range(7), 7), (0, 1, 2, 3, 5, 6, 7, 4)):
        *when, weekday = (times[at] for at in order)
        try:
            at = _time(bytes(when))
        except BadFrame:
            continue
        if at.isoweekday() == weekday:
            return at
    return None


def _time(bcd: bytes) -> dt.datetime:
    """Year (low byte first), month, day, hour, minute, second; raises `BadFrame`."""
    try:
        low, high, month, day, hour, minute, second = (f"{one:02x}" for one in bcd)
        return dt.datetime.fromisoformat(f"{high}{low}-{month}-{day}T{hour}:{minute}:{second}")
    except ValueError as wrong:
        raise BadFrame(f"{bcd.hex()} is no time") from wrong


def _bcd(number: int) -> int:
    return number // 10 << 4 | number % 10
