"""A job in pieces between which a question may be asked: never within a command, a picture or a character. Pure.

Lengths are the command reference's. Behind a command that is not known here the rest is one piece: asking less often is
no harm, a question's bytes taken for a picture's are.
"""

from __future__ import annotations

PIECE_BYTES = 512
"""At least so much between two questions."""

_PARAMETERS = {
    b"\x1b": dict.fromkeys(b"@2", 0) | dict.fromkeys(b"3!aEGJMRVt-d{ ", 1) | dict.fromkeys(b"$\\", 2),
    b"\x1c": dict.fromkeys(b"&.", 0) | dict.fromkeys(b"!-CW", 1) | dict.fromkeys(b"S", 2),
    b"\x1d": dict.fromkeys(b"!BHawhfr", 1) | dict.fromkeys(b"LPW", 2),
}
"""After ESC, FS and GS: how many bytes follow the letter."""


def pieces(job: bytes) -> list[bytes]:
    """Together they are the job."""
    found: list[bytes] = []
    begin = at = 0
    while at < len(job):
        length = _length(job, at)
        if length is None:
            break
        starts_here = job[at] in b"\x1b\x1c\x1d"
        if starts_here and at - begin >= PIECE_BYTES:
            found.append(job[begin:at])
            begin = at
        at += length
    return [*found, job[begin:]]


def _length(job: bytes, at: int) -> int | None:
    """Of the command or byte of text there; None where it is not known."""
    lead, letter, n = job[at : at + 1], job[at + 1 : at + 2], job[at + 2 : at + 3]
    if lead not in _PARAMETERS:
        return 1
    if not letter:
        return None
    if lead == b"\x1d" and letter == b"v":
        return 8 + _little(job, at + 4) * _little(job, at + 6)
    if lead in b"\x1b\x1d" and letter == b"*":
        return None if lead == b"\x1d" else 5 + _little(job, at + 3) * (3 if n >= b"\x20" else 1)
    if letter == b"(":
        return 5 + _little(job, at + 3)
    if lead == b"\x1d" and letter == b"V":
        return 4 if n and n in b"ABabgh" else 3
    known = _PARAMETERS[lead].get(letter[0])
    return None if known is None else 2 + known


def _little(job: bytes, at: int) -> int:
    return int.from_bytes(job[at : at + 2], "little")
