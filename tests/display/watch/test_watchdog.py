"""The watchdog's own decisions, with windows that are no windows."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from display.watch import heartbeat
from display.watch.awaiting import display_answers
from display.watch.heartbeat import Heartbeat
from display.watch.watchdog import CALM_S, PAUSES_S, Backoff, Outer
from tests.processes import until

WATCHDOG = """
import os, sys
from display.watch import watchdog
watchdog.FROZEN_S, watchdog.START_S = 0.6, float(os.environ.get("START_S", "0.6"))
if "PAUSE_S" in os.environ:
    watchdog.PAUSES_S = (float(os.environ["PAUSE_S"]),)
sys.exit(watchdog.Watchdog([sys.executable, "-c", sys.argv[1]]).run())
"""
BEATING = """
import os, pathlib, sys, time
from display.watch.heartbeat import Heartbeat, keep_nothing
beating = Heartbeat.to_watchdog(os.environ)
keep_nothing(beating)
beating.{first}()
lives = pathlib.Path({lives!r})
with lives.open("a") as file:
    file.write(f"{{os.getpid()}} {{os.environ.get('BANCHENG_STARTED_AGAIN', '')}}\\n")
"""
STAYING = "while True:\n    beating.beat(); time.sleep(0.05)\n"


class Kennel:
    """A watchdog over a small program; `lives` are its starts: process and whether it was told that it is not the
    first."""

    def __init__(self, place: Path) -> None:
        self._lives = place / "lives"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, program: str, first: str = "beat", **environment: str) -> subprocess.Popen[bytes]:
        program = BEATING.format(lives=str(self._lives), first=first) + program
        env = {**os.environ, "DISPLAY": "", **environment}
        self.process = subprocess.Popen([sys.executable, "-c", WATCHDOG, program], env=env, stderr=subprocess.DEVNULL)
        return self.process

    @property
    def lives(self) -> list[tuple[int, str]]:
        if not self._lives.exists():
            return []
        return [
            (int(pid), again) for pid, _, again in (one.partition(" ") for one in self._lives.read_text().splitlines())
        ]

    def life(self, number: int) -> int:
        """Waits for that start; its process."""
        return until(f"start {number}", lambda: len(self.lives) >= number and self.lives[number - 1][0])


@pytest.fixture
def kennel(tmp_path: Path) -> Iterator[Kennel]:
    kennel = Kennel(tmp_path)
    yield kennel
    if kennel.process is not None:
        kennel.process.kill()
        kennel.process.wait()


def gone(pid: int) -> bool:
    """Ended; whether anybody has asked what with is another matter."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.e2e
def test_a_window_that_beats_is_left_alone_and_one_that_died_is_started_again(kennel: Kennel) -> None:
    kennel.run(STAYING)
    os.kill(kennel.life(1), signal.SIGSEGV)
    second = kennel.life(2)
    assert [again for _, again in kennel.lives] == ["", "1"]
    assert not gone(second)


@pytest.mark.e2e
def test_a_window_that_beats_no_more_is_ended_and_started_again(kennel: Kennel) -> None:
    kennel.run("time.sleep(60)")
    first = kennel.life(1)
    kennel.life(2)
    assert gone(first)


@pytest.mark.e2e
def test_a_window_that_a_signal_stopped_is_ended_too(kennel: Kennel) -> None:
    kennel.run(STAYING)
    first = kennel.life(1)
    os.kill(first, signal.SIGSTOP)
    kennel.life(2)
    assert gone(first)


@pytest.mark.e2e
def test_asked_to_stop_it_stops_the_window_and_itself(kennel: Kennel) -> None:
    watchdog = kennel.run(STAYING)
    window = kennel.life(1)
    watchdog.terminate()
    assert watchdog.wait(10) == 0
    assert gone(window)
    assert len(kennel.lives) == 1


@pytest.mark.e2e
def test_a_watchdog_that_is_killed_takes_its_window_along(kennel: Kennel) -> None:
    watchdog = kennel.run("time.sleep(60)")  # one that would not notice by itself
    window = kennel.life(1)
    watchdog.kill()
    watchdog.wait()
    until("the window's end", lambda: gone(window), timeout_s=5)


