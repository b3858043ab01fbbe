"""Manual slips from the real kiosk's staff corner: real touches, a real hub, a printer's emulator, and plugs pulled."""

from __future__ import annotations

import signal
import socket
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageChops

from hub import durable, pins
from hub.wire.messages import SlipBlock
from kiosk.outbox import KeptBlock
from printers import manual_slip
from printers.drawing import draw
from printers.papers import Paper, reprinted, slip_of
from printers.profiles import profile_of
from tests.kiosk.test_corner import PIN, give, long_press
from tests.kiosk.watching import Watched
from tests.processes import until

pytestmark = pytest.mark.e2e

COUNT = 10
ROOM = 40
"""Rows by which a paper may be longer or shorter than what was drawn: what the knife leaves."""


@pytest.fixture
def kiosk(watched: Watched) -> Watched:
    """At its first screen, its corner locked with `PIN`, its printer well and its hub heard."""
    pin_file = watched.hall.directory.corner_pin("kiosk-1")
    durable.replace(pin_file, pins.hash_pin(PIN).encode(), 0o600)
    if watched.screen.seen()["screen"] != "home":
        watched.screen.touch("abandon")
        watched.at("home")
    watched.state("live")
    return watched


def to_slips(kiosk: Watched) -> None:
    long_press(kiosk)
    kiosk.at("staff.pin")
    give(kiosk, PIN)
    kiosk.at("staff.menu")
    kiosk.screen.touch("page.slips")
    kiosk.at("staff.slips")


def ask(kiosk: Watched, sure: Callable[[], None] = lambda: None) -> None:
    """Chooses, looks at it and confirms; `sure` happens before the last touch."""
    to_slips(kiosk)
    kiosk.screen.touch("slips.new")
    kiosk.at("staff.slips_wish")
    kiosk.screen.touch(f"size.{COUNT}")
    kiosk.state(f"{COUNT}.")
    kiosk.screen.touch("slips.general")
    kiosk.state(f"{COUNT}.general")
    kiosk.screen.touch("slips.look")
    kiosk.at("staff.slips_sure")
    sure()
    kiosk.screen.touch("slips.print")
    kiosk.at("staff.slips")


def came_to(kiosk: Watched, state: str) -> None:
    """Whatever it says in between."""
    until(lambda: f"{state!r}, not {kiosk.screen.seen()}", lambda: kiosk.screen.seen()["state"] == state, timeout_s=90)


def blocks(kiosk: Watched) -> list[Any]:
    with sqlite3.connect(f"file:{kiosk.hall.directory.database}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT * FROM slip_block ORDER BY first").fetchall()


def papers(kiosk: Watched) -> list[Path]:
    return sorted(kiosk.hall.paper.glob("receipt-*.png"))


def printer(kiosk: Watched, order: str) -> None:
    """Says one line to the printer emulator's control port."""
    with socket.create_connection(("127.0.0.1", kiosk.hall.ports["printer-control"]), timeout=5) as control:
        control.sendall(f"{order}\n".encode())
        control.makefile().readline()


def said_by(kiosk: Watched, found: list[Path]) -> tuple[Counter[str], Counter[str], int]:
    """What came out by number, what came out marked 补打, and how many papers were cut off."""
    block = as_told(kiosk)
    hall, policy = kiosk.hall.hall, kiosk.hall.directory.policy()
    plain = (manual_slip.instruction_paper(block, hall, policy), *manual_slip.papers(block, hall))
    names = ("how", *manual_slip.numbers(block))
    pictures: dict[tuple[str, bool], Image.Image] = {}
    for name, paper in zip(names, plain, strict=True):
        marked: Paper = reprinted(paper, None)  # type: ignore[arg-type]
        for again, one in ((False, paper), (True, marked)):
            pictures[name, again] = draw(slip_of(one), profile_of(hall.printers[0]).width_dots)
    once: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    torn = 0
    for file in found:
        with Image.open(file) as paper:
            which = [about for about, picture in pictures.items() if is_same(paper.convert("1"), picture)]
        assert len(which) <= 1, f"{file} is {which}"
        torn += not which
        for name, again in which:
            (marks if again else once)[name] += 1
    return once, marks, torn


def is_same(found: Image.Image, wanted: Image.Image) -> bool:
    if found.width != wanted.width or abs(found.height - wanted.height) > ROOM:
        return False
    height = min(found.height, wanted.height)
    box = (0, 0, found.width, height)
    return ImageChops.logical_xor(found.crop(box), wanted.convert("1").crop(box)).histogram()[255] <= 3


