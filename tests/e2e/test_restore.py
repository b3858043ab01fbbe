"""A working hall loses its database an hour after its backup: every complaint comes back, under its paper's number.

In a file of its own, and in a PostgreSQL where another hall must notice nothing of it.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select

from hub.config import HallDirectory
from hub.link import Link
from hub.store import commands
from hub.store.schema import case, event, lookup, person, print_outcome, step, ticket
from hub.store.transaction import one_transaction
from hub.wire import messages as m
from tests.e2e.conftest import PIN, logged_in
from tests.e2e.kiosks import FilingKiosk
from tests.hub.backup.hall import file as file_there, found, rows
from tests.postgres import Cluster
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

KIOSKS = ("kiosk-1", "kiosk-2", "kiosk-3", "kiosk-4")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Where the hall's data is; empty for a file of its own."""
    if request.param == "sqlite":
        return ""
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.address(cluster.new_database())


@pytest.fixture
def other(tmp_path: Path, address: str) -> HallDirectory | None:
    """Another hall in the same database, where three complaints are filed."""
    if not address:
        return None
    place = found(tmp_path / "other", "yueyang", address)
    file_there(place, 3)
    return place


@pytest.fixture
def hall(tmp_path: Path, processes: Processes, address: str) -> RunningHall:
    more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in KIOSKS[1:])
    founded = RunningHall(tmp_path / "hall", processes, more_terminals=more, database=address)
    founded.staff("06", "王芳", "window", PIN)
    founded.staff("01", "刘主任", "supervisor", PIN)
    return founded


@pytest.fixture
def kiosks(hall: RunningHall) -> Iterator[list[FilingKiosk]]:
    made = [FilingKiosk(hall, name) for name in KIOSKS]
    yield made
    for one in made:
        one.switch_off()


def bancheng(*words: str) -> subprocess.Popen[str]:
    argv = [sys.executable, "-m", "hub.admin", *words]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def work(what: str, kiosks: list[FilingKiosk], done: Callable[[], object]) -> None:
    """Lets all kiosks go on until something is so."""

    def turn() -> object:
        for one in kiosks:
            one.poll()
        return done()

    until(what, turn, timeout_s=60, every_s=0.002)


def file(kiosks: list[FilingKiosk], each: int) -> set[str]:
    """Files from all kiosks at once and waits for the answers."""
    filed = {one.file() for _ in range(each) for one in kiosks}
    work("all answers", kiosks, lambda: all(one.settled for one in kiosks))
    return filed


def stored(hall: RunningHall) -> dict[str, str]:
    of_hall = select(case.c.command_id, case.c.number).where(case.c.hall == hall.hall.code)
    with one_transaction(hall.directory.database, read_only=True) as db:
        return {row.command_id: row.number for row in db.execute(of_hall)}


def on_paper(kiosks: list[FilingKiosk]) -> dict[str, str]:
    """Command id and case number of every receipt."""
    return {job: receipt.case_number for one in kiosks for job, receipt in one.paper.receipts.items()}


def destroy(hall: RunningHall) -> None:
    """A file becomes garbage; from a database that others share somebody takes what was filed last."""
    database = hall.directory.database
    if not isinstance(database, Path):
        with one_transaction(database) as tx:
            for table in (print_outcome, person, lookup, step, ticket):
                tx.execute(delete(table).where(table.c.hall == hall.hall.code))
        return
    database.write_bytes(random.Random(5).randbytes(50_000))
    for side in ("-wal", "-shm"):
        database.with_name(database.name + side).unlink(missing_ok=True)


