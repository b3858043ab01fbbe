"""Files that are written once and must survive a power cut from then on: keys, and the hall's own file."""

from __future__ import annotations

import os
from pathlib import Path


def write_new(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file that is not there yet, with these rights from the first byte on; on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)  # the name in the folder is a thing of its own
    finally:
        os.close(folder)
