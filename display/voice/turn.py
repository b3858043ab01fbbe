"""One voice at a time on a machine, whichever of its programs speaks."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs


def lock_file() -> Path:
    """Shared by all programs that run as this user, and gone when the machine starts."""
    return Path(platformdirs.user_runtime_dir("bancheng", appauthor=False)) / "voice.lock"


@contextmanager
def turn(file: Path) -> Iterator[int]:
    """Waits until whoever speaks has ended, first come first; the kernel frees it when a program dies.

    Yields the lock's descriptor: a process that inherits it and speaks on has the turn until it ends as well.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()