@pytest.mark.e2e
@pytest.mark.parametrize(("ends", "code"), [("sys.exit(2)", 2), ("os._exit(2)", 2)])
def test_wrong_arguments_are_not_tried_again(kennel: Kennel, ends: str, code: int) -> None:
    assert kennel.run(ends).wait(20) == code
    assert len(kennel.lives) == 1


@pytest.mark.e2e
def test_help_is_shown_once() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "kiosk.watchdog", "--help"], capture_output=True, text=True, timeout=60, check=False
    )
    assert shown.returncode == 0
    assert "--terminal" in shown.stdout


@pytest.mark.e2e
def test_a_window_that_ended_by_itself_while_it_was_shown_comes_back(kennel: Kennel) -> None:
    kennel.run("time.sleep(0.3)")
    kennel.life(2)


@pytest.mark.e2e
def test_a_pause_is_over_when_a_display_answers_again(kennel: Kennel, tmp_path: Path) -> None:
    number = 7000 + os.getpid() % 1000
    with (
        closing(socket.socket(socket.AF_UNIX)) as server,
        closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as told,
    ):
        told.bind(str(tmp_path / "notify"))
        told.setblocking(False)
        kennel.run("sys.exit(1)", DISPLAY=f":{number}", PAUSE_S="600", NOTIFY_SOCKET=str(tmp_path / "notify"))
        first = kennel.life(1)
        until("an end that was seen", lambda: not Path(f"/proc/{first}").exists())
        while select.select([told], [], [], 0)[0]:
            told.recv(100)
        until("a look for the display", lambda: select.select([told], [], [], 1)[0])
        server.bind(f"\0/tmp/.X11-unix/X{number}")
        server.listen()
        kennel.life(2)


@pytest.mark.e2e
def test_a_window_that_waits_for_a_display_is_left_alone_until_it_has_one(kennel: Kennel, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    waiting = "for _ in range(44):\n    beating.wait(); time.sleep(0.05)\n"  # longer than START_S
    starting = f"time.sleep(0.9)\npathlib.Path({str(begun)!r}).touch()\n"  # longer than FROZEN_S
    kennel.run(waiting + starting + STAYING, first="wait", START_S="2")
    until("a beginning", begun.exists)
    assert len(kennel.lives) == 1


@pytest.mark.e2e
def test_no_core_is_left_of_a_window(kennel: Kennel) -> None:
    kennel.run(STAYING)
    limits = Path(f"/proc/{kennel.life(1)}/limits").read_text()
    assert (
        textwrap.shorten(next(one for one in limits.splitlines() if "core" in one), 60)
        == "Max core file size 0 0 bytes"
    )


def test_windows_that_do_not_stay_are_started_ever_more_slowly_and_one_that_stayed_begins_anew() -> None:
    backoff = Backoff()
    assert [backoff.pause_s(1.0) for _ in PAUSES_S] == list(PAUSES_S)
    assert backoff.pause_s(1.0) == PAUSES_S[-1]
    assert backoff.pause_s(CALM_S) == 0.0
    assert backoff.pause_s(1.0) == PAUSES_S[0]
    assert backoff.pause_s(1.0) == PAUSES_S[1]


@pytest.mark.parametrize(("display", "answers"), [(":7999", False), ("far.example:0", True), ("", True), (":x", True)])
def test_only_a_display_of_this_machine_can_be_known_to_be_away(display: str, answers: bool) -> None:
    assert display_answers({"DISPLAY": display}) is answers


def test_systemd_is_told_that_it_lives_if_it_asks(tmp_path: Path) -> None:
    Outer({}).tell("WATCHDOG=1")
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(5)
        Outer({"NOTIFY_SOCKET": str(tmp_path / "notify")}).tell("WATCHDOG=1")
        assert systemd.recv(100) == b"WATCHDOG=1"
    Outer({"NOTIFY_SOCKET": str(tmp_path / "notify")}).tell("WATCHDOG=1")  # it is gone: no word, no harm


def test_a_watchdog_that_reads_late_loses_nothing_but_beats() -> None:
    reading, writing = os.pipe()
    beating = Heartbeat.to_watchdog({heartbeat.ENVIRONMENT: str(writing)})
    assert beating is not None
    for _ in range(70_000):
        beating.beat()
    assert beating.heard
    os.close(reading)
    assert not beating.heard
    os.close(writing)
    assert Heartbeat.to_watchdog({}) is None
