"""A hall's database in PostgreSQL: one committing connection that holds the hall's duty, and a reader beside it.

A network that has died is an error within two seconds, and the committing connection is never made anew behind the
hub's back: with it went the lock that says who is on duty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import psycopg
import structlog
from psycopg.errors import _WaitTimeout as AnswerOverdue
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError

from hub.store import presence
from hub.store.failures import UNUSABLE, StoreFailed, StoreLost, reason
from hub.store.presence import DUTY_LOCK

log = structlog.get_logger()

CONNECT_S = 2
SERVER_ENDS_MS = 1400
"""The server itself ends a statement of the hub's after so long: the connection lives on."""
ONE_MOMENT: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
ANSWER_S = 1.8
"""Nothing came back for so long, not even that the server ended it: the network or the server's machine is gone."""


class Impatient(psycopg.Connection[Any]):
    """A connection that is closed when the server leaves it without an answer for `ANSWER_S`."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, ANSWER_S if timeout is None else timeout)
        except AnswerOverdue as overdue:
            self.close()
            raise psycopg.OperationalError(f"no answer from the database within {ANSWER_S:g} s") from overdue


class PostgresStore:
    """One hall's side of a database that many halls may share. Raises `StoreFailed` when it cannot be reached."""

    def __init__(self, address: str, application: str = presence.PROGRAM) -> None:
        self.path = address
        self._engine = engine(address, patient=False, application=application)
        with self._told():
            self._writer = self._engine.connect()
        try:
            self._must_be_durable()
        except BaseException:
            self.close()
            raise

    # --- as every store

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A writing transaction; durable once left without an exception, gone otherwise.

        Raises `StoreFailed`, or `StoreLost` once the connection is gone: then for ever.
        """
        self._must_be_held()
        with self._told(), self._writer.begin():
            yield self._writer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What is committed, unchanging while it is read; raises `StoreFailed` when it cannot be read."""
        try:
            with self._reader.begin():
                yield self._reader
        except UNUSABLE as wrong:
            raise StoreFailed(f"{self.path} cannot be read: {reason(wrong)}") from wrong

    def tidy(self, idle: bool) -> None:
        """Nothing to do: the server keeps house by itself."""

    def close(self) -> None:
        """Gives the connections back, and with them the duty."""
        if "_reader" in vars(self):
            _drop(self._reader)
        _drop(self._writer)
        self._engine.dispose()

    # --- duty

    @property
    def lost(self) -> bool:
        """Whether the committing connection is gone, and the duty with it."""
        return self._writer.closed or self._writer.invalidated

    def take_lock(self, hall: str) -> bool:
        """Takes the hall's duty if nobody has it; it is held until this store is closed or its connection ends."""
        return bool(self._one("SELECT pg_try_advisory_lock(:lock, :hall)", lock=DUTY_LOCK, hall=int(hall)))

    def holder(self, hall: str) -> int:
        """The hub's backend on the server that holds the hall's duty; 0 when none does, or a restore at work."""
        return self._one(f"SELECT max(pid) {_HELD}", lock=DUTY_LOCK, hall=int(hall)) or 0

    def end(self, hall: str, backend: int) -> None:
        """Ends that backend if it still holds the duty, waits until it is gone, and its transaction with it."""
        self._one(
            f"SELECT count(pg_terminate_backend(pid, :wait)) {_HELD} AND pid = :backend",
            lock=DUTY_LOCK,
            hall=int(hall),
            backend=backend,
            wait=SERVER_ENDS_MS // 2,
        )

    # --- inside

    @cached_property
    def _reader(self) -> Connection:
        with self._told():
            return self._engine.connect().execution_options(**ONE_MOMENT)

    def _one(self, statement: str, **values: object) -> Any:
        with self.transaction() as tx:
            return tx.execute(text(statement), values).scalar_one()

    def _must_be_held(self) -> None:
        if self.lost:  # SQLAlchemy would connect anew, without the lock
            raise StoreLost(f"the connection to {self.path} is gone; the hub takes its duty anew or stands by")

    def _must_be_durable(self) -> None:
        if self._one("SELECT current_setting('fsync')") != "on":
            raise StoreFailed(f"{self.path} runs with fsync off: what it answers could be lost; switch it on")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except UNUSABLE as wrong:
            if "_writer" in vars(self) and self.lost:
                raise StoreLost(f"{self.path} is gone: {reason(wrong)}") from wrong
            raise StoreFailed(f"{self.path}: {reason(wrong)}") from wrong


_HELD = f"""
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE datname = current_database() AND locktype = 'advisory' AND granted
      AND classid = :lock AND objid = :hall AND objsubid = 2
      AND application_name NOT LIKE '{presence.RESTORE}%'
"""


def engine(
    address: str, *, patient: bool = True, read_only: bool = False, application: str = presence.PROGRAM
) -> Engine:
    """An engine whose every connection is new; a hub's (`patient` false) waits for no statement longer than it may.

    What is read by a `read_only` one is of one moment.
    """
    options = ["-c synchronous_commit=on", "-c client_encoding=UTF8", "-c timezone=UTC"]
    if not patient:
        options += [f"-c statement_timeout={SERVER_ENDS_MS}", f"-c lock_timeout={SERVER_ENDS_MS}"]
    where = _where(address)
    named = dict(where.query)
    how = {
        "connect_timeout": CONNECT_S,
        "keepalives_idle": 1,
        "keepalives_interval": 1,
        "keepalives_count": 2,
        "tcp_user_timeout": int(ANSWER_S * 1000),
        "application_name": application,
        "options": " ".join([str(named.get("options", "")), *options]).strip(),
    }
    connection = psycopg.Connection if patient else Impatient

    def connect() -> Any:
        place = where.translate_connect_args(username="user", database="dbname")
        return connection.connect(**{**place, **named, **how})

    made = create_engine(where, creator=connect, poolclass=NullPool, hide_parameters=True, use_native_hstore=False)
    return made.execution_options(**ONE_MOMENT) if read_only else made


def _where(address: str) -> URL:
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except ArgumentError as wrong:
        raise StoreFailed(f"database {address!r} is no address such as postgresql://host/bancheng") from wrong


def _drop(connection: Connection) -> None:
    """Lets a connection go that may be gone already."""
    try:
        connection.close()
    except UNUSABLE as wrong:
        log.info("database.already_gone", reason=reason(wrong))
