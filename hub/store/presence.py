"""Which of a hall's programs are connected to its PostgreSQL: the hub on duty, those that stand by, a restore at work.

The server itself knows it: each connection says whose it is, and the duty is a lock that one of them holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from sqlalchemy import Connection, text

DUTY_LOCK = 0x62636864
"""First half of the advisory lock of a hall's duty (`bchd`); the second is the hall's code."""

PROGRAM = "bancheng"
HUB = "bancheng-hub"
RESTORE = "bancheng-restore"
_APPLICATION_BYTES = 63
"""PostgreSQL cuts an `application_name` there, and takes ASCII alone."""


@dataclass(frozen=True)
class Present:
    """A hub of the hall that is connected, or the restore that is at work."""

    application: str
    backend: int
    on_duty: bool

    @property
    def restores(self) -> bool:
        return self.application.startswith(RESTORE)

    @property
    def hub(self) -> str:
        """Its name in `hall.toml`; empty for what is none of the hall's hubs by its own words."""
        program, _, rest = self.application.partition(" ")
        return unquote(rest.partition(" ")[2]) if program == HUB else ""

    def __str__(self) -> str:
        return "a restore" if self.restores else self.hub or f"{self.application or 'a program'} (backend)"


def of_hub(hall: str, hub: str) -> str:
    """The `application_name` of a hub's connections."""
    return f"{HUB} {hall} {quote(hub)}"[:_APPLICATION_BYTES]


def of_restore(hall: str) -> str:
    return f"{RESTORE} {hall}"


def present(db: Connection, hall: str) -> Sequence[Present]:
    """Who is there, whoever is on duty first; one entry for each program, however many connections it has."""
    rows = db.execute(
        text(
            """
            SELECT application_name, max(pid) FILTER (WHERE duty) AS holder, max(pid) AS pid
            FROM (
                SELECT pid, application_name, EXISTS (
                    SELECT FROM pg_locks
                    WHERE pg_locks.pid = pg_stat_activity.pid AND locktype = 'advisory' AND granted
                      AND classid = :lock AND objid = :code AND objsubid = 2
                ) AS duty
                FROM pg_stat_activity WHERE datname = current_database()
            ) AS connected
            WHERE duty OR application_name LIKE :hubs
            GROUP BY application_name ORDER BY holder NULLS LAST, application_name
            """
        ),
        {"lock": DUTY_LOCK, "code": int(hall), "hubs": f"{HUB} {hall} %"},
    )
    return [Present(row.application_name, row.holder or row.pid, row.holder is not None) for row in rows]