@pytest.mark.rule("R68")
def test_after_a_restore_every_complaint_is_there_once_under_the_number_on_its_paper(
    hall: RunningHall, other: HallDirectory | None, processes: Processes, kiosks: list[FilingKiosk], tmp_path: Path
) -> None:
    untouched = other and rows(other.database, other.hall().code)
    hall.start_hub()
    window = logged_in(hall, "window-3", "06")
    wall = hall.link("wall")
    filed = file(kiosks, 10)

    # a backup while complaints are being filed, and much more work after it
    backup = tmp_path / "backup.zip"
    taking = bancheng("backup", str(backup), "--hall", str(hall.directory.path))
    while taking.poll() is None:
        filed |= file(kiosks, 1)
    said, _ = taking.communicate()
    assert taking.returncode == 0, said
    filed |= file(kiosks, 40)
    ticket = window.ask(m.TakeTicket(service="general"))
    assert isinstance(ticket, m.TicketIssued)
    before = on_paper(kiosks)
    until("the wall has seen it all", lambda: wall.wait(0.05) or len(wall.picture.tickets) == len(filed) + 1)
    first_epoch = wall.picture.epoch
    assert (set(before), stored(hall)) == (filed, before)

    # a hub that serves is not restored under
    serving = bancheng("restore", str(backup), "--hall", str(hall.directory.path), "--yes")
    said, _ = serving.communicate(timeout=60)
    assert serving.returncode == 1
    assert "stop it" in said or "hub-1 has the duty" in said
    assert stored(hall) == before

    # the disk dies; one kiosk is off meanwhile, another confirms a complaint without a hub
    processes.kill("hub")
    destroy(hall)
    kiosks[0].switch_off()
    late = kiosks[1].file()
    restoring = bancheng("restore", str(backup), "--hall", str(hall.directory.path), "--yes")
    said, _ = restoring.communicate(timeout=60)
    assert restoring.returncode == 0, said
    lacking = set(filed) - set(stored(hall))
    assert 150 < len(lacking) < len(filed)

    # numbers asked for in the first moment, before anybody has said what is known
    hall.start_hub()
    kiosks[0].switch_on()
    fresh = {one.file() for one in kiosks} | {late}
    at_once = window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30)
    assert isinstance(at_once, m.LoggedIn)
    another = window.ask(m.TakeTicket(service="general"))
    assert isinstance(another, m.TicketIssued)
    work("all kiosks have filed again", kiosks, lambda: all(one.settled and one.link.picture.epoch for one in kiosks))

    after = on_paper(kiosks)
    assert stored(hall) == after
    assert set(after) == filed | fresh
    assert {job: after[job] for job in before} == before
    assert max(Counter(after.values()).values()) == 1
    assert another.number != ticket.number
    assert all(len(one.paper.asked) == len(one.paper.receipts) for one in kiosks)
    assert_every_answer_is_the_first(kiosks)
    assert_tickets_are_those_on_paper(hall, kiosks)

    # the terminals came back by themselves
    until("the wall's new picture", lambda: wall.wait(0.05) or wall.picture.epoch not in ("", first_epoch))
    until("the wall is level", lambda: wall.wait(0.05) or len(wall.picture.tickets) >= len(after) + 1)
    supervisor = logged_in(hall, "supervisor", "01")
    notices = supervisor.ask(m.ListNotices())
    assert isinstance(notices, m.NoticeList)
    assert [one.kind for one in notices.notices].count("restored") == 1
    close(window, wall, supervisor)
    processes.stop("hub")
    with one_transaction(hall.directory.database, read_only=True) as db:
        assert commands.verify_audit(db, hall.hall.code) is None
        assert gapless(db, hall.hall.code)
    assert (other and rows(other.database, other.hall().code)) == untouched


def assert_every_answer_is_the_first(kiosks: list[FilingKiosk]) -> None:
    for one in kiosks:
        for command_id, answers in one.answers.items():
            numbers = {(a.case_number, a.ticket_number) for a in answers if isinstance(a, m.ComplaintAccepted)}
            assert len(numbers) == 1, (one.name, command_id, numbers)


def assert_tickets_are_those_on_paper(hall: RunningHall, kiosks: list[FilingKiosk]) -> None:
    receipts = {job: receipt for one in kiosks for job, receipt in one.paper.receipts.items()}
    papers = {job: receipt.ticket_number for job, receipt in receipts.items() if receipt.ticket_number}
    of_cases = select(ticket).where(ticket.c.hall == hall.hall.code, ticket.c.case_number != "")
    with one_transaction(hall.directory.database, read_only=True) as db:
        kept = {row.command_id: f"{row.series}{row.number:03d}" for row in db.execute(of_cases)}
    assert kept == papers


def gapless(db: Connection, hall: str) -> bool:
    counted = select(func.min(event.c.seq), func.max(event.c.seq), func.count())
    epochs = db.execute(counted.where(event.c.hall == hall).group_by(event.c.epoch)).all()
    return len(epochs) == 2 and all((first, last) == (1, count) for first, last, count in epochs)


def close(*links: Link) -> None:
    for link in links:
        link.close()
