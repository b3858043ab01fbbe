"""Pictures of the hall's own, one after another with hard cuts: no video, nothing that moves."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget
from PIL import Image, ImageOps

from display.theme.window import sharp
from display.wall.arrange import Need
from display.wall.look import Look

KINDS = frozenset({".png", ".jpg", ".jpeg", ".webp"})
SMALLEST = 120
"""In units: what is smaller is no place for a picture."""
UNREADABLE = "still_unreadable"
_log = logging.getLogger("wall")


class Stills(Widget):
    """The folder's pictures by name, as large as the region; read and shrunk beside the program, for large ones take
    longer than a frame. One that cannot be read is passed over, and is a trouble that staff hear of.
    """

    def __init__(self, look: Look, folder: Path, worker: ThreadPoolExecutor, **settings: Any) -> None:
        super().__init__(size_hint_y=None, **settings)
        self.look, self.folder, self._worker = look, folder, worker
        self._broken: set[Path] = set()
        self._reading: tuple[Path, Future[Image.Image]] | None = None
        self._asked: tuple[object, ...] | None = None
        part = look.percent / 100
        with self.canvas:
            Color(part, part, part, 1)
            self._picture = Rectangle(size=(0, 0))
        for name in ("pos", "size"):
            self.fbind(name, self._place)

    @property
    def troubles(self) -> frozenset[str]:
        return frozenset({UNREADABLE} if self._broken else ())

    def need(self, width: float) -> Need:
        return Need(width * 5 / 16, width * 9 / 16, grows=True)

    def show(self, now_s: float) -> None:
        if self._reading is not None:
            if self._reading[1].done():
                self._cut(*self._reading)
                self._reading = None
            return
        turn = int(now_s / self.look.wall.still_s)
        if (turn, *self.size) == self._asked or min(self.size) < self.look.px(SMALLEST):  # it has no place yet
            return
        self._asked = (turn, *self.size)
        found = self._found()
        if found:
            path, size = found[turn % len(found)], (int(self.width), int(self.height))
            self._reading = path, self._worker.submit(_read, path, size)

    def _found(self) -> list[Path]:
        """Looked for at each turn: what is laid into the folder is shown without a new start."""
        try:
            found = sorted(one for one in self.folder.iterdir() if one.suffix.lower() in KINDS)
        except OSError as wrong:
            self._breaks(self.folder, f"{self.folder} cannot be read ({wrong.strerror}); make it, or mend its rights")
            return []
        if not found:
            self._breaks(self.folder, f"{self.folder} holds no picture; lay PNG or JPEG files into it")
            return []
        self._broken &= set(found)
        return found

    def _cut(self, path: Path, read: Future[Image.Image]) -> None:
        wrong = read.exception()
        if wrong is not None:
            self._breaks(path, str(wrong))
            return
        self._broken.discard(path)
        picture = read.result()
        texture = Texture.create(size=picture.size, colorfmt="rgb")
        texture.blit_buffer(picture.tobytes(), colorfmt="rgb", bufferfmt="ubyte")
        texture.flip_vertical()
        self._picture.texture = sharp(texture)
        self._picture.size = picture.size
        self._place()

    def _breaks(self, path: Path, why: str) -> None:
        """Said once for each path, and a trouble until it is mended or gone."""
        if path not in self._broken:
            _log.warning("no still is shown: %s", why)
        self._broken.add(path)

    def _place(self, *_: Any) -> None:
        wide, high = self._picture.size
        if wide > self.width or high > self.height:  # it was made for a larger place
            self._picture.size = (0, 0)
            self._asked = None
        self._picture.pos = (round(self.x + (self.width - wide) / 2), round(self.y + (self.height - high) / 2))


class StillUnreadable(Exception):
    """A file among the stills is no picture, or cannot be opened; the text names it and the remedy."""

    code = UNREADABLE


def _read(path: Path, size: tuple[int, int]) -> Image.Image:
    try:
        with Image.open(path) as opened:
            opened.draft("RGB", size)
            return ImageOps.contain(ImageOps.exif_transpose(opened).convert("RGB"), size)
    except (OSError, ValueError, Image.DecompressionBombError) as wrong:
        raise StillUnreadable(f"{path} is no picture that can be shown ({wrong}); replace or remove it") from wrong
