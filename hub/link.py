"""A terminal's link to the hub: commands that are resent until answered, and a feed without gaps.

Nothing here blocks but `ask`: programs with a window call `poll` from their clock. Screens never see a socket.
Each of the hall's hubs has a DEALER for commands and answers and a SUB for its feed, both CURVE; commands go to the one
that is on duty, and what still waits is sent anew when another takes over.
"""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import zmq

from hub import keys
from hub.config import HallDirectory
from hub.domain.hall import HubAddress, Role
from hub.errors import HubError
from hub.following import Following
from hub.peer import Peer
from hub.wire import codec
from hub.wire.messages import Answer, Command, Heartbeat, Numbered, Rejected
from hub.wire.picture import Picture

STALE_AFTER_S = 3.0
RESEND_FIRST_S = 0.5
RESEND_MOST_S = 4.0

SILENT_S = 1.0
"""Where there are several hubs the next one is asked when this one was silent for so long."""
ROTATE_S = 0.25
"""After so long the next one is asked, when this one said that it is not on duty."""

NOT_ACTIVE = "not_active"
TRY_LATER = frozenset({"store_failed", "too_many", NOT_ACTIVE})
"""Rejections that say nothing about the command: the hub could not keep it or look at it now, or is not on duty."""

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
    """One terminal's connection to its hall's hubs. `feed=False` leaves the feed out, for programs that only ask.

    `role` is the terminal's own: what the feed withholds from others is asked for.
    """

    def __init__(
        self,
        addresses: Sequence[HubAddress],
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
        self._hubs = [Peer(self._context, one, own, hub_public, feed) for one in addresses]
        self._active = self._hubs[0]
        """The hub that commands go to: on duty as far as this terminal knows."""
        self._turned_to = monotonic()
        """Since when they go there."""
        self._poller = zmq.Poller()
        for socket in self._sockets():
            self._poller.register(socket, zmq.POLLIN)

    @classmethod
    def of_terminal(cls, directory: HallDirectory, terminal: str, *, feed: bool = True) -> Link:
        """The link of an enrolled terminal; raises `KeyMissing` when its key is not on this machine."""
        hall = directory.hall()
        return cls(
            hall.hubs,
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
        for hub in self._hubs:
            self._drain_answers(hub)
            self._drain_feed(hub)
        now = self._monotonic()
        due = [pending for pending in self._pending.values() if now >= pending.next_try]
        silent = len(self._hubs) > 1 and now - max(self._active.heard, self._turned_to) >= SILENT_S
        if due and silent:
            self._turn_to_next()
        for pending in due:
            if silent:
                pending.wait_s = RESEND_FIRST_S
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
        """Whether a hub on duty was heard within the last three seconds."""
        return self._monotonic() - self._heard < STALE_AFTER_S

    @property
    def pending(self) -> int:
        """Commands that wait for an answer."""
        return len(self._pending)

    def close(self) -> None:
        for hub in self._hubs:
            hub.close()
        self._context.term()

    # --- inside

    def _sockets(self) -> list[zmq.Socket[bytes]]:
        return [socket for hub in self._hubs for socket in hub.sockets]

    def _try(self, pending: _Pending) -> None:
        if not self._active.send(pending.frame):
            return  # no connection yet, or no more: each `poll` tries again
        pending.next_try = self._monotonic() + pending.wait_s
        pending.wait_s = min(pending.wait_s * 2, RESEND_MOST_S)

    def _drain_answers(self, hub: Peer) -> None:
        for frame in hub.answers():
            hub.heard = self._monotonic()
            try:
                command_id, answer = codec.decode_reply(frame)
            except codec.BadFrame:
                continue  # a newer hub's answer; ours is resent and fails by its own time-out
            if isinstance(answer, Rejected) and answer.code == NOT_ACTIVE:
                self._turned_away(hub, command_id)
                continue
            self._hear(hub, None)
            if isinstance(answer, Rejected) and answer.code in TRY_LATER:
                continue  # nothing was kept; the resend asks again
            pending = self._pending.pop(command_id, None)
            if pending is not None:
                pending.then(answer)

    def _drain_feed(self, hub: Peer) -> None:
        for frames in hub.published():
            hub.heard = self._monotonic()
            try:
                item = codec.decode_feed(frames)
            except codec.BadFrame:
                continue  # an event of a newer hub: the gap it leaves is asked for
            if isinstance(item, Heartbeat):
                if not item.active:
                    continue
                self._hear(hub, item.at)
                self._following.hear_beat(item)
            else:
                self._hear(hub, item.numbered.at)
                self._following.hear(item)

    def _laid(self, numbered: Numbered) -> None:
        for listener in self.listeners.event:
            listener(numbered)

    def _began(self) -> None:
        for listener in self.listeners.snapshot:
            listener()

    def _hear(self, hub: Peer, hub_time: dt.datetime | None) -> None:
        """A hub on duty was heard: what waits is sent to it at once when it is a new one, or was away."""
        anew = not self.live or hub is not self._active
        self._active, self._turned_to = hub, self._monotonic()
        self._heard = self._turned_to
        self.heard_at = hub_time or self.heard_at
        if anew:
            for pending in self._pending.values():
                pending.wait_s, pending.next_try = RESEND_FIRST_S, self._heard

    def _turned_away(self, hub: Peer, command_id: str) -> None:
        """That hub is not on duty: the next one is asked, a little later, for both may say so during a take-over."""
        if hub is self._active:
            self._turn_to_next()
        if command_id in self._pending and len(self._hubs) > 1:
            self._pending[command_id].next_try = self._monotonic() + ROTATE_S

    def _turn_to_next(self) -> None:
        place = self._hubs.index(self._active) + 1
        self._active, self._turned_to = self._hubs[place % len(self._hubs)], self._monotonic()
