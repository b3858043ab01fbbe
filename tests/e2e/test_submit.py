"""Whoever pulls which plug between submit and answer: one case, one receipt, and no one touches anything."""

from __future__ import annotations

import os
import signal
import sqlite3
import time

import pytest
import zxingcpp
from PIL import Image

from hub.link import Link
from hub.wire.messages import ListNotices, LookUp, NoticeList, Progress
from tests.demo.citizen import shortest_way, submit
from tests.e2e.conftest import papers, tell_printer
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e


@pytest.fixture
def at_check(hall: RunningHall, processes: Processes, window: Link, kiosk_screen: Screen) -> Screen:
    """A kiosk whose citizen has filled in everything and has the submit button before them."""
    hall.start_printer()
    hall.ready_device("printer")
    hall.start_kiosk(kiosk_screen)
    hall.ready_window("kiosk-1", kiosk_screen)
    shortest_way(kiosk_screen)
    return kiosk_screen


@pytest.fixture(autouse=True)
def hub(hall: RunningHall) -> None:
    hall.start_hub()


def cases(hall: RunningHall) -> list[str]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case"')]


def one_case_and_one_receipt(hall: RunningHall) -> None:
    """Waits for the receipt, gives a second one the time to come, and counts both."""
    until("the receipt", lambda: papers(hall), timeout_s=40)
    until("the hub heard that it is printed", lambda: _confirmed(hall), timeout_s=40)
    assert len(cases(hall)) == 1
    assert len(papers(hall)) == 1


def _confirmed(hall: RunningHall) -> bool:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return bool(db.execute("SELECT 1 FROM print_outcome WHERE state = 'confirmed'").fetchone())


def test_hub_killed_before_it_decides_ends_in_one_case_and_one_receipt(
    hall: RunningHall, processes: Processes, at_check: Screen
) -> None:
    processes.signal("hub", signal.SIGSTOP)
    submit(at_check)
    at_check.at("done")
    processes.kill("hub")
    hall.start_hub()
    one_case_and_one_receipt(hall)


@pytest.mark.parametrize("delay_ms", [0, 2, 5])
def test_hub_killed_around_its_commit_ends_in_one_case_and_one_receipt(
    hall: RunningHall, processes: Processes, at_check: Screen, delay_ms: int
) -> None:
    before = hall.directory.database.with_name("hall.db-wal").stat().st_size
    submit(at_check)
    until(
        "the hub's first write of it",
        lambda: hall.directory.database.with_name("hall.db-wal").stat().st_size != before,
        every_s=0.0005,
    )
    ends = time.perf_counter() + delay_ms / 1000
    while time.perf_counter() < ends:
        os.sched_yield()
    processes.kill("hub")
    hall.start_hub()
    one_case_and_one_receipt(hall)


def test_kiosk_killed_before_the_answer_ends_in_one_case_and_one_receipt(
    hall: RunningHall, processes: Processes, at_check: Screen
) -> None:
    processes.signal("hub", signal.SIGSTOP)
    submit(at_check)
    at_check.at("done")
    processes.kill("kiosk-1")
    processes.signal("hub", signal.SIGCONT)
    hall.start_kiosk(at_check)
    one_case_and_one_receipt(hall)


def test_both_killed_before_the_answer_ends_in_one_case_and_one_receipt(
    hall: RunningHall, processes: Processes, at_check: Screen
) -> None:
    processes.signal("hub", signal.SIGSTOP)
    submit(at_check)
    at_check.at("done")
    processes.kill("kiosk-1")
    processes.kill("hub")
    hall.start_kiosk(at_check)
    hall.start_hub()
    one_case_and_one_receipt(hall)


def test_without_paper_the_screen_has_number_and_code_staff_have_a_notice_and_the_refill_prints_once(
    hall: RunningHall, window: Link, at_check: Screen
) -> None:
    tell_printer(hall, "paper out")
    submit(at_check)
    at_check.at("done")
    codes = until("the QR code on the screen", lambda: zxingcpp.read_barcodes(at_check.picture().convert("L")))
    token = codes[0].text.rsplit("/", 1)[1]
    number = until("the case", lambda: cases(hall))[0]
    web = hall.link("web", feed=False)
    progress = web.ask(LookUp(secret=token))
    web.close()
    assert isinstance(progress, Progress)
    assert progress.case_number == number
    until("a notice to staff", lambda: "paper_out" in _details(window))
    assert papers(hall) == []
    tell_printer(hall, "paper in")
    one_case_and_one_receipt(hall)


def _details(window: Link) -> set[str]:
    answer = window.ask(ListNotices())
    assert isinstance(answer, NoticeList)
    return {notice.detail for notice in answer.notices}


def test_the_receipt_opens_the_case_and_carries_nothing_personal(hall: RunningHall, at_check: Screen) -> None:
    submit(at_check)
    paper = until("the receipt", lambda: papers(hall))[0]
    token = zxingcpp.read_barcodes(Image.open(paper).convert("L"))[0].text.rsplit("/", 1)[1]
    web = hall.link("web", feed=False)
    progress = web.ask(LookUp(secret=token))
    web.close()
    assert isinstance(progress, Progress)
    assert [progress.case_number] == cases(hall)
