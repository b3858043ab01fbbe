"""Calls as a part of the hall hears them: at its loudspeaker, in its languages, and not in its quiet hours."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

from display.voice.clips import Clips, needed
from display.voice.sound import Sound, chime, silence
from display.voice.voice import Voice
from hub.domain.hall import Hall
from hub.domain.loudspeaker import Loudspeaker
from hub.domain.words import Words

BETWEEN_S = 0.4
"""Between two languages of a call."""
TRY_AGAIN_S = 30.0
CLIPS_LACK = "voice_clips_missing"


class Announcer:
    """Says each call once, in all languages of its loudspeaker, after the calls before it."""

    def __init__(self, hall: Hall, loudspeaker: Loudspeaker, folder: Path, voice: Voice) -> None:
        self.loudspeaker, self.voice = loudspeaker, voice
        self.languages = loudspeaker.languages or (hall.language,)
        self._words = {language: Words("display", language) for language in self.languages}
        self._again_s = float("-inf")
        self._zone = ZoneInfo(hall.timezone)
        windows = loudspeaker.windows or tuple(one.number for one in hall.windows)
        self._clips = {
            language: Clips.read(folder / path, needed(hall, windows, language))
            for language, path in loudspeaker.clips.items()
        }

    @property
    def lacking(self) -> tuple[str, ...]:
        """A sentence for each recording that cannot be used; the calls that need it are spoken by the machine."""
        return tuple(told for clips in self._clips.values() for told in clips.lacking)

    @property
    def troubles(self) -> tuple[str, ...]:
        """Codes of what keeps the voice from being heard as the hall wants it."""
        own = (self.voice.trouble,) if self.voice.trouble else ()
        return (*own, CLIPS_LACK) if self.lacking else own

    def call(self, number: str, window: int, at: dt.datetime) -> None:
        """Puts the call behind those before it, unless this part of the hall does not hear it now."""
        here = self.loudspeaker
        if not here.hears(window) or here.is_quiet(at.astimezone(self._zone).time()):
            return
        rings = here.chime and not self.voice.waiting
        self.voice.put(lambda: self.sounds(number, window, rings))

    def mend(self, now_s: float) -> None:
        """Tries a voice that was not heard, every so often: a device that is back is known before the next call."""
        if self.voice.trouble and not self.voice.waiting and now_s >= self._again_s:
            self._again_s = now_s + TRY_AGAIN_S
            self.voice.probe()

    def sounds(self, number: str, window: int, rings: bool) -> list[Sound]:
        """The call in each language; the chime, if it rings, and the pauses are of the rate of what follows them."""
        heard: list[Sound] = []
        for language in self.languages:
            said = self._said(number, window, language)
            if heard:
                heard.append(silence(BETWEEN_S, said.rate_hz))
            elif rings:
                heard.append(chime(said.rate_hz))
            heard.append(said)
        return heard

    def _said(self, number: str, window: int, language: str) -> Sound:
        clips = self._clips.get(language)
        recorded = clips.said(number, window, language) if clips else None
        if recorded is not None:
            return recorded
        return self.voice.speak(self._words[language]("speech.call", number=number, window=window), language)
