"""`bancheng doctor`: which probes there are for this machine, and the command itself."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from hub.config import HallDirectory
from hub.doctor import devices, installed, machine, network
from hub.doctor.checks import EXIT, Check, Probe, broken, run, warns, well, worst
from hub.doctor.screen import show
from hub.domain.errors import DomainError
from hub.domain.hall import Hall, Terminal
from hub.errors import HubError

screen = Console()
progress_screen = Console(stderr=True)

TERMINAL_S = 30.0
"""The hub is asked first, then the devices."""
WITH_SCREEN = frozenset({"kiosk", "window", "department", "supervisor"})


def doctor(
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
    terminal: Annotated[
        str, typer.Option(help="Look at this terminal alone; else at those whose keys are on this machine.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Look at everything on this machine, and say what is wrong and how to mend it. Changes nothing.

    Ends with 0 when all is well, 1 when something warns, 2 when something is broken. Prints no secret and nothing of
    a citizen, so what it says may be sent to whoever helps.
    """
    checks = look(HallDirectory(hall), terminal, quiet=as_json)
    if as_json:
        typer.echo(msgspec.json.encode(checks).decode())
    else:
        show(checks, screen)
    if code := EXIT[worst(checks)]:
        raise typer.Exit(code)


def look(place: HallDirectory, terminal: str = "", *, quiet: bool = True) -> list[Check]:
    """All checks of this machine; without a readable hall.toml those that need none."""
    try:
        hall = place.hall()
        terminals = [hall.terminal(terminal)] if terminal else terminals_here(place, hall)
    except (HubError, DomainError) as wrong:
        return [broken("hall.toml", str(wrong), "mend that first: what else is configured is not known"), *_bare(place)]
    probes = probes_of(place, hall, terminals)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=progress_screen,
        transient=True,
        disable=quiet,
    ) as bar:
        task = bar.add_task("looking", total=len(probes))
        return run(probes, lambda probe: bar.update(task, advance=1, description=probe.name))


def terminals_here(place: HallDirectory, hall: Hall) -> list[Terminal]:
    """Those whose keys are on this machine."""
    return [one for one in hall.terminals if (place.keys / f"{one.name}.secret").exists()]


def probes_of(place: HallDirectory, hall: Hall, terminals: Sequence[Terminal]) -> list[Probe]:
    """What there is to look at: the machine, what its terminals need, and their devices."""
    roles = {one.role for one in terminals}
    probes = [
        Probe("clock", lambda: [machine.clock(dt.datetime.now(dt.UTC), machine.ask_timedatectl())]),
        Probe("disk", lambda: [machine.disk(place.path, shutil.disk_usage(place.path).free)]),
        Probe("keys", partial(machine.key_files, place, terminals)),
        Probe("policy", partial(_policy, place, hall, terminals)),
        Probe("database", partial(machine.database, place)),
        Probe("phone page", partial(network.page, hall.page_url)),
    ]
    if roles & WITH_SCREEN or any(one.printer or one.screen is not None for one in terminals):
        probes.append(Probe("fonts", installed.fonts))
    if "kiosk" in roles:
        probes += [
            Probe("pinyin", installed.pinyin),
            Probe("handwriting", installed.handwriting),
            Probe("rare characters", installed.rare_characters),
        ]
    if roles & (WITH_SCREEN | {"display"}):
        probes.append(Probe("voice", installed.voice))
    probes.append(Probe("hub", partial(network.hub, hall)))
    own = len(terminals) == 1
    for number, one in enumerate(terminals):
        look = partial(terminal_checks, place, hall, one, own=own, first=not number)
        probes.append(Probe(one.name, look, TERMINAL_S))
    return probes


def terminal_checks(
    place: HallDirectory, hall: Hall, terminal: Terminal, *, own: bool, first: bool = True
) -> Iterator[Check]:
    """What the hub says of a terminal, and its devices: those that its running program uses are not disturbed.

    `own`: this machine is that terminal's alone; `first` says what is the same for all of them.
    """
    checks, health = network.as_terminal(place, hall, terminal)
    yield from (one for one in checks if first or one.name != network.HUB_CLOCK)
    probes = devices_of(place, hall, terminal, own=own)
    names, name = ", ".join(one.name for one in probes), f"devices of {terminal.name}"
    if not probes:
        return
    if health is not None and health.state in ("live", "troubled"):
        yield well(name, f"in use by its program, whose own report says how they are: {names}")
    elif health is None and not own:
        remedy = f"on its machine: bancheng doctor --terminal {terminal.name}"
        yield warns(name, f"not asked, for no hub says whether its program uses them: {names}", remedy)
    else:
        yield from run(probes)


def devices_of(place: HallDirectory, hall: Hall, terminal: Terminal, *, own: bool) -> list[Probe]:
    """Probes of what the hall's file gives a terminal."""
    probes: list[Probe] = []
    if terminal.printer:
        spool, printer = place.local(terminal.name) / "spool.db", hall.printer(terminal.printer)
        name = f"printer {printer.name}"
        probes.append(Probe(name, partial(devices.printer, printer, terminal, spool, own=own)))
    if (scanner := terminal.scanner) is not None:
        look = partial(devices.line, "scanner", scanner.url, scanner.baud, terminal, own=own)
        probes.append(Probe(f"scanner of {terminal.name}", look))
    if (pad := terminal.pad) is not None:
        look = partial(devices.line, "rating pad", pad.url, pad.baud, terminal, own=own)
        probes.append(Probe(f"rating pad of {terminal.name}", look))
    if terminal.board:
        board = hall.board(terminal.board)
        probes.append(Probe(f"LED board {board.name}", partial(devices.board, board, terminal, own=own)))
    return probes


def _policy(place: HallDirectory, hall: Hall, terminals: Sequence[Terminal]) -> list[Check]:
    try:
        policy = place.policy()
    except HubError as wrong:
        return [broken("policy", str(wrong), "bancheng policy check names each mistake")]
    amiss = [check for one in terminals for check in devices.pad_levels(one, policy)]
    return [well("files", f"hall.toml and its policy ({hall.policy}) can be read"), *amiss]


def _bare(place: HallDirectory) -> list[Check]:
    """What can be looked at without a hall."""
    probes = [
        Probe("clock", lambda: [machine.clock(dt.datetime.now(dt.UTC), machine.ask_timedatectl())]),
        Probe("keys", partial(machine.readable_by_others, place)),
        Probe("fonts", installed.fonts),
    ]
    return run(probes)
