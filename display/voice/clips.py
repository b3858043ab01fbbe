"""The hall's own recordings: a folder of WAV files, of which a call is put together.

`F.wav`, `0.wav` to `9.wav`; in Chinese `please.wav` (请), `to.wav` (号到), `window.wav` (号窗口) and `ten.wav` (十); in
English `to.wav` (please go to window) and the numbers of windows from 10 on, such as `12.wav`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from display.voice.errors import WrongSound
from display.voice.sound import Sound, joined
from hub.domain.hall import Hall

TEN = "ten"
DIGITS = tuple("0123456789")


def names(number: str, window: int, language: str) -> tuple[str, ...]:
    """The files of a call, in the order in which they are heard."""
    if language == "en":
        return (*number, "to", str(window))
    return ("please", *number, "to", *_chinese(window), "window")


def needed(hall: Hall, windows: Iterable[int], language: str) -> tuple[str, ...]:
    """Every file that a call of this hall to one of its windows can need."""
    series = [service.letter for service in hall.services]
    series += [one for one in (hall.slip_series, *(one.offline_series for one in hall.terminals)) if one]
    calls = [names("".join([*series, *DIGITS]), window, language) for window in windows]
    return tuple(dict.fromkeys(name for call in calls for name in call))


def _chinese(number: int) -> tuple[str, ...]:
    if number > 99:
        return tuple(str(number))
    tens, ones = divmod(number, 10)
    return (
        *([str(tens)] if tens > 1 else []),
        *([TEN] if tens else []),
        *([str(ones)] if ones or not tens else []),
    )


class Clips(Struct, frozen=True):
    """What was recorded, and a sentence for each file that lacks or cannot be used."""

    sounds: Mapping[str, Sound]
    lacking: tuple[str, ...] = ()

    @classmethod
    def read(cls, folder: Path, wanted: Iterable[str]) -> Clips:
        """All of a folder that are wanted; they are of one rate, that of the first."""
        sounds: dict[str, Sound] = {}
        lacking: list[str] = []
        for name in wanted:
            file = folder / f"{name}.wav"
            try:
                found = Sound.parse(str(file), file.read_bytes())
                joined([found, *list(sounds.values())[:1]])
            except OSError as missing:
                lacking.append(f"{file}: {missing.strerror or missing}; record it")
            except WrongSound as wrong:
                lacking.append(str(wrong) if str(file) in str(wrong) else f"{file}: {wrong}")
            else:
                sounds[name] = found
        return cls(sounds, tuple(lacking))

    def said(self, number: str, window: int, language: str) -> Sound | None:
        """The call as one sound without a gap; None where a recording lacks."""
        wanted = names(number, window, language)
        if any(name not in self.sounds for name in wanted):
            return None
        return joined([self.sounds[name] for name in wanted])
