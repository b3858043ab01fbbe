"""A network between terminals and hub that a test can break: cut, delayed, deaf in one direction, torn in mid frame.

A thread a direction of each connection. Bytes that were swallowed are gone for that connection: it never works again,
as a TCP connection through a router that forgot it never does, while new ones are as good as the network then is.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["to_hub", "to_terminal"]
BOTH: tuple[Direction, Direction] = ("to_hub", "to_terminal")
CHUNK_BYTES = 65536


@dataclass
class Weather:
    """What the network does with bytes just now."""

    cut: bool = False
    deaf: frozenset[Direction] = frozenset()
    delay_s: float = 0.0
    torn_after_bytes: dict[Direction, int] = field(default_factory=dict)
    """Each connection lets that many more bytes through and ends then, wherever in a frame it is."""


class Proxy:
    """Listens on a port of its own and passes on to another one. Leaving the block ends all connections."""

    def __init__(self, port: int, target: int) -> None:
        self._target = target
        self._weather = Weather()
        self._closing = threading.Event()
        self._ends: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.torn = 0
        """Connections that ended in the middle of what they carried."""
        self.tried = 0
        """Connections that were asked for, whatever became of them."""
        self._listening = socket.create_server(("127.0.0.1", port))
        self._start(self._accept)

    # --- what the network does

    def mend(self) -> None:
        self._weather = Weather()

    def cut(self) -> None:
        """Ends all connections and takes no new ones."""
        self._weather = Weather(cut=True)
        self._end_all()

    def go_deaf(self, *directions: Direction) -> None:
        """Swallows what goes that way; everything stays open."""
        self._weather = Weather(deaf=frozenset(directions))

    def delay(self, seconds: float) -> None:
        self._weather = Weather(delay_s=seconds)

    def tear(self, direction: Direction, after_bytes: int) -> None:
        self._weather = Weather(torn_after_bytes={direction: after_bytes})

    # --- inside

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            self.tried += 1
            if self._weather.cut:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                near.close()
                continue
            far.settimeout(None)
            with self._lock:
                self._ends |= {near, far}
            self._start(self._pass_on, near, far, "to_hub")
            self._start(self._pass_on, far, near, "to_terminal")

    def _pass_on(self, source: socket.socket, target: socket.socket, direction: Direction) -> None:
        lost = False
        left: int | None = None
        with contextlib.suppress(OSError):  # the other direction, or the test, has ended the connection
            while content := source.recv(CHUNK_BYTES):
                weather = self._weather
                lost = lost or direction in weather.deaf
                if lost:
                    continue
                if weather.delay_s and self._closing.wait(weather.delay_s):
                    break
                tears_at = weather.torn_after_bytes.get(direction)
                left = None if tears_at is None else tears_at if left is None else left
                if left is not None and len(content) > left:
                    target.sendall(content[:left])
                    self.torn += 1
                    break
                target.sendall(content)
                left = None if left is None else left - len(content)
        self._end(source, target)

    def _end(self, *ends: socket.socket) -> None:
        with self._lock:
            self._ends -= set(ends)
        for one in ends:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _end_all(self) -> None:
        with self._lock:
            ends = list(self._ends)
        self._end(*ends)

    def _start(self, what: object, *arguments: object) -> None:
        thread = threading.Thread(target=what, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        self._closing.set()
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._end_all()
        for thread in self._threads:
            thread.join(5)

    def __enter__(self) -> Proxy:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
