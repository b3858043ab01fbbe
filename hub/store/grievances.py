"""Rows of 投诉: whom they are about, and who is therefore kept away from them (R11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, or_, select, update

from hub.domain.grievance import Weight
from hub.store.schema import grievance
from hub.store.sealing import Sealer
from hub.wire.messages import GrievanceView, Respondent


class Told(msgspec.Struct, frozen=True):
    """What the complainant said of the respondent; kept sealed, for both sides are protected."""

    respondent: str
    happened: str
    place: str


_told = msgspec.msgpack.Decoder(Told)


class Grievance(msgspec.Struct, frozen=True):
    """What a move needs to know of a 投诉."""

    department: str
    staff: str
    barred: bool
    must_be_written: bool
    written_at: dt.datetime | None

    def keeps_out(self, staff: str, department: str) -> bool:
        """Whether this is the respondent: the person where they are known, else anybody of their unit (R11)."""
        if not self.barred:
            return False
        return staff == self.staff if self.staff else department == self.department != ""

    @property
    def waits_for_writing(self) -> bool:
        return self.must_be_written and self.written_at is None


def row(sealer: Sealer, number: str, told: Told, **values: object) -> dict[str, object]:
    sealed = sealer.seal(msgspec.msgpack.encode(told), f"grievance/{number}")
    return {"case_number": number, "sealed": sealed, **values}


def find(tx: Connection, hall: str, number: str) -> Grievance | None:
    found = tx.execute(_one(hall, number)).one_or_none()
    if found is None:
        return None
    return Grievance(found.department, found.respondent_staff, found.barred, found.must_be_written, found.written_at)


def save(tx: Connection, hall: str, number: str, **values: Any) -> None:
    tx.execute(update(grievance).where(grievance.c.hall == hall, grievance.c.case_number == number).values(**values))


def respondent(tx: Connection, hall: str, number: str) -> Respondent:
    found = tx.execute(_one(hall, number)).one()
    return Respondent(staff=found.respondent_staff, department=found.department) if found.barred else Respondent()


def view(tx: Connection, hall: str, sealer: Sealer, number: str) -> GrievanceView:
    """A 投诉 whole, opened with the data key."""
    found = tx.execute(_one(hall, number)).one()
    told = Told("", "", "")
    if found.sealed is not None:
        told = _told.decode(sealer.open(found.sealed, f"grievance/{number}"))
    return GrievanceView(
        ground=found.ground,
        weight=msgspec.convert(tuple(found.weight.split(",")) if found.weight else (), tuple[Weight, ...]),
        respondent=told.respondent,
        respondent_staff=found.respondent_staff,
        department=found.department,
        happened=told.happened,
        place=told.place,
        must_be_written=found.must_be_written,
        written_at=found.written_at,
    )


def hidden_from(hall: str, staff: str, department: str) -> Select[Any]:
    """The numbers of the 投诉 that somebody is kept away from; without a login, all that name a person."""
    person = grievance.c.respondent_staff == staff if staff else grievance.c.respondent_staff != ""
    named = and_(grievance.c.respondent_staff != "", person)
    unit = and_(grievance.c.respondent_staff == "", grievance.c.department != "", grievance.c.department == department)
    return select(grievance.c.case_number).where(grievance.c.hall == hall, grievance.c.barred, or_(named, unit))


def _one(hall: str, number: str) -> Select[Any]:
    return select(grievance).where(grievance.c.hall == hall, grievance.c.case_number == number)
