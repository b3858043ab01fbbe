"""Rows of the suggestion box; words, contact and result are sealed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update

from hub.domain.suggestions import SuggestionKind, SuggestionState
from hub.store.erasing import overwritten
from hub.store.schema import suggestion
from hub.store.sealing import Person, Sealer

LISTED_AT_MOST = 500

_person = msgspec.msgpack.Decoder(Person)


class Stored(msgspec.Struct, frozen=True):
    """A suggestion without its words and without who left it."""

    number: str
    kind: SuggestionKind
    state: SuggestionState
    left_at: dt.datetime
    left_by: str
    language: str
    handled_at: dt.datetime | None = None
    handled_by: str = ""
    erased_at: dt.datetime | None = None


def add(tx: Connection, hall: str, sealer: Sealer, made: Stored, said: Person, check_on: dt.date) -> None:
    sealed = sealer.seal(msgspec.msgpack.encode(said), _place(made.number))
    tx.execute(insert(suggestion).values(hall=hall, sealed=sealed, check_on=check_on, **msgspec.structs.asdict(made)))


def find(db: Connection, hall: str, number: str) -> Stored | None:
    row = db.execute(select(suggestion).where(*_of(hall, number))).one_or_none()
    return None if row is None else _stored(row)


def listed(db: Connection, hall: str, only_open: bool) -> list[Stored]:
    """What waits first, oldest first; then what was dealt with, newest first."""
    of_hall = suggestion.c.hall == hall
    waiting = select(suggestion).where(of_hall, suggestion.c.state == "left").order_by(suggestion.c.number)
    handled = select(suggestion).where(of_hall, suggestion.c.state == "handled")
    newest = handled.order_by(suggestion.c.handled_at.desc(), suggestion.c.number)
    rows = [*db.execute(waiting.limit(LISTED_AT_MOST))]
    if not only_open:
        rows += db.execute(newest.limit(LISTED_AT_MOST))
    return [_stored(row) for row in rows]


def said(db: Connection, hall: str, sealer: Sealer, number: str) -> tuple[Person, str]:
    """Its words with who left it, and what was done about it."""
    row = db.execute(select(suggestion.c.sealed, suggestion.c.sealed_result).where(*_of(hall, number))).one()
    person = Person("", "", "")
    if row.sealed is not None:
        person = _person.decode(sealer.open(row.sealed, _place(number)))
    return person, sealer.open_text(row.sealed_result, f"{_place(number)}/result")


def handle(tx: Connection, hall: str, sealer: Sealer, number: str, *, at: dt.datetime, staff: str, result: str) -> None:
    values = {"state": "handled", "handled_at": at, "handled_by": staff, "check_on": None}
    sealed = sealer.seal_text(result, f"{_place(number)}/result")
    tx.execute(update(suggestion).where(*_of(hall, number)).values(sealed_result=sealed, **values))


def to_check(db: Connection, hall: str, today: dt.date) -> int:
    """How many wait to be looked at by that day."""
    due = select(suggestion.c.number).where(suggestion.c.hall == hall, suggestion.c.check_on <= today)
    return len(db.execute(due).all())


def checked(tx: Connection, hall: str, today: dt.date, again: dt.date) -> None:
    """Somebody was told to look; what is still there then comes again on that day."""
    due = (suggestion.c.hall == hall, suggestion.c.check_on <= today)
    tx.execute(update(suggestion).where(*due).values(check_on=again))


def erase(tx: Connection, hall: str, number: str, at: dt.datetime) -> None:
    """Overwrites its words and who left them; that it was left, and what was done, stays."""
    with overwritten(tx):
        tx.execute(update(suggestion).where(*_of(hall, number)).values(sealed=None, erased_at=at))


def end(tx: Connection, hall: str, number: str, at: dt.datetime) -> None:
    """Its time is over: what was done about it goes too."""
    erase(tx, hall, number, at)
    with overwritten(tx):
        tx.execute(update(suggestion).where(*_of(hall, number)).values(sealed_result=None))


def _of(hall: str, number: str) -> tuple[Any, Any]:
    return suggestion.c.hall == hall, suggestion.c.number == number


def _place(number: str) -> str:
    return f"suggestion/{number}"


def _stored(row: Any) -> Stored:
    return Stored(**{name: getattr(row, name) for name in Stored.__struct_fields__})
