"""Mandarin through espeak-ng, one sentence after another, without ever making a screen wait.

`-v cmn` is broken for Mandarin; `cmn-latn-pinyin` fed with numbered pinyin speaks it right. The sounds that call staff
go the same way, so that sound and sentence never overlap.
"""

from __future__ import annotations

import math
import os
import queue
import re
import struct
import subprocess
import tempfile
import threading
import wave
from pathlib import Path

import platformdirs

from hub.domain.words import Words

VOICE = "cmn-latn-pinyin"
WORDS_A_MINUTE = 140
LONGEST_S = 60.0
RATE_HZ = 22050
CHIME = ((660.0, 0.35), (880.0, 0.7))
"""Hertz and seconds, one tone after the other."""


class Voice:
    """Says sentences and rings. A missing program or sound card is a `trouble`, never an error."""

    def __init__(self, language: str = "zh_Hans", program: str = "espeak-ng") -> None:
        self.trouble = ""
        """`voice_missing` (no espeak-ng), `voice_silent` (no sound card) or empty, as of the last sentence."""
        self._words = Words("display", language)
        self._program = program
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    def say(self, text: str) -> None:
        """Speaks after everything said before it."""
        self._queue.put(pinyin(text, self._words))

    def chime(self) -> None:
        """Two rising tones: look here."""
        self._queue.put(f'<audio src="{chime_file()}"/>')

    @property
    def waiting(self) -> int:
        """Sentences and sounds that are not over yet."""
        return self._queue.unfinished_tasks

    def close(self) -> None:
        """Ends after what is being said; what waits is not said any more."""
        with self._queue.mutex:
            self._queue.queue.clear()
        self._queue.put(None)
        self._thread.join(3)

    def _work(self) -> None:
        while (said := self._queue.get()) is not None:
            self.trouble = self._speak(said)
            self._queue.task_done()

    def _speak(self, said: str) -> str:
        command = [self._program, "-v", VOICE, "-s", str(WORDS_A_MINUTE), "-m", "--stdin"]
        try:
            spoken = subprocess.run(  # noqa: S603 (a fixed command; the words go through its input)
                command,
                input=f"<speak>{said}</speak>",
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=LONGEST_S,
                check=False,
            )
        except FileNotFoundError:
            return "voice_missing"
        except subprocess.TimeoutExpired:
            return "voice_silent"
        # It ends with 0 even where it finds nothing to play on.
        return "voice_silent" if spoken.returncode or "error:" in spoken.stderr else ""


def pinyin(text: str, words: Words) -> str:
    """The text as numbered pinyin for the voice; ticket numbers digit by digit, small numbers as numbers."""
    # It loads 47,000 phrases: only who speaks waits for them.
    from pypinyin import Style, lazy_pinyin

    readable = re.sub(r"([A-Za-z]*)(\d+)", lambda found: _read(found[1], found[2], words), text)
    return " ".join(
        re.sub(r"[<>&]", " ", piece).strip()
        for piece in lazy_pinyin(readable, style=Style.TONE3, neutral_tone_with_five=True)
    )


def _read(letters: str, digits: str, words: Words) -> str:
    names, ten = words("speech.digits"), words("speech.ten")
    if letters or digits[0] == "0" or len(digits) > 2:
        return f" {' '.join(letters)} {' '.join(names[int(one)] for one in digits)} "
    tens, ones = divmod(int(digits), 10)
    return (names[tens] if tens > 1 else "") + (ten if tens else "") + (names[ones] if ones or not tens else "")


def chime_file() -> Path:
    """The chime as a sound file in the user's cache, made by the first who rings."""
    path = Path(platformdirs.user_cache_dir("bancheng", appauthor=False)) / "chime.wav"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as own, wave.open(own, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE_HZ)
            for hertz, seconds in CHIME:
                sound.writeframes(_tone(hertz, seconds))
        os.replace(own.name, path)
    return path


def _tone(hertz: float, seconds: float) -> bytes:
    """A tone that fades, 16 bits a sample."""
    levels = (
        0.45 * math.exp(-4 * at / (RATE_HZ * seconds)) * math.sin(2 * math.pi * hertz * at / RATE_HZ)
        for at in range(round(RATE_HZ * seconds))
    )
    return b"".join(struct.pack("<h", round(32767 * level)) for level in levels)
