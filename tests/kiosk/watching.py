"""A real kiosk that is looked into from inside (`tests.kiosk.watched`) and from outside: files, descriptors, screen."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from display.theme import fonts
from tests.processes import NotInTime, until
from tests.running_hall import RunningHall
from tests.screen import Screen

LATIN, LETTERS = "qzjxv", "qilin"
NAME_LETTERS, PHONE = "zhuge", "8397465"
LARGEST_BYTES = 64_000_000


class Watched:
    """A kiosk in a home of its own, and what is to be seen of it from inside and outside."""

    def __init__(self, hall: RunningHall, screen: Screen, home: Path) -> None:
        self.hall, self.screen, self.home = hall, screen, home
        self._ask = home / "ask"
        cache = home / "cache" / "bancheng"
        cache.mkdir(parents=True)
        fonts.face()
        shutil.copytree(fonts.cache_directory(), cache / "fonts", copy_function=os.link)
        (home / "tmp").mkdir()
        self.start()

    def start(self, at: str = "home") -> None:
        env = {"HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache"), "TMPDIR": str(self.home / "tmp")}
        place = ["--hall", str(self.hall.directory.path), "--terminal", "kiosk-1"]
        argv = ["-m", "tests.kiosk.watched", str(self._ask), *place]
        self.hall.processes.start("kiosk-1", *argv, env=self.screen.env | env)
        self.at(at, timeout_s=60)

    def restart(self) -> None:
        self.hall.processes.stop("kiosk-1")
        self.screen.forget()
        self.start()

    # --- asking

    def ask(self, do: str, **about: Any) -> Any:
        told = self._ask.with_suffix(".told")
        new = self._ask.with_suffix(".new")
        new.write_text(json.dumps({"do": do} | about))
        new.replace(self._ask)
        until(f"an answer to {do}", told.exists)
        answer = json.loads(told.read_text())
        told.unlink()
        return answer

    def texts(self) -> list[str]:
        """Every word on the screen that is no button's."""
        return [one[::-1] for one in self.ask("texts")]

    def later(self, seconds: float) -> None:
        self.ask("later", seconds=seconds)

    def in_memory(self, words: list[str]) -> list[str]:
        found: list[str] = self.ask("find", words=[word[::-1] for word in words])
        return found

    # --- touching

    def at(self, screen: str, timeout_s: float = 20.0) -> None:
        self.hall.processes.check("kiosk-1")
        self.screen.at(screen, timeout_s)

    def state(self, said: str) -> None:
        until(lambda: f"{said!r}, not {self.screen.seen()}", lambda: said in self.screen.seen()["state"])

    def type(self, letters: str) -> None:
        for letter in letters:
            self.screen.touch(f"key.{letter}")

    def to_words(self) -> None:
        for key in ("start", "matter.unknown", "reason.slow", "next"):
            self.screen.touch(key)
        self.at("words")

    def write(self) -> list[str]:
        """Latin letters, pinyin and the first candidate; what has to be nowhere afterwards."""
        self.screen.touch("key.latin")
        self.state("latin.0")
        self.type(LATIN)
        self.state(f"latin.{len(LATIN)}")
        self.screen.touch("key.pinyin")
        self.state("pinyin")
        self.type(LETTERS)
        self.state(f".{len(LETTERS)}.0")
        self.screen.touch("candidate.0")
        chosen = until(f"characters for {LETTERS}", self._chosen)
        return [LATIN, LATIN[-1] + chosen, LETTERS]  # characters alone are words of a dictionary

    def _chosen(self) -> str:
        """The characters behind the Latin letters."""
        found = [re.search(rf"{LATIN}([\u4e00-\u9fff]{{2,}})", one) for one in self.texts()]
        return next((one[1] for one in found if one), "")

    def write_name(self) -> list[str]:
        self.screen.touch("next")
        self.at("contact")
        self.screen.touch("phone")
        self.type(PHONE)
        self.screen.touch("name")
        self.state("name")
        self.type(NAME_LETTERS)
        self.screen.touch("candidate.0")
        return [PHONE, NAME_LETTERS]

    # --- looking

    def home_picture(self) -> bytes:
        self.at("home")
        self.state("live")
        self.screen.settled()
        return self.screen.pixels()

    def in_files(self, words: list[str]) -> list[str]:
        """The files that these processes wrote or hold open, deleted ones too, in which a word stands."""
        places = [self.home, self.hall.directory.path, Path("/dev/shm"), self.hall.processes.log("kiosk-1").parent]
        files = {path for place in places for path in place.rglob("*") if path.is_file()}
        for pid in self.pids():
            files |= {Path(f"/proc/{pid}/environ"), Path(f"/proc/{pid}/cmdline"), *Path(f"/proc/{pid}/fd").iterdir()}
        sought = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
        return [str(path) for path in files if _holds(path, sought)]

    def pids(self) -> list[int]:
        """The kiosk and whatever it started."""
        pids = [self.hall.processes.pid("kiosk-1")]
        for pid in pids:
            pids += [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return pids

    def selections(self) -> str:
        """What X holds for pasting."""
        return "".join(
            subprocess.run(
                ["xclip", "-selection", one, "-out"],
                capture_output=True,
                text=True,
                timeout=10,
                env={**os.environ, "DISPLAY": self.screen.display},
                check=False,
            ).stdout
            for one in ("primary", "secondary", "clipboard")
        )

    def nowhere(self, words: list[str]) -> None:
        """Fails with every place in which one of the words is left a moment later."""
        left: list[str] = []

        def gone() -> bool:
            left[:] = self.in_memory(words)
            return not left

        try:
            until("everything forgotten", gone, timeout_s=5, every_s=0.5)
        except NotInTime as late:
            raise AssertionError("\n".join(left)) from late
        assert self.in_files(words) == []
        assert [one for one in words if any(one in text for text in self.texts())] == []
        assert self.selections() == ""


def _holds(path: Path, sought: list[bytes]) -> bool:
    try:
        if path.is_dir() or not (stat.S_ISREG(path.stat().st_mode) or path.parts[1] == "proc"):
            return False
        if path.stat().st_size > LARGEST_BYTES:
            return False
        content = path.read_bytes() if stat.S_ISREG(path.stat().st_mode) else b""
    except OSError:
        return False  # gone, or a socket
    return any(one in content for one in sought)
