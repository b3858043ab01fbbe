"""Contact sheets of every screen of the kiosk: `python -m tests.kiosk.screens.sheet docs/screens`.

Every state in three languages, in normal, 大字 and 高对比, upright and across; a sheet each. `--only` for some states,
`--kits` for some sheets (`portrait-en-big`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image, ImageDraw, ImageFont
from rich.progress import track

from display.theme import fonts
from hub.domain.words import LANGUAGES
from tests.in_window import printed
from tests.running_hall import DESK, KIOSK

MODES = {"normal": "", "big": ":big", "contrast": ":contrast"}
GLASSES = {"portrait": ("shanting:268", KIOSK, 10), "landscape": ("shanting:268", DESK, 7)}
THUMB = {"portrait": (270, 480), "landscape": (448, 252)}
LABEL_PX, GAP_PX, COLOURS = 22, 10, 48
GROUND, INK = (120, 124, 126), (255, 255, 255)


def main(
    folder: Annotated[Path, typer.Argument(help="where the sheets are saved as kiosk-*.png")],
    only: Annotated[list[str] | None, typer.Option(help="states of these names")] = None,
    kits: Annotated[list[str] | None, typer.Option(help="sheets whose names begin so")] = None,
) -> None:
    """Draws the screens under an Xvfb of its own and saves a sheet for every language, mode and glass."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets = [
        (glass, language, mode)
        for glass in GLASSES
        for language in LANGUAGES
        for mode in MODES
        if not kits or any(f"{glass}-{language}-{mode}".startswith(one) for one in kits)
    ]
    for glass, language, mode in track(sheets, description="sheets"):
        with tempfile.TemporaryDirectory() as drawn:
            _draw(glass, f"{GLASSES[glass][0]}:{language}{MODES[mode]}", only or [""], Path(drawn))
            sheet = _sheet(sorted(Path(drawn).glob("*.png")), glass)
        sheet.save(folder / f"kiosk-{glass}-{language}-{mode}.png", optimize=True)


def _draw(glass: str, kit: str, only: list[str], folder: Path) -> None:
    across = ["--across"] if glass == "landscape" else []
    printed(
        *("tests.kiosk.screens.measure", kit, "--pictures", str(folder), "--only", *only, *across),
        size=GLASSES[glass][1],
    )


def _sheet(pictures: list[Path], glass: str) -> Image.Image:
    """The pictures in rows, each under its state's name; few colours, the rare ones among them."""
    wide, high = THUMB[glass]
    columns = GLASSES[glass][2]
    step = (wide + GAP_PX, high + LABEL_PX + GAP_PX)
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * step[0] + GAP_PX, rows * step[1] + GAP_PX), GROUND)
    write = ImageDraw.Draw(sheet)
    letters = ImageFont.truetype(str(fonts.face()), 15)
    for at, path in enumerate(pictures):
        left, top = GAP_PX + at % columns * step[0], GAP_PX + at // columns * step[1]
        write.text((left, top), path.stem, fill=INK, font=letters)
        with Image.open(path) as picture:
            sheet.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), (left, top + LABEL_PX))
    return sheet.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


if __name__ == "__main__":
    typer.run(main)
