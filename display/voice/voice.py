"""What is said and rung, in the order in which it was asked for, on a thread of its own."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from display.voice import alsa, sound
from display.voice.errors import VoiceError
from display.voice.espeak import spoken
from display.voice.sound import Sound
from display.voice.turn import lock_file, turn

_log = logging.getLogger(__name__)

CLOSING_S = 3.0

Make = Callable[[], Sequence[Sound]]
"""Makes what is to be heard, when its turn has come; one may take some tenths of a second."""
Speak = Callable[[str, str], Sound]
"""A sentence and its language, as sound."""
Play = Callable[[Sound, str], None]
"""A sound on a device, to its end."""


class Voice:
    """Says sentences and rings. What is missing for it is a `trouble`, never an error."""

    def __init__(
        self,
        language: str = "zh_Hans",
        device: str = "default",
        volume_percent: int = 100,
        *,
        speak: Speak = spoken,
        play: Play = alsa.play,
        lock: Path | None = None,
    ) -> None:
        self.trouble = ""
        """`voice_missing` (no espeak-ng), `voice_silent` (no sound card), `voice_broken`, or empty, as of the last."""
        self.language, self.device, self.volume_percent = language, device, volume_percent
        self.speak = speak
        self._play, self._lock = play, lock
        self._queue: queue.Queue[Make | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
        self._thread.start()

    def say(self, text: str, language: str = "") -> None:
        """Speaks after everything said before it."""
        self.put(lambda: [self.speak(text, language or self.language)])

    def chime(self) -> None:
        """Two rising tones: look here."""
        self.put(lambda: [sound.chime()])

    def probe(self) -> None:
        """Says a word without a sound, after which `trouble` tells what is missing."""
        self.put(lambda: [self.speak("0", self.language).at(0)])

    def put(self, make: Make) -> None:
        """Whatever it makes is heard in one turn, after everything before it."""
        self._queue.put(make)

    @property
    def waiting(self) -> int:
        """Sentences and sounds that are not over yet."""
        return self._queue.unfinished_tasks

    def close(self) -> None:
        """Ends after what is being said; what waits is not said any more."""
        with self._queue.mutex:
            self._queue.queue.clear()
        self._queue.put(None)
        self._thread.join(CLOSING_S)

    def _work(self) -> None:
        while (make := self._queue.get()) is not None:
            trouble = self._heard(make)
            self.trouble = trouble
            self._queue.task_done()

    def _heard(self, make: Make) -> str:
        try:
            sounds = [one.at(self.volume_percent) for one in make()]
            with turn(self._lock or lock_file()):
                for one in sounds:
                    self._play(one, self.device)
        except VoiceError as wrong:
            if wrong.code != self.trouble:
                _log.warning("%s", wrong)
            return wrong.code
        except Exception:  # whatever it is, the next call is said
            _log.exception("nothing was said")
            return VoiceError.code
        return ""
