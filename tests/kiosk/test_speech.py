"""The kiosk's voice: one thing at a time, cut off by what comes next, and never waited for."""

from __future__ import annotations

import subprocess
import threading
import wave
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.speech import Speech, command, readable
from tests.processes import until


class Mouth:
    """A program that speaks until it is killed or let end."""

    def __init__(self, argv: Sequence[str], says: str = "") -> None:
        self.argv, self.says = list(argv), says
        self.text = ""
        self.killed = False
        self.over = threading.Event()

    def kill(self) -> None:
        self.killed = True
        self.over.set()

    def communicate(self, input: str | None = None) -> tuple[str | None, str | None]:
        self.text = input or ""
        self.over.wait(10)
        return None, self.says


class Mouths:
    def __init__(self, says: str = "") -> None:
        self.all: list[Mouth] = []
        self._says = says

    def __call__(self, argv: Sequence[str]) -> Mouth:
        self.all.append(Mouth(argv, self._says))
        return self.all[-1]


def test_what_is_said_anew_cuts_off_what_was_being_said() -> None:
    mouths = Mouths()
    speech = Speech(mouths)
    speech.say(["One"], "en", 60)
    until("the first sentence", lambda: mouths.all and mouths.all[0].text)
    speech.say(["Two"], "en", 60)
    until("the second sentence", lambda: len(mouths.all) == 2 and mouths.all[1].text)
    assert (mouths.all[0].killed, mouths.all[1].killed) == (True, False)
    speech.hush()
    assert mouths.all[1].killed


def test_what_was_hushed_before_it_began_is_never_said() -> None:
    mouths = Mouths()
    speech = Speech(mouths)
    for at in range(20):
        speech.say([f"Number {at}"], "en", 60)
    speech.hush()
    until("the threads", lambda: not [one for one in threading.enumerate() if one.name == "speech"])
    assert all(one.killed for one in mouths.all)


@pytest.mark.parametrize(("complaint", "trouble"), [("error: no sound card", "voice_silent"), ("", "")])
def test_a_missing_sound_card_is_a_trouble_and_no_error(complaint: str, trouble: str) -> None:
    mouths = Mouths(complaint)
    speech = Speech(mouths)
    speech.say(["One"], "en", 60)
    until("the sentence", lambda: mouths.all and mouths.all[0].text)
    mouths.all[0].over.set()
    until("the thread", lambda: not [one for one in threading.enumerate() if one.name == "speech"])
    assert speech.trouble == trouble


def test_a_missing_program_is_a_trouble_and_no_error() -> None:
    def nothing(_argv: Sequence[str]) -> Mouth:
        raise FileNotFoundError

    speech = Speech(nothing)
    speech.say(["One"], "en", 60)
    until("the trouble", lambda: speech.trouble == "voice_missing")


def test_chinese_is_read_as_pinyin_with_numbers_one_by_one() -> None:
    assert readable(["请到重庆路", "F012"], "zh_Hans") == "qing3 dao4 chong2 qing4 lu4. ai4 fu2 ling2 yi1 er4"
    assert readable(["請到3號窗口"], "zh_Hant").startswith("qing3 dao4 san1 hao4")
    assert readable(["Please go\nto window 3", "F012"], "en") == "Please go to window 3. F012"


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh_Hans", "您来办什么事？"), ("zh_Hant", "您來辦什麼事？"), ("en", "What do you want to do?")],
)
def test_the_real_voice_makes_a_sound_of_plausible_length(language: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "said.wav"
    argv = [*command(language, 60), "-w", str(file)]
    subprocess.run(argv, input=readable([text], language), text=True, check=True, timeout=30)
    with wave.open(str(file)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert 0.7 < seconds < 6


def test_louder_is_a_louder_voice() -> None:
    assert command("en", 20)[4] == "40"
    assert command("zh_Hans", 100)[4] == "200"
