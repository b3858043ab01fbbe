"""`bancheng-led`: the LED board of a hall, fed by the hub."""

from __future__ import annotations

import datetime as dt
import signal
import time
from pathlib import Path
from typing import Annotated

import serial
import structlog
import typer

from display.board import PLACES, Board
from display.led.driver import Driver
from display.led.layout import Layout
from hub.config import HallDirectory
from hub.domain.errors import UnknownCode
from hub.domain.hall import Board as BoardPlace, Hall
from hub.domain.words import Words
from hub.errors import HubError
from hub.link import Link
from hub.pulse import Pulse
from hub.wire.messages import Numbered

TICK_S = 0.05

log = structlog.get_logger("led")


def connect(board: BoardPlace) -> serial.SerialBase:
    """The line to the board; reads return at once, a write that hangs fails. Raises `serial.SerialException`."""
    return serial.serial_for_url(board.url, baudrate=board.baud, timeout=0, write_timeout=2)


class Program:
    """Board model, layout and driver of one terminal, turned by `step`."""

    def __init__(self, hall: Hall, board: BoardPlace, link: Link) -> None:
        self.link = link
        self.layout = Layout(board.width_dots, board.height_dots, Words("display", hall.language))
        self.model = Board(hall, places=min(PLACES, self.layout.rows))
        self.driver = Driver(lambda: connect(board))
        self._pulse = Pulse(link.send)
        self._troubles: tuple[str, ...] | None = None
        link.listeners.event.append(self._event)
        link.listeners.snapshot.append(self._snapshot)

    def step(self, now: dt.datetime, now_s: float) -> None:
        view = self.model.view(self.link.picture, now, now_s, live=self.link.live, heard=self.link.heard_at)
        if self.link.heard_at is not None:
            self.driver.show(self.layout.request(self.layout.page(view, now_s)))
        self.driver.step(now_s)
        self._report(now_s)

    def _event(self, numbered: Numbered) -> None:
        self.model.apply(numbered.event, numbered.at, self.link.heard_at or numbered.at, time.monotonic())

    def _snapshot(self) -> None:
        if self.link.heard_at is not None:
            self.model.begin(self.link.picture, self.link.heard_at, time.monotonic())

    def _report(self, now_s: float) -> None:
        troubles = (str(self.driver.fault),) if self.driver.fault else ()
        if troubles != self._troubles:
            log.info("led.health", troubles=troubles, why=self.driver.last_error)
        self._troubles = troubles
        self._pulse.poll(now_s, troubles)


def run(
    hall: Annotated[Path | None, typer.Option(help="The hall's directory; by default this machine's.")] = None,
    terminal: Annotated[str, typer.Option(help="The terminal's name in hall.toml.")] = "led",
) -> None:
    """Shows calls, queues, progress and the hall's notice on the LED board that hall.toml gives this terminal."""
    directory = HallDirectory(hall)
    try:
        described = directory.hall()
        board = described.board(described.terminal(terminal).board)
        link = Link.of_terminal(directory, terminal)
    except (HubError, UnknownCode) as wrong:
        raise typer.Exit(_refuse(str(wrong))) from wrong
    program = Program(described, board, link)
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _: stopped.append(got))
    log.info("led.ready", board=board.name, url=board.url)
    while not stopped:
        link.wait(TICK_S)
        program.step(dt.datetime.now(dt.UTC), time.monotonic())
    program.driver.close()
    link.close()


def _refuse(why: str) -> int:
    typer.echo(why, err=True)
    return 2


def main() -> None:
    typer.run(run)


if __name__ == "__main__":
    main()
