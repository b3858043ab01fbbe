"""Numbers at the real kiosk: real touches, a real hub, a printer's emulator; a hub that dies at the worst moment."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageChops

from hub import keys
from hub.store import appointments
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.wire.messages import AppointmentView, TicketIssued
from printers.drawing import draw
from printers.number_slip import number_slip
from printers.papers import slip_of
from printers.profiles import profile_of
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

CODE = "7K3MQ9"


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    return RunningHall(tmp_path / "hall", processes, template="wuxi")


@pytest.fixture
def kiosk(hall: RunningHall, screen: Screen) -> Screen:
    """A kiosk at its first screen that hears the hub, and a printer."""
    hall.start_printer()
    hall.start_hub()
    hall.ready_device("printer")
    hall.ready_hub()
    hall.start_kiosk(screen)
    screen.at("home", timeout_s=60)
    heard(screen)
    return screen


def heard(kiosk: Screen) -> None:
    until("a kiosk that hears the hub", lambda: kiosk.seen().get("state") == "live", timeout_s=30)


def came_to(kiosk: Screen, state: str, timeout_s: float = 30.0) -> None:
    until(lambda: f"{state!r}, not {kiosk.seen()}", lambda: kiosk.seen().get("state") == state, timeout_s)


def tickets(hall: RunningHall) -> list[Any]:
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        return db.execute("SELECT * FROM ticket ORDER BY taken_at").fetchall()


def papers(hall: RunningHall) -> list[Path]:
    return sorted(hall.paper.glob("receipt-*.png"))


def is_printed(paper: Path, hall: RunningHall, ticket: Any, **more: Any) -> bool:
    """Whether the paper is the very picture of the slip that this ticket has."""
    taken_at = moment(ticket)
    issued = TicketIssued(ticket_id="", number=number_of(ticket), service=ticket["service"], ahead=0, taken_at=taken_at)
    slip = number_slip(issued, hall.hall, hall.directory.policy(), taken_at, **more)
    wanted = draw(slip_of(slip), profile_of(hall.hall.printers[0]).width_dots)
    with Image.open(paper) as found:
        head = wanted.crop((0, 0, wanted.width, found.height))
        differing = ImageChops.logical_xor(found.convert("1"), head.convert("1")).histogram()[255]
    return found.width == wanted.width and differing <= 3


def moment(ticket: Any) -> dt.datetime:
    """When it was taken; the store keeps microseconds."""
    return dt.datetime.fromtimestamp(ticket["taken_at"] / 1_000_000, dt.UTC)


def number_of(ticket: Any) -> str:
    return f"{ticket['series']}{ticket['number']:03}"


@pytest.mark.rule("R55", "R57")
def test_a_number_is_on_the_screen_on_paper_and_in_the_line_once(kiosk: Screen, hall: RunningHall) -> None:
    kiosk.touch("service.number")
    kiosk.at("service")
    left, top, width, height = kiosk.seen()["touch"]["take.planning"]
    storm = ["mousemove", str(left + width // 2), str(top + height // 2)]
    for _ in range(6):
        storm += ["click", "1"]
    subprocess.run(["xdotool", *storm], check=True, env={**os.environ, "DISPLAY": kiosk.display})
    kiosk.at("issued")
    came_to(kiosk, "issued.taken")
    (ticket,) = tickets(hall)
    (paper,) = papers(hall)
    assert is_printed(paper, hall, ticket)
    kiosk.touch("finish")
    kiosk.at("home")
    kiosk.touch("service.green")
    kiosk.at("ground")
    kiosk.touch("ground.school")
    kiosk.at("issued")
    came_to(kiosk, "issued.taken")
    _, green = tickets(hall)
    assert (green["service"], green["lane"]) == ("green", "green")
    assert len(papers(hall)) == 2


@pytest.mark.rule("R58")
def test_an_appointment_is_checked_in_by_its_code_and_a_wrong_one_is_said(hall: RunningHall, screen: Screen) -> None:
    slot = booked(hall)
    hall.start_printer()
    hall.start_hub()
    hall.ready_device("printer")
    hall.ready_hub()
    hall.start_kiosk(screen)
    screen.at("home", timeout_s=60)
    heard(screen)
    screen.touch("service.check_in")
    screen.at("code")
    typed(screen, "7K3MQ8")
    screen.touch("send")
    screen.at("code_refused")
    screen.touch("again")
    screen.at("code")
    typed(screen, CODE)
    screen.touch("send")
    screen.at("issued")
    came_to(screen, "issued.taken")
    (ticket,) = tickets(hall)
    assert ticket["lane"] == ("appointment" if moment(ticket) <= slot else "line")
    assert len(papers(hall)) == 1


def booked(hall: RunningHall) -> dt.datetime:
    """An appointment for in a few minutes, at any hour of any day: written as one that was given long ago."""
    place = hall.directory
    now = dt.datetime.now(ZoneInfo(hall.hall.timezone))
    later = now + dt.timedelta(minutes=20)
    slot = later.time().replace(second=0, microsecond=0) if later.date() == now.date() else dt.time(23, 59)
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    made = AppointmentView(
        appointment_id="0" * 32,
        code=CODE,
        service="planning",
        date=now.date(),
        slot=slot,
        kind="booked",
        state="booked",
        made_at=now.astimezone(dt.UTC) - dt.timedelta(days=3),
    )
    with one_transaction(place.database) as tx:
        appointments.add(tx, hall.hall.code, sealer, made, "", "", "")
    return dt.datetime.combine(made.date, slot, now.tzinfo).astimezone(dt.UTC)


def typed(kiosk: Screen, code: str) -> None:
    for at, letter in enumerate(code, start=1):
        kiosk.touch(f"key.{letter}")
        came_to(kiosk, f"code.{at}")


@pytest.mark.rule("R65")
def test_with_the_hub_away_staff_give_the_numbers_and_the_kiosk_again_when_it_is_back(
    kiosk: Screen, hall: RunningHall
) -> None:
    hall.processes.kill("hub")
    came_to(kiosk, "away")
    kiosk.touch("service.number")
    kiosk.at("away")
    assert tickets(hall) == []
    hall.start_hub()
    until("a number after all", lambda: ask_again(kiosk) == "service", timeout_s=60)
    kiosk.touch("take.planning")
    kiosk.at("issued")
    assert len(tickets(hall)) == 1


def ask_again(kiosk: Screen) -> str:
    """Touches the way on of a screen that waits for nothing but that; the screen it leads to."""
    kiosk.touch("again")
    kiosk.settled(quiet_s=1.0)
    until("an answer", lambda: kiosk.seen()["screen"] != "asking")
    return str(kiosk.seen()["screen"])


@pytest.mark.rule("R55")
def test_a_hub_that_dies_between_the_tap_and_its_answer_gives_one_number(kiosk: Screen, hall: RunningHall) -> None:
    kiosk.touch("service.number")
    kiosk.at("service")
    hall.processes.signal("hub", signal.SIGSTOP)
    kiosk.touch("take.planning")
    kiosk.at("asking")
    assert not kiosk.has("take.planning")
    hall.processes.kill("hub")
    kiosk.at("late", timeout_s=20)
    hall.start_hub()
    until("the number", lambda: ask_again(kiosk) == "issued", timeout_s=60)
    came_to(kiosk, "issued.taken")
    (ticket,) = tickets(hall)
    (paper,) = papers(hall)
    assert is_printed(paper, hall, ticket)
