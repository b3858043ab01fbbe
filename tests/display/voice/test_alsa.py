"""A sound card that takes little at a time, runs dry, and forgets what it was not let end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from display.voice import alsa
from display.voice.errors import NoSoundCard
from display.voice.espeak import spoken
from display.voice.sound import SAMPLE_BYTES, Sound, chime, joined, silence

DRY, GONE = -32, -19
"""EPIPE and ENODEV."""


class Card:
    """alsa-lib with a card that takes `most` samples at once; `answers` come instead, one at each write, unless 0."""

    def __init__(self, most: int, *answers: int) -> None:
        self.most, self.answers = most, list(answers)
        self.heard, self._kept = b"", b""
        self.closed = False

    def snd_pcm_open(self, *_: object) -> int:
        return 0

    def snd_pcm_set_params(self, *_: object) -> int:
        return 0

    def snd_pcm_writei(self, _card: object, samples: bytes, count: int) -> int:
        if self.answers and (answer := self.answers.pop(0)):
            return answer
        taken = min(self.most, count)
        self._kept += samples[: taken * SAMPLE_BYTES]
        return taken

    def snd_pcm_recover(self, _card: object, error: int, _silently: int) -> int:
        self.snd_pcm_drain()
        return 0 if error == DRY else error

    def snd_pcm_drain(self, *_: object) -> int:
        self.heard, self._kept = self.heard + self._kept, b""
        return 0

    def snd_pcm_close(self, _card: object) -> int:
        self.closed = True
        return 0

    def snd_strerror(self, _error: int) -> bytes:
        return b"No such device"


def play(card: Card, sound: Sound) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alsa, "_library", lambda _device: card)
        alsa.play(sound, "plughw:1")


@given(st.binary(min_size=1), st.integers(1, 300), st.lists(st.sampled_from((0, DRY)), max_size=10))
def test_every_sample_is_heard_once_however_little_a_card_takes(half: bytes, most: int, answers: list[int]):
    card = Card(most, *answers)
    play(card, Sound(8000, half + half))
    assert (card.heard, card.closed) == (half + half, True)


def test_a_card_that_is_pulled_out_while_it_plays_is_named_and_let_go():
    card = Card(100, 0, GONE)
    with pytest.raises(NoSoundCard, match="sound device 'plughw:1': No such device; plug it in"):
        play(card, silence(1))
    assert card.closed


# --- the real library


def test_every_sample_reaches_the_device(tmp_path: Path):
    played = tmp_path / "played.raw"
    call = joined([chime(), silence(0.1), spoken("请 F012 号，到 3 号窗口。", "zh_Hans")])
    alsa.play(call, f"file:FILE={played},FORMAT=raw")
    assert played.read_bytes() == call.frames


def test_a_device_that_is_not_there_is_named():
    with pytest.raises(NoSoundCard, match=r"sound device 'plughw:31': .+; plug it in"):
        alsa.play(silence(0.1), "plughw:31")
