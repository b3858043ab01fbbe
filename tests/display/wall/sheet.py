"""Pictures of the wall, every layout and state at full size: `python -m tests.display.wall.sheet DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from tests.in_window import printed
from tests.running_hall import DESK, KIOSK

WINDOWS = {"landscape": DESK, "portrait": KIOSK, "two": (3000, 1920)}


def main(
    folder: Annotated[Path, typer.Argument(help="where the pictures are saved, such as landscape-three.png")],
    only: Annotated[list[str] | None, typer.Option(help="states of these names")] = None,
    glass: Annotated[list[str] | None, typer.Option(help="landscape, portrait or two")] = None,
) -> None:
    """Draws the wall under an Xvfb of its own for each shape of glass."""
    for name in track(glass or list(WINDOWS), description="glasses"):
        measure(name, *(["--only", *only] if only else []), "--pictures", str(folder))


def measure(glass: str, *arguments: str) -> str:
    """What `tests.display.wall.measure` prints for a shape of glass."""
    return printed("tests.display.wall.measure", glass, *arguments, size=WINDOWS[glass])


if __name__ == "__main__":
    typer.run(main)
