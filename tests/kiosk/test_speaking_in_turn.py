"""A wall and a kiosk on one machine with one loudspeaker: two real processes, and never two voices at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from display.voice import Voice
from display.voice.sound import Sound, silence
from kiosk.speech import Speech
from tests.kiosk.test_speech import Mouth, over
from tests.processes import until

pytestmark = pytest.mark.e2e

TIMES = 12
MOUTH = """#!/bin/sh
cat > /dev/null
echo "begin kiosk" >> {log}
while [ ! -e {go} ]; do sleep 0.02; done
echo "end kiosk" >> {log}
"""
KIOSK = """
import sys, threading
from pathlib import Path
from kiosk.speech import Speech
speech = Speech(lock=Path(sys.argv[1]))
print("ready", flush=True)
for line in sys.stdin:
    speech.say([line], "en", 60)
    for one in threading.enumerate():
        if one.name == "speech" and "wait" in line:
            one.join()
print("over", flush=True)
"""
HOLDER = """
import sys
from pathlib import Path
from display.voice import turn
with turn(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.readline()
"""


class Machine:
    """One loudspeaker: its lock, and who began and ended to speak through it, in order."""

    def __init__(self, place: Path) -> None:
        self.lock, self.log, self.go = place / "voice.lock", place / "log", place / "go"
        self.log.touch()
        mouth = place / "espeak-ng"
        mouth.write_text(MOUTH.format(log=self.log, go=self.go))
        mouth.chmod(0o755)
        self._path = f"{place}:{os.environ['PATH']}"

    def start(self, program: str) -> subprocess.Popen[str]:
        running = subprocess.Popen(
            [sys.executable, "-c", program, str(self.lock)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PATH": self._path},
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        return running

    def wall(self) -> Voice:
        return Voice(speak=lambda _text, _language: silence(0.1), play=self._play, lock=self.lock)

    @property
    def heard(self) -> list[str]:
        return self.log.read_text().splitlines()

    def _play(self, _sound: Sound, _device: str) -> None:
        with self.log.open("a") as log:
            log.write("begin wall\n")
            log.flush()
            threading.Event().wait(0.02)
            log.write("end wall\n")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def kiosk(machine: Machine) -> Iterator[subprocess.Popen[str]]:
    running = machine.start(KIOSK)
    yield running
    machine.go.touch()
    running.kill()
    running.communicate()


def tell(running: subprocess.Popen[str], words: str) -> None:
    assert running.stdin is not None
    running.stdin.write(f"{words}\n")
    running.stdin.flush()


def test_a_wall_and_a_kiosk_take_turns(machine: Machine, kiosk: subprocess.Popen[str]) -> None:
    machine.go.touch()
    wall = machine.wall()
    for number in range(TIMES):
        tell(kiosk, f"{number}, and wait")
        wall.say(str(number))
    until("everything said", lambda: len(machine.heard) == 4 * TIMES, timeout_s=60)
    wall.close()
    for begun, ended in zip(machine.heard[::2], machine.heard[1::2], strict=True):
        assert (begun.split()[0], ended.split()[0]) == ("begin", "end")
        assert begun.split()[1] == ended.split()[1], "two voices at once"


def test_what_a_kiosk_that_died_still_says_is_said_to_its_end_before_the_wall(
    machine: Machine, kiosk: subprocess.Popen[str]
) -> None:
    tell(kiosk, "One")
    until("the kiosk's voice", lambda: machine.heard == ["begin kiosk"])
    kiosk.kill()
    kiosk.wait()
    wall = machine.wall()
    wall.say("2")
    assert not any(len(machine.heard) > 1 or threading.Event().wait(0.05) for _ in range(10)), "two voices at once"
    machine.go.touch()
    until("the wall's voice", lambda: machine.heard[-1] == "end wall")
    assert machine.heard == ["begin kiosk", "end kiosk", "begin wall", "end wall"]
    wall.close()


def test_who_touches_on_while_the_wall_speaks_is_told_of_the_new_screen_alone(machine: Machine) -> None:
    mouths: list[Mouth] = []

    def start(argv: Sequence[str], _turn_fd: int) -> Mouth:
        mouths.append(Mouth(argv))
        return mouths[-1]

    wall = machine.start(HOLDER)
    speech = Speech(start, machine.lock)
    for words in ("The first screen", "The second", "The third"):
        speech.say([words], "en", 60)
    assert not any(mouths or threading.Event().wait(0.05) for _ in range(10)), "two voices at once"
    assert len([one for one in threading.enumerate() if one.name == "speech"]) == 1, "one waits, however many touches"
    wall.communicate("over\n")
    until("the voice", lambda: mouths and mouths[0].text)
    assert [one.text for one in mouths] == ["The third"]
    mouths[0].over.set()
    over()


def test_who_hushes_the_kiosk_while_the_wall_speaks_hears_nothing_of_it(machine: Machine) -> None:
    def start(_argv: Sequence[str], _turn_fd: int) -> Mouth:
        raise AssertionError("it was hushed")

    wall = machine.start(HOLDER)
    speech = Speech(start, machine.lock)
    speech.say(["The first screen"], "en", 60)
    speech.hush()
    wall.communicate("over\n")
    over()
    assert speech.trouble == ""
