"""Windows that are open, and who is logged in where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from hub.store.schema import hall as hall_table, login, staff, window
from hub.wire.messages import WindowView


@dataclass(frozen=True)
class StaffMember:
    """A member of staff with the hash of their PIN (argon2), and the codes of the posts they hold (R4)."""

    staff: str
    name: str
    role: str
    department: str
    pin_hash: str
    posts: tuple[str, ...] = ()


def save(tx: Connection, hall: str, shown: WindowView) -> None:
    key = (window.c.hall == hall, window.c.number == shown.number)
    said = {"open": shown.open, "why": shown.why or ""}
    if tx.execute(update(window).where(*key).values(**said)).rowcount == 0:
        tx.execute(insert(window).values(hall=hall, number=shown.number, **said))


def remove(tx: Connection, hall: str, number: int) -> None:
    tx.execute(delete(window).where(window.c.hall == hall, window.c.number == number))


def all_windows(tx: Connection, hall: str) -> list[WindowView]:
    rows = tx.execute(_ALL_WINDOWS, {"of_hall": hall})
    return [WindowView(number=row.number, open=row.open, why=row.why or None) for row in rows]


def is_open(tx: Connection, hall: str, number: int) -> bool:
    return any(one.open for one in all_windows(tx, hall) if one.number == number)


def staff_member(tx: Connection, hall: str, code: str) -> StaffMember | None:
    row = tx.execute(
        select(staff).where(staff.c.hall == hall, staff.c.staff == code, staff.c.active.is_(True))
    ).one_or_none()
    return _member(row) if row else None


def all_staff(tx: Connection, hall: str) -> list[StaffMember]:
    """Everybody who works in the hall, by code."""
    rows = tx.execute(select(staff).where(staff.c.hall == hall, staff.c.active.is_(True)).order_by(staff.c.staff))
    return [_member(row) for row in rows]


def _member(row: Any) -> StaffMember:
    posts = tuple(row.posts.split(",")) if row.posts else ()
    return StaffMember(row.staff, row.name, row.role, row.department, row.pin_hash, posts)


def add_staff(tx: Connection, hall: str, member: StaffMember) -> None:
    """Adds a member of staff, or gives one a new name, role, PIN and posts; ends their logins."""
    tx.execute(delete(login).where(login.c.hall == hall, login.c.staff == member.staff))
    tx.execute(delete(staff).where(staff.c.hall == hall, staff.c.staff == member.staff))
    tx.execute(
        insert(staff).values(
            hall=hall,
            staff=member.staff,
            name=member.name,
            role=member.role,
            department=member.department,
            pin_hash=member.pin_hash,
            active=True,
            posts=",".join(member.posts),
        )
    )


def change_staff(tx: Connection, hall: str, member: StaffMember) -> None:
    """Another name, PIN or posts; who is logged in stays so, and what they may decide is asked each time."""
    tx.execute(
        update(staff)
        .where(staff.c.hall == hall, staff.c.staff == member.staff)
        .values(name=member.name, pin_hash=member.pin_hash, posts=",".join(member.posts))
    )


def bind(tx: Connection, hall: str, terminal: str, code: str, at: dt.datetime) -> None:
    """Binds a login to a terminal, ending an earlier one there."""
    unbind(tx, hall, terminal)
    tx.execute(insert(login).values(hall=hall, terminal=terminal, staff=code, at=at))


def unbind(tx: Connection, hall: str, terminal: str) -> None:
    tx.execute(delete(login).where(login.c.hall == hall, login.c.terminal == terminal))


def logins(tx: Connection, hall: str) -> dict[str, str]:
    """Terminal → staff code, for all who are logged in."""
    return {row.terminal: row.staff for row in tx.execute(select(login).where(login.c.hall == hall))}


def save_bulletin(tx: Connection, hall: str, text: str) -> None:
    tx.execute(update(hall_table).where(hall_table.c.hall == hall).values(bulletin=text))


_ALL_WINDOWS = select(window).where(window.c.hall == bindparam("of_hall")).order_by(window.c.number)
"""Built once: every call asks for them."""
