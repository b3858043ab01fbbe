"""A hub whose disk is full, read-only or broken: terminals wait, nothing is half kept, the log says what to do."""

from __future__ import annotations

import json
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hub.link import Link
from hub.wire import messages as m
from tests import factories, mounts
from tests.e2e.conftest import PIN, logged_in
from tests.hub.desk import secrets_of
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

DISK_BYTES = 8 << 20
PAGE_BYTES = 4096


class Terminals:
    """A kiosk, a window with its clerk and the look-up page, as links that wait together."""

    def __init__(self, hall: RunningHall) -> None:
        self._database = hall.directory.database
        self.window = logged_in(hall, "window-3", "06")
        self.kiosk = hall.link("kiosk-1")
        self.web = hall.link("web", feed=False)
        self.answers: list[m.Answer] = []

    def file(self, what: str) -> m.ComplaintAccepted:
        answer = self.kiosk.ask(a_complaint(what), timeout_s=30)
        assert isinstance(answer, m.ComplaintAccepted), answer
        return answer

    def send(self) -> None:
        """A complaint and a call for which the hub has no room."""
        self.kiosk.send(a_complaint("while the disk is out of order"), self.answers.append)
        self.window.send(m.CallNext(), self.answers.append)

    def heard(self, what: str, condition: Any, timeout_s: float = 30.0) -> None:
        until(what, lambda: self._poll() or condition(), timeout_s)

    def _poll(self) -> None:
        for link in self.links():
            link.wait(0.01)

    def links(self) -> tuple[Link, ...]:
        return self.window, self.kiosk, self.web

    def are_answered(self) -> None:
        """Each of the two got its answer, and the complaint is there once."""
        self.heard("the two answers", lambda: len(self.answers) == 2)
        complaint = next(one for one in self.answers if isinstance(one, m.ComplaintAccepted))
        assert cases(self._database).count(complaint.case_number) == 1
        assert any(isinstance(one, m.TicketAnswer) for one in self.answers)

    def close(self) -> None:
        for link in self.links():
            link.close()


def a_complaint(what: str) -> m.FileComplaint:
    return factories.a_complaint(on_paper=secrets_of(what))


