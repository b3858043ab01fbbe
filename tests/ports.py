"""Free ports for tests, below the range that the kernel gives to outgoing connections."""

from __future__ import annotations

import random
import socket

LOWEST, HIGHEST = 20000, 32000
_given: set[int] = set()
_chosen = random.SystemRandom()  # not the seeded one: every test would begin with the same port


def free_port() -> int:
    """A port of this machine that nobody listens on now, another one each time.

    Inside the kernel's own range a retrying client could connect to itself and block the port.
    """
    while True:
        port = _chosen.randint(LOWEST, HIGHEST)
        if port in _given:
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
