"""A bundle's bytes: a zip whose index names every part with its size and SHA-256. Pure.

The same case gives the same bytes on every machine: parts are stored as they are, in the order of the index, and bear
the moment at which the case was closed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

import msgspec

FORMAT = 1
INDEX = "index.json"
_OWNER_ONLY = 0o600 << 16
_UNIX = 3
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` raises on bytes that are not what it wrote."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file in the bundle and what it is, in the words of the hall."""

    name: str
    title: str
    size: int
    sha256: str


class Index(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a bundle says of itself. `closed_at` is in the hall's own time, which the file times of a zip are in.

    `holds`: what the hall's document wants archived, by its code in the policy, and where in the bundle it stands.
    """

    format: int
    hall: str
    hall_name: str
    case_number: str
    policy: str
    policy_version: int
    closed_at: dt.datetime
    holds: dict[str, tuple[str, ...]]
    parts: tuple[Part, ...]


_index = msgspec.json.Decoder(Index)


def part(name: str, title: str, content: bytes) -> Part:
    return Part(name, title, len(content), hashlib.sha256(content).hexdigest())


def encoded(index: Index) -> bytes:
    """The index as it stands in the bundle, for people to read too."""
    return msgspec.json.format(msgspec.json.encode(index), indent=2) + b"\n"


def digest(index: bytes) -> str:
    """By what a bundle is known: the index has the hash of all else."""
    return hashlib.sha256(index).hexdigest()


def pack(index: Index, contents: dict[str, bytes]) -> bytes:
    """The bundle; `contents` has each part's bytes by its name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        _store(packed, INDEX, encoded(index), index.closed_at)
        for one in index.parts:
            _store(packed, one.name, contents[one.name], index.closed_at)
    return made.getvalue()


def _store(packed: zipfile.ZipFile, name: str, content: bytes, at: dt.datetime) -> None:
    entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.create_system, entry.external_attr = _UNIX, _OWNER_ONLY
    packed.writestr(entry, content)


class Checked(msgspec.Struct, frozen=True):
    """What a check found: nothing wrong where there are no `faults`. Without a readable index there is none."""

    faults: tuple[str, ...]
    index: Index | None = None
    digest: str = ""


def check(file: bytes) -> Checked:
    """Compares every byte of a file with what its index says, and names each part that is not what was archived."""
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as packed:
            return _checked(file, packed)
    except _DAMAGED as wrong:
        return Checked((f"this is no whole zip file ({wrong}): it was cut off or is something else",))


def _checked(file: bytes, packed: zipfile.ZipFile) -> Checked:
    names = Counter(packed.namelist())
    if INDEX not in names:
        return Checked((f"{INDEX} is missing: without it nobody can say what was archived",))
    try:
        raw = packed.read(INDEX)
        index = _index.decode(raw)
    except (msgspec.DecodeError, *_DAMAGED) as wrong:
        return Checked((f"{INDEX} is damaged ({wrong})",))
    if index.format != FORMAT:
        return Checked((f"{INDEX} has format {index.format}: a newer Bancheng wrote it, update this one",))
    faults = [f"{name} is there {count} times" for name, count in names.items() if count > 1]
    contents: dict[str, bytes] = {}
    for one in index.parts:
        faults += _compared(packed, names, one, contents)
    known = {INDEX, *(one.name for one in index.parts)}
    faults += [f"{name} is not in the index: it was added later" for name in names if name not in known]
    if not faults and pack(index, contents) != file:
        faults.append(
            "bytes between the parts are not those that were written: file times, names or the zip's own list"
        )
    return Checked(tuple(faults), index, digest(raw))


def _compared(packed: zipfile.ZipFile, names: Counter[str], one: Part, contents: dict[str, bytes]) -> Iterator[str]:
    if one.name not in names:
        yield f"{one.name} ({one.title}) is missing"
        return
    try:
        content = packed.read(one.name)
    except _DAMAGED as wrong:
        yield f"{one.name} ({one.title}) is damaged ({wrong})"
        return
    contents[one.name] = content
    found = hashlib.sha256(content).hexdigest()
    if (len(content), found) != (one.size, one.sha256):
        yield (
            f"{one.name} ({one.title}) is not what was archived: {len(content)} bytes, SHA-256 {found[:16]}…; "
            f"the index says {one.size} bytes, {one.sha256[:16]}…"
        )
