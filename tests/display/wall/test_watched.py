"""The wall under its watchdog: never frozen for long, and never black because a file is broken."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from display.theme.palette import NIGHT, NORMAL
from display.watch.watchdog import FROZEN_S
from hub.link import Link
from hub.wire.messages import ListNotices, Notice, NoticeList
from tests.display.test_programs import PIN, Staffed, part
from tests.factories import TWO_WALLS
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e
WHOLE = (0, 0, *DESK)


def notices(link: Link) -> tuple[Notice, ...]:
    answer = link.ask(ListNotices())
    assert isinstance(answer, NoticeList)
    return answer.notices


class Wall:
    """A wall as systemd would start it: the watchdog, and the window that it runs."""

    def __init__(self, hall: RunningHall, screen: Screen) -> None:
        self.hall, self.screen = hall, screen
        argv = ("--hall", str(hall.directory.path), "--terminal", "wall")
        hall.processes.start("watchdog", "-m", "display.watchdog", *argv, env=screen.env)

    @property
    def window(self) -> int:
        """The window's process; 0 while there is none."""
        pid = self.hall.processes.pid("watchdog")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return int(children[0]) if children else 0

    def drawn(self) -> bool:
        return self.screen.is_drawn() and part(self.screen, WHOLE, NIGHT.paper) > 0.5


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with Processes(tmp_path / "logs") as processes:
        yield RunningHall(tmp_path / "hall", processes)


@pytest.fixture
def screen() -> Iterator[Screen]:
    opened = Screen(*DESK)
    yield opened
    opened.close()


def test_a_wall_that_stands_still_is_ended_and_another_shows_the_hall(hall: RunningHall, screen: Screen):
    wall = Wall(hall, screen)
    until("the wall", wall.drawn, timeout_s=60)
    first = wall.window
    os.kill(first, signal.SIGSTOP)
    until("another window", lambda: wall.window not in (0, first), timeout_s=FROZEN_S + 30)
    until("the wall again", wall.drawn, timeout_s=60)
    assert not Path(f"/proc/{first}").exists()


@pytest.mark.rule("R67")
def test_a_hall_s_file_that_is_broken_shows_a_sign_until_it_is_mended(hall: RunningHall, screen: Screen):
    whole = hall.directory.file.read_bytes()
    hall.directory.file.write_bytes(whole + b"\nthis is no TOML")
    wall = Wall(hall, screen)
    until("the sign", lambda: part(screen, WHOLE, NORMAL.jade) > 0.1, timeout_s=60)
    hall.directory.file.write_bytes(whole)
    until("the wall", wall.drawn, timeout_s=60)
    assert "Traceback" not in hall.processes.log("watchdog").read_text()


def test_one_program_shows_two_screens_and_the_hall_s_own_pictures(tmp_path: Path):
    """The second screen has a picture that is none among its stills: the others are shown, and staff hear of it."""
    colour = (20, 120, 200)
    with Processes(tmp_path / "logs") as processes, closing(Screen(3000, 1920)) as screen:
        hall = RunningHall(tmp_path / "hall", processes, more_terminals=f"{TWO_WALLS}still_s = 1.0\n")
        stills = hall.directory.path / "stills"
        stills.mkdir()
        (stills / "0.png").write_bytes(b"no picture")
        Image.new("RGB", (1600, 900), colour).save(stills / "1.png")
        hall.staff("06", "王芳", "window", PIN)
        hall.start_hub()
        hall.ready_hub()
        hall.start_wall(screen, terminal="walls")
        with closing(Staffed(hall)) as staffed:
            staffed.open()
            staffed.call()
            for name, box in {"left": (0, 0, 1920, 1080), "right": (1920, 0, 3000, 1920)}.items():
                until(f"gold at the {name}", lambda box=box: part(screen, box, NIGHT.gold) > 0.05, timeout_s=60)
            own = tuple(one / 255 for one in colour)
            until("the picture", lambda: part(screen, (1920, 1000, 3000, 1920), (*own, 1.0)) > 0.3)
            until("a word to the staff", lambda: "still_unreadable" in [one.detail for one in notices(staffed.window)])
        assert processes.stop("walls") == 0
