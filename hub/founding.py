"""Founds a hall: its directory with `hall.toml`, keys, data key and database; and its staff."""

from __future__ import annotations

import datetime as dt
import secrets
from zoneinfo import ZoneInfo

from hub import durable, keys, pins
from hub.config import HallDirectory
from hub.domain.business_date import business_date
from hub.domain.hall import Hall
from hub.errors import HubError
from hub.store import enrolment, feed, windows
from hub.store.migrate import migrate
from hub.store.transaction import Transaction, one_transaction
from hub.store.windows import StaffMember


class HallExists(HubError):
    """There is a hall in that directory already."""

    code = "hall_exists"


class StaffMisplaced(HubError):
    """A department's handler without the department, or a department for somebody else."""

    code = "staff_misplaced"


def found(place: HallDirectory, hall_toml: bytes) -> Hall:
    """Writes everything a hall is, from the text of its file; raises `HallExists`, `BadHall`."""
    if place.file.exists():
        raise HallExists(f"{place.file} exists; choose another directory, or move that one away")
    place.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    durable.write_new(place.file, hall_toml)
    hall = place.hall()
    keys.make_secret(place.data_key)
    keys.make_secret(place.pepper)
    keys.make_pair(place.keys, "hub")
    now = dt.datetime.now(dt.UTC)
    migrate(place.database)
    with one_transaction(place.database) as tx:
        if feed.state(tx, hall.code) is not None:
            raise HallExists(
                f"{place.database} has a hall {hall.code}; for another hub of it copy hall.toml, keys and *.key files"
            )
        feed.begin(
            tx,
            hall.code,
            hall.name,
            secrets.token_hex(16),
            business_date(now.astimezone(ZoneInfo(hall.timezone)), hall.day_begins),
        )
        for terminal in hall.terminals:
            _enroll(tx, place, hall, terminal.name, now)
    return hall


def enroll(place: HallDirectory, name: str) -> None:
    """Makes a key for a terminal that the hall's file lists, and lets it in from the hub's next start."""
    hall = place.hall()
    hall.terminal(name)
    with one_transaction(place.database) as tx:
        _enroll(tx, place, hall, name, dt.datetime.now(dt.UTC))


def add_staff(place: HallDirectory, code: str, name: str, role: str, department: str, pin: str) -> None:
    """Adds a member of staff, or gives one a new PIN; only the PIN's hash is kept.

    Raises `StaffMisplaced`: who handles a department's cases logs in at that department's terminals and no other's.
    """
    hall = place.hall()
    if (role == "department") != bool(department):
        raise StaffMisplaced(f"role department comes with its department, role {role} was given {department or 'none'}")
    if department:
        hall.department(department)
    with one_transaction(place.database) as tx:
        windows.add_staff(tx, hall.code, StaffMember(code, name, role, department, pins.hash_pin(pin)))


def _enroll(tx: Transaction, place: HallDirectory, hall: Hall, name: str, at: dt.datetime) -> None:
    enrolment.enroll(tx, hall.code, name, keys.make_pair(place.keys, name).public, at)
