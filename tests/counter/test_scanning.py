"""A code scanned at a counter opens its case; keys that somebody types, and codes at the wrong moment, open nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from counter.scanning import SHIFTED, Scanning
from hub.wire.messages import Answer, Command, LookUp, Rejected
from tests.factories import CASE_NUMBER, a_progress

TOKEN = "AbC_dEf-GhIjKlMnOpQrSt"
CODE = f"https://hall.example.org/p/{TOKEN}"
UNSHIFTED = {shown: key for key, shown in SHIFTED.items()}


class Counter:
    """A counter in front of a hub that answers when it is told to."""

    def __init__(self) -> None:
        self.free, self.now, self.strange = True, 0.0, 0
        self.asked: list[Command] = []
        self.opened: list[str] = []
        self.scanning = Scanning(self._ask, lambda: self.now, lambda: self.free, self.opened.append, self._strange)

    def burst(self, text: str, pause_s: float = 0.01) -> bool:
        """Types as a scanner does, on an American keyboard; whether the Enter at its end was the scanner's."""
        for one in text:
            self.now += pause_s
            shifted = one.isupper() or one in UNSHIFTED
            if shifted:
                self.scanning.key("\u0130", ["shift"])  # Shift itself, as Kivy gives it
            self.scanning.key(UNSHIFTED.get(one, one.lower()), ["shift"] if shifted else [])
        return self.scanning.enter()

    def answer(self, answer: Answer) -> None:
        self._then(answer)

    def _ask(self, command: Command, then: Callable[[Answer], None]) -> None:
        self.asked.append(command)
        self._then = then

    def _strange(self) -> None:
        self.strange += 1


@pytest.fixture
def here() -> Counter:
    return Counter()


def test_a_receipt_that_is_scanned_opens_its_case(here: Counter) -> None:
    assert here.burst(CODE)
    assert here.asked == [LookUp(secret=TOKEN)]
    here.answer(a_progress())
    assert here.opened == [CASE_NUMBER]


def test_so_does_one_that_came_over_a_line(here: Counter) -> None:
    here.scanning.scanned(CODE)
    here.answer(a_progress())
    assert here.opened == [CASE_NUMBER]


def test_a_case_s_own_number_opens_it_without_a_question(here: Counter) -> None:
    assert here.burst(CASE_NUMBER)
    assert (here.opened, here.asked) == ([CASE_NUMBER], [])


def test_what_the_hub_does_not_know_opens_nothing(here: Counter) -> None:
    here.burst(CODE)
    here.answer(Rejected(code="not_found", text="no case opens with this code"))
    assert here.opened == []


@pytest.mark.parametrize("text", ["6901234567892", "https://example.org/other", "ABC234"])
def test_another_code_is_said_to_be_none_of_this_hall_s(here: Counter, text: str) -> None:
    assert here.burst(text)
    assert (here.strange, here.asked, here.opened) == (1, [], [])


def test_behind_a_question_a_code_opens_nothing_and_its_enter_is_still_the_scanner_s(here: Counter) -> None:
    here.free = False
    assert here.burst(CODE)
    assert (here.asked, here.strange) == ([], 0)


def test_a_case_is_not_opened_over_a_question_that_came_meanwhile(here: Counter) -> None:
    here.burst(CODE)
    here.free = False
    here.answer(a_progress())
    assert here.opened == []


def test_somebody_s_own_enter_is_theirs(here: Counter) -> None:
    assert not here.scanning.enter()
    assert not here.burst("12")
    assert not here.burst(CODE, pause_s=1.1)
    assert (here.asked, here.strange) == ([], 0)


def test_keys_of_a_burst_are_known_before_it_ends(here: Counter) -> None:
    for one in "http":
        assert not here.scanning.under_way
        here.scanning.key(one, [])
    assert here.scanning.under_way
    here.scanning.forget()
    assert not here.scanning.under_way


def test_capitals_are_read_with_caps_lock_too(here: Counter) -> None:
    for one in TOKEN:
        shift = [] if one.isupper() else ["shift"] if one.isalpha() or one in UNSHIFTED else []
        here.scanning.key(UNSHIFTED.get(one, one.lower()), [*shift, "capslock"])
    here.scanning.enter()
    assert here.asked == [LookUp(secret=TOKEN)]
