"""A hub's loop in this process, over real sockets, on a clock of the test's."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hub.link import Link
from hub.server import Hub
from hub.store.transaction import StoreFailed
from tests.running_hall import RunningHall


class Running:
    """A hub in a thread of its own, its hall and its clock. Time passes to `now`; `set_clock` only sets the clock."""

    def __init__(self, hall: RunningHall, now: dt.datetime) -> None:
        self.hall = hall
        self._time = (now, dt.timedelta(0))
        """What the computer's clock shows and by how much it was set: replaced together, the hub reads beside us."""
        self._links: list[Link] = []
        self._start()

    def link(self, terminal: str) -> Link:
        self._links.append(self.hall.link(terminal))
        return self._links[-1]

    @property
    def now(self) -> dt.datetime:
        return self._time[0]

    @now.setter
    def now(self, now: dt.datetime) -> None:
        self._time = (now, self._time[1])

    def set_clock(self, to: dt.datetime) -> None:
        """Sets the computer's clock, and no time passes by it."""
        now, set_by = self._time
        self._time = (to, set_by + (to - now))

    def counted(self) -> float:
        now, set_by = self._time
        return (now - set_by).timestamp()

    def restart(self, now: dt.datetime | None = None) -> None:
        self._stop()
        self.now = now or self.now
        self._start()

    def fail_after_the_next_commit(self, patch: pytest.MonkeyPatch) -> None:
        """The worst a disk can do: it keeps a round and then says that it did not."""
        store = self._hub._store
        real, failures = store.transaction, iter([True])

        @contextmanager
        def torn() -> Iterator[object]:
            with real() as tx:
                yield tx
            if next(failures, False):
                raise StoreFailed("said no after it had kept it")

        patch.setattr(store, "transaction", torn)

    def close(self) -> None:
        for link in self._links:
            link.close()
        self._stop()

    def _start(self) -> None:
        self._hub = Hub(self.hall.directory, clock=lambda: self.now, counted=self.counted)
        self._thread = threading.Thread(target=self._hub.run)
        self._thread.start()

    def _stop(self) -> None:
        self._hub.stop()
        self._thread.join()
