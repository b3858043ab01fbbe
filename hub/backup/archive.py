"""A backup's file: a zip with a manifest that names the hall, the moment, and the SHA-256 of each part.

A zip, because its directory stands at the end: one that was cut off has none, and any program can open it.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

import msgspec

from hub.durable import sync_folder
from hub.errors import HubError

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK_BYTES = 1 << 20
_NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS)
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, msgspec.DecodeError, UnicodeDecodeError),
    *(NotImplementedError, RuntimeError, KeyError, ValueError, OverflowError),
)
"""What `zipfile` raises on bytes that are not what it wrote."""

Told = Callable[[str, int, int], None]
"""Hears how far long work is: what is done, how much of it, of how much."""


class BackupBroken(HubError):
    """A backup's file is damaged, cut off, or none at all; the text names it."""

    code = "backup_broken"


class BackupFailed(HubError):
    """A backup could not be written; nothing stands under its name."""

    code = "backup_failed"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file in the backup, by its path in the hall's directory."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says of itself. `schema` is the database's migration; `key_print` recognises the data key.

    `database` is what the hall was kept in. What the backup holds is always a SQLite database of that hall alone.
    """

    hall: str
    name: str
    taken_at: dt.datetime
    kind: Literal["hall", "secrets"] = "hall"
    format: int = FORMAT
    database: Literal["sqlite", "postgresql"] = "sqlite"
    schema: str = ""
    epoch: str = ""
    seq: int = 0
    business_date: dt.date | None = None
    key_print: str = ""
    parts: tuple[Part, ...] = ()


_manifest = msgspec.json.Decoder(Manifest)


def write(target: Path, manifest: Manifest, sources: Mapping[str, Path], scratch: Path, told: Told) -> None:
    """Writes the parts and their manifest into `scratch` (on the target's disk), syncs, and gives the file its name.

    Never overwrites; raises `BackupFailed` naming target and remedy.
    """
    made = scratch / "written.zip"
    total = sum(path.stat().st_size for path in sources.values())
    try:
        with open(os.open(made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
                parts: list[Part] = []
                for name, source in sources.items():
                    parts.append(_pack(packed, name, source, sum(part.size for part in parts), total, told))
                whole = msgspec.structs.replace(manifest, parts=tuple(parts))
                packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(whole), indent=2))
            file.flush()
            os.fsync(file.fileno())
        _name(made, target)
        sync_folder(target.parent)
    except FileExistsError as wrong:
        raise BackupFailed(f"{target} exists, and a backup is never overwritten; give another name") from wrong
    except OSError as wrong:
        raise BackupFailed(
            f"{target} could not be written ({wrong.strerror}); free its disk or choose another folder"
        ) from wrong


def _pack(packed: zipfile.ZipFile, name: str, source: Path, done: int, total: int, told: Told) -> Part:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as read, packed.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
        while chunk := read.read(CHUNK_BYTES):
            digest.update(chunk)
            out.write(chunk)
            size += len(chunk)
            told("packing", done + size, total)
    return Part(name, size, digest.hexdigest())


def _name(made: Path, target: Path) -> None:
    """Gives a finished file its name, unless something has it already."""
    try:
        os.link(made, target)
    except OSError as wrong:
        if wrong.errno not in _NO_HARD_LINKS:
            raise
        if target.exists():  # a disk without hard links, such as a USB stick
            raise FileExistsError(target) from wrong
        made.rename(target)


class Archive:
    """An opened backup. Reading raises `BackupBroken` where a byte is not what was written."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self.path = path
        self._file = file
        with self._intact():
            self.manifest = _manifest.decode(file.read(MANIFEST))
        if self.manifest.format != FORMAT:
            raise BackupBroken(f"{path} has format {self.manifest.format}; a newer Bancheng wrote it: update this one")

    def extract(self, folder: Path, told: Told) -> None:
        """Writes every part into a folder, checking size and digest of each; raises `BackupBroken`, `BackupFailed`."""
        total = sum(part.size for part in self.manifest.parts)
        done = 0
        for part in self.manifest.parts:
            target = folder / part.name
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BackupBroken(f"{self.path}: {part.name} would lie outside the hall's directory; do not use it")
            try:
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                    self._copy(part, out, done, total, told)
                    out.flush()
                    os.fsync(out.fileno())
            except OSError as wrong:
                raise BackupFailed(
                    f"{part.name} of {self.path} could not be unpacked into {folder} ({wrong.strerror}); "
                    "free that disk, nothing was changed"
                ) from wrong
            done += part.size

    def _copy(self, part: Part, out: IO[bytes], done: int, total: int, told: Told) -> None:
        digest, size = hashlib.sha256(), 0
        with self._intact(), self._file.open(part.name) as read:
            while chunk := read.read(CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
                told("unpacking", done + size, total)
        if (size, digest.hexdigest()) != (part.size, part.sha256):
            raise BackupBroken(f"{self.path}: {part.name} is not what was backed up; take another backup")

    @contextmanager
    def _intact(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as wrong:
            raise BackupBroken(f"{self.path} is damaged ({wrong}); take another backup") from wrong


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A backup's file; raises `BackupBroken` when it cannot be read or is none."""
    try:
        file = zipfile.ZipFile(path)
    except OSError as wrong:
        raise BackupBroken(f"{path} cannot be read ({wrong.strerror}); is that where the backup is?") from wrong
    except _DAMAGED as wrong:
        raise BackupBroken(f"{path} is no whole backup ({wrong}); take another one") from wrong
    with file:
        yield Archive(path, file)