def cases(database: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return [number for (number,) in db.execute('SELECT number FROM "case" ORDER BY number')]


def rows(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def logged(processes: Processes, event: str) -> list[dict[str, Any]]:
    lines = [line for line in processes.log("hub").read_text().splitlines() if line.startswith("{")]
    return [line for line in map(json.loads, lines) if line["event"] == event]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    with mounts.memory(tmp_path / "disk", DISK_BYTES) as made:
        yield made


def a_hall(place: Path, processes: Processes) -> RunningHall:
    made = RunningHall(place / "hall", processes)
    made.staff("06", "王芳", "window", PIN)
    return made


@pytest.fixture
def hall(place: Path, processes: Processes) -> RunningHall:
    return a_hall(place, processes)


@pytest.fixture
def terminals(hall: RunningHall) -> Iterator[Terminals]:
    hall.start_hub()
    made = Terminals(hall)
    yield made
    made.close()


class Ballast:
    """A file that takes the last byte of a disk."""

    def __init__(self, place: Path) -> None:
        self._file = place / "ballast"
        with self._file.open("wb", buffering=0) as file:
            for size in (1 << 16, PAGE_BYTES):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def drop(self) -> None:
        self._file.unlink()


def test_a_full_disk_makes_terminals_wait_keeps_nothing_by_halves_and_goes_on_when_there_is_room(
    place: Path, hall: RunningHall, processes: Processes, terminals: Terminals
) -> None:
    earlier = terminals.file("before")
    before = rows(hall.directory.database)
    ballast = Ballast(place)
    terminals.send()
    terminals.heard(
        "both turned down twice", lambda: sum(one["commands"] for one in logged(processes, "store.failed")) > 3
    )
    reason = logged(processes, "store.failed")[0]["reason"]
    assert str(hall.directory.database) in reason
    assert "free some of it" in reason
    assert terminals.answers == []
    assert rows(hall.directory.database) == before
    progress = terminals.web.ask(m.LookUp(secret=secrets_of("before").token))
    assert isinstance(progress, m.Progress)  # what is kept can still be read
    assert progress.case_number == earlier.case_number
    assert terminals.kiosk.live
    ballast.drop()
    terminals.are_answered()
    assert len(cases(hall.directory.database)) == 2
    terminals.file("after")


def test_a_hub_does_not_start_on_a_full_disk_and_says_what_to_do(
    place: Path, hall: RunningHall, processes: Processes
) -> None:
    ballast = Ballast(place)
    hall.start_hub()
    assert processes.ended("hub") == 1
    said = processes.log("hub").read_text()
    assert f"the disk of {hall.directory.database} is full; free some of it" in said
    assert "Traceback" not in said
    ballast.drop()
    hall.start_hub()
    hall.ready_hub()


def test_a_hub_does_not_start_on_a_read_only_mount_and_says_how_to_make_it_writable(
    place: Path, hall: RunningHall, processes: Processes
) -> None:
    before = {path: path.read_bytes() for path in hall.directory.path.iterdir() if path.is_file()}
    mounts.remount(place, "ro")
    hall.start_hub()
    assert processes.ended("hub") == 1
    said = processes.log("hub").read_text()
    assert f"{hall.directory.database} lies on a read-only file system" in said
    assert f"mount -o remount,rw {place}" in said
    assert "Traceback" not in said
    assert {path: path.read_bytes() for path in hall.directory.path.iterdir() if path.is_file()} == before
    mounts.remount(place, "rw")
    hall.start_hub()
    hall.ready_hub()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[mounts.Disk]:
    made = mounts.Disk(tmp_path / "image", tmp_path / "ext4")
    yield made
    made.close()


def test_a_disk_that_turns_read_only_stops_the_hub_and_once_it_is_mended_everybody_is_answered(
    disk: mounts.Disk, processes: Processes
) -> None:
    hall = a_hall(disk.place, processes)
    hall.start_hub()
    with closing(Terminals(hall)) as terminals:
        terminals.file("before")
        disk.fail()
        terminals.send()
        assert processes.ended("hub") == 1
        (broken,) = logged(processes, "store.broken")
        assert str(hall.directory.database) in broken["reason"]
        assert "make it writable again" in broken["reason"]
        hall.start_hub()  # as its service manager does, again and again
        assert processes.ended("hub") == 1
        assert "lies on a read-only file system" in processes.log("hub").read_text()
        disk.mend()
        hall.start_hub()
        terminals.are_answered()
        assert len(cases(hall.directory.database)) == 2
    processes.stop("hub")


# --- without a file system of its own


@pytest.fixture
def plain_hall(tmp_path: Path, processes: Processes) -> RunningHall:
    return a_hall(tmp_path, processes)


@pytest.fixture
def plain_terminals(plain_hall: RunningHall) -> Iterator[Terminals]:
    plain_hall.start_hub()
    made = Terminals(plain_hall)
    yield made
    made.close()


def test_an_input_output_error_stops_the_hub_and_the_next_one_answers_everybody_once(
    plain_hall: RunningHall, processes: Processes, plain_terminals: Terminals
) -> None:
    terminals = plain_terminals
    terminals.file("before")
    database = plain_hall.directory.database
    size = database.with_name("hall.db-wal").stat().st_size
    resource.prlimit(processes.pid("hub"), resource.RLIMIT_FSIZE, (size, size))  # SQLite is told EFBIG, an I/O error
    terminals.send()
    assert processes.ended("hub") == 1
    (broken,) = logged(processes, "store.broken")
    assert str(database) in broken["reason"]
    assert "disk I/O error" in broken["reason"]
    plain_hall.start_hub()
    terminals.are_answered()
    assert len(cases(database)) == 2


def test_a_page_that_breaks_while_the_hub_runs_stops_it_and_it_does_not_start_again(
    plain_hall: RunningHall, processes: Processes, plain_terminals: Terminals
) -> None:
    database = plain_hall.directory.database
    terminals = plain_terminals
    terminals.file("before")
    processes.stop("hub")  # everything is in one file now
    plain_hall.start_hub()
    terminals.heard("the hub", lambda: terminals.web.ask(m.LookUp(secret="0" * 17)))
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'step'").fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(bytes(PAGE_BYTES))
    terminals.web.send(m.LookUp(secret=secrets_of("before").token), terminals.answers.append)
    assert processes.ended("hub") == 1
    (broken,) = logged(processes, "store.broken")
    assert "is damaged" in broken["reason"]
    assert logged(processes, "query.failed") == []  # a broken disk is no mistake of this one question's
    assert f"bancheng restore BACKUP --hall {database.parent}" in broken["reason"]
    content = database.read_bytes()
    plain_hall.start_hub()
    assert processes.ended("hub") == 1
    assert "is damaged in table step" in processes.log("hub").read_text()
    assert database.read_bytes() == content
    assert terminals.answers == []


def test_without_its_data_key_the_hub_does_not_start_and_makes_no_other(
    plain_hall: RunningHall, processes: Processes
) -> None:
    key = plain_hall.directory.data_key
    key.unlink()
    plain_hall.start_hub()
    assert processes.ended("hub") == 1
    said = processes.log("hub").read_text()
    assert f"{key} cannot be read" in said
    assert "put it back from the safe" in said
    assert "Traceback" not in said
    assert not key.exists()
