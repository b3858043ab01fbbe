"""Confirmed complaints, kept encrypted on the kiosk's own disk until the hub answered and the receipt is in the spool.

A row is durable before anything is sent. Killed at any moment, the kiosk sends it again under the same command id, and
the hub gives its first answer again. Answered rows stay seven days: a hub restored from its backup may lack them.
Rejected ones stay until a person has seen to them: no complaint is dropped. The counters of the kiosk's own series lie
here too, so that a number and the row that has it are one transaction; and the block of manual slips that staff asked
for last, until they ask for another.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.domain.hall import Value
from hub.wire.messages import FileComplaint, PrintedNumber, PrintSlips, SlipBlock

KEPT = dt.timedelta(days=7)
_NONCE_BYTES = 12
_SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    command_id TEXT PRIMARY KEY,
    confirmed_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'answered', 'rejected')),
    code TEXT NOT NULL DEFAULT '',
    sealed BLOB NOT NULL
) STRICT
"""
_COUNTERS = """
CREATE TABLE IF NOT EXISTS series (
    letter TEXT NOT NULL,
    business_date TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (letter, business_date)
) STRICT
"""
"""Never emptied: a clock that is set back comes to a date whose numbers were given out already."""
_COUNT = """
INSERT INTO series (letter, business_date, last) VALUES (?, ?, 1)
ON CONFLICT DO UPDATE SET last = last + 1
RETURNING last
"""

_BLOCK = """
CREATE TABLE IF NOT EXISTS slip_block (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    kept BLOB NOT NULL
) STRICT
"""

State = Literal["waiting", "answered", "rejected"]


class OutboxError(Exception):
    """The outbox cannot be opened, read or written; nothing may be promised to a citizen. The text names the file."""

    code = "outbox_error"


class Entry(Value, frozen=True):
    """A confirmed complaint, all that sending it again and printing its receipt needs.

    `printed` is what its paper says, once there is one; `epoch` is the hub's when it answered.
    """

    command_id: str
    complaint: FileComplaint
    printed: PrintedNumber | None = None
    epoch: str = ""


class KeptBlock(Value, frozen=True):
    """A block of manual slips that was asked for under `command_id`; `block` is the hub's answer, once there is one.

    `handed_on`: so many of its papers went into the spool. `given_up`: the others never do. No person is in it, so that
    it is not sealed.
    """

    command_id: str
    wanted: PrintSlips
    block: SlipBlock | None = None
    handed_on: int = 0
    given_up: bool = False


_kept_block = msgspec.msgpack.Decoder(KeptBlock)
_entry = msgspec.msgpack.Decoder(Entry)


