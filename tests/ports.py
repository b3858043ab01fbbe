"""Free ports for tests, below the range that the kernel gives to outgoing connections."""

from __future__ import annotations

import random
import socket

LOWEST, HIGHEST = 20000, 32000


def free_port() -> int:
    """A port of this machine that nobody listens on now.

    Inside the kernel's own range a retrying client could connect to itself and block the port.
    """
    while True:
        port = random.randint(LOWEST, HIGHEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
