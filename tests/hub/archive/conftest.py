"""A founded hall whose staff have PINs, with what was done at a desk in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from hub import keys
from hub.store import feed
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.store.windows import StaffMember, add_staff, change_staff
from tests.factories import MONDAY
from tests.hub.conftest import AT_WORK
from tests.hub.desk import POSTS, STAFF, Desk
from tests.hub.running import Running
from tests.processes import Processes
from tests.running_hall import RunningHall
from tests.stories.town import pin_hash

T = TypeVar("T")


class Kept:
    """A hall in which somebody works, first at a desk and then with a hub that serves."""

    def __init__(self, folder: Path) -> None:
        self.hall = RunningHall(folder / "hall", Processes(folder / "logs"))
        self.place = self.hall.directory
        code = self.hall.hall.code
        with one_transaction(self.place.database) as tx:
            feed.save_day(tx, code, MONDAY)
            for staff, (role, department) in STAFF.items():
                add_staff(tx, code, StaffMember(staff, f"name of {staff}", role, department, pin_hash(), POSTS[staff]))
        self.running: Running | None = None

    def at_desk(self, doing: Callable[[Desk], T]) -> T:
        desk = Desk(self.place.database)
        desk.sealer = Sealer(keys.load_hall_secret(self.place.data_key), keys.load_hall_secret(self.place.pepper))
        desk.reopen()
        for terminal, staff in AT_WORK.items():
            desk.log_in(terminal, staff)
        done = doing(desk)
        self._at = desk.at
        desk.close()
        return done

    def hold(self, staff: str, *posts: str) -> None:
        """Somebody holds these posts alone from now on."""
        role, department = STAFF[staff]
        with one_transaction(self.place.database) as tx:
            member = StaffMember(staff, f"name of {staff}", role, department, pin_hash(), posts)
            change_staff(tx, self.hall.hall.code, member)

    def serve(self, **later: float) -> None:
        """A hub serves from now on, so much later than the desk was closed."""
        self.running = Running(self.hall, self._at + dt.timedelta(**later))

    def close(self) -> None:
        if self.running is not None:
            self.running.close()


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    made.close()