def as_told(kiosk: Watched) -> SlipBlock:
    """The newest block, as the kiosk keeps it beside its outbox."""
    file = kiosk.hall.directory.local("kiosk-1") / "outbox.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        ((kept,),) = db.execute("SELECT kept FROM slip_block").fetchall()
    block = msgspec.msgpack.decode(kept, type=KeptBlock).block
    assert block is not None
    return block


def whole(kiosk: Watched, found: list[Path], most_marked: int) -> None:
    """Everything came out, nothing a second time but with its mark, and at most so much of it."""
    once, marks, torn = said_by(kiosk, found)
    wanted = {"how", *manual_slip.numbers(as_told(kiosk))}
    assert set(once) | set(marks) == wanted
    assert set(once.values()) == {1}
    assert marks.total() <= most_marked
    assert torn <= most_marked


@pytest.mark.rule("R65")
def test_a_block_comes_out_of_the_kiosk_s_printer_once_and_stands_in_its_name(kiosk: Watched) -> None:
    before = len(papers(kiosk))
    ask(kiosk)
    came_to(kiosk, f"done.{COUNT}.{COUNT}")
    *_, block = blocks(kiosk)
    assert (block["last"] - block["first"] + 1, block["service"]) == (COUNT, "general")
    assert (block["held_by"], block["printed_by"]) == ("kiosk-1", "kiosk-1")
    whole(kiosk, papers(kiosk)[before:], most_marked=0)
    left = COUNT * len(blocks(kiosk))
    kiosk.screen.touch("back")
    kiosk.at("staff.menu")
    kiosk.screen.touch("page.slips")
    until("how many are left", lambda: any(f" {left} 张" in text for text in kiosk.texts()))


@pytest.mark.rule("R65")
def test_a_kiosk_that_is_killed_in_the_middle_prints_the_rest_when_somebody_is_back(kiosk: Watched) -> None:
    before, known = len(papers(kiosk)), len(blocks(kiosk))
    ask(kiosk)
    until("some slips", lambda: len(papers(kiosk)) >= before + 4)
    kiosk.hall.processes.kill("kiosk-1")
    kiosk.screen.forget()
    kiosk.start()
    to_slips(kiosk)
    until("what is left", lambda: kiosk.screen.seen()["state"].startswith("paused."))
    kiosk.screen.touch("slips.go_on")
    came_to(kiosk, f"done.{COUNT}.{COUNT}")
    assert len(blocks(kiosk)) == known + 1
    whole(kiosk, papers(kiosk)[before:], most_marked=1)


@pytest.mark.rule("R65")
def test_a_kiosk_that_is_killed_before_it_hears_of_its_block_has_it_afterwards(kiosk: Watched) -> None:
    before, known = len(papers(kiosk)), len(blocks(kiosk))
    processes = kiosk.hall.processes
    ask(kiosk, sure=lambda: processes.signal("hub", signal.SIGSTOP))
    assert ".0.0" in kiosk.screen.seen()["state"]
    processes.kill("kiosk-1")
    processes.signal("hub", signal.SIGCONT)
    kiosk.screen.forget()
    kiosk.start()
    until("its block", lambda: len(blocks(kiosk)) == known + 1)
    to_slips(kiosk)
    until("what is left", lambda: kiosk.screen.seen()["state"] == f"paused.0.{COUNT}")
    assert len(papers(kiosk)) == before, "no slip comes out while nobody stands there"
    kiosk.screen.touch("slips.go_on")
    came_to(kiosk, f"done.{COUNT}.{COUNT}")
    assert len(blocks(kiosk)) == known + 1
    whole(kiosk, papers(kiosk)[before:], most_marked=0)


@pytest.mark.rule("R65")
def test_a_printer_that_stops_half_way_and_a_hub_that_is_away_are_said_and_the_rest_follows(kiosk: Watched) -> None:
    before = len(papers(kiosk))
    ask(kiosk)
    until("some slips", lambda: len(papers(kiosk)) >= before + 3)
    printer(kiosk, "paper out")
    until("what keeps it", lambda: any("缺纸" in text for text in kiosk.texts()))
    kiosk.hall.processes.kill("hub")
    until("that no new block can be had", lambda: any("不能打印新的号码条" in text for text in kiosk.texts()))
    printer(kiosk, "paper in")
    kiosk.hall.start_hub()
    came_to(kiosk, f"done.{COUNT}.{COUNT}")
    whole(kiosk, papers(kiosk)[before:], most_marked=1)
