"""Founds a hall: its directory with `hall.toml`, keys, data key and database; and its staff."""

from __future__ import annotations

import datetime as dt
import secrets
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from hub import keys, pins
from hub.config import HallDirectory
from hub.domain.hall import Hall
from hub.errors import HubError
from hub.store import enrolment, feed, windows
from hub.store.migrate import migrate
from hub.store.transaction import engine
from hub.store.windows import StaffMember


class HallExists(HubError):
    """There is a hall in that directory already."""

    code = "hall_exists"


def found(place: HallDirectory, hall_toml: bytes) -> Hall:
    """Writes everything a hall is, from the text of its file; raises `HallExists`, `BadHall`."""
    if place.file.exists():
        raise HallExists(f"{place.file} exists; choose another directory, or move that one away")
    place.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.file.write_bytes(hall_toml)
    hall = place.hall()
    keys.make_secret(place.data_key)
    keys.make_secret(place.pepper)
    keys.make_pair(place.keys, "hub")
    now = dt.datetime.now(dt.UTC)
    migrate(place.database)
    made = engine(place.database)
    with made.begin() as tx:
        feed.begin(tx, hall.code, hall.name, secrets.token_hex(16), now.astimezone(ZoneInfo(hall.timezone)).date())
        for terminal in hall.terminals:
            _enroll(tx, place, hall, terminal.name, now)
    made.dispose()
    return hall


def enroll(place: HallDirectory, name: str) -> None:
    """Makes a key for a terminal that the hall's file lists, and lets it in from the hub's next start."""
    hall = place.hall()
    hall.terminal(name)
    made = engine(place.database)
    with made.begin() as tx:
        _enroll(tx, place, hall, name, dt.datetime.now(dt.UTC))
    made.dispose()


def add_staff(place: HallDirectory, code: str, name: str, role: str, department: str, pin: str) -> None:
    """Adds a member of staff, or gives one a new PIN; only the PIN's hash is kept."""
    hall = place.hall()
    if department:
        hall.department(department)
    made = engine(place.database)
    with made.begin() as tx:
        windows.add_staff(tx, hall.code, StaffMember(code, name, role, department, pins.hash_pin(pin)))
    made.dispose()


def _enroll(tx: Connection, place: HallDirectory, hall: Hall, name: str, at: dt.datetime) -> None:
    enrolment.enroll(tx, hall.code, name, keys.make_pair(place.keys, name).public, at)
