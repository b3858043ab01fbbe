"""Small builders that all tests share: a hall, a policy, a calendar, a complaint with real text."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

from msgspec.structs import replace

import hub
from hub.config import load_calendar, load_policy, load_published, parse_hall
from hub.domain.deadline import Calendar, Due, HallDay
from hub.domain.hall import Hall, HubAddress
from hub.domain.hall_calendar import HallCalendar, Published
from hub.domain.lookup import LookupKeys, make_keys
from hub.domain.policy import Policy
from hub.wire.messages import FileComplaint, Progress, Step, TicketView
from tests.demo.complaints import DemoComplaint, complaints

MONDAY = dt.date(2026, 11, 23)
"""A Monday in a week without holidays; five working days later is Monday the 30th."""
FILED_AT = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)
"""09:31 of that Monday in the hall's time."""
CASE_NUMBER = "370406-20261123-0007-3"

TWO_WALLS = """
[[terminals]]
name = "walls"
role = "display"

[[terminals.walls]]
width_px = 1920
height_px = 1080
width_mm = 1210.0
height_mm = 680.0

[[terminals.walls]]
left_px = 1920
width_px = 1080
height_px = 1920
width_mm = 680.0
height_mm = 1210.0
regions = ["calls", "stills"]
language = "en"
stills = "stills"
"""
"""What a hall's file says of a wall of two screens, one across and one upright; more of the second may follow."""


def a_hall(template: str = "shanting", **changes: object) -> Hall:
    """A shipped hall template, with changes by field; `address` sets where the hub is."""
    path = Path(hub.__file__).parent / "halls" / f"{template}.toml"
    return replace(parse_hall(path.read_bytes()), **changes)


def an_address(commands_port: int, feed_port: int) -> HubAddress:
    return HubAddress(commands=f"tcp://127.0.0.1:{commands_port}", feed=f"tcp://127.0.0.1:{feed_port}")


@cache
def a_policy(name: str = "shanting") -> Policy:
    return load_policy(name)


def a_calendar() -> Calendar:
    return load_calendar()


def a_published() -> Published:
    return load_published()


def a_due(wd: int = 5, start: dt.date = MONDAY) -> Due:
    return a_calendar().due(start, wd)


def a_long_due() -> Due:
    """What takes the most words at filing: after the cut-off, over 春节, in a hall with days of its own."""
    days = HallCalendar(load_published()).with_days(
        [
            HallDay(dt.date(2026, 2, 13), "closed", "政务云系统升级"),
            HallDay(dt.date(2026, 2, 25), "half", "消防演练", dt.time(12)),
            HallDay(dt.date(2026, 3, 1), "worked", "便民周末"),
        ]
    )
    known = a_policy()
    late = replace(known.clock, cut_off=replace(known.clock.cut_off, value=dt.time(15, 30)))
    calendar = days.calendar().under(replace(known, clock=late))
    return calendar.due(dt.datetime(2026, 2, 11, 16, 10), 9)  # noqa: DTZ001 - the hall's own time


def lookup_keys(seed: int = 0) -> LookupKeys:
    """Keys that differ by `seed` and are the same in every run."""
    return make_keys(lambda size: bytes((seed + at) % 256 for at in range(size)))


def a_demo_complaint(hall: str = "shanting", number: int = 0) -> DemoComplaint:
    return complaints(hall)[number]


def a_complaint(hall: str = "shanting", number: int = 0, **changes: object) -> FileComplaint:
    """One of the demo's complaints as the command that files it."""
    return replace(a_demo_complaint(hall, number).filed_with(lookup_keys(number)), **changes)


def a_ticket(number: str = "F012", **changes: object) -> TicketView:
    ticket = TicketView(
        ticket_id=f"t-{number}",
        number=number,
        service="complaint",
        state="waiting",
        taken_at=FILED_AT,
        case_number=CASE_NUMBER,
    )
    return replace(ticket, **changes)


def a_progress(**changes: object) -> Progress:
    """A case that a department works on: what the phone page shows."""
    at = [FILED_AT + dt.timedelta(minutes=minutes) for minutes in (0, 2, 34)]
    progress = Progress(
        case_number=CASE_NUMBER,
        stage="accepted",
        matter="transfer-sale",
        filed_at=FILED_AT,
        due=a_due(),
        department="real-estate",
        steps=(
            Step(at=at[0], move="file"),
            Step(at=at[1], move="dispatch", department="real-estate"),
            Step(at=at[2], move="accept", department="real-estate"),
        ),
        promise=a_policy().promise.value,
        after_closing=a_policy().after_closing.value,
    )
    return replace(progress, **changes)
