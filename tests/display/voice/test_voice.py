"""What is said, in which order, never two at once, and what happens without a voice or a sound card."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from display.voice import Voice
from display.voice.errors import NoSoundCard, NotSpoken, VoiceMissing
from display.voice.espeak import spoken
from display.voice.sound import RATE_HZ, Sound, chime
from tests.processes import until


class Card:
    """A sound card that remembers what it played."""

    def __init__(self, *broken: str) -> None:
        self.played: list[Sound] = []
        self.broken = list(broken)

    def __call__(self, sound: Sound, device: str) -> None:
        if device in self.broken:
            raise NoSoundCard(device, "No such file or directory")
        self.played.append(sound)


def tagged(text: str, language: str) -> Sound:
    """A sentence as a sound that tells which it was."""
    return Sound(RATE_HZ, f"{language}:{text}".encode("utf-16-le"))


def said(sound: Sound) -> str:
    return sound.frames.decode("utf-16-le")


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "run" / "voice.lock"


def heard(voice: Voice) -> None:
    until("everything said", lambda: voice.waiting == 0)
    voice.close()


def test_sentences_are_spoken_one_after_another_and_none_is_dropped(lock: Path):
    card = Card()
    voice = Voice(speak=tagged, play=card, lock=lock)
    for number in range(1, 30):
        voice.say(f"{number}号")
    heard(voice)
    assert [said(one) for one in card.played] == [f"zh_Hans:{number}号" for number in range(1, 30)]
    assert voice.trouble == ""


def test_a_missing_device_is_told_and_over_when_it_is_back(lock: Path):
    card = Card("plughw:1")
    voice = Voice(device="plughw:1", speak=tagged, play=card, lock=lock)
    voice.probe()
    until("the trouble", lambda: voice.trouble == "voice_silent")
    card.broken.clear()
    voice.say("请到3号窗口")
    heard(voice)
    assert voice.trouble == ""
    assert len(card.played) == 1


def test_a_missing_program_is_told_and_the_chime_is_heard_all_the_same(lock: Path):
    card = Card()
    voice = Voice(speak=lambda text, language: spoken(text, language, "/nonexistent/espeak-ng"), play=card, lock=lock)
    voice.say("请到3号窗口")
    until("the trouble", lambda: voice.trouble == "voice_missing")
    voice.chime()
    heard(voice)
    assert card.played == [chime()]


def test_whatever_goes_wrong_with_one_sentence_the_next_is_said(lock: Path, caplog: pytest.LogCaptureFixture):
    def speak(text: str, language: str) -> Sound:
        if text == "bad":
            raise ZeroDivisionError
        return tagged(text, language)

    card = Card()
    voice = Voice(speak=speak, play=card, lock=lock)
    voice.say("bad")
    until("the trouble", lambda: voice.trouble == "voice_broken")
    voice.say("good")
    heard(voice)
    assert [said(one) for one in card.played] == ["zh_Hans:good"]
    assert "ZeroDivisionError" in caplog.text


def test_a_voice_has_its_volume(lock: Path):
    card = Card()
    voice = Voice(volume_percent=50, play=card, lock=lock)
    voice.chime()
    heard(voice)
    assert card.played == [chime().at(50)]


def test_two_voices_of_a_machine_never_speak_at_once(lock: Path):
    speaking, most, played = [0], [0], []
    guard = threading.Lock()

    def play(sound: Sound, _: str) -> None:
        with guard:
            speaking[0] += 1
            most[0] = max(most[0], speaking[0])
        threading.Event().wait(0.01)
        with guard:
            speaking[0] -= 1
            played.append(sound)

    voices = [Voice(speak=tagged, play=play, lock=lock) for _ in range(3)]
    for number in range(10):
        for voice in voices:
            voice.say(str(number))
    for voice in voices:
        heard(voice)
    assert (most[0], len(played)) == (1, 30)


@pytest.mark.e2e
def test_a_voice_waits_for_another_program_and_speaks_when_that_dies(lock: Path):
    speaker = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib, time\n"
            "from display.voice.turn import turn\n"
            f"with turn(pathlib.Path({str(lock)!r})):\n"
            "    print('speaking', flush=True)\n"
            "    time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert speaker.stdout is not None
    with speaker, speaker.stdout:
        assert speaker.stdout.readline() == "speaking\n"
        card = Card()
        begun = threading.Event()

        def speak(text: str, language: str) -> Sound:
            begun.set()
            return tagged(text, language)

        voice = Voice(speak=speak, play=card, lock=lock)
        voice.say("1号")
        assert begun.wait(10)
        assert not until_said(card), "two voices at once"
        speaker.kill()
        heard(voice)
        assert len(card.played) == 1


def until_said(card: Card) -> bool:
    """Whether anything is played within half a second."""
    return any(card.played or threading.Event().wait(0.05) for _ in range(10))


def test_what_waits_is_not_said_any_more_after_the_end(lock: Path):
    going = threading.Event()
    card = Card()

    def play(sound: Sound, device: str) -> None:
        going.wait(10)
        card(sound, device)

    voice = Voice(speak=tagged, play=play, lock=lock)
    for number in range(5):
        voice.say(str(number))
    threading.Timer(0.2, going.set).start()
    voice.close()
    assert len(card.played) <= 1


# --- the real program


def test_the_real_voice_makes_sound_of_a_call_in_each_language():
    chinese = spoken("请 F012 号，到 3 号窗口。", "zh_Hans")
    english = spoken("F012, please go to window 3.", "en")
    assert chinese.rate_hz == english.rate_hz == RATE_HZ
    assert chinese.seconds > 1.5
    assert english.seconds > 1.5
    assert spoken("請 F012 號，到 3 號窗口。", "zh_Hant").frames == chinese.frames


def test_a_program_that_is_missing_or_makes_no_sound_is_named(tmp_path: Path):
    with pytest.raises(VoiceMissing, match="there is no /nonexistent/espeak-ng; install it"):
        spoken("1", "en", "/nonexistent/espeak-ng")
    mute = tmp_path / "mute"
    mute.write_text("#!/bin/sh\ncat > /dev/null; echo 'no voice' >&2; exit 1\n")
    mute.chmod(mute.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(NotSpoken, match="mute made no sound: no voice"):
        spoken("1", "en", str(mute))
