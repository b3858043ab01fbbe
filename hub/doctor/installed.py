"""What has to be installed for a terminal: fonts with the right faces, input libraries that answer, a voice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTCollection

from hub.doctor.checks import Check, broken, warns, well
from kiosk.input.pinyin import Pinyin, PinyinMissing
from kiosk.input.zinnia import HandwritingMissing, Zinnia

FONTS = Path("/usr/share/fonts/opentype/noto")
WEIGHTS = ("Regular", "Bold")
FACES = ("Noto Sans CJK SC", "Noto Sans CJK TC")
INSTALL_FONTS = "apt-get install fonts-noto-cjk"
VOICE = "cmn-latn-pinyin"
STROKE = ((100, 500), (500, 490), (900, 500))
"""一, as a finger writes it."""


def fonts(folder: Path = FONTS) -> Iterator[Check]:
    for weight in WEIGHTS:
        yield font(folder / f"NotoSansCJK-{weight}.ttc")


def font(path: Path) -> Check:
    """A collection with both Chinese shapes: its first face is Japanese."""
    name = f"font {path.stem}"
    if not path.exists():
        return broken(name, f"{path} is missing: no Chinese on screens and paper", INSTALL_FONTS)
    try:
        with path.open("rb") as file, TTCollection(file, lazy=True) as faces:
            found = {face["name"].getDebugName(1) for face in faces}
    except Exception as wrong:  # a damaged file breaks the reader wherever it happens to stand
        return broken(name, f"{path} cannot be read ({wrong})", f"{INSTALL_FONTS} --reinstall")
    if lacking := [one for one in FACES if one not in found]:
        return broken(name, f"{path} has no {' and no '.join(lacking)}", f"{INSTALL_FONTS} --reinstall")
    return well(name, f"has {' and '.join(FACES)}")


def pinyin() -> Iterator[Check]:
    """Whether the decoder finds 你好: a library may be there and still not answer."""
    try:
        decoder = Pinyin()
    except PinyinMissing as wrong:
        yield warns("pinyin", str(wrong), "apt-get install libgooglepinyin0 (the other keyboards remain)")
        return
    try:
        found = decoder.search("nihao")
    finally:
        decoder.close()
    if found:
        yield well("pinyin", "finds characters")
    else:
        yield warns(
            "pinyin", "libgooglepinyin is there but finds nothing", "apt-get install --reinstall libgooglepinyin0"
        )


def handwriting() -> Iterator[Check]:
    packages = "libzinnia0 tegaki-zinnia-simplified-chinese"
    try:
        recogniser = Zinnia()
    except HandwritingMissing as wrong:
        yield warns("handwriting", str(wrong), f"apt-get install {packages} (the other keyboards remain)")
        return
    try:
        found = recogniser.recognise((STROKE,))
    finally:
        recogniser.close()
    if found:
        yield well("handwriting", "reads a stroke")
    else:
        yield warns("handwriting", "zinnia is there but reads nothing", f"apt-get install --reinstall {packages}")


def rare_characters() -> Iterator[Check]:
    try:
        from pypinyin.constants import PINYIN_DICT
    except ImportError:
        yield warns(
            "rare characters", "pypinyin is missing: names like 䶮 cannot be typed", "make setup, or pip install"
        )
    else:
        yield well("rare characters", f"pypinyin knows {len(PINYIN_DICT)} characters")


def voice(program: str = "espeak-ng") -> Iterator[Check]:
    """Whether sentences can be spoken; whether anybody hears them, only ears can say."""
    found = shutil.which(program)
    if found is None:
        yield warns("voice", f"{program} is missing: nothing is called or read aloud", "apt-get install espeak-ng")
        return
    asked = [found, "-v", VOICE, "-q", "ni3 hao3"]
    said = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    if said.returncode:
        yield warns("voice", f"{program} has no voice {VOICE}", "apt-get install --reinstall espeak-ng espeak-ng-data")
    else:
        yield well("voice", "can speak Mandarin")
