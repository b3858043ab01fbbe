"""Where one ESC/POS command ends and the next begins, by the command reference. Pure; the emulator's own."""

from __future__ import annotations

STARTS = b"\x10\x12\x1b\x1c\x1d"
"""DLE, DC2, ESC, FS, GS."""
OWN_CHARACTER_BYTES = 72
"""FS 2: 24 columns of three bytes."""

LENGTHS = {  # plain commands by their first two bytes: how many parameter bytes follow
    **dict.fromkeys((b"\x1b@", b"\x1b2", b"\x1c&", b"\x1c."), 0),
    **dict.fromkeys((b"\x1b3", b"\x1bJ", b"\x1bd", b"\x1ba", b"\x1bE", b"\x1bG", b"\x1b-", b"\x1bM"), 1),
    **dict.fromkeys((b"\x1b!", b"\x1bt", b"\x1bR", b"\x1c!", b"\x1c-", b"\x1d!", b"\x1da", b"\x1dr"), 1),
    **dict.fromkeys((b"\x1dI", b"\x1dB", b"\x10\x04", b"\x10\x05"), 1),
    **dict.fromkeys((b"\x1b$", b"\x1b\\", b"\x1cS", b"\x1c?", b"\x1dP", b"\x1dL", b"\x1dW", b"\x12#"), 2),
    b"\x1b7": 3,
    b"\x1c2": 2 + OWN_CHARACTER_BYTES,
    b"\x1dv": 6,  # the picture follows row by row
}


def first_command(buffer: bytearray, *, chinese: bool, four_bytes: bool) -> int | None:
    """The length of the command, the character or the run of zeros at the head; None while it is not whole.

    `chinese` as FS & and FS . have it; `four_bytes` where the printer knows GB18030's.
    """
    if not buffer:
        return None
    if not buffer[0]:
        return len(buffer) - len(buffer.lstrip(b"\x00"))  # hosts send them by the thousand, and they mean nothing
    if buffer[0] not in STARTS:
        length = _character(buffer, four_bytes) if chinese and buffer[0] >= 0x81 else 1
    elif len(buffer) < 2:
        return None
    else:
        length = _command(buffer, bytes(buffer[:2]))
    return length if length is not None and length <= len(buffer) else None


def _command(buffer: bytearray, head: bytes) -> int | None:
    match head:
        case b"\x1dV":  # GS V 65 and 66 have a distance
            return None if len(buffer) < 3 else 4 if buffer[2] in (65, 66) else 3
        case b"\x1d(" | b"\x1b(" | b"\x1c(":
            return None if len(buffer) < 5 else 5 + little(buffer, 3)
        case b"\x1b*":
            return None if len(buffer) < 5 else 5 + little(buffer, 3) * (3 if buffer[2] in (32, 33) else 1)
    if head[0] == 0x10 and head not in LENGTHS:
        return 1
    return 2 + LENGTHS.get(head, 0)


def _character(buffer: bytearray, four_bytes: bool) -> int | None:
    if len(buffer) < 2:
        return None
    return 4 if four_bytes and 0x30 <= buffer[1] <= 0x39 else 2


def little(data: bytes | bytearray, at: int) -> int:
    """Two bytes, the low one first."""
    return data[at] | data[at + 1] << 8
