"""Numbers worked by hand (R65, R66): slips that were printed in advance, and what a sheet says became of them. Pure.

A block (号码条本) is a run of numbers of the hall's own slip series, printed for one service while all was well.
A slip's number is given once and for ever, so that it needs no date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from hub.domain.hall import Value
from hub.domain.numbers import BadNumber, TicketNumber, read_ticket_number, ticket_number

MOST_AT_ONCE = 500
"""Slips of one block, and lines of one import: a day's work by hand."""
HIGHEST = 999_999
"""No hall prints more; a number beyond it is a mistake."""

Outcome = Literal["served", "no_show", "waiting", "void"]
"""What became of a number by hand: served, called and not come, still waits with the slip in hand, the slip is void."""
Cause = Literal["ticket_machine", "window_computer", "hub", "network", "power"]
"""What was broken (取号机, 窗口电脑, 服务器, 网络, 停电)."""
Fault = Literal[
    "not_a_number",
    "no_such_block",
    "no_such_ticket",
    "used",
    "twice",
    "time_missing",
    "not_in_order",
    "in_future",
    "before_printed",
    "other_day",
    "unknown_window",
    "unknown_staff",
    "ended",
]
"""Why a line of a sheet is not taken over."""


class Block(Value, frozen=True):
    """A run of slips of one service; `printed_by` and `held_by`, who keeps it, are staff codes, or a kiosk's name."""

    block: str
    series: str
    first: int
    last: int
    service: str
    printed_at: dt.datetime
    printed_by: str
    held_by: str

    def has(self, number: TicketNumber) -> bool:
        return number.series == self.series and self.first <= number.number <= self.last

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(ticket_number(self.series, one) for one in range(self.first, self.last + 1))


class Use(Value, frozen=True):
    """A line of a sheet, as it was written by hand. `number` is a slip's, or one that the hub gave on that day."""

    number: str
    outcome: Outcome
    taken_at: dt.datetime | None = None
    called_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    window: int = 0
    staff: str = ""


class Known(Value, frozen=True):
    """What a sheet's lines are held against: the moment, the hall's windows and staff, and its own dates."""

    now: dt.datetime
    windows: frozenset[int]
    staff: frozenset[str]


def block_name(series: str, nth: int) -> str:
    """`S-7`, as it stands on every slip of the block."""
    return f"{series}-{nth}"


def slip_number(text: str, series: str) -> TicketNumber | None:
    """A slip's number, or None for what is no number of the slip series."""
    try:
        read = read_ticket_number(text)
    except BadNumber:
        return None
    return read if series and read.series == series and read.number <= HIGHEST else None


NEEDED: dict[Outcome, tuple[str, ...]] = {
    "served": ("taken_at", "called_at", "ended_at", "window"),
    "no_show": ("taken_at", "called_at", "window"),
    "waiting": ("taken_at",),
    "void": (),
}
"""What a line must say of each outcome; of the times it may say no more than belong to it."""
TIMES = ("taken_at", "called_at", "ended_at")


def fault_of(
    use: Use, known: Known, began: dt.datetime, date_of: Callable[[dt.datetime], dt.date]
) -> tuple[Fault, str] | None:
    """What is wrong with a line by itself, and what; None when nothing is.

    `began` is when the number can have been held first: the block was printed, the ticket was given. Paper knows no
    seconds, so that minutes are compared.
    """
    needed = NEEDED[use.outcome]
    missing = [name for name in needed if not getattr(use, name)]
    extra = [name for name in TIMES if getattr(use, name) and name not in needed]
    if missing or extra:
        return "time_missing", ", ".join(missing or extra)
    times = [one for one in (use.taken_at, use.called_at, use.ended_at) if one is not None]
    if [_minute(one) for one in times] != sorted(_minute(one) for one in times):
        return "not_in_order", " > ".join(f"{one:%H:%M}" for one in times)
    if any(one > known.now for one in times):
        return "in_future", f"{max(times):%Y-%m-%d %H:%M}"
    if times and times[0] < began.replace(second=0, microsecond=0):
        return "before_printed", f"{began:%Y-%m-%d %H:%M}"
    if len({date_of(one) for one in times}) > 1:
        return "other_day", ", ".join(sorted({f"{date_of(one)}" for one in times}))
    if use.window and use.window not in known.windows:
        return "unknown_window", str(use.window)
    if use.staff and use.staff not in known.staff:
        return "unknown_staff", use.staff
    return None


