"""`bancheng-led`: the LED board of a hall, fed by the hub."""

from __future__ import annotations

import datetime as dt
import signal
import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import structlog
import typer

from display.board import PLACES, Board
from display.led.dialect import Setting
from display.led.dialects import dialect_of
from display.led.driver import Driver
from display.led.layout import Layout
from display.led.line import connect
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


class Program:
    """Board model, layout and driver of one terminal, turned by `step`."""

    def __init__(self, hall: Hall, board: BoardPlace, link: Link) -> None:
        self.link = link
        self.layout = Layout(board.width_dots, board.height_dots, Words("display", _language(hall)))
        self.model = Board(hall, places=min(PLACES, self.layout.rows))
        self._levels, self._zone = board.brightness, ZoneInfo(hall.timezone)
        self._dialect = dialect_of(board)
        self.driver = Driver(lambda: connect(board), self._dialect, self._settings)
        self._hour: int | None = None
        self._pulse = Pulse(link.send)
        self._troubles: tuple[str, ...] | None = None
        link.listeners.event.append(self._event)
        link.listeners.snapshot.append(self._snapshot)

    def step(self, now: dt.datetime, now_s: float) -> None:
        view = self.model.view(self.link.picture, now, now_s, live=self.link.live, heard=self.link.heard_at)
        if self.link.heard_at is not None:
            self.driver.show(self.layout.page(view, now_s))
            if self._hour != (hour := self._hall_time(self.link.heard_at).hour):
                self._hour = hour
                self.driver.look_after()
        self.driver.step(now_s)
        self._report(now_s)

    def _hall_time(self, at: dt.datetime) -> dt.datetime:
        return at.astimezone(self._zone)

    def _settings(self) -> tuple[Setting, ...]:
        """Clock and brightness by the hub's time; while the hub is away nobody knows better than the board."""
        if self.link.heard_at is None or not self.link.live:
            return ()
        return self._dialect.settings(self._hall_time(self.link.heard_at), self._levels)

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


def _language(hall: Hall) -> str:
    """The board's: its fonts are GB2312, in which Traditional words would be boxes."""
    return "zh_Hans" if hall.language == "zh_Hant" else hall.language


def _refuse(why: str) -> int:
    typer.echo(why, err=True)
    return 2


def main() -> None:
    typer.run(run)


if __name__ == "__main__":
    main()
