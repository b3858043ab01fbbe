"""对账 (R65): each block whole, what was worked by hand on a date with both times, and what does not add up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import msgspec
from sqlalchemy import Connection

from hub.domain import slips as rules
from hub.domain.numbers import read_ticket_number
from hub.domain.slips import Block
from hub.store import slips
from hub.store.slips import Entered
from hub.wire.messages import (
    SlipBlock,
    SlipBlockState,
    SlipCall,
    SlipEntry,
    SlipOverlap,
    SlipReport,
    SlipsLeft,
    SlipsLeftOf,
)


def report(db: Connection, hall: str, day: dt.date) -> SlipReport:
    """The reconciliation of a business date, from the tables alone."""
    entries, calls = slips.of_day(db, hall, day), slips.calls(db, hall, day)
    used_today = {one.block for one in entries}
    states = [(block, block_state(db, hall, block)) for block in slips.blocks(db, hall)]
    return SlipReport(
        date=day,
        blocks=tuple(state for block, state in states if state.blank or state.missing or block.block in used_today),
        entries=tuple(_entry(one) for one in entries),
        out_of_order=tuple(SlipCall(**_fields(one)) for one in rules.out_of_order(calls)),
        overlaps=tuple(SlipOverlap(**_fields(one)) for one in rules.overlaps(calls)),
    )


def block_state(db: Connection, hall: str, block: Block) -> SlipBlockState:
    """Every number of a block is used, void, missing or blank; the four add up to its length."""
    told = {
        read_ticket_number(number).number: outcome for number, outcome in slips.of_block(db, hall, block.block).items()
    }
    lost = rules.missing(block, told)
    blank_from = max(told, default=block.first - 1) + 1
    void = sum(outcome == "void" for outcome in told.values())
    return SlipBlockState(
        block=as_told(block),
        used=len(told) - void,
        void=void,
        missing=rules.ranges(lost, block.series),
        blank=block.last - blank_from + 1,
        blank_from=blank_from if blank_from <= block.last else 0,
    )


def left(db: Connection, hall: str) -> SlipsLeft:
    """How many slips of each service nobody has told of, from the last one used on."""
    blank: Counter[str] = Counter()
    for block in slips.blocks(db, hall):
        blank[block.service] += block_state(db, hall, block).blank
    return SlipsLeft(services=tuple(SlipsLeftOf(service=one, blank=n) for one, n in sorted(blank.items())))


def as_told(block: Block) -> SlipBlock:
    return SlipBlock(**_fields(block))


def _entry(one: Entered) -> SlipEntry:
    fields = _fields(one)
    for name in ("key", "business_date", "ticket_id"):
        del fields[name]
    return SlipEntry(**fields)


def _fields(one: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(one)
