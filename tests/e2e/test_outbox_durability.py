"""The kiosk promises nothing that its disk has not: under strace, with the files cut back to the last sync.

Killing a kiosk does not prove this: what it wrote lives on in the system's memory. A power cut takes that too.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hub.keys import load_secret, make_secret
from hub.wire.codec import encode_request
from kiosk.outbox import Entry, Outbox
from tests.demo.citizen import shortest_way, submit
from tests.e2e.conftest import papers
from tests.e2e.syncs import TRACED_SAYING, Step, cut, must_trace, steps
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

pytestmark = pytest.mark.e2e

CURVE_AND_FRAME_BYTES = 42
"""What ZMTP 3.1 adds to a command of more than 255 bytes; tests/e2e/test_durability.py has them one by one."""
RECEIPT_BYTES = 500
"""A receipt is sent in pieces that are longer than this; questions about the printer's state are shorter."""


@dataclass(frozen=True)
class Traced:
    """A kiosk's system calls while it filed one complaint with the hub and one without, and its files before that."""

    before: Path
    calls: list[Step]
    key: bytes
    hub_port: int
    printer_port: int
    filed: list[Entry]
    """What lies in the outbox in the end: the complaint that was answered, and the one that was not."""

    @contextmanager
    def after_power_cut(self, line: int, to: Path, calls: list[Step] | None = None) -> Iterator[list[Entry]]:
        """What the outbox has on a machine that lost its power when the trace had come to that line."""
        cut(self.calls if calls is None else calls, line, self.before, to)
        with closing(Outbox(to / "outbox.db", self.key)) as outbox:
            yield [*outbox.kept(), *outbox.waiting()]

    @property
    def pieces(self) -> list[Step]:
        """Of receipts, as they went to the printer."""
        written = (one for one in self.calls if one.kind == "say" and f":{self.printer_port}]" in one.what)
        return [one for one in written if len(one.content) >= RECEIPT_BYTES]

    @property
    def command(self) -> Step:
        """When the first complaint leaves."""
        frame = encode_request(self.filed[0].command_id, self.filed[0].complaint)
        sent = (one for one in self.calls if one.kind == "send" and f":{self.hub_port}]" in one.what)
        return next(one for one in sent if one.at == len(frame) + CURVE_AND_FRAME_BYTES)

    def shown(self, state: str) -> Step:
        """When the window first told such a state of the done screen; its pixels stood before."""
        return next(
            one
            for one in self.calls
            if one.kind == "say"
            and one.what.endswith("touchmap.json.new")
            and (told := json.loads(one.content)).get("screen") == "done"
            and told["state"].startswith(state)
        )


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traced]:
    must_trace()
    place = tmp_path_factory.mktemp("outbox")
    trace, before = place / "trace", place / "before" / "kiosk-1"
    with Processes(place / "logs") as processes, closing(Screen(*KIOSK)) as screen:
        hall = RunningHall(place / "hall", processes)
        hall.start_hub()
        hall.start_printer()
        hall.ready_hub()
        hall.ready_device("printer")
        local = hall.directory.local("kiosk-1")
        before.mkdir(parents=True)
        make_secret(local / "outbox.key")  # a kiosk that ran before: how SQLite makes a file is not what is asked here
        key = load_secret(local / "outbox.key")
        Outbox(local / "outbox.db", key).close()
        shutil.copy(local / "outbox.db", before)
        kiosk = (sys.executable, "-m", "kiosk", "--hall", str(hall.directory.path), "--terminal", "kiosk-1")
        processes.start("kiosk-1", *TRACED_SAYING, "-o", str(trace), *kiosk, env=screen.env)
        screen.at("home", timeout_s=120)
        shortest_way(screen)
        submit(screen)
        until("the number", lambda: screen.seen()["state"] == "answered.confirmed", timeout_s=60)
        screen.touch("finish")
        screen.at("home")
        processes.signal("hub", signal.SIGSTOP)
        shortest_way(screen)
        submit(screen)
        until("a number of its own", lambda: screen.seen()["state"] == "offline.confirmed", timeout_s=60)
        assert len(papers(hall)) == 2
        last = re.compile(rf"^{processes.pid('kiosk-1')} +\+\+\+ exited with 0", re.MULTILINE)
        assert processes.stop("kiosk-1", timeout_s=30) == 0
        until("the end of the trace", lambda: last.search(trace.read_text()))
        with closing(Outbox(local / "outbox.db", key)) as outbox:
            filed = [*outbox.kept(), *outbox.waiting()]
        yield Traced(before, steps(trace), key, hall.ports["hub"], hall.ports["printer"], filed)


def test_a_complaint_is_on_the_disk_before_its_first_byte_leaves_and_before_the_screen_says_saved(
    traced: Traced, tmp_path: Path
) -> None:
    first = traced.command
    with traced.after_power_cut(first.began, tmp_path / "send") as kept:
        assert len(kept) == 1, "the command left before its row was on the disk"
    with traced.after_power_cut(traced.shown("").began, tmp_path / "shown") as kept:
        assert len(kept) == 1, "the screen said saved before the disk had it"


def test_a_number_of_the_kiosk_s_own_is_on_the_disk_before_paper_or_screen_have_it(
    traced: Traced, tmp_path: Path
) -> None:
    shown = traced.shown("offline")
    done = traced.shown("answered.confirmed")
    paper = next(one for one in traced.pieces if one.began > done.began)
    for name, step in (("paper", paper), ("screen", shown)):
        with traced.after_power_cut(step.began, tmp_path / name) as kept:
            numbers = [entry.printed.ticket_number for entry in kept if entry.printed]
            assert "K001" in numbers, f"{name} had the number before the disk"


def test_a_kiosk_that_did_not_sync_would_be_found_out(traced: Traced, tmp_path: Path) -> None:
    unsynced = [call for call in traced.calls if call.kind != "sync"]
    first = traced.command
    with traced.after_power_cut(first.began, tmp_path / "cut", unsynced) as kept:
        assert kept == []


def test_a_kiosk_that_sent_before_its_sync_would_be_found_out(traced: Traced, tmp_path: Path) -> None:
    first = traced.command
    sync = max(
        (one for one in traced.calls if one.kind == "sync" and "outbox.db" in one.what and one.ended < first.began),
        key=lambda one: one.ended,
    )
    with traced.after_power_cut(sync.began, tmp_path / "cut") as kept:
        assert kept == []
