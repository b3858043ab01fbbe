"""A window that stands still, dies or loses its display is back by itself, without what a citizen had typed."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from display.watch.watchdog import FROZEN_S
from hub.link import Link
from hub.wire.messages import ListNotices, NoticeList
from tests.demo.citizen import shortest_way, submit
from tests.e2e.conftest import PIN
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e


class Watched:
    """A kiosk as systemd would start it: the watchdog, and the window that it runs."""

    def __init__(self, hall: RunningHall, screen: Screen) -> None:
        self._hall, self._screen = hall, screen
        argv = ("--hall", str(hall.directory.path), "--terminal", "kiosk-1")
        hall.processes.start("watchdog", "-m", "kiosk.watchdog", *argv, env=screen.env)

    @property
    def window(self) -> int:
        """The window's process; 0 while there is none."""
        pid = self._hall.processes.pid("watchdog")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(children[0]) if children else 0

    def at_home(self, timeout_s: float = 60.0) -> int:
        """Waits for a window that shows its first screen, drawn since now; its process."""
        self._screen.forget()
        return until("a window at home", lambda: self._screen.seen().get("screen") == "home" and self.window, timeout_s)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """One hall and one kiosk for the whole module: each test leaves a window at home."""
    place = tmp_path_factory.mktemp("watched")
    with Processes(place / "logs") as processes:
        founded = RunningHall(place / "hall", processes)
        founded.staff("06", "王芳", "window", PIN)
        founded.start_hub()
        founded.ready_hub()
        yield founded


@pytest.fixture(scope="module")
def kiosk_screen() -> Iterator[Screen]:
    screen = Screen(*KIOSK)
    yield screen
    screen.close()


@pytest.fixture(scope="module")
def watched(hall: RunningHall, kiosk_screen: Screen) -> Watched:
    kiosk = Watched(hall, kiosk_screen)
    kiosk.at_home()
    return kiosk


def cases(hall: RunningHall) -> list[str]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case"')]


def _details(window: Link) -> str:
    answer = window.ask(ListNotices())
    assert isinstance(answer, NoticeList)
    return " ".join(notice.detail for notice in answer.notices)


def test_a_window_that_died_is_back_at_home_staff_know_and_what_was_confirmed_is_filed(
    hall: RunningHall, watched: Watched, kiosk_screen: Screen, window: Link
) -> None:
    hall.processes.signal("hub", signal.SIGSTOP)
    shortest_way(kiosk_screen)
    submit(kiosk_screen)
    kiosk_screen.at("done")
    first = watched.window
    os.kill(first, signal.SIGSEGV)
    again = watched.at_home()
    assert again != first
    assert "Max core file size        0                    0" in Path(f"/proc/{again}/limits").read_text()
    hall.processes.signal("hub", signal.SIGCONT)
    until("the case", lambda: cases(hall))
    until("a notice to staff", lambda: "kiosk_stumbled" in _details(window))
    assert len(cases(hall)) == 1


def test_a_window_that_stands_still_is_ended_and_another_is_at_home(watched: Watched, kiosk_screen: Screen) -> None:
    kiosk_screen.touch("start")
    kiosk_screen.at("matter")
    first = watched.window
    os.kill(first, signal.SIGSTOP)
    assert watched.at_home(FROZEN_S + 40) != first
    assert not Path(f"/proc/{first}").exists()


def test_a_display_server_that_was_gone_has_its_window_back_within_five_seconds(
    hall: RunningHall, watched: Watched, kiosk_screen: Screen, capsys: pytest.CaptureFixture[str]
) -> None:
    kiosk_screen.touch("start")
    kiosk_screen.at("matter")
    first = watched.window
    kiosk_screen.pull_out()
    until("the window's end", lambda: not Path(f"/proc/{first}").exists(), timeout_s=60)
    until("a window that waits", lambda: hall.processes.said("watchdog", "the window waits for one"), timeout_s=60)
    waiting = watched.window
    kiosk_screen.plug_in()
    since = time.monotonic()
    assert watched.at_home(60) == waiting
    until("a picture", kiosk_screen.is_drawn, timeout_s=60)
    with capsys.disabled():
        print(f" (window back after {time.monotonic() - since:.1f} s) ", end="")


def test_a_hall_s_file_that_is_broken_shows_the_sign_until_it_is_mended(tmp_path: Path) -> None:
    with Processes(tmp_path / "logs") as processes, closing(Screen(*KIOSK)) as screen:
        hall = RunningHall(tmp_path / "hall", processes)
        whole = hall.directory.file.read_bytes()
        hall.directory.file.write_bytes(whole + b"\nthis is no TOML")
        kiosk = Watched(hall, screen)
        screen.at("closed", timeout_s=60)
        assert screen.seen()["touch"] == {}
        assert "Traceback" not in processes.log("watchdog").read_text()
        hall.directory.file.write_bytes(whole)
        kiosk.at_home()
