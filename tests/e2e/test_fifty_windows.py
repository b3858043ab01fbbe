"""Fifty windows press call in the same moment: each citizen is called once, in order, and nobody is left out."""

from __future__ import annotations

import secrets
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import zmq

from hub import keys
from hub.config import HallDirectory
from hub.wire import codec, messages as m
from tests.many_windows import SERVICE, described, open_all
from tests.processes import Processes
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

FIFTY = range(101, 151)
COME = (20, 50, 80, 0, 35, 65, 0, 50, 49, 51, 0)
"""How many take a number before each round: fewer than windows, as many, more."""
TIMES = 2
"""How often every command is sent: a resend follows at once."""
PATIENCE_MS = 30_000


@dataclass
class Client:
    """One terminal's socket, and its log: every command that it sent, every answer that it got."""

    socket: zmq.Socket[bytes]
    sent: dict[str, m.Command] = field(default_factory=dict)
    heard: list[tuple[str, m.Answer]] = field(default_factory=list)

    def send(self, command: m.Command) -> str:
        command_id = secrets.token_hex(16)
        self.sent[command_id] = command
        for _ in range(TIMES):
            self.socket.send(codec.encode_request(command_id, command))
        return command_id

    def hear(self, count: int) -> list[m.Answer]:
        """The next answers, in their order."""
        new = [codec.decode_reply(self.socket.recv()) for _ in range(count)]
        self.heard += new
        return [answer for _, answer in new]


@pytest.fixture
def hall(tmp_path: Path, processes: Processes) -> RunningHall:
    """A hall whose fifty more windows are open, each with somebody logged in; its hub runs."""
    founded = RunningHall(tmp_path / "hall", processes, more_terminals=described(FIFTY))
    open_all(founded, FIFTY)
    founded.start_hub()
    founded.ready_hub()
    return founded


def connected(context: zmq.Context[Any], directory: HallDirectory, name: str) -> Client:
    own = keys.load_pair(directory.keys, name)
    socket: zmq.Socket[bytes] = context.socket(zmq.DEALER)
    socket.curve_publickey, socket.curve_secretkey = own.public, own.secret
    socket.curve_serverkey = keys.load_public(directory.keys, "hub")
    socket.linger, socket.rcvtimeo = 0, PATIENCE_MS
    socket.connect(directory.hall().hubs[0].commands)
    client = Client(socket)
    client.send(m.ReportHealth())
    client.hear(TIMES)
    client.sent.clear()
    client.heard.clear()
    return client


@pytest.mark.rule("R55")
def test_fifty_windows_that_call_at_once_get_fifty_people_in_order(hall: RunningHall) -> None:
    context: zmq.Context[Any] = zmq.Context()
    try:
        kiosk = connected(context, hall.directory, "kiosk-1")
        clients = {number: connected(context, hall.directory, f"window-{number}") for number in FIFTY}
        waiting: list[str] = []
        for come in COME:
            for _ in range(come):
                kiosk.send(m.TakeTicket(service=SERVICE))
            taken = kiosk.hear(come * TIMES)
            assert all(isinstance(one, m.TicketIssued) for one in taken)
            waiting += list(dict.fromkeys(one.ticket_id for one in taken if isinstance(one, m.TicketIssued)))

            for client in clients.values():
                client.send(m.CallNext())
            called = {number: client.hear(TIMES) for number, client in clients.items()}
            assert all(answer == again for answer, again in called.values())
            got = {number: one.ticket for number, (one, _) in called.items() if isinstance(one, m.TicketAnswer)}
            refused = [one.code for one, _ in called.values() if isinstance(one, m.Rejected)]

            next_ones, waiting = waiting[: len(FIFTY)], waiting[len(FIFTY) :]
            assert sorted(one.ticket_id for one in got.values()) == sorted(next_ones)
            assert refused == ["queue_empty"] * (len(FIFTY) - len(next_ones))
            for number, ticket in got.items():
                clients[number].send(m.FinishTicket(ticket_id=ticket.ticket_id))
            for number in got:
                done, again = clients[number].hear(TIMES)
                assert isinstance(done, m.TicketAnswer)
                assert done == again
        assert waiting == []
    finally:
        context.destroy(linger=0)
    count(hall.directory.database, kiosk, clients)


def count(database: Path, kiosk: Client, clients: dict[int, Client]) -> None:
    """The clients' logs against the database file."""
    given = {one.ticket_id for _, one in kiosk.heard if isinstance(one, m.TicketIssued)}
    calls = [
        (one.ticket.ticket_id, number, one.ticket.called_at)
        for number, client in clients.items()
        for command_id, one in dict(client.heard).items()
        if isinstance(one, m.TicketAnswer) and isinstance(client.sent[command_id], m.CallNext)
    ]
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT ticket_id, window, state, calls, passed, number FROM ticket").fetchall()
        steps = db.execute("SELECT ticket_id, move, because, passed FROM ticket_step ORDER BY seq").fetchall()
    assert len(given) == sum(COME) == len(rows)
    assert Counter(one for one, _, _ in calls) == Counter(dict.fromkeys(given, 1)), (
        "somebody was called twice, or never"
    )
    assert {row[0]: row[1] for row in rows} == {ticket_id: window for ticket_id, window, _ in calls}
    assert {(state, called, passed) for _, _, state, called, passed, _ in rows} == {("done", 1, 0)}
    assert sorted(row[5] for row in rows) == list(range(1, sum(COME) + 1))
    order = [ticket_id for ticket_id, move, because, passed in steps if (move, because, passed) == ("call", "order", 0)]
    assert order == [row[0] for row in sorted(rows, key=lambda row: row[5])]
    assert Counter(move for _, move, _, _ in steps) == {"call": len(given), "finish": len(given)}
