"""The emulated Lumen C-Power card: bytes in, answers out, texts in its windows. Knows no driver, and parses by itself.

It shows text only in windows that it was divided into since it has power, and needs `network` to know which frames
come. Only the 16-dot font is in it.
"""

from __future__ import annotations

import datetime as dt

from display.led.dots import Row

_OK, _CHECKSUM, _OTHER = 0, 1, 0xFF
_FONT_16 = 2
_WEARS = {0x2C, 0x30, 0x32, 0x33, 0x50, 0x51, 0x52}
"""Commands that write or remove files."""


class LumenCard:
    """The controller card. `order` is what it was told to suffer from; its `clock` begins wrong."""

    def __init__(self, *, network: bool, card: int = 1) -> None:
        self.order = "well"
        self.windows: list[tuple[int, int, int, int]] = []
        self.texts: dict[int, Row] = {}
        self.clock = dt.datetime.fromisoformat("2000-01-01")
        self.levels = bytes([31] * 24)
        self.worn: list[str] = []
        """Commands that would have worn its flash, in hex."""
        self._network, self._card = network, card
        self._pending = b""

    def hear(self, received: bytes, now_s: float) -> bytes:
        """Takes bytes in and returns what the card answers."""
        self._pending += received
        return self._hear_network() if self._network else self._hear_serial()

    def cut(self) -> None:
        """The line was opened anew: what came by half never ends."""
        self._pending = b""

    def forget(self, now_s: float) -> None:
        """Texts stay until others come."""

    def rows(self) -> list[Row]:
        return [row for _, row in sorted(self.texts.items())]

    @property
    def light(self) -> float:
        """How bright it is in this hour, from 0 to 1."""
        return self.levels[self.clock.hour] / 31

    def _hear_serial(self) -> bytes:
        answers = b""
        while b"\xae" in self._pending:
            one, self._pending = self._pending.split(b"\xae", 1)
            if b"\xa5" not in one:
                continue
            said = self._answer(_unescaped(one[one.rfind(b"\xa5") + 1 :]))
            for plain, other in ((b"\xaa", b"\xaa\x0a"), (b"\xa5", b"\xaa\x05"), (b"\xae", b"\xaa\x0e")):
                said = said.replace(plain, other)
            answers += b"\xa5" + said + b"\xae" if said else b""
        return answers

    def _hear_network(self) -> bytes:
        answers = b""
        while len(self._pending) >= 8:
            size = self._pending[4] | self._pending[5] << 8
            if len(self._pending) < 8 + size:
                break
            head, body, self._pending = self._pending[:8], self._pending[8 : 8 + size], self._pending[8 + size :]
            said = self._answer(body)
            answers += head[:4] + bytes([len(said) & 255, len(said) >> 8, 0, 0]) + said if said else b""
        return answers

    def _answer(self, body: bytes) -> bytes:
        """The answer's body; empty where none is given."""
        if self.order == "silent" or len(body) < 7 or body[:2] != b"\x68\x32" or body[2] not in (self._card, 0xFF):
            return b""
        command, mark, data = body[3], body[4], body[5:-2]
        broken = self.order == "crc" or body[-2:] != _sum(body[:-2])
        if command == 0x7B:
            code = _CHECKSUM if broken else _OTHER if self.order == "busy" else self._external(data[4:])
            return _replied(body[:4] + bytes([code]) + bytes(4)) if mark & 1 or broken else b""
        said = b"\x00" if broken or self.order == "busy" else self._basic(command, data)
        return _replied(body[:5] + said) if mark & 1 else b""

    def _external(self, content: bytes) -> int:
        match content[0]:
            case 0x01:
                places = [content[at : at + 8] for at in range(2, len(content), 8)]
                self.windows = [
                    (one[0] << 8 | one[1], one[2] << 8 | one[3], one[4] << 8 | one[5], one[6] << 8 | one[7])
                    for one in places
                ]
                self.texts = {}
            case 0x12 if content[1] < len(self.windows) and content[7] & 15 == _FONT_16:
                x, y, width, height = self.windows[content[1]]
                words = content[11 : content.index(0, 11)].decode("gb2312", errors="replace").replace("\r", "\n")
                parts = (((content[8], content[9], content[10]), words),)
                self.texts[content[1]] = Row(x=x, y=y, width=width, height=height, parts=parts)
            case 0x07 | 0x08 | 0x09 | 0x0A | 0x0B as worn:
                self.worn.append(f"7b{worn:02x}")
            case _:
                return _OTHER
        return _OK

    def _basic(self, command: int, data: bytes) -> bytes:
        match command, data[0]:
            case 0x2E, _:
                return bytes([0, 0x52, 0x10, 0x10, 0, 0, 0, 0x35])
            case 0x46, 0:
                self.levels = data[1:25]
            case 0x46, 1:
                return b"\x01" + self.levels
            case 0x47, 0:
                second, minute, hour, _, day, month, year = (f"{one:02}" for one in data[1:8])
                self.clock = dt.datetime.fromisoformat(f"20{year}-{month}-{day}T{hour}:{minute}:{second}")
            case 0x47, 1:
                at = self.clock
                weekday = at.isoweekday() % 7
                return bytes([1, at.second, at.minute, at.hour, weekday, at.day, at.month, at.year - 2000])
            case worn, _ if worn in _WEARS:
                self.worn.append(f"{worn:02x}")
            case _:
                return b"\x00"
        return b"\x01"


def _unescaped(escaped: bytes) -> bytes:
    parts = escaped.split(b"\xaa\x0a")
    return b"\xaa".join(part.replace(b"\xaa\x05", b"\xa5").replace(b"\xaa\x0e", b"\xae") for part in parts)


def _replied(said: bytes) -> bytes:
    body = b"\xe8" + said[1:]
    return body + _sum(body)


def _sum(packet: bytes) -> bytes:
    total = 0
    for byte in packet:
        total = total + byte & 0xFFFF
    return bytes([total & 255, total >> 8])
