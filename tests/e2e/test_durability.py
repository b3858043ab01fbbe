"""No answer leaves the hub before the disk has what it says: under strace, with the files cut back to the last sync.

Killing a hub does not prove this: what it wrote lives on in the system's memory. A power cut takes that too.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hub import keys
from hub.link import Link
from hub.wire import codec, messages as m
from tests import factories
from tests.e2e.conftest import PIN, logged_in
from tests.e2e.syncs import TRACED, Step, cut, must_trace, steps
from tests.hub.desk import secrets_of
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

ALONE, TOGETHER, KIOSKS = 20, 5, 4
CURVE_AND_FRAME_BYTES = 42
"""What ZMTP 3.1 adds to a reply of more than 255 bytes: length (9), "\\x07MESSAGE" (8), nonce (8), authenticator (16),
flags (1)."""


@dataclass(frozen=True)
class Answered:
    command_id: str
    answer: m.ComplaintAccepted

    @property
    def sent_bytes(self) -> int:
        return len(codec.encode_reply(self.command_id, self.answer)) + CURVE_AND_FRAME_BYTES


@dataclass(frozen=True)
class Traced:
    """A hub's system calls, the hall's files before it started, and what its clients were answered in which order."""

    before: Path
    calls: list[Step]
    sends: list[Step]
    alone: list[Answered]
    together: list[Answered]

    @contextmanager
    def after_power_cut(self, line: int, to: Path, calls: list[Step] | None = None) -> Iterator[sqlite3.Connection]:
        """The database as a machine finds it that lost its power when the trace had come to that line."""
        cut(self.calls if calls is None else calls, line, self.before, to)
        with closing(sqlite3.connect(to / "hall.db")) as db:
            yield db


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Traced:
    must_trace()
    place = tmp_path_factory.mktemp("durability")
    trace = place / "trace"
    with Processes(place / "logs") as processes:
        names = [f"kiosk-{n}" for n in range(2, 2 + KIOSKS)]
        more = "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "kiosk"\n' for name in names)
        hall = RunningHall(place / "hall", processes, more_terminals=more)
        hall.staff("06", "王芳", "window", PIN)
        before = place / "before" / "hall"
        before.mkdir(parents=True)
        for file in hall.directory.path.glob("hall.db*"):
            shutil.copy(file, before)
        hub = (sys.executable, "-m", "hub", "--hall", str(hall.directory.path))
        processes.start("hub", *TRACED, "-o", str(trace), *hub)
        logged_in(hall, "window-3", "06").close()  # the window stays open, and from here on only kiosks are answered
        alone = _file([Kiosk(hall, "kiosk-1", range(ALONE))])
        numbers = (range(1000 * at, 1000 * at + TOGETHER) for at in range(1, 1 + KIOSKS))
        together = _file([Kiosk(hall, *one) for one in zip(names, numbers, strict=True)])
        last = re.compile(rf"^{processes.pid('hub')} +\+\+\+ exited with 0", re.MULTILINE)
        assert processes.stop("hub") == 0
        until("the end of the trace", lambda: last.search(trace.read_text()))
        calls = steps(trace)
        port = f":{hall.ports['hub']}->"
        least = min(one.sent_bytes for one in (*alone, *together))
        sends = [one for one in calls if one.kind == "send" and port in one.what and one.at >= least]
    return Traced(before, calls, sends, alone, together)


def a_complaint(command_id: str) -> m.FileComplaint:
    return factories.a_complaint(on_paper=secrets_of(command_id))


class Kiosk:
    """Files one complaint after another and sends nothing twice: whoever counts answers must not count two of one."""

    def __init__(self, hall: RunningHall, name: str, numbers: range) -> None:
        self._patient = False
        own, hub = keys.load_pair(hall.directory.keys, name), keys.load_public(hall.directory.keys, "hub")
        self.link = Link(hall.hall.hubs, own, hub, feed=False, monotonic=self._clock)
        self.link.ask(m.ReportHealth(), timeout_s=30)
        self._patient = True
        self._ids = [f"{number:032x}" for number in numbers]
        self._wanted = len(self._ids)
        self.answered: list[Answered] = []

    def file(self) -> None:
        if self._ids:
            command_id = self._ids.pop()
            self.link.send(a_complaint(command_id), lambda answer: self._heard(command_id, answer), command_id)

    def _heard(self, command_id: str, answer: m.Answer) -> None:
        assert isinstance(answer, m.ComplaintAccepted)
        self.answered.append(Answered(command_id, answer))
        self.file()

    @property
    def done(self) -> bool:
        return len(self.answered) == self._wanted

    def _clock(self) -> float:
        return 0.0 if self._patient else time.monotonic()


def _file(kiosks: list[Kiosk]) -> list[Answered]:
    """All at once, so that rounds of the hub carry more than one."""
    for kiosk in kiosks:
        kiosk.file()
    until("all answers", lambda: [one.link.wait(0.005) for one in kiosks] and all(one.done for one in kiosks))
    for kiosk in kiosks:
        kiosk.link.close()
    return [one for kiosk in kiosks for one in kiosk.answered]


def is_kept(db: sqlite3.Connection, one: Answered) -> bool:
    """Whether case, ticket and the remembered answer are all there."""
    case = db.execute('SELECT number FROM "case" WHERE command_id = ?', (one.command_id,)).fetchone()
    ticket = db.execute("SELECT ticket_id FROM ticket WHERE command_id = ?", (one.command_id,)).fetchone()
    answer = db.execute("SELECT answer FROM command WHERE command_id = ?", (one.command_id,)).fetchone()
    return (case, ticket, answer) == (
        (one.answer.case_number,),
        (one.answer.ticket_id,),
        (codec.encode_answer(one.answer),),
    )


def test_every_answer_is_in_the_files_as_a_power_cut_at_that_moment_would_leave_them(
    traced: Traced, tmp_path: Path
) -> None:
    assert [send.at for send in traced.sends[:ALONE]] == [one.sent_bytes for one in traced.alone]
    for number, (send, one) in enumerate(zip(traced.sends, traced.alone, strict=False)):
        with traced.after_power_cut(send.began, tmp_path / str(number)) as db:
            assert is_kept(db, one), f"answer {number} left before it was on the disk"


def test_answers_that_share_a_commit_are_all_on_the_disk_before_the_first_of_them_leaves(
    traced: Traced, tmp_path: Path
) -> None:
    least = min(one.sent_bytes for one in traced.together)
    answers_so_far = ALONE
    for number, send in enumerate(traced.sends[ALONE:]):
        answers_so_far += send.at // least
        with traced.after_power_cut(send.began, tmp_path / str(number)) as db:
            assert db.execute('SELECT count(*) FROM "case"').fetchone()[0] >= answers_so_far
    assert answers_so_far == ALONE + len(traced.together)


def test_a_hub_that_did_not_sync_would_be_found_out(traced: Traced, tmp_path: Path) -> None:
    unsynced = [call for call in traced.calls if call.kind != "sync"]
    with traced.after_power_cut(traced.sends[ALONE - 1].began, tmp_path / "cut", unsynced) as db:
        assert db.execute('SELECT count(*) FROM "case"').fetchone() == (0,)


def test_a_hub_that_answered_before_its_sync_would_be_found_out(traced: Traced, tmp_path: Path) -> None:
    for number in range(1, ALONE):
        send, one, earlier = traced.sends[number], traced.alone[number], traced.alone[number - 1]
        sync = max((call for call in traced.calls if call.kind == "sync" and call.ended < send.began), key=_ended)
        with traced.after_power_cut(sync.began, tmp_path / str(number)) as db:
            assert not is_kept(db, one)
            assert is_kept(db, earlier)


def _ended(call: Step) -> int:
    return call.ended


def test_a_new_file_whose_folder_was_not_synced_would_be_lost(traced: Traced, tmp_path: Path) -> None:
    folder = [replace(call, what="elsewhere") if call.what.endswith("/hall") else call for call in traced.calls]
    with traced.after_power_cut(traced.sends[0].began, tmp_path / "cut", folder) as db:
        assert not is_kept(db, traced.alone[0])
