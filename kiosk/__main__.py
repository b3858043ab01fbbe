"""`bancheng-kiosk --hall DIR --terminal kiosk-1`: the citizen's touchscreen."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from hub.config import BadHall, HallDirectory
from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall, Screen, Terminal
from hub.domain.lookup import make_keys
from hub.errors import HubError
from hub.keys import load_secret, make_secret
from kiosk import settings, speech
from kiosk.modes import Modes
from kiosk.outbox import Outbox, OutboxError
from printers.connection import connector
from printers.errors import SpoolUnusable
from printers.render import render
from printers.spool import Spool
from printers.station import Station, open_station

UPRIGHT_27_INCH = Screen(width_px=1080, height_px=1920, width_mm=336.0, height_mm=598.0)
_log = logging.getLogger("kiosk")


def run(
    hall: Annotated[Path | None, typer.Option(help="The hall's directory.", show_default="the platform's own")] = None,
    terminal: Annotated[str, typer.Option(help="This kiosk's name in hall.toml.")] = "kiosk-1",
    left: Annotated[int, typer.Option(help="Where the window stands, in px.")] = 0,
    top: Annotated[int, typer.Option(help="Where the window stands, in px.")] = 0,
    zoom: Annotated[float, typer.Option(help="Draw it smaller, such as 0.5, to try it on a smaller screen.")] = 1.0,
) -> None:
    """Shows the kiosk until it is stopped. What a citizen confirmed is kept and filed, hub or no hub."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    directory = HallDirectory(hall)
    try:
        found = directory.hall()
        own = found.terminal(terminal)
        if own.role != "kiosk":
            raise BadHall(f"{terminal} is a {own.role} in {directory.file}; give a terminal with the role kiosk")
        ended = _show(directory, found, own, left, top, zoom)
    except (HubError, UnknownCode) as wrong:
        typer.echo(f"bancheng-kiosk: {wrong}", err=True)
        raise typer.Exit(1) from wrong
    if ended:
        raise typer.Exit(ended)


def _show(directory: HallDirectory, hall: Hall, own: Terminal, left: int, top: int, zoom: float) -> int:
    """Runs until it is stopped; what the program shall end with."""
    from display.theme import window

    screen = own.screen or UPRIGHT_27_INCH
    window.prepare(
        screen.width_px, screen.height_px, f"{hall.name} {own.name}", left, top, cursor=zoom != 1.0, zoom=zoom
    )

    from kivy.clock import Clock

    from hub.link import Link
    from kiosk.app import Kiosk
    from kiosk.input.means import Means
    from kiosk.machine import Machine
    from kiosk.pins import Lock
    from kiosk.screens.kit import Kit
    from kiosk.services.staff import Staff
    from kiosk.sound import say_volume
    from kiosk.terminal import Terminal as KioskTerminal

    policy = directory.policy()
    link = Link.of_terminal(directory, own.name)
    local = directory.local(own.name)
    key_file = local / "outbox.key"
    make_secret(key_file)
    key = load_secret(key_file)

    outbox, fault = _open_outbox(local / "outbox.db", key)
    station, troubles = _open_station(hall, own, local / "spool.db", key)
    means = Means.installed()

    terminal = KioskTerminal(
        hall,
        policy,
        link,
        outbox,
        station,
        clock=lambda: dt.datetime.now(dt.UTC),
        now_s=Clock.get_time,
        fault=fault,
        troubles=troubles | means.troubles,
    )
    if station is not None:
        station.start()
    ended = 0

    def end(code: int) -> None:
        nonlocal ended
        ended = code
        app.stop()

    pins = ThreadPoolExecutor(1, "pin")
    lock = Lock(directory.corner_pin(own.name), pins, Clock.get_time)
    terminal.others_troubles = lambda: lock.troubles
    voiceless = frozenset({"voice_missing"} if shutil.which("espeak-ng") is None else ())
    machine = Machine(
        own.name,
        hall,
        terminal,
        station,
        outbox,
        local / "settings.json",
        missing=lambda: means.troubles | voiceless,
        ring=say_volume,
        end=end,
    )
    terminal.usual_volume = lambda: settings.load(local / "settings.json").volume_percent
    kit = Kit(hall, policy, screen, Modes(language=hall.language))
    kit.can_speak = speech.available()
    voice = speech.Speech() if kit.can_speak else None
    app = Kiosk(
        terminal,
        kit,
        means,
        partial(window.stage, width_px=screen.width_px, height_px=screen.height_px, zoom=zoom),
        corner=lambda: Staff(lock, machine),
        speech=voice,
    )
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: app.stop())
    try:
        app.run()
    finally:
        if station is not None:
            station.stop()
        means.close()
        if voice is not None:
            voice.hush()
        pins.shutdown()
        link.close()
    return ended


def _open_outbox(path: Path, key: bytes) -> tuple[Outbox | None, str]:
    """The outbox, or the code of what puts the kiosk out of service: nothing could be promised without one."""
    try:
        return Outbox(path, key), ""
    except OutboxError as wrong:
        _log.error("out of service: %s", wrong)
        return None, wrong.code


def _open_station(hall: Hall, own: Terminal, path: Path, key: bytes) -> tuple[Station | None, frozenset[str]]:
    """The receipt printer, not started yet, and troubles for the staff.

    With a spool that cannot be used there is no paper, and complaints are filed all the same.
    """
    if not own.printer:
        return None, frozenset()
    printer = hall.printer(own.printer)
    try:
        station = open_station(
            Spool(path, key),
            connector(printer),
            lambda paper: render(paper, printer),
            lambda: make_keys(secrets.token_bytes),
        )
    except SpoolUnusable as wrong:
        _log.error("no receipts are printed: %s", wrong)
        return None, frozenset({wrong.code})
    return station, frozenset()


def main() -> None:
    typer.run(run)


if __name__ == "__main__":
    main()
