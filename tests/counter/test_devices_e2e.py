"""Scanner and pad at a real window: a scanned receipt opens its case, a press rates the one just closed."""

from __future__ import annotations

import os
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter.steps.shape import Draft
from counter.workplace import Workplace
from hub.wire import messages as m
from tests.counter.shift import log_in, open_counter
from tests.demo.complaints import complaints
from tests.factories import lookup_keys
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

WINDOW, WITH_PAD = "window-3", "window-with-pad"
PAD = """
[[terminals]]
name = "{name}"
role = "window"
window = 3
pad = {{ url = "{line}", presses = {{ "AA 01 ?? 55" = "satisfied", "AA 02 ?? 55" = "unsatisfied" }}, prompt = "A1" }}
"""
GOOD, BAD = b"\xaa\x01\x00\x55", b"\xaa\x02\x00\x55"


class Hall:
    """Shanting with one case, and a window with a pad made of software."""

    def __init__(self, place: Path, processes: Processes) -> None:
        self.pad, self._line = os.openpty()
        tty.setraw(self._line)
        os.set_blocking(self.pad, False)
        more = PAD.format(name=WITH_PAD, line=os.ttyname(self._line))
        self.running = RunningHall(place / "hall", processes, more_terminals=more)
        self.running.staff("06", "王敏", "window", "4711")
        self.running.start_hub()
        self.running.ready_hub()
        self.kiosk = self.running.link("kiosk-1", feed=False)
        self.keys = lookup_keys(1)
        filed = self.kiosk.ask(complaints("shanting")[0].filed_with(self.keys))
        assert isinstance(filed, m.ComplaintAccepted)
        self.number = filed.case_number

    def progress(self) -> m.Progress:
        answer = self.kiosk.ask(m.LookUp(secret=self.keys.token))
        assert isinstance(answer, m.Progress)
        return answer

    def was_asked(self) -> bool:
        try:
            return b"\xa1" in os.read(self.pad, 64)
        except BlockingIOError:
            return False

    def close(self) -> None:
        self.kiosk.close()
        os.close(self._line)
        os.close(self.pad)


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> Iterator[Hall]:
    made = Hall(tmp_path, processes)
    yield made
    made.close()


@pytest.fixture
def place(hall: Hall) -> Iterator[Workplace]:
    """The window with the pad, without its screens."""
    made = Workplace(hall.running.directory, WITH_PAD, changed=lambda: None, alert=lambda _notice: None)
    yield made
    made.close()


def turned(place: Workplace, what: str, ask: object) -> None:
    """Turns the window's clock until it is so."""
    assert callable(ask)
    until(what, lambda: place.poll() or ask())


@pytest.mark.rule("R32", "R35")
def test_the_pad_asks_when_a_case_is_answered_and_its_press_is_the_rating(hall: Hall, place: Workplace) -> None:
    turned(place, "the hub", lambda: place.live)
    place.session.log_in("06", "4711")
    turned(place, "the log-in", lambda: place.session.staff is not None)
    os.write(hall.pad, BAD)  # nothing is closed yet
    place.session.select(hall.number)
    for code, said in (("triage", {"text": "属实。"}), ("answer_on_the_spot", {"text": "已当场讲清，可以办理。"})):
        turned(place, code, lambda code=code: any(one.code == code for one in place.actions()))
        action = next(one for one in place.actions() if one.code == code)
        situation = place.situation()
        assert situation is not None
        begun = place.begun(action, situation)
        place.carry_out(action, situation, Draft({**begun.said, **said}), lambda: None)
    turned(place, "the prompt", hall.was_asked)
    assert place.devices.asks == "asked"
    os.write(hall.pad, GOOD + BAD)
    turned(place, "the rating", lambda: hall.progress().rated is not None)
    rated = hall.progress()
    assert rated.rated is not None
    assert (rated.stage, rated.rated.code) == ("rated", "satisfied")
    turned(place, "the case at the window", lambda: place.session.detail and place.session.detail.ratings)
    assert place.session.detail is not None
    assert [one.text for one in place.session.detail.steps if one.move == "rate"] == ["群众在评价器上选择“满意”。"]


def test_a_receipt_scanned_by_a_scanner_that_types_opens_its_case_at_the_window(hall: Hall) -> None:
    screen = Screen(*DESK)
    try:
        open_counter(hall.running, WINDOW, screen)
        log_in(screen, "06", "4711")
        screen.settled()
        screen.scan(f"{hall.running.hall.page_url}/p/{hall.keys.token}")
        until("the case", lambda: screen.has("action.triage") or screen.has("action.dispatch"))
    finally:
        screen.close()
