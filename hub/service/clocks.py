"""延期 and 不计时间: a due date that is put back, with what the hall's document wants for it (R26, R27)."""

from __future__ import annotations

from hub.domain import extension, pause as pauses, recount
from hub.domain.errors import ClockIsPaused, TextMissing
from hub.domain.facts import (
    ClockPaused,
    ClockResumed,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionLapsed,
    ExtensionRefused,
    Standing,
)
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import case_file, notices, posts
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, closing
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m


def ask_extension(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.AskExtension) -> Decision:
    """Holds at once where nobody must approve; else the approver is asked and the old date stands meanwhile."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.prescribed(policy, found.stage, "extend", told.reason)
    standing = _standing(tx, books, found, policy)
    if not found.department:
        raise Refused("not_dispatched", "the time of a department is extended; send the case to one first")
    if standing.extension_asked is not None:
        raise Refused("extension_pending", "an extension is asked for already; wait for its approver")
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)
    until = extension.extended(books.calendar.under(policy), found.due, max(told.added_wd, 0)).date
    wish = ExtensionAsked(told.added_wd, until, told.reason, told.in_writing, told.citizen_told, told.citizen_agreed_to)
    extension.check(policy, found.due, standing, wish)
    case_file.lay_down(tx, books, asked, found.number, wish)
    if "approval" not in policy.extension.needs.value:
        return _extend(tx, books, draft, asked, found, policy, wish, "")
    approver = policy.extension.approver.value
    posts.must_be_held(tx, books, asked, found, policy, approver)
    event = case_file.ask_for_word(
        tx, books, draft, asked, "extension_asked", found.number, policy, approver, found.department
    )
    return Decision(m.Done(), [event], found.number)


def decide_extension(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.DecideExtension) -> Decision:
    """The approver (`hub.service.posts`) grants or refuses; nobody approves what they asked for themselves."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.still_open(found, "extend")  # what is answered needs no more time
    wish = _standing(tx, books, found, policy).extension_asked
    if wish is None:
        raise Refused("nothing_asked", f"no extension of {found.number} waits for a decision")
    approver = policy.extension.approver.value
    if asked.actor.speaks_for(case_file.last_by(tx, books, found.number, ExtensionAsked)):
        raise Refused("not_permitted", "nobody approves what they asked for themselves")
    if told.granted:
        return _extend(tx, books, draft, asked, found, policy, wish, approver)
    if not told.text.strip():
        raise TextMissing("a refused extension")
    case_file.lay_down(tx, books, asked, found.number, ExtensionRefused(approver, told.text))
    return Decision(m.Done(), _tell_both(tx, books, draft, asked, found), found.number)


def lapse(tx: Transaction, books: Books, draft: Draft, asked: Asked, found: OpenCase) -> list[m.Event]:
    """What was asked of the clock that stands now and not decided is not granted on a later one (R33); both hear it."""
    if case_file.standing_of(tx, books, found.number).extension_asked is None:
        return []
    case_file.lay_down(tx, books, asked, found.number, ExtensionLapsed())
    return _tell_both(tx, books, draft, asked, found, "lapsed")


def pause(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.PauseClock) -> Decision:
    """A superior or another department must approve: the clock stands still, with evidence, and the date is open."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.prescribed(policy, found.stage, "pause", told.evidence if _evidence_needed(policy) else "-")
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)
    if _standing(tx, books, found, policy).extension_asked is not None:
        raise Refused("extension_pending", "an extension is asked for; wait for its approver first")
    grounds = [ground.code for ground in policy.clock.pause_grounds.value]
    if told.ground not in grounds:
        raise Refused("unknown_code", f"no ground {told.ground!r} stops the clock; this hall has {', '.join(grounds)}")
    cases.save(tx, books.hall.code, found.number, paused_at=asked.at, owner=found.owner or asked.actor.staff)
    cases.put_back(
        tx,
        books.hall.code,
        found.number,
        recount.stopped(found.due),
    )
    case_file.step(tx, books, asked, found.number, "pause", text=told.evidence)
    case_file.lay_down(tx, books, asked, found.number, ClockPaused(told.ground, told.evidence))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "pause", asked.at)], found.number)


def resume(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ResumeClock) -> Decision:
    """The clock goes on: the working days that were not the department's are added to its date."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.prescribed(policy, found.stage, "resume")
    if found.paused_at is None:
        raise Refused("not_paused", f"the clock of {found.number} counts")
    if _evidence_needed(policy) and not told.evidence.strip():
        raise TextMissing("resume")
    calendar = books.calendar.under(policy)
    stopped, goes_on = books.local_date(found.paused_at), books.local_date(asked.at)
    wd = pauses.waited(calendar, found.due, stopped, goes_on)
    cases.save(tx, books.hall.code, found.number, paused_at=None)
    cases.put_back(tx, books.hall.code, found.number, extension.resumed(calendar, found.due, wd))
    case_file.step(tx, books, asked, found.number, "resume", text=told.evidence)
    case_file.lay_down(tx, books, asked, found.number, ClockResumed(told.evidence, wd))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "resume", asked.at)], found.number)


def _extend(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    found: OpenCase,
    policy: Policy,
    wish: ExtensionAsked,
    approver: str,
) -> Decision:
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)
    due = extension.extended(books.calendar.under(policy), found.due, wish.added_wd)
    cases.put_back(tx, books.hall.code, found.number, due)
    case_file.step(tx, books, asked, found.number, "extend", department=found.department, text=wish.reason)
    case_file.lay_down(tx, books, asked, found.number, ExtensionGranted(wish.added_wd, due.date, approver))
    moved = case_file.moved(tx, books, draft, found, "extend", asked.at)
    return Decision(m.Done(), [moved, *_tell_both(tx, books, draft, asked, found)], found.number)


def _tell_both(
    tx: Transaction, books: Books, draft: Draft, asked: Asked, found: OpenCase, detail: str = ""
) -> list[m.Event]:
    """The window and the department hear what came of an extension."""
    return notices.tell(
        tx,
        books,
        draft,
        asked.at,
        "extension_decided",
        ("window", "department"),
        found.number,
        detail=detail,
        department=found.department,
    )


def _standing(tx: Transaction, books: Books, found: OpenCase, policy: Policy) -> Standing:
    """How the clock that counts now stands: what was asked and granted before rework began anew is over (R33)."""
    began = closing.clock_began(tx, books.hall.code, found.number, found.filed_at, policy)
    return case_file.standing_of(tx, books, found.number, since=began)


def _evidence_needed(policy: Policy) -> bool:
    return policy.clock.pause_needs_evidence.value
