"""Sound as a value: one channel, 16 bits a sample. Joined sample by sample, so that no gap is heard. Pure."""

from __future__ import annotations

import io
import math
import struct
import wave
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from display.voice.errors import WrongSound

RATE_HZ = 22050
SAMPLE_BYTES = 2
CHIME = ((660.0, 0.35), (880.0, 0.7))
"""Hertz and seconds, one tone after the other."""


class Sound(Struct, frozen=True):
    """`frames` are samples, signed and little-endian."""

    rate_hz: int
    frames: bytes

    @property
    def seconds(self) -> float:
        return len(self.frames) / SAMPLE_BYTES / self.rate_hz

    @classmethod
    def parse(cls, name: str, data: bytes) -> Sound:
        """A WAV file; raises `WrongSound` for one that is cut off, compressed, of two channels or of other samples."""
        try:
            with wave.open(io.BytesIO(data)) as file:
                if file.getnchannels() != 1 or file.getsampwidth() != SAMPLE_BYTES:
                    told = f"{file.getnchannels()} channels of {8 * file.getsampwidth()} bits"
                    raise WrongSound(name, f"it has {told}; record one channel of 16 bits")
                frames = file.readframes(file.getnframes())
                if len(frames) != file.getnframes() * SAMPLE_BYTES or not frames:
                    raise WrongSound(name, "it is empty or cut off; copy it again")
                return cls(file.getframerate(), frames)
        except (wave.Error, EOFError) as wrong:
            raise WrongSound(
                name, f"it is no WAV file ({wrong or 'empty'}); record it as WAV, not compressed"
            ) from wrong

    def to_wav(self) -> bytes:
        """The file that `parse` reads."""
        data = io.BytesIO()
        with wave.open(data, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(SAMPLE_BYTES)
            file.setframerate(self.rate_hz)
            file.writeframes(self.frames)
        return data.getvalue()

    def at(self, volume_percent: int) -> Sound:
        """The same, more quietly; 100 is as it was recorded."""
        if volume_percent == 100:
            return self
        samples = struct.iter_unpack("<h", self.frames)
        return Sound(self.rate_hz, _packed(one * volume_percent // 100 for (one,) in samples))


def joined(sounds: Sequence[Sound]) -> Sound:
    """Sounds of one rate after one another, with nothing between them."""
    rates = {one.rate_hz for one in sounds}
    if len(rates) != 1:
        raise WrongSound("sounds to join", f"their rates are {sorted(rates)} Hz; record them all with the same")
    return Sound(rates.pop(), b"".join(one.frames for one in sounds))


def silence(seconds: float, rate_hz: int = RATE_HZ) -> Sound:
    return Sound(rate_hz, bytes(SAMPLE_BYTES * round(rate_hz * seconds)))


@cache
def chime(rate_hz: int = RATE_HZ) -> Sound:
    """Two rising tones: look here."""
    return joined([_tone(hertz, seconds, rate_hz) for hertz, seconds in CHIME])


def _tone(hertz: float, seconds: float, rate_hz: int) -> Sound:
    """A tone that fades."""
    levels = (
        0.45 * math.exp(-4 * at / (rate_hz * seconds)) * math.sin(2 * math.pi * hertz * at / rate_hz)
        for at in range(round(rate_hz * seconds))
    )
    return Sound(rate_hz, _packed(round(32767 * level) for level in levels))


def _packed(samples: Iterable[int]) -> bytes:
    whole = tuple(samples)
    return struct.pack(f"<{len(whole)}h", *whole)  # at once: a wall draws while this counts
