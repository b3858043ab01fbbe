"""Noto Sans CJK in its Simplified and Traditional shapes, as files that Kivy can open.

Debian ships collections whose first face is Japanese, and Kivy opens only the first: 骨 直 角 would have shapes that a
Chinese reader sees at once. So the right faces are saved, once, into the user's cache.
"""

from __future__ import annotations

import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

import platformdirs

Weight = Literal["Regular", "Bold", "Black"]
Region = Literal["SC", "TC"]

SANS = "Bancheng Sans SC"
SANS_TC = "Bancheng Sans TC"
BLACK = "Bancheng Black"
"""For big numbers: the Black face where it is installed (Debian: fonts-noto-cjk-extra), else Bold."""

FIRST_SQUARE, LAST_SQUARE, RARE_SQUARE = 0x3400, 0x9FFF, 0x20000
"""Where Unicode has its Chinese characters: from first to last, and the rare ones. Each is as wide as the font size."""

CAPITAL_HEIGHT = 0.733
"""Height of a capital letter as a part of the font size, of each of our faces (OS/2 sCapHeight)."""

COLLECTIONS = Path("/usr/share/fonts/opentype/noto")


class FontMissing(Exception):
    """No Noto Sans CJK on this machine; the text says what to install."""

    code = "font_missing"


@cache
def face(weight: Weight = "Regular", region: Region = "SC") -> Path:
    """A file with one face, saved into the cache by the first who asks; raises `FontMissing`."""
    collection = _collection(weight)
    seen = collection.stat()
    saved = cache_directory() / f"NotoSansCJK{region}-{collection.stem.rpartition('-')[2]}-{seen.st_size:x}.otf"
    if not saved.exists():
        from fontTools.ttLib import TTCollection  # once on each machine, and long to load

        saved.parent.mkdir(parents=True, exist_ok=True)
        wanted = f"Noto Sans CJK {region}"
        # Several programs start at once: each writes its own file, and whole files replace each other.
        with (
            TTCollection(str(collection), lazy=True) as faces,
            tempfile.NamedTemporaryFile(dir=saved.parent, delete=False) as own,
        ):
            next(font for font in faces if font["name"].getDebugName(1) == wanted).save(own)
        os.replace(own.name, saved)
    return saved


@cache
def register() -> None:
    """Makes `SANS`, `SANS_TC` and `BLACK` known to Kivy. Call after `display.theme.window.prepare`."""
    from kivy.core.text import LabelBase  # Kivy reads its environment when first imported

    LabelBase.register(SANS, str(face("Regular")), fn_bold=str(face("Bold")))
    LabelBase.register(SANS_TC, str(face("Regular", "TC")), fn_bold=str(face("Bold", "TC")))
    LabelBase.register(BLACK, str(face("Black")))


def cache_directory() -> Path:
    return Path(platformdirs.user_cache_dir("bancheng", appauthor=False)) / "fonts"


def _collection(weight: Weight) -> Path:
    for name in (weight, "Bold") if weight == "Black" else (weight,):
        path = COLLECTIONS / f"NotoSansCJK-{name}.ttc"
        if path.exists():
            return path
    raise FontMissing(
        f"{COLLECTIONS}/NotoSansCJK-{weight}.ttc is missing; install it with: apt-get install fonts-noto-cjk"
    )
