"""AB 岗 (R7): who covers for whom, handed over ahead, or stepping in where there was no time."""

from __future__ import annotations

import datetime as dt

from hub.wire.message import Message


class NameDelegate(Message, frozen=True):
    """B covers for A from now on; both do the same work."""

    staff: str
    delegate: str


class HandOverPost(Message, frozen=True):
    """A hands the post over to their delegate for some days; `note` says how the work stands."""

    first_day: dt.date
    last_day: dt.date
    note: str


class StepIn(Message, frozen=True):
    """B steps in by himself today: A is away and there was no time to hand over."""

    absent: str
    reason: str


class ListDelegates(Message, frozen=True):
    """Who covers for whom, and the covers that have not ended."""


class DelegatePair(Message, frozen=True):
    """B covers for A (R7)."""

    staff: str
    delegate: str


class Cover(Message, frozen=True):
    """The days on which B stands in for A, whether by stepping in, and whether answering for what was done."""

    absent: str
    delegate: str
    first_day: dt.date
    last_day: dt.date
    stepped_in: bool
    liable: bool
    note: str


class DelegateList(Message, frozen=True):
    pairs: tuple[DelegatePair, ...]
    covers: tuple[Cover, ...]
