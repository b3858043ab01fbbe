"""The wall's window: what `display.watchdog` runs, fed by the hub."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import structlog
import typer

from display.theme import window
from display.theme.palette import NIGHT
from display.voice import Voice
from display.voice.announcer import Announcer
from display.watch import closed
from display.watch.awaiting import await_display
from display.watch.heartbeat import EVERY_S, Heartbeat, end_with
from hub.config import BadHall, HallDirectory
from hub.domain import loudspeaker
from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall, Terminal
from hub.domain.screens import Screen, desktop, walls
from hub.domain.words import Words
from hub.errors import HubError
from hub.link import Link

TITLE_SHARE, TEXT_SHARE = 1 / 9, 1 / 18
"""Of a glass's shorter side: words of the sign that stands where the wall cannot."""
log = structlog.get_logger("wall")


class Loaded(NamedTuple):
    """What a wall cannot do without, from the hall's directory."""

    hall: Hall
    own: Terminal
    link: Link


def run(
    hall: Annotated[Path | None, typer.Option(help="The hall's directory; by default this machine's.")] = None,
    terminal: Annotated[str, typer.Option(help="The terminal's name in hall.toml.")] = "wall",
    left: Annotated[int, typer.Option(help="Where the window begins, in pixels from the left.")] = 0,
    top: Annotated[int, typer.Option(help="Where the window begins, in pixels from the top.")] = 0,
    zoom: Annotated[float, typer.Option(help="Draw it smaller, such as 0.5, to try it on a smaller screen.")] = 1.0,
) -> None:
    """Shows and speaks calls, queues, progress and the hall's notice on the screens that hall.toml describes."""
    beating = Heartbeat.to_watchdog(os.environ)
    if beating is not None:
        end_with(beating)
        await_display(beating)
    directory = HallDirectory(hall)
    try:
        loaded = _load(directory, terminal)
    except (HubError, UnknownCode) as wrong:
        typer.echo(str(wrong), err=True)
        if beating is not None:
            words = Words("display", "zh_Hans")
            said = (words("wall.closed"), words("wall.closed_hint"))
            closed.show(beating, lambda: _loads(directory, terminal), said, _sizes)
        raise typer.Exit(1 if beating else 2) from wrong
    _show(directory, loaded, beating, left, top, zoom)


def _load(directory: HallDirectory, terminal: str) -> Loaded:
    """Raises `HubError` or `UnknownCode` with what is wrong and the remedy."""
    hall = directory.hall()
    own = hall.terminal(terminal)
    if own.role != "display":
        raise BadHall(f"{terminal} is a {own.role} in {directory.file}; give a terminal with the role display")
    return Loaded(hall, own, Link.of_terminal(directory, terminal))


def _loads(directory: HallDirectory, terminal: str) -> bool:
    try:
        _load(directory, terminal).link.close()
    except (HubError, UnknownCode):
        return False
    return True


def _sizes(screen: Screen) -> tuple[int, int]:
    side = min(screen.width_px, screen.height_px)
    return round(side * TITLE_SHARE), round(side * TEXT_SHARE)


def _show(
    directory: HallDirectory, loaded: Loaded, beating: Heartbeat | None, left: int, top: int, zoom: float
) -> None:
    hall, own, link = loaded
    screens = walls(own)
    from_left, from_top, width, height = desktop(screens)
    window.prepare(
        width,
        height,
        f"{hall.name} {own.name}",
        left + from_left,
        top + from_top,
        background=NIGHT.paper,
        cursor=False,
        zoom=zoom,
    )

    from display.wall.app import WallApp  # Kivy opens its window when first imported

    app = WallApp(
        hall,
        link,
        _announcer(directory, hall, own),
        screens,
        directory.path,
        zoom=zoom,
        each=_regularly(beating.beat) if beating is not None else lambda: None,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.end())
    app.run()


def _regularly(beat: Callable[[], None]) -> Callable[[], None]:
    """A sign of life from the loop that draws, each time that one is due."""
    next_s = 0.0

    def each() -> None:
        nonlocal next_s
        if time.monotonic() >= next_s:
            next_s = time.monotonic() + EVERY_S
            beat()

    return each


def _announcer(directory: HallDirectory, hall: Hall, terminal: Terminal) -> Announcer | None:
    """Who says the calls here, and says at once what it lacks for that; None where others do."""
    here = loudspeaker.of_terminal(hall, terminal)
    if here is None:
        return None
    announcer = Announcer(hall, here, directory.path, Voice(hall.language, here.device, here.volume_percent))
    announcer.voice.probe()
    for lack in announcer.lacking:
        log.warning("voice.clip_lacks", why=lack)
    return announcer


def main() -> None:
    typer.run(run)


if __name__ == "__main__":
    main()
