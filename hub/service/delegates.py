"""AB 岗 (R7): nobody stands in for another without being named for it, or having been handed the post."""

from __future__ import annotations

import datetime as dt

from hub.domain.errors import NotPrescribed, TextMissing
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import delegates, windows
from hub.store.transaction import Transaction
from hub.store.windows import StaffMember
from hub.wire import messages as m


def name(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.NameDelegate) -> Decision:
    """B for A: another person, at the same kind of terminal in the same department.

    Who stands in has A's posts meanwhile, so that nobody names themselves (不得擅自代班代岗).
    """
    _kept(books)
    owner, other = (_member(tx, books, code) for code in (told.staff, told.delegate))
    if asked.actor.speaks_for(other.staff):
        raise Refused("no_authority", "nobody names themselves to stand in; ask another who names delegates")
    if owner.staff == other.staff or (owner.role, owner.department) != (other.role, other.department):
        raise Refused("unknown_staff", f"{told.delegate} does not do the same work as {told.staff}; name a colleague")
    delegates.name(tx, books.hall.code, owner.staff, other.staff, at=asked.at, by=asked.actor.staff)
    return Decision(m.Done(), subject=owner.staff)


def hand_over_post(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.HandOverPost) -> Decision:
    """A to their delegate, as long ahead as the document wants; refuses `too_late` and `no_delegate`."""
    _kept(books)
    rule = books.policy.delegates
    covered_by = delegates.of(tx, books.hall.code, asked.actor.staff)
    if not covered_by:
        raise Refused("no_delegate", f"nobody is named to cover for {asked.actor.staff}; a supervisor names somebody")
    earliest = books.local_date(asked.at) + dt.timedelta(days=rule.handover_ahead_d.value)
    if told.first_day < earliest:
        raise Refused("too_late", f"a post is handed over for {earliest} at the earliest; else the delegate steps in")
    if told.last_day < told.first_day:
        raise Refused("bad_dates", "the last day is not before the first")
    if not told.note.strip():
        raise TextMissing("a handover")
    return _covered(tx, books, asked, told.first_day, told.last_day, asked.actor.staff, covered_by, told.note)


def step_in(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.StepIn) -> Decision:
    """B for A today, where the document lets B step in by himself; refuses `no_authority` to anybody else."""
    _kept(books)
    rule = books.policy.delegates
    if not rule.steps_in_himself.value:
        raise NotPrescribed("stepping in without a handover", books.policy.document)
    absent = _member(tx, books, told.absent)
    named = delegates.of(tx, books.hall.code, absent.staff)
    if rule.authority_needed.value and asked.actor.staff != named:
        raise Refused("no_authority", f"{asked.actor.staff} is not named to cover for {absent.staff}")
    if not told.reason.strip():
        raise TextMissing("stepping in")
    today = books.local_date(asked.at)
    return _covered(tx, books, asked, today, today, absent.staff, asked.actor.staff, told.reason)


def _covered(
    tx: Transaction,
    books: Books,
    asked: Asked,
    first_day: dt.date,
    last_day: dt.date,
    absent: str,
    covered_by: str,
    note: str,
) -> Decision:
    cover = m.Cover(
        absent=absent,
        delegate=covered_by,
        first_day=first_day,
        last_day=last_day,
        stepped_in=asked.actor.staff == covered_by,
        liable=books.policy.delegates.liable.value,
        note=note,
    )
    delegates.add_cover(tx, books.hall.code, books.sealer, cover, at=asked.at)
    return Decision(m.Done(), subject=absent)


def _kept(books: Books) -> None:
    if not books.policy.delegates.kept.value:
        raise NotPrescribed("delegates", books.policy.document)


def _member(tx: Transaction, books: Books, code: str) -> StaffMember:
    found = windows.staff_member(tx, books.hall.code, code)
    if found is None:
        raise Refused("unknown_staff", f"nobody has the code {code}")
    return found
