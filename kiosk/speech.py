"""The kiosk's own voice: what is new on the screen is said, and stops when the citizen goes on.

espeak-ng speaks in a process of its own: numbered pinyin for Chinese (`display.voice`), its English voice for English.
Nothing personal reaches it: a screen says what may be spoken (`kiosk.screens.spoken`). No kivy in here.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from display.voice import VOICES, pinyin
from hub.domain.words import Words

PROGRAM = "espeak-ng"
PAUSE = ". "
"""Between two sentences, for every voice."""


class Process(Protocol):
    def kill(self) -> None: ...
    def communicate(self, input: str | None = None) -> tuple[str | None, str | None]: ...


Start = Callable[[Sequence[str]], Process]


def available(program: str = PROGRAM) -> bool:
    """Whether this machine can speak; where it cannot, nobody is offered it."""
    return shutil.which(program) is not None


def command(language: str, percent: int, program: str = PROGRAM) -> list[str]:
    """How espeak-ng is asked to read its input aloud; 100 percent is twice its usual loudness."""
    voice, pace = VOICES[language]
    return [program, "-v", voice, "-a", str(2 * percent), "-s", str(pace), "--stdin"]


def readable(sentences: Sequence[str], language: str) -> str:
    """What the voice is given: English as it stands, Chinese as numbered pinyin."""
    plain = [" ".join(one.split()) for one in sentences]
    if language == "en":
        return PAUSE.join(plain)
    words = Words("display", language)
    return PAUSE.join(" ".join(pinyin(one, words).split()) for one in plain)


def _start(argv: Sequence[str]) -> Process:
    return subprocess.Popen(  # noqa: S603 (a fixed command; the words go through its input)
        argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


class Speech:
    """Says one thing at a time: what is said anew cuts off what was being said. `trouble` is of the last try."""

    def __init__(self, start: Start = _start) -> None:
        self.trouble = ""
        """`voice_missing` (no espeak-ng), `voice_silent` (no sound card) or empty."""
        self._start = start
        self._said = 0
        self._lock = threading.Lock()
        self._speaking: Process | None = None

    def say(self, sentences: Sequence[str], language: str, percent: int) -> None:
        """Speaks at that loudness, at once and without making the window wait."""
        self.hush()
        said = self._said
        threading.Thread(
            target=partial(self._speak, said, tuple(sentences), language, percent), name="speech", daemon=True
        ).start()

    def hush(self) -> None:
        """Says no more of it."""
        with self._lock:
            self._said += 1
            speaking, self._speaking = self._speaking, None
        if speaking is not None:
            speaking.kill()

    def _speak(self, said: int, sentences: Sequence[str], language: str, percent: int) -> None:
        text = readable(sentences, language)
        with self._lock:
            if said != self._said:
                return
            try:
                process = self._speaking = self._start(command(language, percent))
            except FileNotFoundError:
                self.trouble = "voice_missing"
                return
        _, complaints = process.communicate(text)
        with self._lock:
            if said == self._said:
                # It ends with 0 even where it finds nothing to play on.
                self.trouble = "voice_silent" if "error:" in (complaints or "") else ""
                self._speaking = None
