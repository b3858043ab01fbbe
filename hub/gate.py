"""The hub's two sockets: commands in (ROUTER), feed out (PUB), both CURVE, both only for enrolled keys."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import structlog
import zmq
from zmq.auth.thread import ThreadAuthenticator

from hub.connections import Connections
from hub.domain.hall import HubAddress, Terminal
from hub.errors import HubError
from hub.gauges import Gauges
from hub.keys import CurvePair
from hub.turns import Turns
from hub.wire import codec
from hub.wire.messages import Answer, Heartbeat, Published, Rejected

log = structlog.get_logger()

ZAP_DOMAIN = "bancheng"
CURVE_BYTES = 33
"""What CURVE adds to a frame (nonce, flags, authenticator); ZeroMQ's limit counts it in."""
DRAIN_AT_MOST = 512
"""Frames taken off the socket in one round: enough to share a commit, few enough to look at in some milliseconds."""
RECEIVE_AT_MOST = 100
"""Frames of one connection that ZeroMQ holds before it lets the sender wait: as many times a mebibyte."""
TOO_MANY = Rejected(code="too_many", text="too many frames of this terminal wait already; send this again in a moment")
TWO_FRAMES = Rejected(code="malformed", text="a request is one frame, without an empty one before it")


class PortTaken(HubError):
    """Another program listens where the hub should."""

    code = "port_taken"


class ReplyTo(NamedTuple):
    """The connection to answer, and when its question was taken off the socket (`time.perf_counter`)."""

    connection: bytes
    drained_s: float


NOBODY = ReplyTo(b"", 0.0)
"""Who waits for the answer to a command of the hub's own."""


class Letter(NamedTuple):
    """A frame as it came: the connection to answer, the terminal whose key it carried, the bytes."""

    reply_to: ReplyTo
    terminal: Terminal
    frame: bytes

    @property
    def sender(self) -> str:
        return self.terminal.name


class Gate:
    """Bound sockets. Authority is the CURVE key of the frame, never a name that a client chose."""

    def __init__(self, address: HubAddress, own: CurvePair, enrolled: Mapping[bytes, Terminal], gauges: Gauges) -> None:
        self._enrolled = enrolled
        self._gauges = gauges
        self._turns: Turns[Letter] = Turns()
        self._context = zmq.Context()
        self._authenticator = ThreadAuthenticator(self._context)
        self._authenticator.start()
        self._authenticator.configure_curve_callback(ZAP_DOMAIN, self)
        self._router = self._bind(zmq.ROUTER, address.commands, own)
        self._feed = self._bind(zmq.PUB, address.feed, own)
        self._poller = zmq.Poller()
        self._poller.register(self._router, zmq.POLLIN)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._poller.register(self._woken.fileno(), zmq.POLLIN)
        watch = partial(Connections, refused=gauges.refused, cut=gauges.cut)
        self._connections = [watch(self._router, twins=True), watch(self._feed, twins=False)]
        for one in self._connections:
            self._poller.register(one.monitor, zmq.POLLIN)

    def callback(self, domain: str, key: bytes) -> bool:
        """Whether a key may connect; asked by the authenticator for each new connection."""
        known = key in self._enrolled
        if not known:
            log.warning("key.unknown", key=key[:8].decode("ascii", "replace"))
        return known

    def let_in(self, enrolled: Mapping[bytes, Terminal]) -> None:
        """Replaces the list of those who may connect."""
        self._enrolled = enrolled

    def wake(self) -> None:
        """Ends `wait`; called from a worker's thread or a signal handler."""
        self._waker.send(b"\0")

    def wait(self, timeout_s: float) -> None:
        """Sleeps until something arrives, `wake` is called, or the time is over."""
        self._poller.poll(0 if self._turns.waiting else max(0, int(timeout_s * 1000)))
        with contextlib.suppress(BlockingIOError):
            self._woken.recv(4096)

    def drain(self) -> list[Letter]:
        """A round's letters: of each terminal its share of what waits; what is too much, or no letter, is answered."""
        for one in self._connections:
            one.look()
        drained_s = time.perf_counter()
        letters = self._turns.begin()
        for _ in range(DRAIN_AT_MOST):
            try:
                frames = self._router.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                break
            terminal = self._sender(frames[-1])
            if terminal is None:
                self._gauges.dropped()
                continue
            self._gauges.heard[terminal.name] = drained_s
            letter = Letter(ReplyTo(frames[0].bytes, drained_s), terminal, frames[1].bytes)
            if len(frames) != 2:
                log.warning("frame.rejected", terminal=terminal.name, code=TWO_FRAMES.code)
                self._refuse(letter, "", TWO_FRAMES)
                continue
            turn = self._turns.admit(letter)
            if turn == "now":
                letters.append(letter)
            elif turn == "never":
                log.warning("terminal.too_many", terminal=terminal.name)
                self._refuse(letter, codec.request_id(letter.frame), TOO_MANY)
        return letters

    def answer(self, reply_to: ReplyTo, command_id: str, answer: Answer) -> None:
        """Sends an answer; a terminal that is gone will ask again."""
        try:
            self._router.send_multipart([reply_to.connection, codec.encode_reply(command_id, answer)], zmq.NOBLOCK)
        except zmq.ZMQError as wrong:
            log.info("answer.undelivered", command_id=command_id, reason=str(wrong))

    def publish(self, item: Published | Heartbeat) -> None:
        self._feed.send_multipart(codec.encode_feed(item), zmq.NOBLOCK)

    def turn_away(self, letters: list[Letter], refusal: Rejected) -> None:
        """Answers all alike, unread."""
        for letter in letters:
            self._refuse(letter, codec.request_id(letter.frame), refusal)

    def _refuse(self, letter: Letter, command_id: str, refusal: Rejected) -> None:
        self.answer(letter.reply_to, command_id, refusal)
        self._gauges.rejected(refusal.code)

    def close(self) -> None:
        for one in self._connections:
            one.close()
        self._router.close(linger=200)
        self._feed.close(linger=200)
        self._authenticator.stop()
        self._context.term()
        self._woken.close()
        self._waker.close()

    def _bind(self, kind: int, address: str, own: CurvePair) -> zmq.Socket[bytes]:
        bound: zmq.Socket[bytes] = self._context.socket(kind)
        bound.curve_server = True
        bound.curve_publickey, bound.curve_secretkey = own.public, own.secret
        bound.zap_domain = ZAP_DOMAIN.encode()
        bound.maxmsgsize = codec.MAX_FRAME_BYTES + CURVE_BYTES
        bound.backlog = 1024
        bound.heartbeat_ivl, bound.heartbeat_timeout = 1000, 5000
        if kind == zmq.ROUTER:
            bound.router_mandatory = True
            bound.rcvhwm = RECEIVE_AT_MOST
        try:
            bound.bind(address)
        except zmq.ZMQError as wrong:
            raise PortTaken(f"{address} cannot be opened ({wrong}); is another hub running?") from wrong
        return bound

    def _sender(self, frame: zmq.Frame) -> Terminal | None:
        try:
            key = frame.get("User-Id")
        except zmq.ZMQError:
            return None
        return self._enrolled.get(str(key).encode())
