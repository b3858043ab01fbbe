"""The kiosk's own voice: what is new on the screen is said, and stops when the citizen goes on.

espeak-ng speaks in a process of its own: numbered pinyin for Chinese (`display.voice`), its English voice for English.
Nothing personal reaches it: a screen says what may be spoken (`kiosk.screens.spoken`). No kivy in here.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from display.voice import VOICES, lock_file, pinyin, turn
from display.voice.errors import NoSoundCard, NotSpoken, VoiceError, VoiceMissing
from hub.domain.words import Words

_log = logging.getLogger(__name__)
PROGRAM = "espeak-ng"
PAUSE = ". "
"""Between two sentences, for every voice."""
A_TURN_LETTERS = 30
"""Sentences that are this long together are a turn: some seconds."""
LONGEST_S = 60.0
"""What takes longer hangs, and would keep the whole machine silent."""


class Process(Protocol):
    def kill(self) -> None: ...
    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str | None, str | None]: ...


Start = Callable[[Sequence[str], int], Process]
"""Starts a command; it inherits the lock of its turn, which is its second argument."""


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


def parts(sentences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Sentences as they are said in one turn; none is cut."""
    part: list[str] = []
    for sentence in sentences:
        part.append(sentence)
        if sum(map(len, part)) >= A_TURN_LETTERS:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)


def _start(argv: Sequence[str], turn_fd: int) -> Process:
    return subprocess.Popen(  # noqa: S603 (a fixed command; the words go through its input)
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=(turn_fd,),  # what outlives a kiosk that dies still has its turn
    )


class Said(NamedTuple):
    """What is to be heard next."""

    sentences: tuple[str, ...]
    language: str
    percent: int


class Speech:
    """Says one thing at a time: what is said anew cuts off what was being said. `trouble` is of the last try.

    It speaks when no other program of this machine does (`display.voice.turn`). Whoever touches on meanwhile is not
    told of the screen they left: what is said when its turn comes is what was said last.
    """

    def __init__(self, start: Start = _start, lock: Path | None = None) -> None:
        self.trouble = ""
        """`voice_missing` (no espeak-ng), `voice_silent` (no sound card), `voice_broken` or empty."""
        self._start, self._turn_file = start, lock
        self._lock = threading.Lock()
        self._wanted: Said | None = None
        self._works = False
        self._speaking: Process | None = None

    def say(self, sentences: Sequence[str], language: str, percent: int) -> None:
        """Speaks at that loudness, when the machine is quiet and without making the window wait."""
        self.hush()
        with self._lock:
            self._wanted = Said(tuple(sentences), language, percent)
            begins, self._works = not self._works, True
        if begins:
            threading.Thread(target=self._work, name="speech", daemon=True).start()

    def hush(self) -> None:
        """Says no more of it."""
        with self._lock:
            self._wanted = None
            speaking, self._speaking = self._speaking, None
        if speaking is not None:
            speaking.kill()

    def _work(self) -> None:
        """Until there is nothing left to say."""
        while (wanted := self._next()) is not None:
            try:
                self._read(wanted)
            except Exception:  # whatever it is, the next screen is read
                _log.exception("nothing was said")
                self.trouble = VoiceError.code
            self._drop(wanted)

    def _read(self, wanted: Said) -> None:
        """A few sentences a turn: who is called meanwhile is called between them."""
        for part in parts(wanted.sentences):
            text = readable(part, wanted.language)
            with turn(self._turn_file or lock_file()) as held:
                if not self._speak(wanted, text, held):
                    return

    def _next(self) -> Said | None:
        with self._lock:
            if self._wanted is None:
                self._works = False
            return self._wanted

    def _drop(self, wanted: Said) -> None:
        with self._lock:
            if self._wanted is wanted:
                self._wanted = None

    def _speak(self, wanted: Said, text: str, turn_fd: int) -> bool:
        """Whether there may be more to say of it."""
        with self._lock:
            if self._wanted is not wanted:
                return False
            try:
                process = self._speaking = self._start(command(wanted.language, wanted.percent), turn_fd)
            except FileNotFoundError:
                self.trouble = VoiceMissing.code
                return False
        try:
            _, complaints = process.communicate(text, timeout=LONGEST_S)
        except subprocess.TimeoutExpired as slow:
            process.kill()
            raise NotSpoken(PROGRAM, f"it took more than {LONGEST_S:g} s") from slow
        with self._lock:
            if self._speaking is not process:
                return False
            # It ends with 0 even where it finds nothing to play on.
            self.trouble = NoSoundCard.code if "error:" in (complaints or "") else ""
            self._speaking = None
        return True
