"""Many terminals, and dead ones: who comes back is served, who does not listen costs nobody else anything."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.link import Link
from hub.wire import codec
from hub.wire.messages import Answer, Published, TakeTicket, TicketIssued
from tests.processes import Processes, until
from tests.running_hall import RunningHall
from tests.terminals import Terminals, hall_file, named

pytestmark = pytest.mark.e2e

RETURNING = 500
EVENTS = 12_000
"""More than ZeroMQ and the kernel keep for a subscriber that does not read."""
AT_ONCE = 30


@pytest.fixture
def crowded(tmp_path: Path, processes: Processes) -> RunningHall:
    return RunningHall(tmp_path / "hall", processes, more_terminals=hall_file(named(RETURNING)))


@pytest.fixture
def crowd(crowded: RunningHall) -> Iterator[Terminals]:
    terminals = Terminals(crowded.directory, named(RETURNING))
    yield terminals
    terminals.close()


def newest_of(hall: RunningHall) -> int:
    """The number of the feed's newest event, as it is on the disk."""
    with sqlite3.connect(f"file:{hall.directory.database}?mode=ro", uri=True) as db:
        return int(db.execute("SELECT seq FROM hall").fetchone()[0])


def take_tickets(kiosk: Link, count: int, *others: Link) -> None:
    """Takes tickets, some at once, while the others listen, until all are answered."""
    left, sent = count, 0

    def answered(answer: Answer) -> None:
        nonlocal sent
        assert isinstance(answer, TicketIssued), answer
        sent -= 1

    def all_answered() -> bool:
        nonlocal left, sent
        while left and sent < AT_ONCE:
            kiosk.send(TakeTicket(service="general"), answered)
            left, sent = left - 1, sent + 1
        kiosk.wait(0.02)
        for other in others:
            other.poll()
        return not left and not sent

    until(f"{count} tickets", all_answered, timeout_s=120, every_s=0)


def test_five_hundred_terminals_that_return_at_once_are_all_served(
    crowded: RunningHall, crowd: Terminals, processes: Processes
) -> None:
    crowded.start_hub()
    resource.prlimit(processes.pid("hub"), resource.RLIMIT_NOFILE, (1024, 20_000))  # what systemd gives unasked
    crowded.ready_hub()
    kiosk = crowded.link("kiosk-1", feed=False)
    take_tickets(kiosk, 100)
    crowd.until("all have the picture", lambda one: one.epoch != "")
    for begins_anew in (False, True):
        processes.kill("hub")
        if begins_anew:
            crowd.forget()
        processes.log("hub").write_bytes(b"")
        crowded.start_hub()
        crowded.ready_hub()
        take_tickets(kiosk, 1)
        newest = newest_of(crowded)
        crowd.until("all have caught up", lambda one, newest=newest: one.seq >= newest)
    kiosk.close()


def test_a_subscriber_that_reads_nothing_misses_the_newest_holds_nobody_up_and_recovers(
    hall: RunningHall, processes: Processes
) -> None:
    hall.start_hub()
    hall.ready_hub()
    stalled = Terminals(hall.directory, ["wall"], narrow=True)
    stalled.until("the picture", lambda one: one.epoch != "")
    (deaf,) = stalled.all
    kiosk, led = hall.link("kiosk-1", feed=False), hall.link("led")
    until("the led's picture", lambda: led.wait(0.05) or led.picture.epoch)
    take_tickets(kiosk, EVENTS, led)
    newest = newest_of(hall)
    until("the led has all of it", lambda: led.wait(0.05) or led.picture.seq == newest)
    assert led.live

    kept: list[int] = []

    def read_all() -> bool:
        item = codec.decode_feed(deaf.feed.recv_multipart())
        kept.append(item.numbered.seq if isinstance(item, Published) else 0)
        return not deaf.feed.poll(500)

    until("what was kept for it", read_all, every_s=0)
    last = max(kept)
    assert last < newest, "it has missed nothing: this proves nothing"
    stalled.until("what it missed", lambda one: one.seq >= newest)
    for link in (kiosk, led):
        link.close()
    stalled.close()