def lifted(use: Use) -> Use:
    """The same line with times that never run backwards: the hub knows the second in which it gave a number."""
    taken, called, ended = use.taken_at, use.called_at, use.ended_at
    if taken and called:
        called = max(taken, called)
    if called and ended:
        ended = max(called, ended)
    return msgspec.structs.replace(use, called_at=called, ended_at=ended)


# --- what a report says


class Call(Value, frozen=True):
    """Somebody who stood in a line on a day: since when, when they were called, and whether that was by hand.

    `left_at` is when they no longer waited without a call; nothing where they still do, or were called.
    """

    number: str
    service: str
    stood_since: dt.datetime
    called_at: dt.datetime | None
    by_hand: bool
    window: int = 0
    ended_at: dt.datetime | None = None
    left_at: dt.datetime | None = None


class OutOfOrder(Value, frozen=True):
    """Called by hand although these had stood longer in the same line and waited at that moment."""

    number: str
    service: str
    window: int
    called_at: dt.datetime
    passed: tuple[str, ...]


def out_of_order(calls: Sequence[Call]) -> tuple[OutOfOrder, ...]:
    """Every call by hand that passed somebody by, in the order they happened (R55). Minutes are compared."""
    found = []
    for one in sorted((one for one in calls if one.by_hand and one.called_at), key=lambda one: _minute(one.called_at)):
        assert one.called_at is not None, "chosen so"
        passed = [
            other
            for other in calls
            if other.service == one.service
            and _minute(other.stood_since) < _minute(one.stood_since)
            and not _was_gone(other, one.called_at)
        ]
        if passed:
            names = tuple(other.number for other in sorted(passed, key=lambda other: other.stood_since))
            found.append(OutOfOrder(one.number, one.service, one.window, one.called_at, names))
    return tuple(found)


class Overlap(Value, frozen=True):
    """Two whom one window served by hand at the same time."""

    window: int
    first: str
    second: str


def overlaps(calls: Iterable[Call]) -> tuple[Overlap, ...]:
    """Whom one window cannot have served as the sheets say, by window and time."""
    found: list[Overlap] = []
    by_window: dict[int, list[Call]] = {}
    for one in calls:
        if one.window and one.called_at and one.ended_at:
            by_window.setdefault(one.window, []).append(one)
    for window, served in sorted(by_window.items()):
        served.sort(key=lambda one: (_minute(one.called_at), _minute(one.ended_at)))
        for before, after in pairwise(served):
            if (before.by_hand or after.by_hand) and _minute(after.called_at) < _minute(before.ended_at):
                found.append(Overlap(window, before.number, after.number))
    return tuple(found)


def missing(block: Block, seen: Collection[int]) -> tuple[int, ...]:
    """Numbers of a block that nobody has told of although a later one was used: slips that are lost or not entered."""
    highest = max((one for one in seen if block.first <= one <= block.last), default=block.first - 1)
    return tuple(one for one in range(block.first, highest) if one not in seen)


def ranges(numbers: Iterable[int], series: str) -> tuple[str, ...]:
    """`S003`, `S007–S012`: numbers as a person reads them."""
    said: list[str] = []
    run: list[int] = []
    for one in [*sorted(numbers), -1]:
        if run and one == run[-1] + 1:
            run.append(one)
            continue
        if run:
            ends = dict.fromkeys((run[0], run[-1]))
            said.append("–".join(ticket_number(series, end) for end in ends))
        run = [one]
    return tuple(said)


def _was_gone(one: Call, at: dt.datetime) -> bool:
    """Whether they no longer waited at that moment, or did not yet: called by then, or gone."""
    gone = [moment for moment in (one.called_at, one.left_at) if moment is not None]
    return _minute(one.stood_since) > _minute(at) or any(_minute(moment) <= _minute(at) for moment in gone)


def _minute(moment: dt.datetime | None) -> dt.datetime:
    assert moment is not None, "asked of moments alone"
    return moment.replace(second=0, microsecond=0)
