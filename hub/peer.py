"""One hub as a terminal reaches it: a DEALER for commands and answers, a SUB for the feed, both CURVE."""

from __future__ import annotations

from collections.abc import Iterator

import zmq

from hub.domain.hall import HubAddress
from hub.keys import CurvePair
from hub.wire import codec


class Peer:
    """The sockets of one address. `heard` is when anything came from there, by the link's own clock."""

    def __init__(
        self, context: zmq.Context[zmq.Socket[bytes]], address: HubAddress, own: CurvePair, public: bytes, feed: bool
    ) -> None:
        self._context, self._own, self._public = context, own, public
        self.heard = float("-inf")
        self._commands = self._connected(zmq.DEALER, address.commands)
        self._feed = self._connected(zmq.SUB, address.feed) if feed else None
        self.sockets = [self._commands] if self._feed is None else [self._commands, self._feed]

    def send(self, frame: bytes) -> bool:
        """Whether there is a connection that took it."""
        try:
            self._commands.send(frame, zmq.NOBLOCK)
        except zmq.Again:
            return False
        return True

    def answers(self) -> Iterator[bytes]:
        """The answers that have arrived."""
        while True:
            try:
                yield self._commands.recv(zmq.NOBLOCK)
            except zmq.Again:
                return

    def published(self) -> Iterator[list[bytes]]:
        """What has arrived of the feed."""
        while self._feed is not None:
            try:
                yield self._feed.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return

    def close(self) -> None:
        for socket in self.sockets:
            socket.close(linger=0)

    def _connected(self, kind: int, address: str) -> zmq.Socket[bytes]:
        socket: zmq.Socket[bytes] = self._context.socket(kind)
        socket.curve_publickey, socket.curve_secretkey = self._own.public, self._own.secret
        socket.curve_serverkey = self._public
        socket.linger = 0
        socket.immediate = True  # resending is ours: nothing may pile up for a hub that is away
        socket.reconnect_ivl, socket.reconnect_ivl_max = 50, 400
        socket.heartbeat_ivl, socket.heartbeat_timeout = 1000, 3000
        socket.handshake_ivl = 3000  # a connection that went silent before it began: ZeroMQ would wait for 30 s
        socket.maxmsgsize = 64 * codec.MAX_FRAME_BYTES
        if kind == zmq.SUB:
            socket.subscribe(b"")
        socket.connect(address)
        return socket
