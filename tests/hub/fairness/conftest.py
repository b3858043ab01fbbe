"""A founded hall with a day lived in it, made once a run and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hub import keys
from hub.config import HallDirectory
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.store.windows import StaffMember, add_staff
from tests.hub.backup.hall import found
from tests.hub.desk import PIN_HASH, POSTS, STAFF, Desk
from tests.hub.fair_day import FairDay, prepare


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = found(tmp_path_factory.mktemp("fair") / "hall")
    with one_transaction(place.database) as tx:
        for code, (role, department) in STAFF.items():
            member = StaffMember(code, f"name of {code}", role, department, PIN_HASH, POSTS[code])
            add_staff(tx, place.hall().code, member)
    desk = Desk(place.database)
    desk.sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    desk.reopen()
    for terminal, staff in {"window-3": "06", "window-1": "07", "supervisor": "90"}.items():
        desk.log_in(terminal, staff)
    day = FairDay(prepare(desk), 1)
    day.plain(3)
    for scene in (day.put_first, day.green_confirmed, day.green_on_a_ground, day.bound_to_a_window, day.weighed):
        scene()
    day.evening()
    desk.close()
    return place.path


@pytest.fixture
def place(lived: Path, tmp_path: Path) -> HallDirectory:
    """A hall of this test's own, whose Monday is over."""
    return HallDirectory(shutil.copytree(lived, tmp_path / "hall"))
