"""`bancheng kiosk`: what is set up on a kiosk's own machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from hub import durable, pins
from hub.config import BadHall, HallDirectory
from hub.errors import HubError

app = typer.Typer(help="A kiosk's own settings; run it on the kiosk's machine.", no_args_is_help=True)
screen = Console(highlight=False)


class WeakPin(HubError):
    """A PIN that anybody would try; the text says what is wrong with it."""

    code = "weak_pin"


@app.callback()
def kiosk() -> None:
    """Keeps `pin` a command of its own while there is no other."""


@app.command()
def pin(
    terminal: Annotated[str, typer.Option(help="The kiosk's name in hall.toml.")] = "kiosk-1",
    pin_stdin: Annotated[bool, typer.Option("--pin-stdin", help="Read the PIN from standard input.")] = False,
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Set the PIN of a kiosk's staff corner: asked twice, never shown, kept as a hash.

    There is none until you set one, and until then the corner stays shut. It counts at once, also while the kiosk runs.
    """
    place = HallDirectory(hall)
    own = place.hall().terminal(terminal)
    if own.role != "kiosk":
        raise BadHall(f"{terminal} is a {own.role} in {place.file}; give a terminal with the role kiosk")
    if pin_stdin:
        wanted = sys.stdin.readline().strip()
    else:
        wanted = typer.prompt(f"New PIN for {terminal}", hide_input=True, confirmation_prompt="The same again")
    if wrong := pins.weakness(wanted):
        raise WeakPin(f"this PIN is too easy to guess: {wrong}; choose another, nothing was changed")
    durable.replace(place.corner_pin(terminal), f"{pins.hash_pin(wanted)}\n".encode(), 0o600)
    screen.print(
        f"{terminal}: PIN set. Touch the top left corner of its first screen for three seconds, then type it.",
        soft_wrap=True,
    )
