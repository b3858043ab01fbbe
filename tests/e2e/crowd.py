"""A process of many terminals that give the hub no rest: citizens at kiosks, clerks at windows, each with its own log.

Each command goes into the client's log before it is sent, each answer when it came; `verdict` holds the logs against
the database. The links run on a hurried clock: they resend as often in a second as a hall's do in ten.
"""

from __future__ import annotations

import json
import secrets
import select
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Annotated, Any, TextIO

import msgspec
import typer
import zmq

from hub import keys
from hub.config import HallDirectory
from hub.domain.lookup import make_keys
from hub.domain.ticket import AT_WINDOW
from hub.link import Link
from hub.wire import messages as m
from tests.demo.complaints import complaints

HURRY = 10
RECONNECT_MS = 50
REMEMBERED = 20
"""How many of its answered commands a kiosk may ask again."""
THINK_S = 0.03
SERVICES = ("general", "real-estate", "inquiry")


class HurriedLink(Link):
    """A terminal's link whose sockets come back at once, where a hall's are patient: the hub lives short here."""

    def _socket(self, kind: int, address: str, own: keys.CurvePair, hub_public: bytes) -> zmq.Socket[bytes]:
        socket = super()._socket(kind, address, own, hub_public)
        socket.disconnect(address)
        socket.reconnect_ivl, socket.reconnect_ivl_max = RECONNECT_MS, 0
        socket.connect(address)
        return socket


class Client:
    """One terminal: at most one thing under way, the next one after a moment's thought."""

    def __init__(self, link: Link, log: TextIO, random: Random) -> None:
        self.link = link
        self.random = random
        self._log = log
        self._waiting = ""
        self._next_s = 0.0

    def turn(self, now_s: float) -> None:
        self.link.poll()
        if not self._waiting and now_s >= self._next_s:
            self.act()

    def act(self) -> None:
        """Asks the next thing, or nothing."""
        raise NotImplementedError

    def ask(self, command: m.Command, then: Callable[[m.Answer], None], *, taps: int = 1) -> None:
        """Asks something new; `taps` > 1 sends it that often at once, as a double touch does."""
        command_id = secrets.token_hex(16)
        self._write(asked=command_id, kind=type(command).__name__)
        self.ask_again(command_id, command, then)
        for _ in range(taps - 1):
            self.ask_again(command_id, command, then)

    def ask_again(self, command_id: str, command: m.Command, then: Callable[[m.Answer], None]) -> None:
        def heard(answer: m.Answer) -> None:
            self._waiting = ""
            self.pause()
            if isinstance(answer, m.Rejected):
                self._write(refused=command_id, code=answer.code)
            else:
                self._write(answered=command_id, answer=msgspec.msgpack.encode(answer).hex())
                self.remember(command_id, command)
            then(answer)

        self._waiting = command_id
        self.link.send(command, heard, command_id)

    def remember(self, command_id: str, command: m.Command) -> None:
        """Called with what was answered."""

    def pause(self) -> None:
        self._next_s = time.monotonic() + self.random.uniform(0, THINK_S)

    def _write(self, **line: Any) -> None:
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()  # with the system before the command is: only the hub is killed here, not the machine


class Citizen(Client):
    """A kiosk: complaints, tickets, double taps, and what was answered long ago asked once more."""

    def __init__(self, link: Link, log: TextIO, random: Random) -> None:
        super().__init__(link, log, random)
        self._answered: list[tuple[str, m.Command]] = []

    def act(self) -> None:
        what = self.random.choices(("file", "take", "tap twice", "again"), (5, 3, 1, 1))[0]
        if what == "again" and self._answered:
            self.ask_again(*self.random.choice(self._answered), self.nothing)
        elif what == "file":
            self.ask(self.random.choice(complaints()).filed_with(make_keys(self.random.randbytes)), self.nothing)
        else:
            ticket = m.TakeTicket(service=self.random.choice(SERVICES))
            self.ask(ticket, self.nothing, taps=2 if what == "tap twice" else 1)

    def remember(self, command_id: str, command: m.Command) -> None:
        self._answered = [*self._answered[-REMEMBERED:], (command_id, command)]

    def nothing(self, _answer: m.Answer) -> None:
        """A citizen reads the answer and goes."""


class Clerk(Client):
    """A window: calls, serves, finishes; after a refusal it does what its own picture says."""

    def __init__(self, link: Link, log: TextIO, random: Random, window: int) -> None:
        super().__init__(link, log, random)
        self._window = window

    def act(self) -> None:
        here = [one for one in self.link.picture.tickets.values() if one.window == self._window]
        called = next((one for one in here if one.state in AT_WINDOW), None)
        if called is None:
            self.ask(m.CallNext(), self._serve)
        else:
            self.ask(m.FinishTicket(ticket_id=called.ticket_id), self._done)

    def _serve(self, answer: m.Answer) -> None:
        if isinstance(answer, m.TicketAnswer):
            self.ask(m.ServeTicket(ticket_id=answer.ticket.ticket_id), self._finish)

    def _finish(self, answer: m.Answer) -> None:
        if isinstance(answer, m.TicketAnswer):
            self.ask(m.FinishTicket(ticket_id=answer.ticket.ticket_id), self._done)

    def _done(self, _answer: m.Answer) -> None:
        """Served; the next one after a moment."""


def client(directory: HallDirectory, name: str, log: TextIO, seed: str) -> Client:
    terminal, random = directory.hall().terminal(name), Random(f"{seed}-{name}")
    link = HurriedLink(
        directory.hall().hubs,
        keys.load_pair(directory.keys, name),
        keys.load_public(directory.keys, "hub"),
        feed=bool(terminal.window),
        monotonic=lambda: time.monotonic() * HURRY,
    )
    return Clerk(link, log, random, terminal.window) if terminal.window else Citizen(link, log, random)


def run(
    hall: Annotated[Path, typer.Option(help="The hall's directory.")],
    terminals: Annotated[list[str], typer.Option("--terminal", help="Which terminals these clients are.")],
    out: Annotated[Path, typer.Option(help="Folder of the logs.")],
    seed: Annotated[str, typer.Option(help="What the clients do follows from it.")],
) -> None:
    """Ask the hub for something from every terminal, again and again, until ended."""
    directory = HallDirectory(hall)
    clients = [client(directory, name, (out / f"{name}.jsonl").open("a"), seed) for name in terminals]
    descriptors = [one for each in clients for one in each.link.descriptors()]
    while True:
        select.select(descriptors, [], [], 0.01)
        now_s = time.monotonic()
        for each in clients:
            each.turn(now_s)


if __name__ == "__main__":
    typer.run(run)
