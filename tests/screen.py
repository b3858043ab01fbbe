"""A screen without glass: an Xvfb whose picture is read from its memory and whose touches come from xdotool."""

from __future__ import annotations

import json
import math
import mmap
import os
import socket
import struct
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image

from tests.processes import until

SAME_PLACE_PX, SAME_TOUCH_S = 48, 0.4
"""A second touch at the same place within 0.3 s of the program taking the first is the same one."""
TAKEN_S = 30.0
"""So long a program may take to take a touch and draw what it did, on a machine that is busy."""

GLANCE_BYTES = 1021
"""Every so many bytes of the picture are looked at; a prime, so that no column or colour is left out."""
PART_BYTES = 61
"""The same within a part of the picture, row by row."""


class Screen:
    """One Xvfb of its own, `size` pixels large. `env` starts a program on it, with a touch map to find its buttons."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._holder: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="bancheng-screen-")
        self.display = ""
        self._number: socket.socket | None = None
        self.plug_in()
        self._touched_s = 0.0
        self._last: tuple[float, float] = (-SAME_PLACE_PX, -SAME_PLACE_PX)
        self.touchmap = Path(self._folder.name) / "touchmap.json"

    @property
    def env(self) -> dict[str, str]:
        return {"DISPLAY": self.display, "BANCHENG_TOUCHMAP": str(self.touchmap)}

    # --- the display server

    def plug_in(self) -> None:
        """Starts the server; a second time on the same display, as a cable that is put back."""
        if self._number is not None:
            self._number.close()
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            [
                *("Xvfb", *filter(None, [self.display]), "-displayfd", str(writing), "-fbdir", self._folder.name),
                *("-screen", "0", f"{self.size[0]}x{self.size[1]}x24", "-nolisten", "tcp", "-noreset"),
            ],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, f"Xvfb did not start on {self.display or 'any display'}"
        self.display = f":{number}"
        with (Path(self._folder.name) / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (self._header,) = struct.unpack_from(">I", self._memory, 0)
        (self._stride,) = struct.unpack_from(">I", self._memory, 48)
        (colours,) = struct.unpack_from(">I", self._memory, 76)
        self._pixels = self._header + 12 * colours

    def pull_out(self) -> None:
        """The server is gone at once, and its picture with it; nobody else's takes its number meanwhile."""
        self._server.kill()
        self._server.wait()
        self._number = socket.socket(socket.AF_UNIX)
        self._number.bind(f"\0/tmp/.X11-unix/X{self.display[1:]}")  # where nobody listens
        self._memory.close()

    # --- looking

    def picture(self, top: int = 0, bottom: int | None = None) -> Image.Image:
        """What is on the screen now, or on some of its rows."""
        bottom = self.size[1] if bottom is None else bottom
        rows = self._memory[self._pixels + top * self._stride : self._pixels + bottom * self._stride]
        return Image.frombytes("RGB", (self.size[0], bottom - top), rows, "raw", "BGRX", self._stride, 1)

    def pixels(self) -> bytes:
        """The raw picture, for telling whether anything changed."""
        return self._memory[self._pixels : self._pixels + self._stride * self.size[1]]

    def glance(self) -> bytes:
        """A thin sample of the picture, for telling whether something large changed without reading all of it."""
        return self._memory[self._pixels : self._pixels + self._stride * self.size[1] : GLANCE_BYTES]

    def part(self, left: int, top: int, width: int, height: int) -> bytes:
        """A thin sample of a part of the picture."""
        first = self._pixels + top * self._stride
        rows = self._memory[first : first + height * self._stride]
        return b"".join(
            rows[row * self._stride + left * 4 : row * self._stride + (left + width) * 4 : PART_BYTES]
            for row in range(height)
        )

    def save(self, path: Path) -> None:
        self.settled()
        self.picture().save(path)

    def is_drawn(self) -> bool:
        """Whether a window has drawn something: the screen has more than one colour."""
        return len(self.picture().resize((64, 64)).getcolors(64 * 64) or ()) > 3

    def settled(self, quiet_s: float = 0.25, timeout_s: float = 10.0) -> None:
        """Returns when the picture has stood still for `quiet_s`; a picture that never does is taken as it is."""
        ends, before, since = time.monotonic() + timeout_s, b"", time.monotonic()
        while time.monotonic() < ends and time.monotonic() - since < quiet_s:
            now = self.pixels()
            if now != before:
                before, since = now, time.monotonic()
            time.sleep(0.03)

    # --- touching

    def seen(self) -> dict[str, Any]:
        """The touch map: keys of what can be touched now, with rectangles.

        It knows what our last touch did; none before the program has begun. Raises `NotInTime`.
        """
        return until(f"a program on {self.display} that takes touches", self._map, TAKEN_S, every_s=0.005)

    def forget(self) -> None:
        """The program is about to end, or has ended: its map tells nothing of the next one's."""
        self.touchmap.unlink(missing_ok=True)

    def _map(self) -> dict[str, Any] | None:
        """None while the program does not know of our last touch."""
        try:
            found: dict[str, Any] = json.loads(self.touchmap.read_text())
        except FileNotFoundError:
            return {"touch": {}, "off": [], "let_go_s": 0.0}
        return found if found["let_go_s"] > self._touched_s else None

    def has(self, key: str) -> bool:
        """Whether the program shows that button and lets it be touched."""
        seen = self.seen()
        return key in seen["touch"] and key not in seen["off"]

    def at(self, screen: str, timeout_s: float = 20.0) -> None:
        """Waits until the program shows that screen."""
        until(
            lambda: f"the screen {screen!r} on {self.display}, not {self.seen()}",
            lambda: self.seen().get("screen") == screen,
            timeout_s,
        )

    def touch(self, key: str, timeout_s: float = 15.0) -> None:
        """Waits for a button and touches its middle with a finger's press and release."""
        until(
            lambda: f"a button {key!r} on {self.display}, not {self.seen()}",
            lambda: self.has(key),
            timeout_s,
        )
        seen = self.seen()
        left, top, width, height = seen["touch"][key]
        x, y = left + width // 2, top + height // 2
        if math.dist(self._last, (x, y)) < SAME_PLACE_PX:
            time.sleep(max(0.0, seen["let_go_s"] + SAME_TOUCH_S - time.monotonic()))
        self.tap(x, y)
        self._last = (x, y)

    def tap(self, x: int, y: int) -> None:
        self.lifting()
        self._xdotool("mousemove", str(x), str(y), "mousedown", "1", "sleep", "0.06", "mouseup", "1")

    def lifting(self) -> None:
        """A finger goes up now: only a map that knows of it is read from here on."""
        self._touched_s = time.monotonic()

    def press(self, x: int, y: int) -> None:
        """Puts a finger down and leaves it there."""
        self._xdotool("mousemove", str(x), str(y), "mousedown", "1")

    def release(self) -> None:
        self.lifting()
        self._xdotool("mouseup", "1")

    def key(self, *names: str) -> None:
        self._xdotool("key", *names)

    def paste(self, text: str) -> None:
        """Puts text on the clipboard and pastes it where the caret is, as a clerk does from another program.

        The text stays on the clipboard: a program may ask for it more than once.
        """
        self._let_go()
        self._holder = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-in", "-quiet"],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": self.display},
        )
        assert self._holder.stdin is not None
        self._holder.stdin.write(text.encode())
        self._holder.stdin.close()
        until("the text on the clipboard", lambda: self._clipboard() == text)
        self.key("ctrl+v")

    def write(self, text: str) -> None:
        """Types on the keyboard."""
        self._xdotool("type", "--delay", "15", text)

    def scan(self, text: str) -> None:
        """Types a code and Enter as a scanner does that works like a keyboard."""
        self._xdotool("type", "--delay", "10", "--args", "1", text, "key", "Return")

    def close(self) -> None:
        self._let_go()
        self._server.terminate()
        self._server.wait()
        self._memory.close()
        self._folder.cleanup()

    def _clipboard(self) -> str:
        asked = ["xclip", "-selection", "clipboard", "-out"]
        env = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(asked, capture_output=True, env=env, timeout=5, check=False).stdout.decode()

    def _let_go(self) -> None:
        if self._holder is not None:
            self._holder.kill()
            self._holder.wait()
            self._holder = None

    def _xdotool(self, *argv: str) -> None:
        subprocess.run(["xdotool", *argv], check=True, env={**os.environ, "DISPLAY": self.display}, timeout=60)
