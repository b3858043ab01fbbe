"""The hub is away, the kiosk is killed, both come back: the case is there once, with the number on the paper."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
import zxingcpp
from PIL import Image

from hub.keys import load_secret
from hub.link import Link
from hub.wire.messages import LookUp, Progress
from kiosk.outbox import Outbox
from tests.demo.citizen import shortest_way, submit
from tests.e2e.conftest import papers
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e


def cases(hall: RunningHall) -> list[str]:
    with closing(sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True)) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case"')]


def reached(screen: Screen, state: str) -> None:
    until(
        lambda: f"the state {state!r}, not {screen.seen()}", lambda: screen.seen().get("state") == state, timeout_s=40
    )


def number_in(hall: RunningHall) -> str:
    """What the one paper of a kiosk that is not running says."""
    local = hall.directory.local("kiosk-1")
    with closing(Outbox(local / "outbox.db", load_secret(local / "outbox.key"))) as outbox:
        (entry,) = outbox.waiting()
    assert entry.printed is not None
    return entry.printed.case_number


def opened(link: Link, picture: Image.Image) -> str:
    """The case that the code in a picture opens."""
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    progress = link.ask(LookUp(secret=code.text.rsplit("/", 1)[1]))
    assert isinstance(progress, Progress)
    return progress.case_number


def test_hub_and_kiosk_killed_around_an_offline_number_leave_one_case_with_the_number_on_the_paper(
    hall: RunningHall, processes: Processes, kiosk_screen: Screen
) -> None:
    hall.start_hub()
    hall.start_printer()
    hall.ready_hub()
    hall.ready_device("printer")
    hall.start_kiosk(kiosk_screen)
    kiosk_screen.at("home", timeout_s=60)
    processes.kill("hub")
    shortest_way(kiosk_screen)
    submit(kiosk_screen)
    kiosk_screen.at("done")
    reached(kiosk_screen, "offline.confirmed")
    kiosk_screen.settled()
    on_screen = kiosk_screen.picture()
    processes.kill("kiosk-1")
    number = number_in(hall)
    assert number.split("-")[2] == "011001"
    hall.start_kiosk(kiosk_screen)
    hall.start_hub()
    until("the case", lambda: cases(hall), timeout_s=60)
    with closing(hall.link("web", feed=False)) as web:
        assert opened(web, on_screen) == number
        assert opened(web, Image.open(papers(hall)[0])) == number
    assert cases(hall) == [number]
    assert len(papers(hall)) == 1
