"""Who should have been called, stated anew from the policy's rules: deliberately not `hub.domain.queue`.

That module decides by sorting and filtering; this one gives everybody who waits a claim and looks for the strongest,
so that a fault in one of them shows as a difference.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from hub.domain.fairness.rows import Standing
from hub.domain.line_rules import WindowRules

Claim = tuple[float, ...]


class Only(NamedTuple):
    """What a window asked for: one of its services, a lane; empty for any."""

    service: str = ""
    lane: str = ""


ANYBODY = Only()


class Expected(msgspec.Struct, frozen=True):
    """Whose turn it is, why, and who stands before them at this window and could be called."""

    ticket_id: str
    because: str
    passed: tuple[str, ...]


def expected(
    window: WindowRules,
    line: Mapping[str, Standing],
    at: dt.datetime,
    may_pass: int,
    only: Only = ANYBODY,
) -> Expected | None:
    """Whose turn it is at this window; None when nobody's."""
    mine = {one: t for one, t in line.items() if t.waits and could_call(window, t)}
    claims = {one: claim for one, t in mine.items() if (claim := _claim(window, t, at, may_pass, only)) is not None}
    if not claims:
        return None
    first = min(claims, key=lambda one: claims[one])
    passed = stood_before(window, line, first, at)
    return Expected(first, _because(claims, first, passed, mine), passed)


def stood_before(window: WindowRules, line: Mapping[str, Standing], called: str, at: dt.datetime) -> tuple[str, ...]:
    """Who stands before that ticket, and could have been called by this window."""
    behind = _behind(line[called])
    before = (t for t in line.items() if t[1].waits and could_call(window, t[1]) and _behind(t[1]) < behind)
    return tuple(one for one, t in sorted(before, key=lambda t: _behind(t[1])) if _is_due(t, at))


def could_call(window: WindowRules, ticket: Standing) -> bool:
    """Whether this window may call it: it is this one's alone, or anybody's who serves that."""
    return ticket.for_window == window.number or (not ticket.for_window and ticket.service in window.services)


def stands_again(ticket: Standing, line: Iterable[Standing], behind: int, at: dt.datetime) -> dt.datetime:
    """Where somebody stands who comes back behind so many of those who wait for the same, never before their own place.

    Where fewer wait it is the end of the line; nobody else stands at the same moment.
    """
    if behind == 0:
        return ticket.since
    others = sorted((t for t in line if t.waits and t.service == ticket.service and _is_due(t, at)), key=_behind)
    if len(others) < behind:
        return max(at, ticket.since)
    taken = {t.since for t in others}
    place = max(others[behind - 1].since, ticket.since)
    while place in taken:
        place += dt.timedelta(microseconds=1)
    return place


def _claim(window: WindowRules, ticket: Standing, at: dt.datetime, may_pass: int, only: Only) -> Claim | None:
    """How strong a ticket's claim to the next call is, the smallest strongest; None where the window asked for others.

    Passed too often; in a lane; by how long it has waited, weighed; not due, by when it is.
    """
    due = _is_due(ticket, at)
    asked = only.service in ("", ticket.service) and only.lane in ("", ticket.lane)
    behind = _behind(ticket)
    if due and ticket.passed >= may_pass:
        return (0, *behind)
    if not asked:
        return None
    if not due:
        assert ticket.not_before is not None, "who has no time is due"
        return (3, _us(ticket.not_before), *behind)
    if ticket.lane != "line":
        return (1, *behind)
    return (2, -(_us(at) - _us(ticket.since)) * window.weights.get(ticket.service, 1), *behind)


def _because(claims: Mapping[str, Claim], first: str, passed: tuple[str, ...], line: Mapping[str, Standing]) -> str:
    """Which rule made it first; plain order where nobody was passed."""
    kind = claims[first][0]
    if kind == 3:
        return "early"
    if not passed:
        return "order"
    if kind in (0, 1):
        return "patience" if kind == 0 else "lane"
    asked = [one for one in line if claims.get(one, (9,))[0] == 2]
    return "narrowed" if min(asked, key=lambda one: _behind(line[one])) == first else "weight"


def _behind(ticket: Standing) -> tuple[float, ...]:
    """What it stands behind: everybody with less."""
    return (_us(ticket.since), len(ticket.number), *(ord(letter) for letter in ticket.number))


def _is_due(ticket: Standing, at: dt.datetime) -> bool:
    return ticket.not_before is None or ticket.not_before <= at


def _us(at: dt.datetime) -> int:
    """A moment as a whole number of microseconds, so that nothing is rounded."""
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
