"""Duty (值班): which of a hall's hubs serves; the others stand by and take over when it falls silent.

SQLite: who has the file has the duty, from the start to the end of the process. PostgreSQL: the duty is a session's
advisory lock, held by the committing connection alone, and a row that this connection renews. A hub that stands by
takes the lock when it is free, and when the row stands still for `STILL_S` it ends the holder's session first: a
frozen or unplugged machine would keep the lock otherwise. What was not committed by then can no longer be.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Literal, cast

import structlog

from hub.domain.hall import Database
from hub.store import duties
from hub.store.transaction import Store, StoreFailed, StoreLost, open_store

if TYPE_CHECKING:
    from hub.store.postgres import PostgresStore

log = structlog.get_logger()

RENEW_S = 0.4
"""The hub on duty renews its row so often; its loop comes round twice a second at the least."""
LEASE_S = 1.5
"""A hub that could not renew for so long serves nobody until it could: by then another may be on duty."""
STILL_S = 2.0
"""A hub that stands by takes over when the row stood still for so long, by its own clock that never jumps."""
LOOK_S = 0.2
"""So often it looks."""

State = Literal["away", "standby", "active"]
Event = Literal["reached", "taken", "lost"]

MOVES: dict[tuple[State, Event], State] = {
    ("away", "reached"): "standby",
    ("standby", "taken"): "active",
    ("standby", "lost"): "away",
    ("active", "lost"): "away",
}
"""All there is: a hub reaches the database, takes the duty when it may, and loses both together."""


@dataclass
class StandingStill:
    """For how long a holder of the duty has shown no new beat; only changes count, never anybody's clock."""

    seen: tuple[int, int] = (0, 0)
    since_s: float = 0.0

    def for_too_long(self, backend: int, beat: int, now_s: float) -> bool:
        if (backend, beat) != self.seen:
            self.seen, self.since_s = (backend, beat), now_s
        return now_s - self.since_s >= STILL_S


class Duty:
    """The duty of one hub. Looks out for it on a thread of its own and hands it to the loop, which `wake` wakes."""

    def __init__(self, database: Database, hall: str, hub: str, wake: Callable[[], None]) -> None:
        self._database, self._hall, self._hub, self._wake = database, hall, hub, wake
        self._state: State = "away"
        self._handed: SimpleQueue[Store] = SimpleQueue()
        self._store: Store | None = None
        self._renewed_s = 0.0
        self._closing = threading.Event()
        self._looking: threading.Thread | None = None
        if isinstance(database, Path):
            self._handed.put(open_store(database))  # raises where another hub has the file
            self._state = "active"

    def look_out(self) -> None:
        """Begins to wait for the duty, where it has to be waited for."""
        if self._state == "away":
            self._looking = threading.Thread(target=self._wait_for_it, name="duty")
            self._looking.start()

    def taken(self) -> Store | None:
        """The store of a duty that came to this hub since the last call: open the books before serving."""
        try:
            self._store = self._handed.get_nowait()
        except Empty:
            return None
        self._renewed_s = float("-inf")
        return self._store

    def holds(self) -> bool:
        """Whether this hub is on duty now; renews it. What had arrived before the call may be served after it.

        When it is lost the store is closed and the hub looks out for the duty again.
        """
        if self._store is None:
            return False
        if isinstance(self._database, Path):
            return True
        store, now_s = cast("PostgresStore", self._store), time.monotonic()
        try:
            if store.lost:
                raise StoreLost(f"the connection to {self._database} is gone")
            if now_s - self._renewed_s >= RENEW_S:
                with store.transaction() as tx:
                    duties.renew(tx, self._hall)
                self._renewed_s = now_s
        except StoreFailed as wrong:
            if store.lost or now_s - self._renewed_s >= LEASE_S:
                self.give_up(str(wrong))
                return False
        return True

    def give_up(self, why: str) -> None:
        """Lets the duty go, for another hub or for a better moment."""
        assert self._store is not None, "only a duty that is held is given up"
        self._store.close()
        self._store = None
        self._move("lost", reason=why)
        self.look_out()

    def close(self) -> None:
        self._closing.set()
        if self._looking is not None:
            self._looking.join()
        if self._store is None:
            self.taken()
        if self._store is not None:
            self._store.close()

    # --- on the looking thread, while the loop is not on duty

    def _wait_for_it(self) -> None:
        store: PostgresStore | None = None
        still = StandingStill()
        told = ""
        while not self._closing.is_set():
            try:
                if store is None:
                    store = cast("PostgresStore", open_store(self._database, self._hall, self._hub))
                    still = StandingStill()
                    self._move("reached")
                if self._took(store, still):
                    self._move("taken")
                    self._handed.put(store)
                    self._wake()
                    return
            except StoreFailed as wrong:
                if store is not None:
                    store.close()
                    store = None
                    self._move("lost", reason=str(wrong))
                elif told != str(wrong):
                    told = str(wrong)
                    log.error("duty.away", hall=self._hall, hub=self._hub, reason=told)
            self._closing.wait(LOOK_S)
        if store is not None:
            store.close()

    def _took(self, store: PostgresStore, still: StandingStill) -> bool:
        backend = store.holder(self._hall)
        if backend:
            with store.transaction() as tx:
                seen = duties.state(tx, self._hall)
            if not still.for_too_long(backend, seen.beat if seen else 0, time.monotonic()):
                return False
            log.warning("duty.silent", hall=self._hall, hub=seen.hub if seen else "", ended_backend=backend)
            store.end(self._hall, backend)
        return store.take_lock(self._hall)

    def _move(self, event: Event, **about: str) -> None:
        self._state = MOVES[self._state, event]
        write = log.error if event == "lost" else log.info
        write(f"duty.{self._state}", hall=self._hall, hub=self._hub, **about)
