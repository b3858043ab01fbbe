"""The hub's two sockets: commands in (ROUTER), feed out (PUB), both CURVE, both only for enrolled keys."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping
from typing import NamedTuple

import structlog
import zmq
from zmq.auth.thread import ThreadAuthenticator

from hub.domain.hall import HubAddress, Terminal
from hub.errors import HubError
from hub.keys import CurvePair
from hub.wire import codec
from hub.wire.messages import Answer, Command, Heartbeat, Published

log = structlog.get_logger()

ZAP_DOMAIN = "bancheng"
CURVE_BYTES = 33
"""What CURVE adds to a frame (nonce, flags, authenticator); ZeroMQ's limit counts it in."""
DRAIN_AT_MOST = 512
"""Frames taken in one round: enough to share a commit, few enough to answer within some milliseconds."""


class PortTaken(HubError):
    """Another program listens where the hub should."""

    code = "port_taken"


class Letter(NamedTuple):
    """A frame as it came: the connection to answer, the terminal whose key it carried, the bytes."""

    reply_to: bytes
    terminal: Terminal
    frame: bytes


class Gate:
    """Bound sockets. Authority is the CURVE key of the frame, never a name that a client chose."""

    def __init__(self, address: HubAddress, own: CurvePair, enrolled: Mapping[bytes, Terminal]) -> None:
        self._enrolled = enrolled
        self._context = zmq.Context()
        self._authenticator = ThreadAuthenticator(self._context)
        self._authenticator.start()
        self._authenticator.configure_curve_callback(ZAP_DOMAIN, self)
        self._router = self._bind(zmq.ROUTER, address.commands, own)
        self._feed = self._bind(zmq.PUB, address.feed, own)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._poller = zmq.Poller()
        self._poller.register(self._router, zmq.POLLIN)
        self._poller.register(self._woken.fileno(), zmq.POLLIN)

    def callback(self, domain: str, key: bytes) -> bool:
        """Whether a key may connect; asked by the authenticator for each new connection."""
        return key in self._enrolled

    def let_in(self, enrolled: Mapping[bytes, Terminal]) -> None:
        """Replaces the list of those who may connect."""
        self._enrolled = enrolled

    def wake(self) -> None:
        """Ends `wait`; called from a worker's thread or a signal handler."""
        self._waker.send(b"\0")

    def wait(self, timeout_s: float) -> None:
        """Sleeps until something arrives, `wake` is called, or the time is over."""
        self._poller.poll(max(0, int(timeout_s * 1000)))
        with contextlib.suppress(BlockingIOError):
            self._woken.recv(4096)

    def drain(self) -> list[Letter]:
        """Everything that waits, up to `DRAIN_AT_MOST`; what is not a letter is logged and dropped."""
        letters: list[Letter] = []
        while len(letters) < DRAIN_AT_MOST:
            try:
                frames = self._router.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                break
            terminal = self._sender(frames[-1])
            if terminal is None or len(frames) != 2:
                log.warning("frame.dropped", frames=len(frames), known=terminal is not None)
                continue
            letters.append(Letter(frames[0].bytes, terminal, frames[1].bytes))
        return letters

    def read(self, letter: Letter) -> tuple[str, Command] | None:
        """A letter's command id and command; what is none is answered here."""
        try:
            return codec.decode_request(letter.frame)
        except codec.BadFrame as bad:
            log.warning("frame.rejected", terminal=letter.terminal.name, code=bad.code)
            self.answer(letter.reply_to, bad.command_id, bad.rejection())
            return None

    def turn_away(self, letters: list[Letter], answer: Answer) -> None:
        """Answers all alike."""
        for letter in letters:
            if (request := self.read(letter)) is not None:
                self.answer(letter.reply_to, request[0], answer)

    def answer(self, reply_to: bytes, command_id: str, answer: Answer) -> None:
        """Sends an answer; a terminal that is gone will ask again."""
        try:
            self._router.send_multipart([reply_to, codec.encode_reply(command_id, answer)], zmq.NOBLOCK)
        except zmq.ZMQError as wrong:
            log.info("answer.undelivered", command_id=command_id, reason=str(wrong))

    def publish(self, item: Published | Heartbeat) -> None:
        self._feed.send_multipart(codec.encode_feed(item), zmq.NOBLOCK)

    def close(self) -> None:
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
