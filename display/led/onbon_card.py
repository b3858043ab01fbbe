"""The emulated Onbon card: bytes in, answers out, areas in its memory. Knows no driver, and parses by itself."""

from __future__ import annotations

import datetime as dt
import re

from display.led.dots import RGB, Part, Row

_TABLE = {b"\xa6\x02": b"\xa5", b"\xa6\x01": b"\xa6", b"\x5b\x02": b"\x5a", b"\x5b\x01": b"\x5b"}
_COLORS: dict[str, RGB] = {
    "1": (255, 48, 32),
    "2": (60, 230, 90),
    "3": (255, 200, 40),
    "4": (70, 110, 255),
    "5": (60, 220, 230),
    "6": (235, 80, 220),
    "7": (245, 245, 240),
}
_ACK, _BUSY, _CRC, _NO_COMMAND = b"\xa0\x00\x00\x00\x00", b"\xa0\x01\x03", b"\xa0\x01\x05", b"\xa0\x01\x02"
_WEARS = {b"\xa1\x00", b"\xa1\x01", b"\xa1\x05", b"\xa1\x06", b"\xa2\x01", b"\xa2\x06"}
"""Commands that erase or write the card's flash."""


class OnbonCard:
    """The controller card. `order` is what it was told to suffer from; its `clock` begins wrong."""

    def __init__(self, most_areas: int = 5) -> None:
        self.order = "well"
        self.areas: dict[int, tuple[Row, float]] = {}
        """By number: the row, and when it is forgotten (in steady seconds)."""
        self.clock = dt.datetime.fromisoformat("2000-01-01")
        self.brightness = 15
        self.worn: list[str] = []
        """Commands that would have worn its flash, in hex."""
        self._most_areas = most_areas
        self._pending = b""

    def hear(self, received: bytes, now_s: float) -> bytes:
        """Takes bytes in and returns what the card answers. An A5 begins a frame, whatever came before it."""
        self._pending += received
        answers = b""
        while b"\x5a" in self._pending:
            one, self._pending = self._pending.split(b"\x5a", 1)
            packet = one[one.rfind(b"\xa5") + 1 :] if b"\xa5" in one else b""
            if packet:
                answers += self._answer(re.sub(rb"[\xa6\x5b][\x01\x02]", lambda m: _TABLE[m[0]], packet), now_s)
        return answers

    def cut(self) -> None:
        """The line was opened anew: what came by half never ends."""
        self._pending = b""

    def forget(self, now_s: float) -> None:
        self.areas = {number: area for number, area in self.areas.items() if area[1] > now_s}

    def rows(self) -> list[Row]:
        return [row for _, (row, _) in sorted(self.areas.items())]

    @property
    def light(self) -> float:
        """How bright it is, from 0 to 1."""
        return self.brightness / 15

    def _answer(self, packet: bytes, now_s: float) -> bytes:
        if self.order == "silent":
            return b""
        if self.order == "crc" or len(packet) < 16 or _crc(packet[:-2]) != int.from_bytes(packet[-2:], "little"):
            return _framed(packet, _CRC + bytes(2))
        if self.order == "busy":
            return _framed(packet, _BUSY + bytes(2))
        data = packet[14:-2]
        told = self._obey(data, now_s)
        return b"" if packet[:2] == b"\xff\xff" or data[2:3] == b"\x02" else _framed(packet, told)

    def _obey(self, data: bytes, now_s: float) -> bytes:
        match data[:2]:
            case b"\xa3\x06":
                self._update(data, now_s)
            case b"\xa3\x10":
                self.areas.clear()
            case b"\xa2\x03":
                digits = data[5:13].hex()
                self.clock = dt.datetime.fromisoformat(f"{digits[2:4]}{digits[:2]}{digits[4:8]}T{digits[8:14]}")
            case b"\xa3\x02" if data[5] == 1:
                self.brightness = data[6]
            case b"\xa1\x02":
                return data[:2] + bytes(3) + self._status()
            case b"\xa3\x00" | b"\xa2\x00":
                pass
            case worn if worn in _WEARS:
                self.worn.append(worn.hex())
            case _:
                return _NO_COMMAND + bytes(2)
        return _ACK

    def _status(self) -> bytes:
        at = self.clock
        digits = f"{at.year % 100:02}{at.year // 100:02}{at:%m%d%H%M%S}{at.isoweekday():02}"
        return bytes([1, self.brightness]) + bytes.fromhex(digits) + bytes(35)

    def _update(self, data: bytes, now_s: float) -> None:
        gone = data[5]
        for number in data[6 : 6 + gone]:
            self.areas.pop(number, None)
        rest = data[7 + gone :]
        for _ in range(data[6 + gone]):
            size = int.from_bytes(rest[:2], "little")
            area, rest = rest[2 : 2 + size], rest[2 + size :]
            x, y, wide, high = (int.from_bytes(area[at : at + 2], "little") for at in (1, 3, 5, 7))
            row = Row(
                x=x & 0x7FFF if x & 0x8000 else x * 8,
                y=y,
                width=wide & 0x7FFF if wide & 0x8000 else wide * 8,
                height=high,
                parts=_parts(area[27:]),
                wraps=area[18] == 2,
            )
            lasts_s = int.from_bytes(area[12:14], "little") if area[11] == 2 else 0
            if area[9] < self._most_areas:
                self.areas[area[9]] = (row, now_s + lasts_s if lasts_s else float("inf"))


def _parts(text: bytes) -> tuple[Part, ...]:
    """Colour and words, in order; a card without another order writes red."""
    found: list[Part] = []
    color = "1"
    for piece in re.split(r"(\\F[OEK]\d{3}|\\C[1-7])", text.decode("gb2312", errors="replace")):
        if piece.startswith(r"\C"):
            color = piece[2]
        elif piece and not piece.startswith(r"\F"):
            found.append((_COLORS[color], piece.replace(r"\n", "\n")))
    return tuple(found)


def _framed(asked: bytes, data: bytes) -> bytes:
    packet = asked[2:4] + asked[0:2] + bytes(6) + asked[10:12] + len(data).to_bytes(2, "little") + data
    packet += _crc(packet).to_bytes(2, "little")
    for plain, other in (
        (b"\xa6", b"\xa6\x01"),
        (b"\xa5", b"\xa6\x02"),
        (b"\x5b", b"\x5b\x01"),
        (b"\x5a", b"\x5b\x02"),
    ):
        packet = packet.replace(plain, other)
    return b"\xa5" * 8 + packet + b"\x5a"


def _crc(packet: bytes) -> int:
    value = 0
    for byte in packet:
        for bit in range(8):
            value = value >> 1 ^ (0xA001 if (value ^ byte >> bit) & 1 else 0)
    return value
