"""An Onbon board on a socket or a pty: reads frames, lights dots, answers, and fails on order. Knows no driver.

Its parser is its own, so that driver and emulator cannot share a mistake. `led.png` in the folder is always what the
board shows now; each change is told as a JSON line. Orders come in as lines on the control port: `silent`, `busy`,
`crc` (answer so from now on), `well`, `power` (off and on again: everything shown is lost), `hang up`.
"""

from __future__ import annotations

import json
import os
import re
import select
import socket
import time
import tty
from pathlib import Path
from typing import Annotated

import typer

from display.led.dots import Dots, Row

ORDERS = ("well", "silent", "busy", "crc", "power", "hang up")
_TABLE = {b"\xa6\x02": b"\xa5", b"\xa6\x01": b"\xa6", b"\x5b\x02": b"\x5a", b"\x5b\x01": b"\x5b"}


class Card:
    """The controller card: bytes in, answers out, areas in its memory."""

    def __init__(self) -> None:
        self.order = "well"
        self.areas: dict[int, tuple[Row, float]] = {}
        """By number: the row, and when it is forgotten (in steady seconds)."""
        self._pending = b""

    def hear(self, received: bytes, now_s: float) -> bytes:
        """Takes bytes in and returns what the card answers."""
        self._pending += received
        answers = b""
        while b"\x5a" in self._pending:
            one, self._pending = self._pending.split(b"\x5a", 1)
            packet = one[one.find(b"\xa5") :].lstrip(b"\xa5") if b"\xa5" in one else b""
            if packet:
                answers += self._answer(re.sub(rb"[\xa6\x5b][\x01\x02]", lambda m: _TABLE[m[0]], packet), now_s)
        return answers

    def forget(self, now_s: float) -> None:
        self.areas = {number: area for number, area in self.areas.items() if area[1] > now_s}

    def rows(self) -> list[Row]:
        return [row for _, (row, _) in sorted(self.areas.items())]

    def _answer(self, packet: bytes, now_s: float) -> bytes:
        if self.order == "silent":
            return b""
        if self.order == "crc" or len(packet) < 16 or _crc(packet[:-2]) != int.from_bytes(packet[-2:], "little"):
            return _framed(packet, b"\xa0\x01\x05\x00\x00")
        if self.order == "busy":
            return _framed(packet, b"\xa0\x01\x03\x00\x00")
        data = packet[14:-2]
        match data[:2]:
            case b"\xa3\x06":
                self._update(data, now_s)
            case b"\xa3\x10":
                self.areas.clear()
            case b"\xa3\x00" | b"\xa3\x01" | b"\xa3\x02" | b"\xa2\x00" | b"\xa2\x03":
                pass
            case _:
                return _framed(packet, b"\xa0\x01\x02\x00\x00")
        return b"" if packet[:2] == b"\xff\xff" or data[2:3] == b"\x02" else _framed(packet, b"\xa0\x00\x00\x00\x00")

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
                text=area[27:],
                wraps=area[18] == 2,
            )
            lasts_s = int.from_bytes(area[12:14], "little") if area[11] == 2 else 0
            self.areas[area[9]] = (row, now_s + lasts_s if lasts_s else float("inf"))


class Emulator:
    """The card behind a listening socket or a pty, with its dots in a folder."""

    def __init__(self, out: Path, dots: Dots, line: socket.socket | int, control: socket.socket | None) -> None:
        self.card, self.dots, self.out = Card(), dots, out
        self._listening = line if isinstance(line, socket.socket) else None
        self._control = control
        self._lines: list[socket.socket | int] = [] if self._listening else [line]
        self._orders: list[socket.socket] = []
        self._shown: list[Row] | None = None

    def turn(self, timeout_s: float) -> None:
        """Serves what has come in within the time, and lights what changed."""
        waiting = [*self._lines, *self._orders, *(one for one in (self._listening, self._control) if one)]
        for one in select.select(waiting, [], [], timeout_s)[0]:
            if one is self._listening:
                self._lines.append(one.accept()[0])
            elif one is self._control:
                self._orders.append(one.accept()[0])
            elif one in self._orders:
                self._order(one)
            else:
                self._serve(one)
        self.card.forget(time.monotonic())
        self._light()

    def _serve(self, line: socket.socket | int) -> None:
        try:
            received = os.read(line, 4096) if isinstance(line, int) else line.recv(4096)
            if not received:
                raise ConnectionResetError
            answer = self.card.hear(received, time.monotonic())
            if isinstance(line, int):
                os.write(line, answer)
            else:
                line.sendall(answer)
        except OSError:
            if not isinstance(line, int):  # a pty stays: its other end may be opened again
                self._lines.remove(line)
                line.close()

    def _order(self, control: socket.socket) -> None:
        order = control.recv(256).decode().strip()
        if not order:
            self._orders.remove(control)
            control.close()
            return
        if order not in ORDERS:
            control.sendall(f"no such order; there are {', '.join(ORDERS)}\n".encode())
            return
        if order in ("power", "hang up"):
            for line in [line for line in self._lines if isinstance(line, socket.socket)]:
                self._lines.remove(line)
                line.close()
        if order == "power":
            self.card = Card()
        elif order != "hang up":
            self.card.order = order
        control.sendall(b"ok\n")

    def _light(self) -> None:
        rows = self.card.rows()
        if rows != self._shown:
            self._shown = rows
            picture = self.out / "led.png"
            self.dots.light(rows).save(picture.with_suffix(".new"), "PNG")
            os.replace(picture.with_suffix(".new"), picture)
            tell(shown=[row.words().strip() for row in rows])


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


def tell(**what: object) -> None:
    print(json.dumps(what, ensure_ascii=False), flush=True)  # noqa: T201 - its output is the report


def _listen(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    return socket.create_server((host, int(port)))


def run(
    out: Annotated[Path, typer.Option(help="Folder for led.png.")],
    tcp: Annotated[str, typer.Option(help="Listen on HOST:PORT.")] = "",
    pty: Annotated[bool, typer.Option(help="Stand behind a pty instead; its path is told when ready.")] = False,
    size: Annotated[str, typer.Option(help="Dots, such as 128x32 or 192x64.")] = "128x32",
    control: Annotated[str, typer.Option(help="Take orders on HOST:PORT: " + ", ".join(ORDERS) + ".")] = "",
) -> None:
    """An LED board without LEDs."""
    if bool(tcp) == pty:
        raise typer.BadParameter("say either --tcp HOST:PORT or --pty")
    wide, high = (int(part) for part in size.split("x"))
    out.mkdir(parents=True, exist_ok=True)
    path = ""
    line: socket.socket | int
    if pty:
        line, slave = os.openpty()
        tty.setraw(slave)
        path = os.ttyname(slave)
    else:
        line = _listen(tcp)
    emulator = Emulator(out, Dots(wide, high), line, _listen(control) if control else None)
    tell(ready=True, tcp=tcp, pty=path, size=size)
    while True:
        emulator.turn(0.5)


if __name__ == "__main__":
    typer.run(run)
