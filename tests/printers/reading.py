"""A small reader of ESC/POS text, written from the command reference: what a job says, line by line, and its pictures.

It shares nothing with the programs that print or the emulator, so that they cannot share a mistake with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PIL import Image

DRAWN = "\ufffc"
"""Stands for a character that came as a picture inside the line."""


@dataclass
class Run:
    """Characters set alike, and where they begin in dots from the left of the line."""

    left: int
    text: str
    bold: bool
    wide: int
    high: int
    reverse: bool

    @property
    def dots(self) -> int:
        return sum(24 if one == DRAWN else (12 if one.isascii() else 24) * self.wide for one in self.text)


@dataclass
class Printed:
    """What came out, in order."""

    lines: list[list[Run]] = field(default_factory=list)
    pictures: list[Image.Image] = field(default_factory=list)
    small: list[Image.Image] = field(default_factory=list)
    """Characters drawn inside lines."""
    centred: list[bool] = field(default_factory=list)
    cuts: int = 0
    fed: int = 0
    density: int | None = None
    chinese_bytes: bytes = b""
    """Every byte that was text while Chinese was on."""

    def texts(self) -> list[str]:
        return ["".join(run.text for run in line) for line in self.lines]

    def text(self) -> str:
        """All of it without blanks: where lines are broken is the page's own affair."""
        return "".join("".join(self.texts()).split())


def read(data: bytes, width_dots: int = 576) -> Printed:
    """What is on paper that is so wide until the job says how wide.

    Raises `AssertionError` at the first byte that is no command and no text.
    """
    out, at = Printed(), 0
    chinese = bold = reverse = False
    wide = high = 1
    align, left = 0, 0
    line: list[Run] = []
    strips: list[tuple[int, Image.Image]] = []

    def put(character: str) -> None:
        nonlocal left
        if not line or (line[-1].bold, line[-1].wide, line[-1].high) != (bold, wide, high) or moved:
            line.append(Run(left, "", bold, wide, high, reverse))
        line[-1].text += character
        left += 24 if character == DRAWN else (12 if character.isascii() else 24) * wide

    def shed() -> None:
        if strips:
            width = max(x + one.width for x, one in strips)
            whole = Image.new("1", (width, sum(one.height for _, one in strips)), 1)
            y = 0
            for x, one in strips:
                whole.paste(one, (x, y))
                y += one.height
            out.pictures.append(whole)
            strips.clear()

    moved = False
    while at < len(data):
        byte, head = data[at], data[at : at + 2]
        if head not in (b"\x1dv", b"\x1ba"):
            shed()
        if head == b"\x1b@":
            at += 2
        elif head == b"\x1dW":
            width_dots = int.from_bytes(data[at + 2 : at + 4], "little")
            at += 4
        elif head == b"\x1dP":
            assert data[at + 2] == data[at + 3] == 203
            at += 4
        elif head in (b"\x1c&", b"\x1c."):
            chinese = head == b"\x1c&"
            at += 2
        elif head == b"\x1cS":
            assert data[at + 2 : at + 4] == b"\0\0"
            at += 4
        elif head == b"\x1b3":
            at += 3
        elif head == b"\x1ba":
            assert not line, "alignment is set at the beginning of a line"
            align = data[at + 2]
            at += 3
        elif head == b"\x1bE":
            bold = bool(data[at + 2])
            at += 3
        elif head == b"\x1dB":
            reverse = bool(data[at + 2])
            at += 3
        elif head == b"\x1d!":
            wide, high = (data[at + 2] >> 4) + 1, (data[at + 2] & 7) + 1
            at += 3
        elif head == b"\x1b$":
            wanted = int.from_bytes(data[at + 2 : at + 4], "little")
            assert wanted >= left, "columns overlap"
            left, moved = wanted, True
            at += 4
        elif head == b"\x1bJ":
            out.fed += data[at + 2]
            at += 3
        elif head == b"\x1d(" and data[at + 2 : at + 3] == b"K":
            assert data[at + 3 : at + 6] == b"\x02\x001"
            out.density = (data[at + 6] + 128) % 256 - 128
            at += 7
        elif head == b"\x1b*":
            assert data[at + 2] == 33
            columns = int.from_bytes(data[at + 3 : at + 5], "little")
            dots = data[at + 5 : at + 5 + 3 * columns]
            cell = Image.new("1", (columns, 24), 1)
            for place in range(columns * 24):
                if dots[place // 8] & 0x80 >> place % 8:
                    cell.putpixel((place // 24, place % 24), 0)
            out.small.append(cell)
            put(DRAWN)
            moved = False
            at += 5 + 3 * columns
        elif head == b"\x1dv":
            mode = data[at + 3]
            stride, rows = (int.from_bytes(data[place : place + 2], "little") for place in (at + 4, at + 6))
            dots = bytes(one ^ 0xFF for one in data[at + 8 : at + 8 + stride * rows])
            strip = Image.frombytes("1", (stride * 8, rows), dots)
            times = (2 if mode & 1 else 1, 2 if mode & 2 else 1)
            strip = strip.resize((strip.width * times[0], strip.height * times[1]), Image.Resampling.NEAREST)
            assert strip.width <= width_dots, "nothing is cut off"
            strips.append(((width_dots - strip.width) * align // 2, strip))
            at += 8 + stride * rows
        elif head == b"\x1dV":
            out.cuts += 1
            at += 4
        elif byte == 0x0A:
            out.lines.append(line)
            out.centred.append(align == 1)
            line, left, moved = [], 0, False
            at += 1
        else:
            long = 2 if byte >= 0x80 else 1
            assert chinese, f"{data[at : at + 2]!r} at {at} is text outside Chinese"
            assert byte >= 0x80 or 0x20 <= byte < 0x7F, f"{byte:02x} at {at} is no character"
            out.chinese_bytes += data[at : at + long]
            put(data[at : at + long].decode("gb18030"))
            moved = False
            at += long
    shed()
    assert not line, "the last line ends"
    return out
