"""Hundreds of terminals in one process: bare CURVE sockets that follow the feed, and know only where they stand in it.

They keep no picture, so that what is measured is the hub and not the decoding of five hundred pictures.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable

import msgspec
import zmq

from hub import keys
from hub.config import HallDirectory
from hub.domain.hall import HubAddress
from hub.wire import codec
from hub.wire.messages import EventsSince
from tests.processes import NotInTime

ASK_AGAIN_S = 0.5


class _At(msgspec.Struct):
    """Where an answer or a feed item stands; all else in it is passed over."""

    type: str = ""
    epoch: str = ""
    seq: int = 0
    last: int = 0
    numbered: _Numbered | None = None


class _Numbered(msgspec.Struct):
    seq: int


class _Reply(msgspec.Struct):
    body: _At


_reply = msgspec.msgpack.Decoder(_Reply)
_feed = msgspec.msgpack.Decoder(_At)


class Terminal:
    """One terminal: `epoch` and `seq` of its picture. `narrow`: little waits for it on this side of the wire."""

    def __init__(
        self,
        context: zmq.Context[zmq.Socket[bytes]],
        address: HubAddress,
        own: keys.CurvePair,
        hub: bytes,
        *,
        narrow: bool = False,
    ) -> None:
        self.commands = _connected(context, zmq.DEALER, address.commands, own, hub)
        self.feed = _connected(context, zmq.SUB, address.feed, own, hub, narrow=narrow)
        self.feed.subscribe(b"")
        self.epoch, self.seq, self.asks = "", 0, 0
        self._asked_s = float("-inf")

    def hear(self) -> None:
        """Takes in what came, and asks for what it lacks."""
        there_is = None
        while self.feed.poll(0):
            item = _feed.decode(self.feed.recv_multipart()[-1])
            there_is = (item.epoch, item.numbered.seq if item.numbered else item.seq)
        while self.commands.poll(0):
            told = _reply.decode(self.commands.recv()).body
            self.epoch, self.seq = told.epoch, told.last or told.seq
            self._asked_s = float("-inf")
        if there_is is not None and there_is != (self.epoch, self.seq):
            self.ask()

    def ask(self) -> None:
        """Asks for what it missed, again after half a second without an answer."""
        if time.monotonic() - self._asked_s < ASK_AGAIN_S:
            return
        try:
            question = EventsSince(epoch=self.epoch, seq=self.seq)
            self.commands.send(codec.encode_request(secrets.token_hex(16), question), zmq.NOBLOCK)
        except zmq.Again:
            return  # not connected yet
        self._asked_s = time.monotonic()
        self.asks += 1


class Terminals:
    """Terminals of one hall, by name, enrolled already."""

    def __init__(self, directory: HallDirectory, names: Iterable[str], *, narrow: bool = False) -> None:
        address, hub = directory.hall().hubs[0], keys.load_public(directory.keys, "hub")
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.max_sockets = 4096
        pairs = [keys.load_pair(directory.keys, name) for name in names]
        self.all = [Terminal(self._context, address, pair, hub, narrow=narrow) for pair in pairs]
        self._poller = zmq.Poller()
        self._of: dict[zmq.Socket[bytes], Terminal] = {}
        for one in self.all:
            for socket in (one.commands, one.feed):
                self._poller.register(socket, zmq.POLLIN)
                self._of[socket] = one

    def until(self, what: str, condition: Callable[[Terminal], bool], timeout_s: float = 60.0) -> float:
        """Hears the hub until the condition holds for all; the moment (monotonic seconds) at which it did."""
        ends_s = time.monotonic() + timeout_s
        missing = [one for one in self.all if not condition(one)]
        while missing:
            if time.monotonic() > ends_s:
                raise NotInTime(f"{what}: {len(missing)} of {len(self.all)} terminals not within {timeout_s:g} s")
            for one in {self._of[socket] for socket, _ in self._poller.poll(100)}:
                one.hear()
            missing = [one for one in missing if not condition(one)]
        return time.monotonic()

    def forget(self) -> None:
        """All begin with nothing, as programs that were just started."""
        for one in self.all:
            one.epoch, one.seq = "", 0

    def close(self) -> None:
        for one in self.all:
            one.commands.close(linger=0)
            one.feed.close(linger=0)
        self._context.term()


def named(count: int) -> list[str]:
    return [f"returning-{n}" for n in range(count)]


def hall_file(names: Iterable[str]) -> str:
    """The lines of `hall.toml` that make them displays of the hall."""
    return "".join(f'\n[[terminals]]\nname = "{name}"\nrole = "display"\n' for name in names)


def _connected(
    context: zmq.Context[zmq.Socket[bytes]],
    kind: int,
    address: str,
    own: keys.CurvePair,
    hub: bytes,
    *,
    narrow: bool = False,
) -> zmq.Socket[bytes]:
    """A socket set as `hub.link` sets its own."""
    socket = context.socket(kind)
    socket.curve_publickey, socket.curve_secretkey, socket.curve_serverkey = own.public, own.secret, hub
    socket.linger, socket.immediate = 0, True
    socket.reconnect_ivl, socket.reconnect_ivl_max = 50, 400
    socket.heartbeat_ivl, socket.heartbeat_timeout = 1000, 3000
    if narrow:
        socket.rcvhwm, socket.rcvbuf = 10, 4096
    socket.connect(address)
    return socket
