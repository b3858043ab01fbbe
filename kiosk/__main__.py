"""`bancheng-kiosk --hall DIR --terminal kiosk-1`: the citizen's touchscreen."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import secrets
import shutil
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from PIL.Image import Image

from display.watch.awaiting import await_display
from display.watch.heartbeat import AGAIN, EVERY_S, Heartbeat, keep_nothing
from hub.config import BadHall, HallDirectory
from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall, Screen, Terminal
from hub.domain.lookup import make_keys
from hub.domain.policy import Policy
from hub.errors import HubError
from hub.keys import load_pair, load_public, load_secret, make_secret
from kiosk import closed, settings, speech
from kiosk.health import PrinterHealth
from kiosk.modes import Modes
from kiosk.offline import OfflineSeries
from kiosk.outbox import Outbox, OutboxError
from kiosk.stumbling import log_uncaught
from printers.connection import connector
from printers.errors import LogoUnreadable, SpoolUnusable
from printers.logo import logo_of
from printers.profiles import profile_of
from printers.render import render
from printers.scanners import SerialScanner, connector as scanner_line
from printers.spool import Spool
from printers.station import Station, open_station

UPRIGHT_27_INCH = Screen(width_px=1080, height_px=1920, width_mm=336.0, height_mm=598.0)
COLLECTED_AT = (200_000, 5, 5)
"""When Python looks for garbage by itself (see `gc.set_threshold`): hardly ever, for the window looks at each moment in
which nobody touches it."""
AHEAD = ("kiosk.input.means", "kiosk.machine", "kiosk.services.staff", "kiosk.terminal", "printers.station")
"""What takes long to load and asks for no display."""
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
    beating = Heartbeat.to_watchdog(os.environ)
    keep_nothing(beating)
    log_uncaught()
    if beating is not None:
        await_display(beating, AHEAD)
    directory = HallDirectory(hall)
    try:
        found = _load(directory, terminal)
    except (HubError, UnknownCode) as wrong:
        typer.echo(f"bancheng-kiosk: {wrong}", err=True)
        if beating is not None:
            closed.show(beating, lambda: _loads(directory, terminal))
        raise typer.Exit(1) from wrong
    code = _show(directory, found, beating, left, top, zoom)
    if code:
        raise typer.Exit(code)


class Loaded(NamedTuple):
    """What a kiosk cannot do without, from the hall's directory; `key` seals what citizens confirmed."""

    hall: Hall
    own: Terminal
    policy: Policy
    key: bytes


def _load(directory: HallDirectory, terminal: str) -> Loaded:
    """Raises `HubError` or `UnknownCode` with what is wrong and the remedy."""
    hall = directory.hall()
    own = hall.terminal(terminal)
    if own.role != "kiosk":
        raise BadHall(f"{terminal} is a {own.role} in {directory.file}; give a terminal with the role kiosk")
    policy = directory.policy()
    load_pair(directory.keys, own.name)
    load_public(directory.keys, "hub")
    key_file = directory.local(own.name) / "outbox.key"
    make_secret(key_file)
    return Loaded(hall, own, policy, load_secret(key_file))


def _loads(directory: HallDirectory, terminal: str) -> bool:
    try:
        _load(directory, terminal)
    except (HubError, UnknownCode):
        return False
    return True


def _show(directory: HallDirectory, loaded: Loaded, beating: Heartbeat | None, left: int, top: int, zoom: float) -> int:
    """What to exit with."""
    from display.theme import window

    hall, own, policy, key = loaded
    screen = own.screen or UPRIGHT_27_INCH
    shown = window.prepare(
        screen.width_px, screen.height_px, f"{hall.name} {own.name}", left, top, cursor=zoom != 1.0, zoom=zoom
    )

    from kivy.clock import Clock

    from hub.link import Link
    from kiosk import catching
    from kiosk.app import Kiosk
    from kiosk.input.means import Means
    from kiosk.machine import Machine
    from kiosk.pins import Lock
    from kiosk.screens.kit import Kit
    from kiosk.services.staff import Staff
    from kiosk.sound import say_volume
    from kiosk.terminal import Terminal as KioskTerminal

    link = Link.of_terminal(directory, own.name)
    local = directory.local(own.name)
    outbox, fault = _open_outbox(local / "outbox.db", key)
    logo, unreadable = _open_logo(directory.path)
    station, troubles = _open_station(hall, own, local / "spool.db", key, logo)
    scanner = SerialScanner(scanner_line(own.scanner), time.monotonic) if own.scanner is not None else None
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
        troubles=troubles | unreadable | means.troubles,
        series=OfflineSeries.of(hall, own),
        scanner=scanner,
    )
    if station is not None:
        station.start()
    if scanner is not None:
        scanner.start()
    ended = 0

    def end(code: int) -> None:
        nonlocal ended
        ended = code
        app.stop()

    pins = ThreadPoolExecutor(1, "pin")
    lock = Lock(directory.corner_pin(own.name), pins, Clock.get_time)
    printing = PrinterHealth(lambda: station.condition if station is not None else "ready", Clock.get_time)
    terminal.others_troubles = lambda: lock.troubles | printing.troubles
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
    catching.catch(app.stumble)
    if beating is not None:
        Clock.schedule_interval(lambda _dt: beating.beat(), EVERY_S)
    if os.environ.get(AGAIN):
        terminal.stumble()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: app.stop())
    window.when_shown(shown, _begin_collecting)
    try:
        app.run()
    finally:
        if station is not None:
            station.stop()
        if scanner is not None:
            scanner.stop()
        means.close()
        if voice is not None:
            voice.hush()
        pins.shutdown()
        link.close()
    return ended or app.exit_code


def _begin_collecting() -> None:
    """What is loaded by now stays: looking through it again and again would take a tenth of a second each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AT)
    gc.enable()


def _open_outbox(path: Path, key: bytes) -> tuple[Outbox | None, str]:
    """The outbox, or the code of what puts the kiosk out of service: nothing could be promised without one."""
    try:
        return Outbox(path, key), ""
    except OutboxError as wrong:
        _log.error("out of service: %s", wrong)
        return None, wrong.code


def _open_logo(directory: Path) -> tuple[Image | None, frozenset[str]]:
    """The hall's logo, and a trouble for the staff where it cannot be read: receipts come without it."""
    try:
        return logo_of(directory), frozenset()
    except LogoUnreadable as wrong:
        _log.error("papers come without the hall's logo: %s", wrong)
        return None, frozenset({wrong.code})


def _open_station(
    hall: Hall, own: Terminal, path: Path, key: bytes, logo: Image | None = None
) -> tuple[Station | None, frozenset[str]]:
    """The receipt printer, not started yet, and troubles for the staff.

    With a spool that cannot be used there is no paper, and complaints are filed all the same.
    """
    if not own.printer:
        return None, frozenset()
    printer = hall.printer(own.printer)
    profile = profile_of(printer)
    try:
        station = open_station(
            Spool(path, key),
            connector(printer),
            lambda paper: render(paper, profile, logo),
            lambda: make_keys(secrets.token_bytes),
            profile,
        )
    except SpoolUnusable as wrong:
        _log.error("no receipts are printed: %s", wrong)
        return None, frozenset({wrong.code})
    return station, frozenset()


def main() -> None:
    gc.disable()  # until the first picture stands: nothing that is loaded before it is garbage
    typer.run(run)


if __name__ == "__main__":
    main()
