"""The hall's mark above its papers: `logo.png` in the hall's directory, where it has one."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from printers.errors import LogoUnreadable

FILE = "logo.png"
HIGH_MM, WIDE_OF_PAPER = 12.0, 0.6
_INK_LEVEL = 128


def logo_of(directory: Path) -> Image.Image | None:
    """The hall's logo; None where its directory has none. Raises `LogoUnreadable`."""
    path = directory / FILE
    if not path.exists():
        return None
    try:
        with Image.open(path) as picture:
            return picture.convert("RGBA")
    except OSError as wrong:
        raise LogoUnreadable(f"{path} cannot be read ({wrong}); put a PNG picture there, or take it away") from wrong


def fitted(logo: Image.Image, width_dots: int, dots_per_mm: float) -> Image.Image:
    """Black on white (mode `L`), in the middle of a strip as wide as the paper; what is transparent stays paper."""
    white = Image.new("RGBA", logo.size, "white")
    white.alpha_composite(logo.convert("RGBA"))
    scale = min(HIGH_MM * dots_per_mm / logo.height, WIDE_OF_PAPER * width_dots / logo.width)
    size = max(1, round(logo.width * scale)), max(1, round(logo.height * scale))
    small = white.convert("L").resize(size, Image.Resampling.LANCZOS)
    ink = small.point([0] * _INK_LEVEL + [255] * (256 - _INK_LEVEL))
    strip = Image.new("L", (width_dots, ink.height), 255)
    strip.paste(ink, ((width_dots - ink.width) // 2, 0))
    return strip
