"""Sound on a sound card, whole: alsa-lib's own few calls, which end when the last sample was heard.

espeak-ng and libraries that play bring this library, and are no help with it: the one makes a sound file quieter and
longer, the others hide which device is missing.
"""

from __future__ import annotations

from ctypes import CDLL, CFUNCTYPE, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p
from functools import cache

from display.voice.errors import NoSoundCard
from display.voice.sound import SAMPLE_BYTES, Sound

LIBRARY = "libasound.so.2"
AHEAD_US = 200_000
"""How much sound the card is given in advance."""
_PLAYBACK, _BLOCKING, _S16_LE, _INTERLEAVED, _RESAMPLE, _SILENTLY = 0, 0, 2, 3, 1, 1
"""`snd_pcm_stream_t`, open's mode, `snd_pcm_format_t`, `snd_pcm_access_t` and two switches, as alsa/pcm.h has them."""

_Handler = CFUNCTYPE(None, c_char_p, c_int, c_char_p, c_int, c_char_p)


def play(sound: Sound, device: str = "default") -> None:
    """Plays it to its last sample; raises `NoSoundCard`."""
    card = c_void_p()
    _asked(device, "snd_pcm_open", byref(card), device.encode(), _PLAYBACK, _BLOCKING)
    try:
        _asked(device, "snd_pcm_set_params", card, _S16_LE, _INTERLEAVED, 1, sound.rate_hz, _RESAMPLE, AHEAD_US)
        rest = sound.frames
        while rest:
            written = _library(device).snd_pcm_writei(card, rest, len(rest) // SAMPLE_BYTES)
            if written < 0:  # it ran dry while this machine was busy: it goes on where it was
                _asked(device, "snd_pcm_recover", card, written, _SILENTLY)
                continue
            rest = rest[written * SAMPLE_BYTES :]
        _asked(device, "snd_pcm_drain", card)
    finally:
        _library(device).snd_pcm_close(card)


def _asked(device: str, function: str, *arguments: object) -> None:
    library = _library(device)
    answer = getattr(library, function)(*arguments)
    if answer < 0:
        raise NoSoundCard(device, library.snd_strerror(answer).decode())


def _library(device: str) -> CDLL:
    try:
        return _loaded()[0]
    except OSError as missing:
        raise NoSoundCard(device, f"there is no {LIBRARY} (apt-get install libasound2)") from missing


@cache
def _loaded() -> tuple[CDLL, object]:
    """The library, and with it its handler of errors, which must live as long."""
    library = CDLL(LIBRARY)
    library.snd_pcm_open.argtypes = [c_void_p, c_char_p, c_int, c_int]
    library.snd_pcm_set_params.argtypes = [c_void_p, c_int, c_int, c_uint, c_uint, c_int, c_uint]
    library.snd_pcm_writei.argtypes = [c_void_p, c_char_p, c_ulong]
    library.snd_pcm_writei.restype = c_long
    library.snd_pcm_recover.argtypes = [c_void_p, c_int, c_int]
    library.snd_pcm_drain.argtypes = library.snd_pcm_close.argtypes = [c_void_p]
    library.snd_strerror.argtypes, library.snd_strerror.restype = [c_int], c_char_p
    handler = _Handler(_quiet)
    library.snd_lib_error_set_handler(handler)
    return library, handler


def _quiet(_file: bytes, _line: int, _function: bytes, _error: int, _text: bytes) -> None:
    """In place of ten lines on stderr for a card that is not there: the error says it."""
