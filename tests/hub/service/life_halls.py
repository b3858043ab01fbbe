"""The halls in which a life is tried: who works there, and their databases as `bancheng init` leaves them."""

from __future__ import annotations

from pathlib import Path

from hub.domain.hall import Role
from hub.store.transaction import one_transaction
from hub.store.windows import StaffMember, add_staff
from tests.hub.desk import HALLS, PIN_HASH, POSTS, STAFF, make_database

HELD = {role: POSTS[code] for code, (role, _) in STAFF.items()}
"""Who holds posts has all of any policy that act where they work."""
HOLD_NO_POST = ("08", "54")


def people_of(hall: str) -> dict[str, tuple[Role, str]]:
    """Three at the windows, two each in two departments, two who supervise."""
    first, second = (one.code for one in HALLS[hall].departments[:2])
    return {
        "06": ("window", ""),
        "07": ("window", ""),
        "08": ("window", ""),
        "51": ("department", first),
        "52": ("department", first),
        "53": ("department", second),
        "54": ("department", second),
        "90": ("supervisor", ""),
        "91": ("supervisor", ""),
    }


def templates(folder: Path) -> None:
    """A database for each hall, as `bancheng init` leaves it, with its people."""
    for hall, one in HALLS.items():
        database = make_database(folder / f"{hall}.db", one)
        with one_transaction(database) as tx:
            for staff, (role, department) in people_of(hall).items():
                held = () if staff in HOLD_NO_POST else HELD[role]
                add_staff(tx, one.code, StaffMember(staff, f"name of {staff}", role, department, PIN_HASH, held))
