"""Wall and LED board as real programs, fed by a real hub."""

from __future__ import annotations

import json
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from display.theme.palette import NIGHT, Colour
from hub.link import Link
from hub.wire.messages import (
    CallNext,
    ListNotices,
    LoggedIn,
    LogIn,
    NoticeList,
    PostBulletin,
    RecallTicket,
    SetWindow,
    TakeTicket,
    TicketAnswer,
    TicketIssued,
)
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e
PIN = "480615"
CALLS, NOTICE, STATE = (60, 200, 1100, 640), (60, 910, 1860, 980), (1000, 10, 1400, 90)
"""Where the wall has its call cards, the notice's band and the state of the data, in pixels."""
LOOKS = 60
"""Some seconds from the first picture on."""
NEWEST = (150, 760, 480, 918)
"""And the number of the newest of the last calls, without its window."""


class Staffed:
    """A hall in which window 3 is open and citizens take numbers."""

    def __init__(self, hall: RunningHall) -> None:
        self.hall = hall
        self.kiosk = hall.link("kiosk-1", feed=False)
        self.window = hall.link("window-3", feed=False)
        self.service = hall.hall.service_for_cases

    def open(self) -> None:
        assert isinstance(self.window.ask(LogIn(staff="06", pin=PIN)), LoggedIn)
        self.window.ask(SetWindow(open=True))

    def call(self) -> str:
        """Somebody takes a number and is called; returns the number."""
        assert isinstance(self.kiosk.ask(TakeTicket(service=self.service)), TicketIssued)
        answer = self.window.ask(CallNext())
        assert isinstance(answer, TicketAnswer)
        self.ticket_id = answer.ticket.ticket_id
        return answer.ticket.number

    def close(self) -> None:
        self.kiosk.close()
        self.window.close()


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    founded = RunningHall(tmp_path / "hall", processes)
    founded.staff("06", "王芳", "window", PIN)
    founded.staff("01", "刘主任", "supervisor", PIN)
    founded.start_hub()
    founded.ready_hub()
    return founded


@pytest.fixture
def staffed(hall: RunningHall) -> Iterator[Staffed]:
    opened = Staffed(hall)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def wall() -> Iterator[Screen]:
    screen = Screen(*DESK)
    yield screen
    screen.close()


def part(screen: Screen, box: tuple[int, int, int, int], color: Colour) -> float:
    """Which part of a box has this colour."""
    wanted = tuple(round(255 * one) for one in color[:3])
    seen = screen.picture().crop(box)
    return sum(count for count, one in seen.getcolors(1 << 20) if one == wanted) / (seen.width * seen.height)


def number_mm(screen: Screen) -> float:
    """Height of the newest number in the strip of the last calls, on the glass of a 55 inch screen."""
    ink = screen.picture().crop(NEWEST).convert("L").point(lambda level: 255 if level > 200 else 0)
    _, top, _, bottom = ink.getbbox() or (0, 0, 0, 0)
    return (bottom - top) * 680.0 / 1080


def supervisor(hall: RunningHall) -> Link:
    link = hall.link("supervisor", feed=False)
    assert isinstance(link.ask(LogIn(staff="01", pin=PIN)), LoggedIn)
    return link


def shown(processes: Processes) -> list[list[str]]:
    """Every picture the LED board has had, as lines."""
    told = [json.loads(line) for line in processes.log("board").read_text().splitlines()]
    return [one["shown"] for one in told if "shown" in one]


def test_a_call_stands_in_gold_flashes_in_hard_steps_and_then_stands_still(
    hall: RunningHall, staffed: Staffed, wall: Screen
):
    hall.start_wall(wall)
    hall.ready_window("wall", wall)
    until("the live wall", lambda: part(wall, STATE, NIGHT.seal) == 0)
    assert part(wall, CALLS, NIGHT.gold) == 0
    staffed.call()
    until("the gold card", lambda: part(wall, CALLS, NIGHT.gold) > 0.6)
    until("the dark step of the flash", lambda: 0.01 < part(wall, CALLS, NIGHT.gold) < 0.4)
    until("the gold step of the flash", lambda: part(wall, CALLS, NIGHT.gold) > 0.6)
    assert number_mm(wall) >= 61, "a called number is read from five metres away"
    wall.settled(quiet_s=2.0, timeout_s=15)
    assert part(wall, CALLS, NIGHT.gold) > 0.6
    staffed.window.ask(RecallTicket(ticket_id=staffed.ticket_id))
    until("the recall flashing", lambda: 0.01 < part(wall, CALLS, NIGHT.gold) < 0.4)


