"""The kiosk's voice: one thing at a time, cut off by what comes next, and never waited for."""

from __future__ import annotations

import fcntl
import os
import subprocess
import threading
import wave
from collections.abc import Sequence
from pathlib import Path

import pytest

from display.voice import turn
from kiosk.speech import Speech, command, parts, readable
from tests.processes import until


class Mouth:
    """A program that speaks until it is killed or let end."""

    def __init__(self, argv: Sequence[str], says: str = "", hangs: bool = False) -> None:
        self.argv, self.says, self.hangs = list(argv), says, hangs
        self.text = ""
        self.killed = False
        self.over = threading.Event()

    def kill(self) -> None:
        self.killed = True
        self.over.set()

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str | None, str | None]:
        self.text = input or ""
        if self.hangs:
            raise subprocess.TimeoutExpired(self.argv, timeout or 0.0)
        self.over.wait(10)
        return None, self.says


class Mouths:
    def __init__(self, says: str = "", hangs: bool = False) -> None:
        self.all: list[Mouth] = []
        self._says, self._hangs = says, hangs

    def __call__(self, argv: Sequence[str], turn_fd: int) -> Mouth:
        os.fstat(turn_fd)  # the lock is held, and may be inherited
        self.all.append(Mouth(argv, self._says, self._hangs))
        return self.all[-1]


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """The lock of this test's own loudspeaker."""
    return tmp_path / "voice.lock"


def over() -> None:
    """Nothing is left to say."""
    until("the threads", lambda: not [one for one in threading.enumerate() if one.name == "speech"])


def test_what_is_said_anew_cuts_off_what_was_being_said(lock: Path) -> None:
    mouths = Mouths()
    speech = Speech(mouths, lock)
    speech.say(["One"], "en", 60)
    until("the first sentence", lambda: mouths.all and mouths.all[0].text)
    speech.say(["Two"], "en", 60)
    until("the second sentence", lambda: len(mouths.all) == 2 and mouths.all[1].text)
    assert (mouths.all[0].killed, mouths.all[1].killed) == (True, False)
    speech.hush()
    assert mouths.all[1].killed


def test_what_was_hushed_before_it_began_is_never_said(lock: Path) -> None:
    mouths = Mouths()
    speech = Speech(mouths, lock)
    for at in range(20):
        speech.say([f"Number {at}"], "en", 60)
    speech.hush()
    over()
    assert all(one.killed for one in mouths.all)


@pytest.mark.parametrize(("complaint", "trouble"), [("error: no sound card", "voice_silent"), ("", "")])
def test_a_missing_sound_card_is_a_trouble_and_no_error(complaint: str, trouble: str, lock: Path) -> None:
    mouths = Mouths(complaint)
    speech = Speech(mouths, lock)
    speech.say(["One"], "en", 60)
    until("the sentence", lambda: mouths.all and mouths.all[0].text)
    mouths.all[0].over.set()
    over()
    assert speech.trouble == trouble


def test_a_missing_program_is_a_trouble_and_no_error(lock: Path) -> None:
    def nothing(_argv: Sequence[str], _turn_fd: int) -> Mouth:
        raise FileNotFoundError

    speech = Speech(nothing, lock)
    speech.say(["One"], "en", 60)
    until("the trouble", lambda: speech.trouble == "voice_missing")


def test_a_program_that_hangs_is_ended_and_keeps_nobody_silent(lock: Path) -> None:
    mouths = Mouths(hangs=True)
    speech = Speech(mouths, lock)
    speech.say(["One"], "en", 60)
    until("the trouble", lambda: speech.trouble == "voice_broken")
    over()
    assert mouths.all[0].killed
    with turn(lock):
        pass


def test_a_lock_that_cannot_be_had_is_a_trouble_and_the_next_screen_is_read(tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("")
    speech = Speech(Mouths(), tmp_path / "no folder" / "voice.lock")
    speech.say(["One"], "en", 60)
    until("the trouble", lambda: speech.trouble == "voice_broken")
    over()


def test_a_long_screen_is_read_in_turns_of_some_seconds_each(lock: Path) -> None:
    sentences = ["您来办什么事？", "请点一下下面最接近的一项，也可以直接说给工作人员听。", "没有想要的，点最后一项。"]
    assert list(parts(sentences)) == [tuple(sentences[:2]), (sentences[2],)]
    assert list(parts([])) == []
    mouths = Mouths()
    speech = Speech(mouths, lock)
    speech.say(sentences, "zh_Hans", 60)
    until("the first turn", lambda: mouths.all and mouths.all[0].text)
    with pytest.raises(BlockingIOError), lock.open("a") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    mouths.all[0].over.set()
    until("the second turn", lambda: len(mouths.all) == 2 and mouths.all[1].text)
    mouths.all[1].over.set()
    over()


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