class Outbox:
    """The rows of one kiosk. `key` is 32 random bytes that lie in the terminal's own folder, readable by it alone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._cipher = AESGCM(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # before SQLite makes it for everybody to read
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.execute(_SCHEMA)
            self._db.execute(_COUNTERS)
            self._db.execute(_BLOCK)
        except (OSError, sqlite3.Error) as wrong:
            raise self._failed(wrong) from wrong

    def put(self, entry: Entry, at: dt.datetime) -> None:
        """Durable when this returns; raises `OutboxError`."""
        self._change(
            "INSERT INTO outbox (command_id, confirmed_at, state, sealed) VALUES (?, ?, 'waiting', ?)",
            entry.command_id,
            _utc(at),
            self._seal(entry),
        )

    def number(
        self, command_id: str, letter: str, business_date: dt.date, make: Callable[[int], PrintedNumber]
    ) -> Entry:
        """The entry with the next number of a series' date, both durable when this returns; or with the one it has.

        `make` turns the count into numbers; what it raises leaves everything as it was. Raises `OutboxError`.
        """
        with self._transaction():
            entry = self._entries("WHERE command_id = ?", command_id)[0]
            if entry.printed is not None:
                return entry
            ((count,),) = self._read(_COUNT, letter, business_date.isoformat())
            numbered = msgspec.structs.replace(entry, printed=make(count))
            self._change("UPDATE outbox SET sealed = ? WHERE command_id = ?", self._seal(numbered), command_id)
        return numbered

    def waiting(self) -> list[Entry]:
        """What the hub has not answered yet, oldest first."""
        return self._entries("WHERE state = 'waiting'")

    def kept(self) -> list[Entry]:
        """What the hub has answered, oldest first."""
        return self._entries("WHERE state = 'answered'")

    def rejected_entries(self) -> list[Entry]:
        """What the hub refused, oldest first."""
        return self._entries("WHERE state = 'rejected'")

    def count(self, state: State) -> int:
        return int(self._read("SELECT count(*) FROM outbox WHERE state = ?", state)[0][0])

    def rejections(self) -> dict[str, str]:
        """Command id and code of every complaint the hub refused."""
        return {
            str(one): str(code)
            for one, code in self._read("SELECT command_id, code FROM outbox WHERE state='rejected'")
        }

    def answered(self, entry: Entry) -> None:
        """The hub has it and the receipt is in the spool; kept with what the paper says and the hub's epoch."""
        self._change(
            "UPDATE outbox SET state = 'answered', code = '', sealed = ? WHERE command_id = ?",
            self._seal(entry),
            entry.command_id,
        )

    def rejected(self, command_id: str, code: str) -> None:
        """The hub refused it: kept, with the hub's code, for the staff."""
        self._change("UPDATE outbox SET state = 'rejected', code = ? WHERE command_id = ?", code, command_id)

    def forget_old(self, now: dt.datetime) -> None:
        """Removes answered rows after seven days."""
        self._change("DELETE FROM outbox WHERE state = 'answered' AND confirmed_at < ?", _utc(now - KEPT))

    # --- the block of manual slips

    def block(self) -> KeptBlock | None:
        """The block that was asked for last, or None."""
        rows = self._read("SELECT kept FROM slip_block")
        try:
            return _kept_block.decode(rows[0][0]) if rows else None
        except msgspec.DecodeError as wrong:
            raise self._failed(wrong) from wrong

    def keep_block(self, kept: KeptBlock) -> None:
        """Durable when this returns, in place of the one before it."""
        self._change("INSERT OR REPLACE INTO slip_block (only, kept) VALUES (1, ?)", msgspec.msgpack.encode(kept))

    def drop_block(self) -> None:
        """The hub gave none."""
        self._change("DELETE FROM slip_block")

    def close(self) -> None:
        self._db.close()

    def _entries(self, where: str, *values: object) -> list[Entry]:
        rows = self._read(
            f"SELECT command_id, sealed FROM outbox {where} ORDER BY confirmed_at, rowid",  # noqa: S608 - `where` is ours
            *values,
        )
        return [self._open(command_id, sealed) for command_id, sealed in rows]

    def _seal(self, entry: Entry) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(entry), entry.command_id.encode())

    def _open(self, command_id: str, sealed: bytes) -> Entry:
        nonce, text = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return _entry.decode(self._cipher.decrypt(nonce, text, command_id.encode()))
        except (InvalidTag, msgspec.DecodeError) as wrong:
            raise OutboxError(
                f"{self._path}: {command_id} cannot be opened with this key; put the terminal's own outbox.key back"
            ) from wrong

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Whole or not at all."""
        self._change("BEGIN IMMEDIATE")
        try:
            yield
            self._change("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.Error as wrong:
            raise self._failed(wrong) from wrong

    def _change(self, statement: str, *values: object) -> None:
        try:
            self._db.execute(statement, values)
        except sqlite3.Error as wrong:
            raise self._failed(wrong) from wrong

    def _failed(self, wrong: Exception) -> OutboxError:
        return OutboxError(f"{self._path}: {wrong}; free the disk or mend its rights, then start the kiosk again")


def _utc(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")
