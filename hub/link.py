"""A terminal's link to the hub: commands that are resent until answered, and a feed without gaps.

Nothing here blocks but `ask`: programs with a window call `poll` from their clock. Screens never see a socket.
One DEALER carries commands and answers, one SUB the feed; both are CURVE.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import zmq

from hub import keys
from hub.config import HallDirectory
from hub.domain.hall import HubAddress, Role
from hub.errors import HubError
from hub.following import Following
from hub.wire import codec
from hub.wire.messages import Answer, Command, Heartbeat, Numbered, Rejected
from hub.wire.picture import Picture

STALE_AFTER_S = 3.0
RESEND_FIRST_S = 0.5
RESEND_MOST_S = 4.0

TRY_LATER = frozenset({"store_failed", "too_many"})
"""Rejections that say nothing about the command, only that the hub could not keep it, or not look at it, just now."""

OnAnswer = Callable[[Answer], None]


class NoAnswer(HubError):
    """The hub did not answer in time; the command may or may not have been carried out. Resend the same id."""

    code = "no_answer"


@dataclass
class _Pending:
    frame: bytes
    then: OnAnswer
    next_try: float = float("-inf")
    wait_s: float = RESEND_FIRST_S


@dataclass
class Listeners:
    """Who wants to know what arrived: `event` after it is in the picture, `snapshot` after the picture began anew."""

    event: list[Callable[[Numbered], None]] = field(default_factory=list)
    snapshot: list[Callable[[], None]] = field(default_factory=list)


class Link:
    """One terminal's connection to its hub. `feed=False` leaves the feed out, for programs that only ask.

    `role` is the terminal's own: what the feed withholds from others is asked for.
    """

    def __init__(
        self,
        address: HubAddress,
        own: keys.CurvePair,
        hub_public: bytes,
        *,
        feed: bool = True,
        role: Role | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        new_id: Callable[[], str] = lambda: secrets.token_hex(16),
    ) -> None:
        self.picture = Picture()
        self.listeners = Listeners()
        self.heard_at: dt.datetime | None = None
        """The hub's own time when it was last heard."""
        self._monotonic = monotonic
        self._new_id = new_id
        self._pending: dict[str, _Pending] = {}
        self._heard = float("-inf")
        self._following = Following(self.picture, role, self.send, self._laid, self._began)
        self._context = zmq.Context()
        self._commands = self._socket(zmq.DEALER, address.commands, own, hub_public)
        self._feed: zmq.Socket[bytes] | None = None
        if feed:
            self._feed = self._socket(zmq.SUB, address.feed, own, hub_public)
            self._feed.subscribe(b"")
        self._poller = zmq.Poller()
        for socket in self._sockets():
            self._poller.register(socket, zmq.POLLIN)

    @classmethod
    def of_terminal(cls, directory: HallDirectory, terminal: str, *, feed: bool = True) -> Link:
        """The link of an enrolled terminal; raises `KeyMissing` when its key is not on this machine."""
        hall = directory.hall()
        return cls(
            hall.hub,
            keys.load_pair(directory.keys, terminal),
            keys.load_public(directory.keys, "hub"),
            feed=feed,
            role=hall.terminal(terminal).role,
        )

    # --- commands

    def send(self, command: Command, then: OnAnswer, command_id: str = "") -> str:
        """Sends a command and calls `then` with its answer, once, however often it had to be resent.

        Give the `command_id` of an earlier try to ask again for its first answer.
        """
        command_id = command_id or self._new_id()
        self._pending[command_id] = pending = _Pending(codec.encode_request(command_id, command), then)
        self._try(pending)
        return command_id

    def forget(self, command_id: str) -> None:
        """Stops resending; a later answer to it is dropped."""
        self._pending.pop(command_id, None)

    def ask(self, command: Command, timeout_s: float = 5.0, command_id: str = "") -> Answer:
        """Sends and waits, for programs without a window; raises `NoAnswer` after `timeout_s`."""
        answers: list[Answer] = []
        command_id = self.send(command, answers.append, command_id)
        until = self._monotonic() + timeout_s
        while not answers:
            left = until - self._monotonic()
            if left <= 0:
                self.forget(command_id)
                raise NoAnswer(f"the hub did not answer {type(command).__name__} within {timeout_s:g} s")
            self.wait(min(left, 0.1))
        return answers[0]

    # --- the loop's side

    def poll(self) -> None:
        """Takes in everything that has arrived and resends what is overdue. Never blocks."""
        self._drain_answers()
        self._drain_feed()
        now = self._monotonic()
        for pending in list(self._pending.values()):
            if now >= pending.next_try:
                self._try(pending)

    def wait(self, timeout_s: float) -> None:
        """Sleeps until something arrives, at most `timeout_s`, then polls."""
        self._poller.poll(max(0, int(timeout_s * 1000)))
        self.poll()

    def descriptors(self) -> list[int]:
        """File descriptors for another loop; they are edge-triggered, so call `poll` after every wake-up."""
        return [int(socket.getsockopt(zmq.FD)) for socket in self._sockets()]

    @property
    def live(self) -> bool:
        """Whether the hub was heard within the last three seconds."""
        return self._monotonic() - self._heard < STALE_AFTER_S

    @property
    def pending(self) -> int:
        """Commands that wait for an answer."""
        return len(self._pending)

    def close(self) -> None:
        for socket in self._sockets():
            socket.close(linger=0)
        self._context.term()

    # --- inside

    def _socket(self, kind: int, address: str, own: keys.CurvePair, hub_public: bytes) -> zmq.Socket[bytes]:
        socket: zmq.Socket[bytes] = self._context.socket(kind)
        socket.curve_publickey, socket.curve_secretkey = own.public, own.secret
        socket.curve_serverkey = hub_public
        socket.linger = 0
        socket.immediate = True  # resending is ours: nothing may pile up for a hub that is away
        socket.reconnect_ivl, socket.reconnect_ivl_max = 50, 400
        socket.heartbeat_ivl, socket.heartbeat_timeout = 1000, 3000
        socket.handshake_ivl = 3000  # a connection that went silent before it began: ZeroMQ would wait for 30 s
        socket.maxmsgsize = 64 * codec.MAX_FRAME_BYTES
        socket.connect(address)
        return socket

    def _sockets(self) -> list[zmq.Socket[bytes]]:
        return [self._commands] if self._feed is None else [self._commands, self._feed]

    def _try(self, pending: _Pending) -> None:
        try:
            self._commands.send(pending.frame, zmq.NOBLOCK)
        except zmq.Again:
            return  # no connection yet, or no more: each `poll` tries again
        pending.next_try = self._monotonic() + pending.wait_s
        pending.wait_s = min(pending.wait_s * 2, RESEND_MOST_S)

    def _drain_answers(self) -> None:
        while True:
            try:
                frame = self._commands.recv(zmq.NOBLOCK)
            except zmq.Again:
                return
            self._hear(None)
            try:
                command_id, answer = codec.decode_reply(frame)
            except codec.BadFrame:
                continue  # a newer hub's answer; ours is resent and fails by its own time-out
            if isinstance(answer, Rejected) and answer.code in TRY_LATER:
                continue  # nothing was kept; the resend asks again
            pending = self._pending.pop(command_id, None)
            if pending is not None:
                pending.then(answer)

    def _drain_feed(self) -> None:
        while self._feed is not None:
            try:
                frames = self._feed.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                item = codec.decode_feed(frames)
            except codec.BadFrame:
                continue  # an event of a newer hub: the gap it leaves is asked for
            if isinstance(item, Heartbeat):
                self._hear(item.at)
                self._following.hear_beat(item)
            else:
                self._hear(item.numbered.at)
                self._following.hear(item)

    def _laid(self, numbered: Numbered) -> None:
        for listener in self.listeners.event:
            listener(numbered)

    def _began(self) -> None:
        for listener in self.listeners.snapshot:
            listener()

    def _hear(self, hub_time: dt.datetime | None) -> None:
        was_away = not self.live
        self._heard = self._monotonic()
        self.heard_at = hub_time or self.heard_at
        if was_away:
            for pending in self._pending.values():
                pending.next_try = self._heard
