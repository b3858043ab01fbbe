"""What is said, in which order, and what happens without a voice."""

from __future__ import annotations

import stat
import subprocess
import wave
from pathlib import Path

import pytest

from display.voice import VOICE, Voice, chime_file, pinyin
from hub.domain.words import Words

WORDS = Words("display", "zh_Hans")


def spoken(text: str) -> str:
    return " ".join(pinyin(text, WORDS).split())


def test_a_call_is_read_digit_by_digit_with_the_window_as_a_number():
    call = WORDS("speech.call", number="F012", window=3)
    assert spoken(call) == "qing3 F ling2 yi1 er4 hao4 ， dao4 san1 hao4 chuang1 kou3 。"


@pytest.mark.parametrize(
    ("written", "read"),
    [("0号", "ling2 hao4"), ("10号", "shi2 hao4"), ("12号", "shi2 er4 hao4"), ("20号", "er4 shi2 hao4")],
)
def test_small_numbers_are_read_as_numbers(written: str, read: str):
    assert spoken(written) == read


def test_long_numbers_are_read_digit_by_digit():
    assert spoken("12345") == "yi1 er4 san1 si4 wu3"


def test_markup_in_a_text_stays_text():
    assert "<" not in pinyin("请<break/>到&窗口", WORDS)


def recorder(folder: Path, *, fails: str = "") -> Path:
    """A program in place of espeak-ng that writes down what it should say."""
    program = folder / "speaker"
    program.write_text(f"#!/bin/sh\ncat >> {folder}/said; echo >> {folder}/said\n{fails}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_sentences_are_spoken_one_after_another_and_none_is_dropped(tmp_path: Path):
    voice = Voice(program=str(recorder(tmp_path)))
    for number in range(1, 6):
        voice.say(f"{number}号")
    voice._queue.join()
    voice.close()
    said = (tmp_path / "said").read_text().split("\n")
    assert [line.split()[0].removeprefix("<speak>") for line in said if line] == ["yi1", "er4", "san1", "si4", "wu3"]
    assert voice.trouble == ""


def test_without_the_program_the_trouble_is_told_and_nothing_breaks():
    voice = Voice(program="/nonexistent/espeak-ng")
    voice.say("请到3号窗口")
    voice.chime()
    voice._queue.join()
    voice.close()
    assert voice.trouble == "voice_missing"


def test_without_a_sound_card_the_trouble_is_told(tmp_path: Path):
    voice = Voice(program=str(recorder(tmp_path, fails="echo 'error: No such file or directory' >&2")))
    voice.say("请到3号窗口")
    voice._queue.join()
    voice.close()
    assert voice.trouble == "voice_silent"


def test_the_real_voice_makes_sound_of_a_call_and_of_the_chime(tmp_path: Path):
    def length_s(said: str) -> float:
        sound = tmp_path / "out.wav"
        subprocess.run(
            ["espeak-ng", "-v", VOICE, "-m", "--stdin", "-w", str(sound)],
            input=f"<speak>{said}</speak>",
            text=True,
            check=True,
        )
        with wave.open(str(sound)) as file:
            return file.getnframes() / file.getframerate()

    assert length_s(pinyin("请 F012 号，到 3 号窗口。", WORDS)) > 2
    assert length_s(f'<audio src="{chime_file()}"/>') > 1
