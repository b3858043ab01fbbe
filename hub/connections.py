"""What becomes of connections at the hub's sockets: who was refused, and whom the hub cut off while they were sending.

libzmq ends a connection over which too large a frame begins to come, reads none of it and says only that the
connection is gone, as it does when a terminal is switched off. What tells the two apart is the kernel: where the hub
ended it the other side is still there, and has just sent. So each accepted connection has a twin, a second descriptor
of the same TCP socket, which is asked when the connection is gone, and then closed.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import struct
from collections.abc import Callable
from typing import Any

import structlog
import zmq
from zmq.utils.monitor import parse_monitor_message

log = structlog.get_logger()

REFUSED = {
    zmq.EVENT_HANDSHAKE_FAILED_AUTH: "key",
    zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL: "protocol",
    zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL: "no_curve",
}
"""Why a handshake failed, as far as libzmq says: a key that is not enrolled, a wrong one of the hub's, no CURVE."""
WATCHED = zmq.EVENT_ACCEPTED | zmq.EVENT_DISCONNECTED | sum(int(one) for one in REFUSED)

HANDSHAKE_BYTES = 64 + 170 + 30
"""ZMTP's greeting, CURVE's WELCOME, and less than the READY that only an enrolled key is sent."""
ESTABLISHED = 1
JUST_NOW_MS = 1000
"""Less than the heartbeat's time-out, after which the hub gives up a connection that is silent."""
# struct tcp_info of linux/tcp.h: eight bytes, of which the first is the state, then numbers of 32 and of 64 bits
_TCP_INFO = struct.Struct("=B51xI64xQ")


class Connections:
    """Watches one bound socket of ZeroMQ. `refused` and `cut` are called with why, and without."""

    def __init__(
        self, watched: zmq.Socket[bytes], *, refused: Callable[[str], None], cut: Callable[[], None], twins: bool
    ) -> None:
        self._watched = watched
        self._refused, self._cut = refused, cut
        self._with_twins = twins
        self._twins: dict[int, socket.socket] = {}
        self._monitor: zmq.Socket[bytes] = watched.get_monitor_socket(WATCHED)

    @property
    def monitor(self) -> zmq.Socket[bytes]:
        """Becomes readable when something happened."""
        return self._monitor

    def look(self) -> None:
        """Takes in all that happened. Called from the loop's own thread, which alone opens files: see `_twin`."""
        while True:
            try:
                frames = self._monitor.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            happened: Any = parse_monitor_message(frames)
            kind, value = happened["event"], happened["value"]
            if kind == zmq.EVENT_ACCEPTED:
                if self._with_twins:
                    self._twin(value)
            elif kind == zmq.EVENT_DISCONNECTED:
                self._gone(value)
            elif kind in REFUSED:
                log.warning("connection.refused", why=REFUSED[kind])
                self._refused(REFUSED[kind])

    def close(self) -> None:
        self._watched.disable_monitor()
        self._monitor.close(linger=0)
        for twin in self._twins.values():
            twin.close()

    def _twin(self, descriptor: int) -> None:
        """A second descriptor of a connection, unless that number means something else by now.

        Never of a file: closing a second descriptor of the database's file would end SQLite's locks on it. No other
        thread opens files, so that a socket is one still when it is duplicated.
        """
        with contextlib.suppress(OSError):  # gone already
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                self._twins[descriptor] = socket.socket(fileno=os.dup(descriptor))

    def _gone(self, descriptor: int) -> None:
        twin = self._twins.pop(descriptor, None)
        if twin is None:
            return
        with twin:
            if _was_sending(twin):
                log.warning("connection.cut")
                self._cut()


def _was_sending(twin: socket.socket) -> bool:
    """Whether the other side passed the handshake and was still sending when the hub ended the connection."""
    try:
        state, silent_ms, acknowledged = _TCP_INFO.unpack(
            twin.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
        )
        if acknowledged < HANDSHAKE_BYTES:
            return False
        try:
            unread = len(twin.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return bool(state == ESTABLISHED and silent_ms < JUST_NOW_MS)
        return unread > 0
    except OSError:
        return False  # reset: the other side ended it
