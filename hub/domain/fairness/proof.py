"""The seal of a printed report: a hash chained over the rows that it was made of, to be worked out again later.

Rows as they were when the day's line ended: what happens to a kept ticket on the next day breaks no seal.
"""

from __future__ import annotations

import hashlib

import msgspec

from hub.domain.fairness.rows import Day


def sealed(day: Day) -> str:
    """64 hexadecimal digits over the day, its rules, its tickets by id, its steps and its links in their order."""
    chained = b""
    for part in (
        [(day.date, day.counters)],
        [(one.ordinal, one.at, one.opened, one.rules) for one in day.in_force],
        sorted((one.ticket_id, one.command_id, one.standing.taken_at) for one in day.tickets),
        sorted(day.steps, key=lambda one: one.seq),
        day.links,
        sorted((one.number, one.stands, one.reason) for one in day.voids),
    ):
        for row in part:
            chained = hashlib.sha256(chained + msgspec.msgpack.encode(row, order="deterministic")).digest()
    return chained.hex()


def grouped(seal: str) -> str:
    """The seal as people compare it: eights apart."""
    return " ".join(seal[at : at + 8] for at in range(0, len(seal), 8))
