"""Blocks of slips that are printed while all is well (R65)."""

from __future__ import annotations

import datetime as dt

from hub.domain import slips as rules
from hub.domain.care import NotAllowedHere
from hub.domain.slips import Block
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import reconciling, slips, windows
from hub.store.transaction import Transaction
from hub.wire import messages as m

MARGIN = 1000
"""Slips that may have been printed since a backup that was restored: their numbers are printed on no other slip."""


def print_block(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.PrintSlips) -> Decision:
    """Gives the next numbers of the slip series to a block; refuses `no_slips`, `bad_block` and `unknown_staff`.

    Who prints and keeps one that a kiosk asks for is that kiosk, by its name.
    """
    hall, series = books.hall.code, books.hall.slip_series
    if not books.policy.by_hand.slips.value:
        raise NotAllowedHere("this hall's document works no numbers by hand")
    if not series:
        remedy = 'write slip_series = "S" into hall.toml, a letter that no service and no terminal has'
        raise Refused("no_slips", f"this hall has no series for slips: {remedy}, and start the hub anew")
    service = books.hall.service(wanted.service).code
    if not 1 <= wanted.count <= rules.MOST_AT_ONCE:
        raise Refused("bad_block", f"a block has 1 to {rules.MOST_AT_ONCE} slips")
    if asked.actor.role == "kiosk":
        _allow_at_kiosk(books, wanted)
    printer = asked.actor.staff or asked.actor.terminal.name
    keeper = wanted.held_by or printer
    if asked.actor.role != "kiosk" and windows.staff_member(tx, hall, keeper) is None:
        raise Refused("unknown_staff", f"nobody has the staff code {keeper!r}; who keeps the slips?")
    first, printed_at = _numbers(tx, books, asked, wanted)
    made = Block(
        block=rules.block_name(series, slips.count_blocks(tx, hall) + 1),
        series=series,
        first=first,
        last=first + wanted.count - 1,
        service=service,
        printed_at=printed_at,
        printed_by=printer,
        held_by=keeper,
    )
    slips.add_block(tx, hall, made, books.picture.epoch)
    return Decision(reconciling.as_told(made), subject=made.block)


def _allow_at_kiosk(books: Books, wanted: m.PrintSlips) -> None:
    """A PIN that several people know signs for nobody: a kiosk keeps its own blocks, new ones, no larger than the
    policy allows. Refuses `not_permitted` and `bad_block`."""
    most = books.policy.by_hand.at_kiosk.value
    if not most:
        raise NotAllowedHere("this hall's kiosks print no slips")
    if wanted.held_by or wanted.first or wanted.printed_at is not None:
        raise Refused("not_permitted", "a kiosk keeps its own slips, and only new ones; others are a window's to print")
    if wanted.count > most:
        raise Refused("bad_block", f"a kiosk prints at most {most} slips at once (by_hand.at_kiosk)")


def _numbers(tx: Transaction, books: Books, asked: Asked, wanted: m.PrintSlips) -> tuple[int, dt.datetime]:
    """Where a block begins and since when it is there: behind the newest, or where a forgotten one lies on paper."""
    hall, series = books.hall.code, books.hall.slip_series
    newest, epoch = slips.newest(tx, hall, series)
    skipped = MARGIN if newest and epoch != books.picture.epoch else 0
    if not wanted.first:
        if newest + skipped + wanted.count > rules.HIGHEST:
            raise Refused("bad_block", f"slips are numbered up to {rules.HIGHEST}; choose another slip_series")
        return newest + skipped + 1, asked.at
    last = wanted.first + wanted.count - 1
    if wanted.printed_at is None or wanted.printed_at > asked.at:
        raise Refused("bad_block", "say when the block was printed: it stands on every slip of it")
    if not 1 <= wanted.first <= last <= max(newest, MARGIN):
        raise Refused("bad_block", f"nothing was printed beyond {max(newest, MARGIN)}; leave `first` out for new slips")
    if (there := slips.overlapping(tx, hall, series, wanted.first, last)) is not None:
        raise Refused("bad_block", f"{there.block} has {there.numbers[0]} to {there.numbers[-1]} already")
    return wanted.first, wanted.printed_at
