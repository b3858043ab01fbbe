"""Rating pads 评价器: what a hall's file says of one. There is no public protocol, so the file has the bytes.

A frame is written in hexadecimal, two digits a byte; `??` is a byte that may be anything (a counter, a check sum).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from hub.domain.hall import Hall
    from hub.domain.policy import Policy

ANY = "??"
LONGEST_FRAME = 64
LEAST_S, MOST_S = 5, 600
"""Nobody finds the keys sooner; later it is the next citizen who presses."""

Pattern = tuple[int | None, ...]
"""Bytes of a frame, None where any byte may stand."""


class NotAFrame(ValueError):
    """Words that are no frame; the text says why."""


class Pad(Struct, frozen=True, forbid_unknown_fields=True):
    """A rating pad on a serial line; `url` is anything pyserial opens."""

    url: str
    presses: dict[str, str]
    """What it sends for each key, as a frame, and the level of the policy's scale (R32) that this means."""
    baud: int = 9600
    prompt: str = ""
    """The frame that makes it ask, sent when a case has just been closed; empty: it is never written to."""
    within_s: int = 60
    """How long after that a press still counts."""


def read_pattern(frame: str) -> Pattern:
    """The bytes of a frame; raises `NotAFrame`."""
    parts = frame.split()
    if not parts or len(parts) > LONGEST_FRAME:
        raise NotAFrame(f"it has 1 to {LONGEST_FRAME} bytes, with a blank between two")
    read = tuple(_byte(one) for one in parts)
    if read[0] is None:
        raise NotAFrame(f"its first byte cannot be {ANY}: nothing would say where it begins")
    return read


def read_frame(frame: str) -> bytes:
    """The bytes of a frame that is sent; raises `NotAFrame`."""
    found = read_pattern(frame)
    if None in found:
        raise NotAFrame(f"what is sent has no {ANY}")
    return bytes(one for one in found if one is not None)


def alike(one: Pattern, other: Pattern) -> bool:
    """Whether the same bytes could be the beginning of both: nobody could tell which key was pressed."""
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=False))


def contradictions(hall: Hall) -> Iterator[str]:
    """What is wrong with the pads of a hall's file, a sentence each that names the key."""
    for terminal in hall.terminals:
        if terminal.pad is None:
            continue
        name = f"terminal {terminal.name}: pad"
        if terminal.role != "window":
            yield f"{name} stands at a {terminal.role}, but cases are closed and rated at a window"
        yield from (f"{name}.{one}" for one in _wrong_in(terminal.pad))


def unknown_levels(pad: Pad, policy: Policy) -> tuple[str, ...]:
    """Levels that the keys mean and the policy's scale has not."""
    known = {one.code for one in policy.rating.levels.value}
    return tuple(dict.fromkeys(level for level in pad.presses.values() if level not in known))


def _wrong_in(pad: Pad) -> Iterator[str]:
    if not pad.url:
        yield "url is empty; name its line, such as /dev/serial/by-id/usb-..."
    if pad.baud <= 0:
        yield f"baud is {pad.baud}; a line has a speed, usually 9600"
    if not LEAST_S <= pad.within_s <= MOST_S:
        yield f"within_s is {pad.within_s}; it is {LEAST_S} to {MOST_S} seconds"
    if not pad.presses:
        yield 'presses is empty; say what each key sends, such as "01" = "satisfied"'
    read: dict[str, Pattern] = {}
    for frame in pad.presses:
        try:
            read[frame] = read_pattern(frame)
        except NotAFrame as wrong:
            yield f'presses."{frame}" is no frame: {wrong}'
    for (one, bytes_), (other, others) in combinations(read.items(), 2):
        if alike(bytes_, others):
            yield f'presses."{one}" and presses."{other}" cannot be told apart: one begins as the other'
    if pad.prompt:
        try:
            read_frame(pad.prompt)
        except NotAFrame as wrong:
            yield f'prompt "{pad.prompt}" is no frame: {wrong}'


def _byte(part: str) -> int | None:
    if part == ANY:
        return None
    if len(part) != 2:
        raise NotAFrame(f"{part!r} is no byte: write two hexadecimal digits, or {ANY} for any")
    try:
        return int(part, 16)
    except ValueError:
        raise NotAFrame(f"{part!r} is no byte: write two hexadecimal digits, or {ANY} for any") from None
