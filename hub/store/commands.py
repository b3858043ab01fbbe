"""Commands that were carried out, each remembered with its answer, and the audit chain over them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, desc, func, or_, select, update

from hub.store.prepared import insert_rows, prepared
from hub.store.schema import audit, command

ASKED_AT_ONCE = (1, 8, 64, 512)
"""Statements are compiled for so many ids; fewer are filled up with none."""

FOR_WHOM = " for "
"""Stands between a link's subject and who was away, where somebody stood in for them (R7)."""


@dataclass(frozen=True)
class Remembered:
    """A command that was carried out before."""

    terminal: str
    digest: bytes
    answer: bytes


@dataclass(frozen=True)
class AuditRecord:
    """One link of the chain: who did what to what. No personal data; `subject` is a number or name of the hall's."""

    ordinal: int
    at: dt.datetime
    terminal: str
    staff: str
    kind: str
    subject: str
    command_id: str

    def chained(self, previous: bytes) -> bytes:
        """This link's hash over the one before and the canonical record."""
        canonical = msgspec.msgpack.encode(
            (self.ordinal, self.at, self.terminal, self.staff, self.kind, self.subject, self.command_id)
        )
        return hashlib.sha256(previous + canonical).digest()


def remembered(tx: Connection, hall: str, ids: list[str]) -> dict[str, Remembered]:
    """Those of these commands that were carried out before, by their id."""
    known: dict[str, Remembered] = {}
    for begin in range(0, len(ids), ASKED_AT_ONCE[-1]):
        some = ids[begin : begin + ASKED_AT_ONCE[-1]]
        size = next(size for size in ASKED_AT_ONCE if size >= len(some))
        padded = {f"id_{n}": some[n] if n < len(some) else "" for n in range(size)}
        rows = prepared(tx, ("remembered", size), partial(_by_ids, size)).run(tx, [{"of_hall": hall, **padded}])
        known |= {row.command_id: Remembered(row.terminal, row.digest, row.answer) for row in rows}
    return known


def _by_ids(size: int) -> Select[Any]:
    asked = [bindparam(f"id_{n}", type_=command.c.command_id.type) for n in range(size)]
    return select(command.c.command_id, command.c.terminal, command.c.digest, command.c.answer).where(
        command.c.hall == bindparam("of_hall"), command.c.command_id.in_(asked)
    )


def remember(tx: Connection, hall: str, rows: list[dict[str, object]]) -> None:
    insert_rows(tx, command, [{"hall": hall, **row} for row in rows])


def answer_anew(tx: Connection, hall: str, command_id: str, answer: bytes) -> None:
    """Replaces what a command was answered: a paper's numbers stand instead of those."""
    tx.execute(update(command).where(command.c.hall == hall, command.c.command_id == command_id).values(answer=answer))


def append_audit(tx: Connection, hall: str, records: list[tuple[AuditRecord, bytes]]) -> None:
    insert_rows(tx, audit, [{"hall": hall, **vars(record), "hash": digest} for record, digest in records])


def audit_tail(db: Connection, hall: str) -> tuple[int, bytes]:
    """Ordinal and hash of the newest link; (0, b"") before the first."""
    row = db.execute(
        select(audit.c.ordinal, audit.c.hash).where(audit.c.hall == hall).order_by(desc(audit.c.ordinal)).limit(1)
    ).one_or_none()
    return (row.ordinal, row.hash) if row else (0, b"")


@dataclass(frozen=True)
class AuditQuestion:
    """Which links are asked for; what is empty does not narrow. `until` is the first moment that is too late."""

    subject: str = ""
    staff: str = ""
    kind: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def audit_links(db: Connection, hall: str, asked: AuditQuestion, last: int) -> tuple[list[AuditRecord], int]:
    """The newest links that were asked for, oldest first, and how many older ones there are."""
    wanted = [audit.c.hall == hall]
    wanted += [getattr(audit.c, name) == said for name in ("staff", "kind") if (said := getattr(asked, name))]
    if asked.subject:
        by_stand_in = audit.c.subject.startswith(asked.subject + FOR_WHOM, autoescape=True)
        wanted += [or_(audit.c.subject == asked.subject, by_stand_in)]
    wanted += [audit.c.at >= asked.since] if asked.since else []
    wanted += [audit.c.at < asked.until] if asked.until else []
    rows = db.execute(select(audit).where(*wanted).order_by(desc(audit.c.ordinal)).limit(last)).all()
    count = db.execute(select(func.count()).select_from(audit).where(*wanted)).scalar_one()
    return [_record(row) for row in reversed(rows)], count - len(rows)


def links_about(db: Connection, hall: str, number: str, *, without: frozenset[str]) -> list[tuple[AuditRecord, bytes]]:
    """Every link about a case, with its hash, oldest first; kinds of commands `without` are left out.

    Links about something of a case, such as its work orders, begin with its number.
    """
    rows = db.execute(
        select(audit)
        .where(audit.c.hall == hall, audit.c.subject.startswith(number, autoescape=True))
        .order_by(audit.c.ordinal)
    )
    return [(_record(row), bytes(row.hash)) for row in rows if row.kind not in without]


def newest_moment(db: Connection, hall: str) -> dt.datetime | None:
    """When the hub last did anything; None before the first time."""
    return db.execute(
        select(audit.c.at).where(audit.c.hall == hall).order_by(desc(audit.c.ordinal)).limit(1)
    ).scalar_one_or_none()


def verify_audit(db: Connection, hall: str) -> int | None:
    """The ordinal of the first broken link, or None when the chain is whole."""
    previous, expected = b"", 1
    for row in db.execute(select(audit).where(audit.c.hall == hall).order_by(audit.c.ordinal)):
        record = _record(row)
        if row.ordinal != expected or record.chained(previous) != row.hash:
            return expected
        previous, expected = row.hash, expected + 1
    return None


def _record(row: Row[Any]) -> AuditRecord:
    return AuditRecord(row.ordinal, row.at, row.terminal, row.staff, row.kind, row.subject, row.command_id)
