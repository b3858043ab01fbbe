"""Free ports for tests, below the range that the kernel gives to outgoing connections.

A port is this process's own from when it is given until the process ends, also while nobody listens on it: a byte of
one file is locked for each, so that tests side by side never take a hub's port before it starts, or starts again.
"""

from __future__ import annotations

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path

LOWEST, HIGHEST = 20000, 32000
_given: set[int] = set()
_locks = (Path(tempfile.gettempdir()) / f"bancheng-ports-{os.getuid()}").open("wb")
_chosen = random.SystemRandom()  # not the seeded one: every test would begin with the same port


def free_port() -> int:
    """A port of this machine that nobody listens on now, another one each time.

    Inside the kernel's own range a retrying client could connect to itself and block the port.
    """
    while True:
        port = _chosen.randint(LOWEST, HIGHEST)
        if port in _given or not _locked(port):
            continue
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port


def _locked(port: int) -> bool:
    try:
        fcntl.lockf(_locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    return True
