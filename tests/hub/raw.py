"""A terminal without `hub.link`: its own bytes on its own socket, and what became of its connection."""

from __future__ import annotations

import zmq
from zmq.utils.monitor import recv_monitor_message

from hub.keys import CurvePair
from hub.wire import codec, messages as m

PATIENCE_MS = 30_000
REFUSED = zmq.EVENT_HANDSHAKE_FAILED_AUTH | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL


class RawTerminal:
    """One DEALER (or SUB). `own` and `hub_public` None: no CURVE at all, or PLAIN; `routing_id` is a name it claims."""

    def __init__(
        self,
        address: str,
        own: CurvePair | None,
        hub_public: bytes | None,
        kind: int = zmq.DEALER,
        *,
        plain: bool = False,
        routing_id: bytes = b"",
    ) -> None:
        self._context = zmq.Context()
        self.socket: zmq.Socket[bytes] = self._context.socket(kind)
        self.socket.linger = 0
        self.socket.rcvtimeo = PATIENCE_MS
        self.socket.sndtimeo = 0  # a socket whose only connection was refused takes nothing more: raises zmq.Again
        if own is not None and hub_public is not None:
            self.socket.curve_publickey, self.socket.curve_secretkey = own.public, own.secret
            self.socket.curve_serverkey = hub_public
        if plain:
            self.socket.plain_username, self.socket.plain_password = b"kiosk-1", b"kiosk-1"
        if routing_id:
            self.socket.routing_id = routing_id
        if kind == zmq.SUB:
            self.socket.subscribe(b"")
        self._monitor = self.socket.get_monitor_socket()
        self._monitor.rcvtimeo = PATIENCE_MS
        self.socket.connect(address)

    def send(self, *frames: bytes) -> None:
        self.socket.send_multipart(frames)

    def answer(self) -> tuple[str, m.Answer]:
        """The next answer; raises `zmq.Again` when none comes."""
        return codec.decode_reply(self.socket.recv())

    def ask(self, frame: bytes) -> tuple[str, m.Answer]:
        self.send(frame)
        return self.answer()

    def wait_for(self, events: int) -> int:
        """Waits until one of these things has happened to the connection, and says which."""
        while True:
            happened = int(recv_monitor_message(self._monitor)["event"])
            if happened & events:
                return happened

    def has_heard_nothing(self) -> bool:
        return self.socket.poll(0) == 0

    def close(self) -> None:
        self.socket.disable_monitor()
        self._monitor.close(linger=0)
        self.socket.close(linger=0)
        self._context.term()

    def __enter__(self) -> RawTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
