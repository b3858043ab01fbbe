"""Rating pads: configured bytes become levels, half frames become nothing, an unplugged one is found again."""

from __future__ import annotations

import os
import time
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.domain.pads import Pad
from printers import listening
from printers.errors import PadSilent
from printers.pads import QUIET_S, Presses, RatingPad, connector
from tests.processes import until

FRAMES = {"AA 01 ?? 55": "satisfied", "AA 02 ?? 55": "unsatisfied"}
GOOD, BAD = b"\xaa\x01\x7f\x55", b"\xaa\x02\x10\x55"


def pad(**said: object) -> Pad:
    return Pad(**{"url": "/dev/serial/by-id/pad", "presses": FRAMES, **said})  # type: ignore[arg-type]


# --- the bytes of a line


def test_a_frame_is_one_press_however_it_is_cut() -> None:
    for cut in range(len(GOOD)):
        presses = Presses(pad())
        assert presses.feed(GOOD[:cut], 0.0) + presses.feed(GOOD[cut:], 0.1) == ["satisfied"]


def test_a_single_byte_may_be_a_key() -> None:
    assert Presses(pad(presses={"31": "satisfied", "32": "unsatisfied"})).feed(b"1\x002", 0.0) == [
        "satisfied",
        "unsatisfied",
    ]


def test_noise_before_and_between_frames_is_passed_over() -> None:
    assert Presses(pad()).feed(b"\x00\xaa" + GOOD + b"\xff\xaa\x09" + BAD, 0.0) == ["satisfied", "unsatisfied"]


def test_half_a_frame_before_a_pause_is_not_put_before_the_next_one() -> None:
    presses = Presses(pad())
    assert presses.feed(b"\xaa\x02\x10", 0.0) == []
    assert presses.feed(b"\x55", QUIET_S + 0.1) == []
    assert presses.feed(GOOD, QUIET_S + 0.2) == ["satisfied"]


def test_noise_without_end_is_not_kept() -> None:
    presses = Presses(pad())
    for at in range(10):
        assert presses.feed(b"\xaa" * 1000, at / 100) == []
    assert presses.feed(b"\x01\x00\x55", 0.1) == ["satisfied"]


# --- a pad made of software, on a pty


class EmulatedPad:
    """A pad that is plugged in under its name by id: it sends frames and keeps what it was told."""

    def __init__(self, name: Path) -> None:
        self.name = name
        self.plug_in()

    def plug_in(self) -> None:
        self._own, self._counter_s = os.openpty()
        tty.setraw(self._counter_s)  # a pad does not echo
        os.set_blocking(self._own, False)
        self.name.unlink(missing_ok=True)
        self.name.symlink_to(os.ttyname(self._counter_s))

    def unplug(self) -> None:
        self.name.unlink()
        os.close(self._counter_s)
        os.close(self._own)

    def press(self, frame: bytes) -> bool:
        return os.write(self._own, frame) == len(frame)

    def told(self) -> bytes:
        try:
            return os.read(self._own, 4096)
        except BlockingIOError:
            return b""


@pytest.fixture
def emulated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatedPad]:
    monkeypatch.setattr(listening, "TRY_AGAIN_FIRST_S", 0.05)
    monkeypatch.setattr(listening, "LOOK_S", 0.05)
    made = EmulatedPad(tmp_path / "usb-Rating_Pad-if00")
    yield made
    made.unplug()


def reader(emulated: EmulatedPad, **said: object) -> RatingPad:
    described = pad(url=str(emulated.name), **said)
    return RatingPad(described, connector(described), time.monotonic)


@pytest.mark.e2e
@pytest.mark.rule("R35")
def test_a_press_arrives_as_the_level_it_means(emulated: EmulatedPad) -> None:
    reading = reader(emulated)
    reading.start()
    assert until("a press", lambda: emulated.press(BAD) and reading.heard())[0] == "unsatisfied"
    assert reading.trouble == ""
    reading.stop()


@pytest.mark.e2e
def test_a_pad_that_is_unplugged_is_a_trouble_until_it_is_plugged_in_again(emulated: EmulatedPad) -> None:
    reading = reader(emulated)
    reading.start()
    until("a press", lambda: emulated.press(GOOD) and reading.heard())
    emulated.unplug()
    until("staff hear of it", lambda: reading.trouble == PadSilent.code)
    reading.heard()  # presses that were still on their way
    emulated.plug_in()
    assert until("a press of the new line", lambda: emulated.press(BAD) and reading.heard())[0] == "unsatisfied"
    assert reading.trouble == ""
    reading.stop()


@pytest.mark.e2e
def test_it_is_asked_to_ask_in_its_own_bytes_and_only_while_it_is_there(emulated: EmulatedPad) -> None:
    reading = reader(emulated, prompt="A1 00 5A")
    reading.ask()  # before there is a line: late by the time there is one
    reading.start()
    until("a press", lambda: emulated.press(GOOD) and reading.heard())
    assert emulated.told() == b""
    reading.ask()
    assert until("the prompt", emulated.told) == b"\xa1\x00\x5a"
    reading.stop()


@pytest.mark.e2e
def test_a_pad_without_a_prompt_is_never_written_to(emulated: EmulatedPad) -> None:
    reading = reader(emulated)
    reading.start()
    reading.ask()
    until("a press", lambda: emulated.press(GOOD) and reading.heard())
    assert emulated.told() == b""
    reading.stop()
