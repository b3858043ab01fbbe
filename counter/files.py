"""Files of this computer: where to look for a paper, which of them the hub takes, and saving without overwriting."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from hub.domain.attachment import SIZE_AT_MOST
from hub.domain.hall import Value
from hub.errors import HubError

SUFFIXES = (".pdf", ".jpg", ".jpeg", ".png")
"""What the three types that `hub.domain.attachment` takes are usually called; their bytes decide."""
REMOVABLE = ("/media", "/run/media")
SHOWN_AT_MOST = 500


class FileTrouble(HubError):
    """A folder or file that cannot be read or written; the text names it and the remedy."""

    code = "file_trouble"


class Place(Value, frozen=True):
    """Somewhere to begin: a stick that is plugged in, the person's own folder."""

    path: Path
    removable: bool


class Item(Value, frozen=True):
    """A folder, or a file that may be taken."""

    path: Path
    is_folder: bool
    size_bytes: int = 0
    modified_s: float = 0.0

    @property
    def too_large(self) -> bool:
        return self.size_bytes > SIZE_AT_MOST


def places(home: Path, mounts: Sequence[str] | None = None) -> list[Place]:
    """Sticks and cards that are plugged in, then home."""
    mounted = _mounted() if mounts is None else mounts
    sticks = [Path(one) for one in mounted if one.startswith(tuple(f"{root}/" for root in REMOVABLE))]
    return [*(Place(path=one, removable=True) for one in sorted(sticks)), Place(path=home, removable=False)]


def listing(folder: Path) -> list[Item]:
    """Folders, then the files that may be taken, newest first; nothing hidden. Raises `FileTrouble`."""
    try:
        with os.scandir(folder) as inside:
            shown = [_item(one) for one in inside if not one.name.startswith(".")]
    except OSError as wrong:
        raise FileTrouble(f"{folder}: {wrong.strerror}") from wrong
    found = [one for one in shown if one is not None]
    folders = sorted((one for one in found if one.is_folder), key=lambda one: one.path.name)
    files = sorted((one for one in found if not one.is_folder), key=lambda one: (-one.modified_s, one.path.name))
    return [*folders, *files][:SHOWN_AT_MOST]


def read(path: Path) -> bytes:
    """A whole file, one byte more than is taken at most; raises `FileTrouble`."""
    try:
        with path.open("rb") as file:
            return file.read(SIZE_AT_MOST + 1)
    except OSError as wrong:
        raise FileTrouble(f"{path}: {wrong.strerror}") from wrong


def save_new(path: Path, content: bytes) -> None:
    """Writes a file that only its owner reads; raises `FileExistsError` where there is one, and `FileTrouble`.

    It appears under its name when it is whole: a stick that is pulled out leaves no half of somebody's paper.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        try:
            with open(handle, "wb") as file:
                os.chmod(unfinished, 0o600)
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            _name(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except FileExistsError:
        raise
    except OSError as wrong:
        raise FileTrouble(f"{path}: {wrong.strerror}") from wrong


def free_name(folder: Path, name: str) -> Path:
    """The name in that folder, with a number where there is such a file already."""
    wanted = folder / Path(name).name
    number = 2
    while wanted.exists():
        wanted = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return wanted


def _name(unfinished: Path, path: Path) -> None:
    """Gives the file its name, never another's; FAT has no links, and a look before has to do there."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(str(path)) from None
        unfinished.rename(path)


def _item(one: os.DirEntry[str]) -> Item | None:
    try:
        if one.is_dir():
            return Item(path=Path(one.path), is_folder=True)
        if not one.is_file() or not one.name.lower().endswith(SUFFIXES):
            return None
        told = one.stat()
    except OSError:
        return None  # it was there a moment ago, or nobody may look at it: nothing to choose
    return Item(path=Path(one.path), is_folder=False, size_bytes=told.st_size, modified_s=told.st_mtime)


def _mounted() -> list[str]:
    """Where file systems hang, as the kernel tells it; spaces in names are written as octal there."""
    try:
        lines = Path("/proc/self/mounts").read_text().splitlines()
    except OSError:
        return []
    return [line.split()[1].replace("\\040", " ") for line in lines if len(line.split()) > 1]
