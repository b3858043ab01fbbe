"""Small files that must survive a power cut from when they are written: keys, the hall's own file, a kiosk's PIN."""

from __future__ import annotations

import os
from pathlib import Path


def write_new(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file that is not there yet, with these rights from the first byte on; on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, content, mode)
    sync_folder(path.parent)


def replace(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file whole or not at all, over the one that was there; on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # of a power cut
    _write(new, content, mode)
    new.replace(path)
    sync_folder(path.parent)


def _write(path: Path, content: bytes, mode: int) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable: a name is a thing of its own."""
    there = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(there)
    finally:
        os.close(there)
