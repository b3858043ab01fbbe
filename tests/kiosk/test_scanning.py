"""A scanned code reaches the service that asks for one, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.scanning import ENTER, Scanning

CODE = "https://hall.example.org/p/AbC_dEf-GhIjKlMnOpQrSt"


class Asking:
    """A service; `wants` is whether its step asks for a code."""

    def __init__(self, wants: bool = True) -> None:
        self.wants, self.read = wants, list[str]()

    def scanned(self, text: str) -> bool:
        if self.wants:
            self.read.append(text)
        return self.wants


class Counter:
    """A terminal with a service in use, and a window with its keyboard."""

    def __init__(self) -> None:
        self.flow: Any = Asking()
        self.waiting: list[str] = []
        self.free, self.taken, self.touches, self.now = True, 0, 0, 0.0
        self.scanning = Scanning(self, lambda: self.now, lambda: self.free, self._taken)  # type: ignore[arg-type]
        self.scanning.follow(self)

    def bind(self, on_textinput: Callable[..., object], on_key_down: Callable[..., object]) -> None:
        self._text, self._key = on_textinput, on_key_down

    def codes(self) -> list[str]:
        read, self.waiting = self.waiting, []
        return read

    def touched(self) -> None:
        self.touches += 1

    def burst(self, text: str) -> None:
        for one in text:
            self._text(self, one)
        self._key(self, ENTER[0])

    def _taken(self) -> None:
        self.taken += 1


@pytest.fixture
def here() -> Counter:
    return Counter()


def test_a_burst_of_keys_reaches_the_service_and_counts_as_a_touch(here: Counter) -> None:
    here.burst(CODE)
    assert (here.flow.read, here.taken, here.touches) == ([CODE], 1, 1)


def test_a_line_s_code_does_too(here: Counter) -> None:
    here.waiting = [CODE]
    here.scanning.poll()
    assert (here.flow.read, here.taken) == ([CODE], 1)


@pytest.mark.parametrize("flow", [None, object(), Asking(wants=False)])
def test_where_nobody_asks_it_is_nobody_s_and_is_not_kept(here: Counter, flow: object) -> None:
    here.flow = flow
    here.burst(CODE)
    here.waiting = [CODE]
    here.scanning.poll()
    assert (here.taken, here.touches) == (0, 0)
    here.flow = Asking()
    here.burst("")
    assert here.flow.read == []


def test_behind_a_question_that_covers_the_screen_nothing_is_taken(here: Counter) -> None:
    here.free = False
    here.burst(CODE)
    assert here.flow.read == []


def test_half_a_burst_does_not_outlive_the_session(here: Counter) -> None:
    for one in CODE:
        here._text(here, one)
    here.scanning.forget()
    here._key(here, ENTER[0])
    assert here.flow.read == []
