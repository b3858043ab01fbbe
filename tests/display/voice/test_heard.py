"""A real wall speaks: what reaches its sound device, and who learns that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from display.voice.clips import needed
from display.voice.sound import joined
from hub.wire.messages import (
    CallNext,
    ListNotices,
    LoggedIn,
    LogIn,
    NoticeList,
    SetWindow,
    TakeTicket,
    TicketAnswer,
    TicketIssued,
)
from tests.display.voice.test_clips import record
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e
PIN = "480615"
HERE = """
[[loudspeakers]]
name = "east"
device = "{device}"
chime = false
clips = {{ zh_Hans = "clips" }}

[[terminals]]
name = "speaking"
role = "display"
loudspeaker = "east"
"""


@pytest.fixture
def screen() -> Iterator[Screen]:
    opened = Screen(*DESK)
    yield opened
    opened.close()


def founded(place: Path, processes: Processes, device: str) -> RunningHall:
    """A hall with a wall that speaks through this device."""
    hall = RunningHall(place, processes, more_terminals=HERE.format(device=device))
    hall.staff("06", "王芳", "window", PIN)
    hall.staff("01", "刘主任", "supervisor", PIN)
    return hall


def speaking(hall: RunningHall, screen: Screen) -> None:
    hall.start_hub()
    hall.ready_hub()
    hall.start_wall(screen, terminal="speaking")
    hall.ready_window("speaking", screen)


def test_a_call_reaches_the_device_as_its_recordings_sample_by_sample(
    tmp_path: Path, processes: Processes, screen: Screen
):
    played = tmp_path / "played.raw"
    hall = founded(tmp_path / "hall", processes, f"file:FILE={played},FORMAT=raw")
    described = hall.hall
    made = record(hall.directory.path / "clips", needed(described, [3], "zh_Hans"))
    (hall.directory.path / "clips" / "9.wav").unlink()
    speaking(hall, screen)
    assert "clips/9.wav" in processes.log("speaking").read_text(), "what lacks is named at the start"
    kiosk, window = hall.link("kiosk-1", feed=False), hall.link("window-3", feed=False)
    assert isinstance(window.ask(LogIn(staff="06", pin=PIN)), LoggedIn)
    window.ask(SetWindow(open=True))
    assert isinstance(kiosk.ask(TakeTicket(service=described.service_for_cases)), TicketIssued)
    answer = window.ask(CallNext())
    assert isinstance(answer, TicketAnswer)
    wanted = joined([made[name] for name in ("please", *answer.ticket.number, "to", "3", "window")])
    until("the call", lambda: played.exists() and played.read_bytes() == wanted.frames)
    kiosk.close()
    window.close()


def test_a_missing_device_is_a_notice_for_staff_and_the_wall_goes_on(
    tmp_path: Path, processes: Processes, screen: Screen
):
    hall = founded(tmp_path / "hall", processes, "plughw:31")
    speaking(hall, screen)
    link = hall.link("supervisor", feed=False)
    assert isinstance(link.ask(LogIn(staff="01", pin=PIN)), LoggedIn)

    def told() -> list[str]:
        answer = link.ask(ListNotices())
        assert isinstance(answer, NoticeList)
        return [one.detail for one in answer.notices if (one.kind, one.subject) == ("terminal_trouble", "speaking")]

    # The hall has no recordings either; which of the two notices comes first depends on how soon the device is tried.
    until("the notice", lambda: "voice_silent" in told(), every_s=0.2)
    assert "sound device 'plughw:31'" in processes.log("speaking").read_text()
    link.close()
    assert processes.stop("speaking") == 0
