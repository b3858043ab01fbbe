"""A board on a socket or a pty: reads frames, lights dots, answers, and fails on order. Knows no driver.

The cards parse by themselves, so that driver and emulator cannot share a mistake. `led.png` in the folder is always
what the board shows now; each change is told as a JSON line. Orders come in as lines on the control port: `silent`,
`busy`, `crc` (answer so from now on), `well`, `power` (off and on again: everything shown is lost), `hang up`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import select
import socket
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, Protocol

import typer

from display.led.dots import Dots, Row
from display.led.lumen_card import LumenCard
from display.led.onbon_card import OnbonCard

ORDERS = ("well", "silent", "busy", "crc", "power", "hang up")
Kind = Literal["onbon-bx6k", "onbon-bx5k", "lumen-cpower"]


class Card(Protocol):
    """What is common to the emulated cards."""

    order: str
    worn: list[str]
    clock: dt.datetime

    def hear(self, received: bytes, now_s: float) -> bytes: ...
    def cut(self) -> None: ...
    def forget(self, now_s: float) -> None: ...
    def rows(self) -> list[Row]: ...
    @property
    def light(self) -> float: ...


class Emulator:
    """The card behind a listening socket or a pty, with its dots in a folder."""

    def __init__(
        self, out: Path, dots: Dots, card: Callable[[], Card], line: socket.socket | int, control: socket.socket | None
    ) -> None:
        self._new_card = card
        self.card, self.dots, self.out = card(), dots, out
        self._listening = line if isinstance(line, socket.socket) else None
        self._control = control
        self._lines: list[socket.socket | int] = [] if self._listening else [line]
        self._orders: list[socket.socket] = []
        self._shown: tuple[list[Row], float] | None = None

    def turn(self, timeout_s: float) -> None:
        """Serves what has come in within the time, and lights what changed."""
        waiting = [*self._lines, *self._orders, *(one for one in (self._listening, self._control) if one)]
        for one in select.select(waiting, [], [], timeout_s)[0]:
            if one is self._listening:
                self._lines.append(one.accept()[0])
                self.card.cut()
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
            self.card = self._new_card()
        elif order != "hang up":
            self.card.order = order
        control.sendall(b"ok\n")

    def _light(self) -> None:
        rows, light = self.card.rows(), self.card.light
        if (rows, light) != self._shown:
            self._shown = rows, light
            picture = self.out / "led.png"
            self.dots.light(rows, light).save(picture.with_suffix(".new"), "PNG")
            os.replace(picture.with_suffix(".new"), picture)
            tell(shown=[row.words().strip() for row in rows], brightness=round(light, 2), worn=self.card.worn)


def card_of(protocol: Kind, *, network: bool) -> Card:
    """A card as it is after power came."""
    if protocol == "lumen-cpower":
        return LumenCard(network=network)
    return OnbonCard(most_areas=5 if protocol == "onbon-bx6k" else 8)


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
    protocol: Annotated[Kind, typer.Option(help="Which card it is.")] = "onbon-bx6k",
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
    emulator = Emulator(
        out, Dots(wide, high), lambda: card_of(protocol, network=bool(tcp)), line, _listen(control) if control else None
    )
    tell(ready=True, tcp=tcp, pty=path, size=size)
    while True:
        emulator.turn(0.5)


if __name__ == "__main__":
    typer.run(run)
