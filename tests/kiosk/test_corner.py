"""The staff corner of the real kiosk: the way in by finger and PIN, what can be done there, and the ways out."""

from __future__ import annotations

from pathlib import Path

import pytest

from display.watch.watchdog import START_AGAIN
from hub import durable, pins
from kiosk.services.staff import HOLD_S
from tests.kiosk.watching import Watched
from tests.processes import until

pytestmark = pytest.mark.e2e

PIN = "480615"


@pytest.fixture
def kiosk(watched: Watched) -> Watched:
    """At its first screen, its corner locked with `PIN`, and nobody failed at it."""
    pin_file = watched.hall.directory.corner_pin("kiosk-1")
    durable.replace(pin_file, pins.hash_pin(PIN).encode(), 0o600)
    if watched.screen.seen()["screen"] != "home":
        pin_file.with_suffix(".failures").unlink(missing_ok=True)
        watched.restart()
    return watched


def long_press(kiosk: Watched) -> None:
    """A finger that rests at the upper left, with the program's clock moved on instead of waiting."""
    kiosk.screen.press(20, 20)
    kiosk.ask("later", seconds=0)
    kiosk.screen.settled()
    kiosk.later(HOLD_S)
    until("the corner", lambda: "staff" in kiosk.screen.seen()["screen"] or "corner" in kiosk.screen.seen()["screen"])
    kiosk.screen.release()


def give(kiosk: Watched, pin: str) -> None:
    for at, digit in enumerate(pin, start=1):
        kiosk.screen.touch(f"pin.{digit}")
        kiosk.state(f"{at}.")
    kiosk.screen.touch("give")


def papers(kiosk: Watched) -> list[Path]:
    return list(kiosk.hall.paper.glob("receipt-*.png"))


def test_a_long_press_and_the_right_pin_lead_to_the_pages_and_a_trial_page_comes_out(kiosk: Watched) -> None:
    long_press(kiosk)
    kiosk.at("staff.pin")
    give(kiosk, "591726")
    kiosk.state("wrong.wait")
    kiosk.later(1)
    kiosk.state("wrong.ready")
    give(kiosk, PIN)
    kiosk.at("staff.menu")
    kiosk.screen.touch("page.printer")
    kiosk.at("staff.printer")
    before = len(papers(kiosk))
    kiosk.screen.touch("trial")
    until("the trial page", lambda: len(papers(kiosk)) == before + 1)
    until("the printer's word", lambda: any("已打印" in text for text in kiosk.texts()))
    kiosk.screen.touch("back")
    kiosk.screen.touch("page.hub")
    until("the hub's state", lambda: any("已连接" in text for text in kiosk.texts()))
    kiosk.later(60)
    kiosk.at("home")
    assert kiosk.in_memory([PIN]) == []
    assert kiosk.in_files([PIN]) == []


def test_somebody_in_the_middle_of_a_complaint_is_asked_first(kiosk: Watched) -> None:
    kiosk.to_words()
    long_press(kiosk)
    kiosk.at("corner.words")
    kiosk.screen.touch("stay")
    kiosk.at("words")
    long_press(kiosk)
    kiosk.screen.touch("leave")
    kiosk.at("staff.pin")
    kiosk.screen.touch("abandon")
    kiosk.at("home")


def test_without_a_pin_the_corner_says_how_to_set_one(kiosk: Watched) -> None:
    kiosk.hall.directory.corner_pin("kiosk-1").unlink()
    long_press(kiosk)
    kiosk.at("staff.pin")
    kiosk.state("no_pin")
    kiosk.screen.touch("pin.1")
    kiosk.screen.settled()
    assert any("bancheng kiosk pin" in text for text in kiosk.texts())
    assert "give" not in kiosk.screen.seen()["touch"] or "give" in kiosk.screen.seen()["off"]


def test_a_second_touch_starts_the_program_again(kiosk: Watched) -> None:
    long_press(kiosk)
    kiosk.at("staff.pin")
    give(kiosk, PIN)
    kiosk.at("staff.menu")
    kiosk.screen.touch("page.about")
    kiosk.at("staff.about")
    kiosk.screen.touch("restart")
    kiosk.screen.touch("restart")
    assert kiosk.hall.processes.ended("kiosk-1") == START_AGAIN
    kiosk.screen.forget()
    kiosk.start()


@pytest.mark.rule("R67")
def test_a_machine_out_of_service_lets_in_who_mends_it(kiosk: Watched) -> None:
    kiosk.hall.processes.stop("kiosk-1")
    local = kiosk.hall.directory.local("kiosk-1")
    for left in local.glob("outbox.db*"):
        left.unlink()
    (local / "outbox.db").write_bytes(b"no database" * 2000)
    kiosk.screen.forget()
    kiosk.start(at="fault")
    long_press(kiosk)
    give(kiosk, PIN)
    kiosk.at("staff.menu")
    kiosk.screen.touch("page.troubles")
    until("what to do", lambda: any("outbox.key" in text for text in kiosk.texts()))
    kiosk.screen.touch("abandon")
    kiosk.at("fault")
    (local / "outbox.db").unlink()
