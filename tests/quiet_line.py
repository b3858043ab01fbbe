"""A line to a TCP server that can be made to fall silent: nothing is closed, nothing comes through any more."""

from __future__ import annotations

import selectors
import socket
import threading

from tests.ports import free_port


class QuietLine:
    """Listens on `port` and passes everything on to the other port of this machine, until `fall_silent`."""

    def __init__(self, to_port: int) -> None:
        self.port = free_port()
        self._to = to_port
        self._listening = socket.create_server(("127.0.0.1", self.port))
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._woken, self._waker = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._other: dict[socket.socket, socket.socket] = {}
        self._silent = self._ending = False
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def fall_silent(self) -> None:
        self._silent = True

    def speak_again(self) -> None:
        self._silent = False

    def close(self) -> None:
        self._ending = True
        self._waker.send(b"\0")
        self._thread.join()
        for one in (self._listening, self._woken, self._waker, *self._other):
            one.close()
        self._selector.close()

    def _carry(self) -> None:
        while not self._ending:
            for key, _ in self._selector.select():
                if key.fileobj is self._listening:
                    self._accept()
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._other:
                    self._pass_on(key.fileobj)

    def _accept(self) -> None:
        near = self._listening.accept()[0]
        try:
            far = socket.create_connection(("127.0.0.1", self._to))
        except ConnectionRefusedError:
            near.close()
            return
        for one, other in ((near, far), (far, near)):
            self._other[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, one: socket.socket) -> None:
        try:
            said = one.recv(65536)
        except ConnectionError:
            said = b""
        if self._silent:
            if not said:
                self._selector.unregister(one)
            return
        if said:
            try:
                self._other[one].sendall(said)
                return
            except ConnectionError:
                pass
        for end in (one, self._other.pop(one)):
            self._other.pop(end, None)
            if end in self._selector.get_map():
                self._selector.unregister(end)
            end.close()
