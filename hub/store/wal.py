"""SQLite's write-ahead log as bytes: what SQLite would pass over in silence when it opens one that is damaged.

Formats: https://sqlite.org/fileformat2.html (§4); the shared memory file: https://sqlite.org/walformat.html (§2.1).
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

ORDER_OF = {0x377F0682: "<", 0x377F0683: ">"}
"""The magic number says in which byte order the checksums are taken."""
HEADER = struct.Struct(">8I")
CHECKED_BYTES = 24
FRAME = struct.Struct(">6I")
VALID_FRAMES = struct.Struct("=I")
VALID_FRAMES_AT = 16
"""Where the WAL-index header keeps mxFrame, in the machine's own byte order."""


class BadHeader(Exception):
    """The header is not what SQLite writes: it would take the log for empty."""


class Header(NamedTuple):
    """Frames of this log carry its salts; those of an earlier turn have others."""

    salts: tuple[int, int]
    page_bytes: int


def header(log: Path) -> Header | None:
    """What the header says; None for a log that holds nothing. Raises `BadHeader`.

    Zeros, or half a header, belong to a log whose first commit never reached the disk: nobody was answered.
    """
    if not log.exists():
        return None
    with log.open("rb") as file:
        content = file.read(HEADER.size)
    if len(content) < HEADER.size or not any(content):
        return None
    magic, _version, page_bytes, _turn, salt_1, salt_2, *checksum = HEADER.unpack(content)
    if magic not in ORDER_OF or _checksum(content[:CHECKED_BYTES], ORDER_OF[magic]) != checksum:
        raise BadHeader(f"{log} does not begin as a write-ahead log")
    return Header((salt_1, salt_2), page_bytes)


def valid_frames(shared_memory: BinaryIO) -> int:
    """How many frames SQLite reads; it has said so in the shared memory file when it opened the log."""
    shared_memory.seek(VALID_FRAMES_AT)
    (frames,) = VALID_FRAMES.unpack(shared_memory.read(VALID_FRAMES.size))
    return int(frames)


def commits_behind(log: Path, begin: Header, valid: int) -> int:
    """How many commits that were surely synced lie behind the frame at which SQLite stops reading.

    The last transaction may be torn: it was not synced, so not answered. A commit with later frames behind it was
    synced before those were written, so it can only have been damaged afterwards.
    """
    stride = FRAME.size + begin.page_bytes
    newest, commits = 0, []
    with log.open("rb") as file:
        frames = (file.seek(0, os.SEEK_END) - HEADER.size) // stride
        for number in range(valid, frames):
            file.seek(HEADER.size + number * stride)
            _page, size_after_commit, salt_1, salt_2, *_ = FRAME.unpack(file.read(FRAME.size))
            if (salt_1, salt_2) == begin.salts:
                newest = number
                if size_after_commit:
                    commits.append(number)
    return sum(number < newest for number in commits)


def _checksum(words: bytes, order: str) -> list[int]:
    first = second = 0
    for left, right in struct.iter_unpack(f"{order}2I", words):
        first = (first + left + second) & 0xFFFFFFFF
        second = (second + right + first) & 0xFFFFFFFF
    return [first, second]
