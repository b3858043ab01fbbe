"""Notice rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from hub.domain.hall import Role
from hub.store.schema import notice
from hub.wire.messages import Notice


@dataclass(frozen=True)
class StoredNotice:
    roles: tuple[Role, ...]
    department: str
    subject: str
    acknowledged: bool


def add(tx: Connection, hall: str, rows: list[dict[str, object]]) -> None:
    tx.execute(insert(notice), [{"hall": hall, **row} for row in rows])


def newest_id(tx: Connection, hall: str) -> int:
    """The highest notice id ever given; 0 before the first."""
    return tx.execute(select(func.max(notice.c.notice_id)).where(notice.c.hall == hall)).scalar_one() or 0


def find(tx: Connection, hall: str, notice_id: int) -> StoredNotice | None:
    row = tx.execute(select(notice).where(notice.c.hall == hall, notice.c.notice_id == notice_id)).one_or_none()
    if row is None:
        return None
    return StoredNotice(
        msgspec.convert(row.roles.split(","), tuple[Role, ...]),
        row.department,
        row.subject,
        row.acknowledged_at is not None,
    )


def acknowledge(tx: Connection, hall: str, notice_id: int, staff: str, at: dt.datetime) -> None:
    tx.execute(
        update(notice)
        .where(notice.c.hall == hall, notice.c.notice_id == notice_id)
        .values(acknowledged_at=at, acknowledged_by=staff)
    )


def is_waiting(tx: Connection, hall: str, kind: str, subject: str, detail: str) -> bool:
    found = select(notice.c.notice_id).where(
        notice.c.hall == hall,
        notice.c.acknowledged_at.is_(None),
        notice.c.kind == kind,
        notice.c.subject == subject,
        notice.c.detail == detail,
    )
    return tx.execute(found).first() is not None


def waiting_about(tx: Connection, hall: str, kinds: tuple[str, ...], subject: str) -> list[int]:
    """Ids of unacknowledged notices of these kinds about something, oldest first."""
    return list(tx.execute(_ABOUT, {"of_hall": hall, "kinds": kinds, "about": subject}).scalars())


def waiting(tx: Connection, hall: str, role: str, department: str, hidden: Select[Any]) -> list[Notice]:
    """Unacknowledged notices of a role (and department), oldest first, but none about the `hidden` cases."""
    rows = tx.execute(
        select(notice)
        .where(notice.c.hall == hall, notice.c.acknowledged_at.is_(None), notice.c.department.in_(("", department)))
        .where(notice.c.subject.not_in(hidden))
        .order_by(notice.c.notice_id)
    )
    return [_notice(row) for row in rows if role in row.roles.split(",")]


def _notice(row: Any) -> Notice:
    return Notice(
        notice_id=row.notice_id,
        kind=row.kind,
        subject=row.subject,
        raised_at=row.raised_at,
        detail=row.detail,
        post=row.post,
    )


_ABOUT = (
    select(notice.c.notice_id)
    .where(
        notice.c.hall == bindparam("of_hall"),
        notice.c.acknowledged_at.is_(None),
        notice.c.kind.in_(bindparam("kinds", expanding=True)),
        notice.c.subject == bindparam("about"),
    )
    .order_by(notice.c.notice_id)
)
"""Built once: every call asks for them."""
