"""Scanner and pad of a window: whom a press rates, what staff hear of a device, and a table that cannot be used."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator

import pytest

from counter.window_devices import WindowDevices
from counter.wording import Wording
from hub.config import BadHall
from hub.domain.hall import Scanner, Terminal
from hub.domain.pads import Pad
from hub.domain.words import STAFF, Words
from hub.wire.messages import RateCase
from printers import listening
from printers.pads import RatingPad
from tests.counter.makers import line, ticket
from tests.factories import a_hall, a_policy
from tests.processes import until

PRESSES = {"31": "satisfied", "32": "unsatisfied"}
CLOSED = line(stage="triaged")
SAY = Wording(Words("counter", STAFF), a_hall(), a_policy())


class Window:
    """A window with a pad made of software."""

    def __init__(self) -> None:
        self._own, self._line = os.openpty()
        tty.setraw(self._line)
        os.set_blocking(self._own, False)
        self.now, self.rated = 0.0, list[RateCase]()
        pad = Pad(url=os.ttyname(self._line), presses=PRESSES, prompt="05")
        self.devices = WindowDevices(
            Terminal(name="window-3", role="window", window=3, pad=pad), SAY, self.rated.append, lambda: self.now
        )

    def close(self) -> None:
        self.devices.close()
        os.close(self._line)
        os.close(self._own)

    def press(self, key: bytes, *, staff: bool = True) -> None:
        """Presses a key, and waits until it is heard: the line is the real one."""
        os.write(self._own, key)
        until("the press", lambda: not self._pad._heard.empty())
        self.devices.poll(staff)

    def told(self, byte: bytes) -> bool:
        """Whether the pad was told that byte since the last look."""
        try:
            return byte in os.read(self._own, 4096)
        except BlockingIOError:
            return False

    def wait_for_line(self) -> None:
        """What is said to a pad whose line is not open yet is never said."""
        until("its line is open", lambda: self._pad.write(b"\x06") or self.told(b"\x06"))

    @property
    def _pad(self) -> RatingPad:
        assert self.devices._pad is not None
        return self.devices._pad


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(listening, "LOOK_S", 0.02)
    monkeypatch.setattr(listening, "TRY_AGAIN_FIRST_S", 0.02)
    made = Window()
    made.wait_for_line()
    yield made
    made.close()


@pytest.mark.e2e
@pytest.mark.rule("R35")
def test_the_citizen_is_asked_and_their_press_rates_the_case_once(window: Window) -> None:
    window.devices.done("answer_on_the_spot", CLOSED, None)
    until("the prompt", lambda: window.told(b"\x05"))
    assert window.devices.asks == "asked"
    window.press(b"1")
    window.press(b"2")
    assert [(one.case_number, one.level) for one in window.rated] == [(CLOSED.case_number, "satisfied")]
    assert window.devices.asks == "rated"


@pytest.mark.e2e
@pytest.mark.rule("R33")
def test_a_bad_press_says_in_words_where_it_came_from(window: Window) -> None:
    window.devices.done("answer_on_the_spot", CLOSED, None)
    window.press(b"2")
    assert window.rated[0].text == "群众在评价器上选择“不满意”。"


@pytest.mark.e2e
def test_a_press_out_of_turn_rates_nothing(window: Window) -> None:
    window.devices.done("dispatch", CLOSED, None)
    window.press(b"1")
    window.devices.done("answer_on_the_spot", CLOSED, None)
    window.devices.gone()
    window.press(b"1")
    window.devices.done("answer_on_the_spot", CLOSED, None)
    window.devices.done("rate", CLOSED, None)
    window.press(b"1")
    window.devices.done("answer_on_the_spot", CLOSED, None)
    window.now = 61.0
    window.press(b"1")
    window.devices.done("answer_on_the_spot", CLOSED, None)
    window.press(b"1", staff=False)
    assert window.rated == []


@pytest.mark.e2e
def test_a_case_answered_by_phone_is_not_rated_by_who_stands_at_the_window(window: Window) -> None:
    window.devices.done("tell_citizen", line(stage="replied"), ticket(state="serving", case_number="another"))
    window.press(b"1")
    assert window.rated == []
    window.devices.done("tell_citizen", line(stage="replied"), ticket(state="serving", case_number=line().case_number))
    window.press(b"1")
    assert len(window.rated) == 1


@pytest.mark.e2e
def test_devices_that_are_not_there_are_named_to_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "TRY_AGAIN_FIRST_S", 0.02)
    away = "/dev/serial/by-id/none"
    own = Terminal(name="window-3", role="window", scanner=Scanner(url=away), pad=Pad(url=away, presses=PRESSES))
    devices = WindowDevices(own, SAY, lambda rating: None)
    until("both are missed", lambda: devices.troubles == ("pad_silent", "scanner_silent"))
    assert devices.codes() == []
    devices.close()


def test_a_terminal_without_devices_has_no_trouble_with_them() -> None:
    devices = WindowDevices(Terminal(name="window-3", role="window"), SAY, lambda rating: None)
    devices.poll(staff=True)
    devices.done("answer_on_the_spot", CLOSED, None)
    devices.gone()
    assert (devices.troubles, devices.asks, devices.codes()) == ((), "", [])
    devices.close()


def test_a_key_that_means_no_level_of_the_policy_is_refused_with_those_it_has() -> None:
    pad = Pad(url="/dev/null", presses={"31": "splendid"})
    with pytest.raises(BadHall, match=r"window-3: pad.presses means splendid.*satisfied"):
        WindowDevices(Terminal(name="window-3", role="window", pad=pad), SAY, lambda rating: None)
