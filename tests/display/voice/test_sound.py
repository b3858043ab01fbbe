"""Sounds are read strictly and joined without a gap."""

import pytest
from hypothesis import given, strategies as st

from display.voice.errors import WrongSound
from display.voice.sound import RATE_HZ, Sound, chime, joined, silence

SOUNDS = st.builds(Sound, rate_hz=st.just(RATE_HZ), frames=st.binary(min_size=1).map(lambda data: data + data))


@given(st.lists(SOUNDS, min_size=1))
def test_sounds_are_joined_sample_by_sample(sounds: list[Sound]):
    assert joined(sounds).frames == b"".join(one.frames for one in sounds)


@given(SOUNDS)
def test_a_file_is_read_as_it_was_written(sound: Sound):
    assert Sound.parse("a.wav", sound.to_wav()) == sound


def test_sounds_of_different_rates_are_not_joined():
    with pytest.raises(WrongSound, match=r"\[8000, 22050\] Hz"):
        joined([silence(0.1), silence(0.1, 8000)])


def test_a_file_of_another_format_is_refused_with_what_to_record():
    stereo = bytearray(silence(0.1).to_wav())
    stereo[22] = 2
    with pytest.raises(WrongSound, match="2 channels of 16 bits; record one channel of 16 bits"):
        Sound.parse("F.wav", bytes(stereo))
    with pytest.raises(WrongSound, match="no WAV file"):
        Sound.parse("F.wav", b"ID3 and the rest of an mp3")
    with pytest.raises(WrongSound, match="no WAV file"):
        Sound.parse("F.wav", b"")
    with pytest.raises(WrongSound, match="cut off"):
        Sound.parse("F.wav", silence(0.1).to_wav()[:-100])


def test_a_volume_is_a_part_of_each_sample():
    loud = Sound(RATE_HZ, (1000).to_bytes(2, "little", signed=True) + (-1000).to_bytes(2, "little", signed=True))
    half = loud.at(50)
    assert [int.from_bytes(half.frames[at : at + 2], "little", signed=True) for at in (0, 2)] == [500, -500]
    assert loud.at(100) == loud


def test_the_chime_is_a_second_of_two_tones():
    assert 1 < chime().seconds < 1.2
    assert chime(8000).rate_hz == 8000
