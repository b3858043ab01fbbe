"""Free ports for tests that start servers."""

from __future__ import annotations

import random
import socket


def free_ports(count: int) -> list[int]:
    """Ports of this machine that nobody listens on.

    Below 32768: from there on the system gives out ports to clients, and a client that keeps trying a hub that is
    away could be given the hub's own port, connect to itself, and keep the hub from coming back.
    """
    found: list[int] = []
    chosen = random.SystemRandom()  # tests run in a fixed random order; two runs at once need different ports
    while len(found) < count:
        port = chosen.randrange(12000, 32000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in found:
            found.append(port)
    return found
