"""A paper as the bytes of one job: as pictures, or as codes of the printer's own font, by the printer's profile."""

from __future__ import annotations

from PIL import Image

from printers import native, strips
from printers.drawing import draw
from printers.papers import Paper, slip_of
from printers.profiles import Profile
from printers.slip import Slip


def render(paper: Paper, profile: Profile, logo: Image.Image | None = None) -> bytes:
    """A paper as ESC/POS with its beginning and end; raises `FontMissing` or `PaperTooNarrow`."""
    return render_slip(slip_of(paper), profile, logo)


def render_slip(slip: Slip, profile: Profile, logo: Image.Image | None = None) -> bytes:
    """Any slip as ESC/POS, the hall's `logo` above it; raises `FontMissing` or `PaperTooNarrow`."""
    if profile.text == "raster":
        picture = draw(slip, profile.width_dots, profile.dots_per_mm, logo)
        return _begin(profile) + strips.of(picture) + _end(profile)
    words = native.native_bytes(slip, profile, profile.text, logo)
    return _begin(profile) + words + _end(profile)


def _begin(profile: Profile) -> bytes:
    """Initialise, one dot as the unit, what is left and right on this paper, density where the hall set one."""
    dpi = min(255, round(profile.dots_per_mm * 25.4))
    begin = b"\x1b@" + b"\x1dP" + bytes((dpi, dpi))  # ESC @, GS P: the unit differs by model without it
    begin += b"\x1dW" + (profile.width_dots // 8 * 8).to_bytes(2, "little")  # GS W: the paper may be less than the head
    if profile.density:
        begin += b"\x1d(K\x02\x001" + (profile.density % 256).to_bytes()  # GS ( K function 49
    return begin


def _end(profile: Profile) -> bytes:
    """Blank rows, and the knife where there is one."""
    return strips.fed(profile.feed_rows) + (strips.cut() if profile.ending == "cut" else b"")
