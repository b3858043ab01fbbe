"""A hall in PostgreSQL, held by a restore: it has the duty itself meanwhile, so no hub can take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, text

from hub.store import feed, moving, presence
from hub.store.failures import UNUSABLE, HallTaken, StoreFailed, reason
from hub.store.migrate import migrate, must_be_known, revision
from hub.store.moving import Progress
from hub.store.presence import DUTY_LOCK, Present


class NotOwner(StoreFailed):
    """Only the role that owns the tables may put a hall's rows in the place of others."""

    code = "not_owner"


class HeldHall:
    """The connection that holds the duty. Every method raises `StoreFailed`; nothing is changed then."""

    def __init__(self, address: str, hall: str, connection: Connection) -> None:
        self.address, self.hall, self._connection = address, hall, connection

    def copy_aside(self, target: Path, told: Progress) -> bool:
        """Copies what there is of the hall into a SQLite database; False when there is nothing."""
        with self._told(), self._connection.begin():
            if not revision(self._connection) or feed.state(self._connection, self.hall) is None:
                return False
            moving.copy_out(self._connection, self.address, self.hall, target, told)
        return True

    def replace(self, source: Path, told: Progress, before_commit: Callable[[], None]) -> None:
        """Puts the rows of a SQLite database in the place of the hall's: all or none.

        Tables that are missing, or those of an earlier version, are made and upgraded first, as a hub's start does.
        Does last, and takes nothing back after, what must be done before the commit.
        """
        migrate(self.address)
        transaction = self._connection.begin()
        try:
            with self._told():
                moving.put_in(self._connection, self.hall, source, told)
            before_commit()
        except BaseException:
            _take_back(transaction.rollback)
            raise
        try:
            transaction.commit()
        except UNUSABLE as wrong:
            raise StoreFailed(
                f"{self.address} was lost at the very end ({reason(wrong)}), and whether it kept the restored rows is "
                "not known; when it is back, bancheng status tells the epoch, a new one if they are there"
            ) from wrong

    def must_be_free(self) -> None:
        """Raises `HallTaken` naming the hub that serves the hall or stands by, `NotOwner` for a role that may not."""
        with self._told(), self._connection.begin():
            must_be_known(self.address, revision(self._connection))
            taken = self._connection.execute(
                text("SELECT pg_try_advisory_lock(:lock, :hall)"), {"lock": DUTY_LOCK, "hall": int(self.hall)}
            ).scalar_one()
            there = [one for one in presence.present(self._connection, self.hall) if not one.restores or not taken]
            if there or not taken:
                raise HallTaken(f"{_who(there)} in {self.address}; {_remedy(there)}")
            role = self._connection.execute(text(_NOT_OWNER)).scalar_one_or_none()
            if role is not None:
                raise NotOwner(
                    f"the role {role} does not own the tables in {self.address}, and a hub's must not: "
                    "restore with the owner's, such as PGUSER=bancheng_owner"
                )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except UNUSABLE as wrong:
            raise StoreFailed(f"{self.address}: {reason(wrong)}; nothing was changed") from wrong


@contextmanager
def held(address: str, hall: str) -> Iterator[HeldHall]:
    """Holds a hall for a restore; raises `HallTaken`, `NotOwner`, `StoreFailed`."""
    from hub.store import postgres

    made = postgres.engine(address, application=presence.of_restore(hall))
    try:
        connection = made.connect()
    except UNUSABLE as wrong:
        raise StoreFailed(f"{address} cannot be reached: {reason(wrong)}") from wrong
    try:
        holding = HeldHall(address, hall, connection)
        holding.must_be_free()
        yield holding
    finally:
        _take_back(connection.close)
        made.dispose()


_NOT_OWNER = """
    SELECT current_user FROM pg_class
    WHERE oid = to_regclass('audit') AND NOT pg_has_role(current_user, relowner, 'MEMBER')
"""


def _who(there: list[Present]) -> str:
    words = [f"{one} {'has the duty' if one.on_duty else 'stands by'} (backend {one.backend})" for one in there]
    return " and ".join(words) or "another program holds the hall's duty"


def _remedy(there: list[Present]) -> str:
    if any(one.restores for one in there):
        return "wait until it is done"
    return (
        "stop every hub of the hall (systemctl stop bancheng-hub) and restore then; if its machine is gone, end its "
        "session as the owner: SELECT pg_terminate_backend(BACKEND)"
    )


def _take_back(end: Callable[[], None]) -> None:
    """Ends a transaction or a connection that may be gone already: gone, it has kept nothing."""
    with suppress(*UNUSABLE):
        end()
