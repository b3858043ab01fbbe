"""Who is asked when the window alone cannot settle it: called to the window, escalated to, met with (R20-R22)."""

from __future__ import annotations

from hub.domain.errors import NotPrescribed, TextMissing
from hub.domain.facts import Escalated, HeadArrived, HeadCalled, Instructed, MeetingHeld, Standing
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import case_file, posts
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

FEWEST_MEMBERS = 2
"""Fewer are no meeting."""


def call(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.CallToWindow) -> Decision:
    """Calls who comes to the window here (R20): a notice, and the time of the call."""
    found = case_file.find(tx, books, told.case_number)
    case_file.still_open(found, "call to the window")
    policy = case_file.policy_of(tx, books, found)
    code = policy.handling.comes_to_window.value
    if not code:
        raise NotPrescribed("call to the window", policy.document)
    if case_file.standing_of(tx, books, found.number).called:
        raise Refused("called_already", "somebody was called and has not come yet")
    department = told.department and books.hall.department(told.department).code
    cases.save(tx, books.hall.code, found.number, owner=found.owner or asked.actor.staff)
    case_file.lay_down(tx, books, asked, found.number, HeadCalled(code))
    event = case_file.ask_for_word(
        tx, books, draft, asked, "called_to_window", found.number, policy, code, department or found.department
    )
    return Decision(m.Done(), [event], found.number)


def arrive(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.RecordArrival) -> Decision:
    """Who was called has come: the time, and the name."""
    found = case_file.find(tx, books, told.case_number)
    if not case_file.standing_of(tx, books, found.number).called:
        raise Refused("nobody_called", f"nobody was called to the window about {found.number}")
    if not told.name.strip():
        raise TextMissing("an arrival")
    case_file.lay_down(tx, books, asked, found.number, HeadArrived(told.name))
    return Decision(m.Done(), subject=found.number)


def escalate(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.EscalateCase) -> Decision:
    """To the next step of the ladder; one that acts at a department is passed by while no department has the case."""
    found = case_file.find(tx, books, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.prescribed(policy, found.stage, "escalate", told.question)
    standing = case_file.standing_of(tx, books, found.number)
    if standing.asked_upward:
        raise Refused("instruction_awaited", f"{policy.role(standing.asked_upward).title} has not answered yet")
    rung, code = _next_rung(policy, standing, found)
    posts.must_be_held(tx, books, asked, found, policy, code)
    cases.save(tx, books.hall.code, found.number, owner=found.owner or asked.actor.staff)
    case_file.step(tx, books, asked, found.number, "escalate", text=told.question)
    case_file.lay_down(tx, books, asked, found.number, Escalated(code, rung, told.question))
    event = case_file.ask_for_word(tx, books, draft, asked, "escalated", found.number, policy, code, found.department)
    moved = case_file.moved(tx, books, draft, found, "escalate", asked.at)
    return Decision(m.Done(), [moved, event], found.number)


def instruct(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.Instruct) -> Decision:
    """The word of the post that was asked (`hub.service.posts`); the window hears of it."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    role = case_file.standing_of(tx, books, found.number).asked_upward
    if not role:
        raise Refused("nothing_asked", f"nobody is asked about {found.number}")
    if not told.text.strip():
        raise TextMissing("an instruction")
    case_file.lay_down(tx, books, asked, found.number, Instructed(role, told.text))
    event = case_file.notify(tx, books, draft, asked, "instructed", found.number, "window")
    return Decision(m.Done(), [event], found.number)


def meet(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.RecordMeeting) -> Decision:
    """联席会议, by its convener or a department that leads it (`hub.service.posts`): members, minutes, decision."""
    found = case_file.find_own(tx, books, asked, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    case_file.prescribed(policy, found.stage, "meet")
    convener = policy.handling.meeting_convener.value
    members = tuple(name.strip() for name in told.members if name.strip())
    if len(set(members)) < FEWEST_MEMBERS or not told.minutes.strip() or not told.decision.strip():
        raise Refused("meeting_incomplete", f"a meeting has {FEWEST_MEMBERS} members or more, minutes and a decision")
    case_file.step(tx, books, asked, found.number, "meet", department=asked.actor.terminal.department)
    fact = MeetingHeld(convener, asked.actor.terminal.department, members, told.minutes, told.decision)
    case_file.lay_down(tx, books, asked, found.number, fact)
    event = case_file.notify(tx, books, draft, asked, "meeting_held", found.number, "window")
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "meet", asked.at), event], found.number)


def _next_rung(policy: Policy, standing: Standing, found: OpenCase) -> tuple[int, str]:
    """The step above those that were asked, counted from 1; refuses `ladder_ended` at its top."""
    for rung, code in enumerate(policy.handling.ladder.value, start=1):
        if rung > standing.rung and (found.department or policy.role(code).at != "department"):
            return rung, code
    raise Refused("ladder_ended", f"{found.number} was before everybody on this hall's ladder")