def test_the_calls_that_a_wall_rehearses_are_never_seen(hall: RunningHall, wall: Screen):
    hall.start_wall(wall)
    hall.ready_window("wall", wall)
    assert max(part(wall, CALLS, NIGHT.gold) for _ in range(LOOKS)) == 0


def test_the_wall_says_when_it_is_stale_and_lives_again_with_the_hub(
    hall: RunningHall, staffed: Staffed, wall: Screen, processes: Processes
):
    hall.start_wall(wall)
    hall.ready_window("wall", wall)
    staffed.call()
    until("the live wall with the call", lambda: part(wall, CALLS, NIGHT.gold) > 0.6)
    until("live", lambda: part(wall, STATE, NIGHT.seal) == 0)
    processes.kill("hub")
    until("the stale mark", lambda: part(wall, STATE, NIGHT.seal) > 0.3)
    assert part(wall, CALLS, NIGHT.gold) > 0.01, "a stale wall keeps its picture"
    hall.start_hub()
    until("live again", lambda: part(wall, STATE, NIGHT.seal) == 0)


def test_the_halls_notice_is_a_band_only_while_there_is_one(hall: RunningHall, wall: Screen):
    hall.start_wall(wall)
    hall.ready_window("wall", wall)
    link = supervisor(hall)
    assert part(wall, NOTICE, NIGHT.jade_soft) == 0
    link.ask(PostBulletin(text="𠮷祥街因施工封闭，䶮山路的同志请于二〇二六年十二月一日前办理。" * 3))
    until("the notice", lambda: part(wall, NOTICE, NIGHT.jade_soft) > 0.3)
    link.ask(PostBulletin(text=""))
    until("the notice gone", lambda: part(wall, NOTICE, NIGHT.jade_soft) == 0)
    link.close()


def test_wall_and_board_end_when_told(hall: RunningHall, wall: Screen, processes: Processes):
    hall.start_board()
    hall.ready_device("board")
    hall.start_led()
    hall.start_wall(wall)
    hall.ready_window("wall", wall)
    until("the LED program", lambda: processes.said("led", "led.ready"))
    assert processes.stop("wall") == 0
    assert processes.stop("led") == 0
    assert "Traceback" not in processes.log("wall").read_text() + processes.log("led").read_text()


def test_a_call_pre_empts_the_led_boards_pages(hall: RunningHall, staffed: Staffed, processes: Processes):
    hall.start_board()
    hall.ready_device("board")
    hall.start_led()
    until("pages of waiting", lambda: any("无需等候" in line for page in shown(processes) for line in page))
    number = staffed.call()
    until("the call", lambda: shown(processes)[-1] == [f"{number}请到3号窗口", ""])
    until("pages again", lambda: f"{number}请到3号窗口" not in shown(processes)[-1])


def test_a_notice_with_characters_the_board_lacks_shows_a_box_for_each(hall: RunningHall, processes: Processes):
    hall.start_board()
    hall.ready_device("board")
    hall.start_led()
    link = supervisor(hall)
    link.ask(PostBulletin(text="䶮𠮷路施工，请绕行"))
    link.close()
    until("the notice", lambda: ["□□路施工，请绕", "行"] in shown(processes), timeout_s=60)


def test_a_silent_board_is_a_notice_for_staff_and_shows_again_by_itself(
    hall: RunningHall, staffed: Staffed, processes: Processes
):
    hall.start_board()
    hall.ready_device("board")
    hall.start_led()
    until("the first page", lambda: any(any(page) for page in shown(processes)))
    link = supervisor(hall)
    processes.signal("board", signal.SIGSTOP)

    def notices() -> list[tuple[str, str, str]]:
        answer = link.ask(ListNotices())
        assert isinstance(answer, NoticeList)
        return [(notice.kind, notice.subject, notice.detail) for notice in answer.notices]

    silent_since_s = time.monotonic()
    until("the notice", lambda: ("terminal_trouble", "led", "board_silent") in notices(), timeout_s=60, every_s=0.2)
    assert time.monotonic() - silent_since_s < 10
    processes.signal("board", signal.SIGCONT)
    number = staffed.call()
    until("the call on the board", lambda: [f"{number}请到3号窗口", ""] in shown(processes), timeout_s=60)
    link.close()


def test_the_control_port_takes_only_orders_it_knows(hall: RunningHall):
    hall.start_board()
    hall.ready_device("board")
    with socket.create_connection(("127.0.0.1", hall.ports["board-control"]), timeout=5) as control:
        control.sendall(b"sing\n")
        assert b"no such order" in control.recv(200)
