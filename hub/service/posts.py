"""Who decides what (R4, R21, R22, R26, R47, R50, R73): one table, command × posts of the hall's policy.

`hub.service.permissions` says at which terminals a command is asked at all; here stands whose word it is. A post that
the hall's document leaves open is the default's. Who stands in for somebody has their posts meanwhile (R7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from hub.domain import posts as rules
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service import case_file
from hub.service.books import Actor, Asked, Books
from hub.service.permissions import MAKES
from hub.store import commands, delegates, grievances, windows
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

HEAD = ("hall_head", "main_leader", "notices.escalate_to")
"""Who answers for the hall."""
AT_WORK_ON_IT = (
    *HEAD,
    "deputy_leader",
    "leading_group",
    "supervisor",
    "handling.meeting_convener",
    "follow_up.by",
    "supervision.followed_by",
    "supervision.looked_at_by",
    "refusals.approver",
)
"""Whoever the document gives a part in running it."""

DECIDED_BY: dict[type[m.Message], tuple[str, ...]] = {
    m.DecideExtension: ("extension.approver",),
    m.DecideRefusal: ("refusals.approver",),
    m.Instruct: ("handling.ladder",),
    m.RecordMeeting: ("handling.meeting_convener", "handling.lead_department_convenes"),
    m.SuperviseCase: ("supervision.followed_by", "supervision.looked_at_by", "complaints.followed_by"),
    m.FollowUpCase: ("follow_up.by", "complaints.followed_by"),
    m.NameDelegate: (*HEAD, "deputy_leader"),
    m.ErasePerson: HEAD,
    m.EraseSuggestion: HEAD,
    m.ChangeCalendar: HEAD,
    m.ExportLedger: AT_WORK_ON_IT,
    m.ExportCase: (*AT_WORK_ON_IT, "complaints.followed_by"),
    m.EndKeeping: HEAD,
    m.NoteExport: AT_WORK_ON_IT,
    m.RecordEntry: AT_WORK_ON_IT,
    m.ReadFairness: AT_WORK_ON_IT,
    m.PublishChecklist: AT_WORK_ON_IT,
    m.PostBulletin: AT_WORK_ON_IT,
    m.DecideGreenChannel: ("queue.green_confirmed_by",),
    m.AdvanceTicket: ("queue.exceptions_by",),
}
"""Posts by their codes, or `group.key` of the policy that names them: of the case's own policy, else of the hall's.

Of a ladder it is the step that was asked, of a department that convenes anybody there, and who follows a 投诉 counts
for a 投诉 alone. What is not listed is for everybody whom `permissions` lets ask it.
"""


def authorised(tx: Transaction, books: Books, asked: Asked, command: m.Message) -> Asked:
    """Before a command is carried out: who asks it, with whom they stand in for where that is what permits it.

    Refuses `not_permitted` to who holds none of the posts whose word it is, and `unknown_case` to other departments.
    """
    row = DECIDED_BY.get(type(command))
    if row is None:
        return asked
    policy, number = books.policy, getattr(command, "case_number", "")
    found = case_file.find_own(tx, books, asked, number) if number else None
    if found is not None:
        policy = case_file.policy_of(tx, books, found)
    if any(not policy.has(move) for move, kind in MAKES.items() if kind is type(command)):
        return asked  # nobody decides what the hall does not do, as the command itself will say
    wanted = tuple(dict.fromkeys(code for place in row for code in _codes(tx, books, asked, place, policy, found)))
    if not wanted:
        return asked  # nobody was asked, as the command itself will say
    day = books.local_date(asked.at)
    for absent, held in _held(tx, books, asked.actor.staff, day).items():
        if not set(wanted).isdisjoint(held):
            return replace(asked, actor=replace(asked.actor, acting_for=absent))
    titles = " or ".join(rules.titles(policy, wanted))
    here = next((code for code in wanted if code in rules.at(policy, asked.actor.role)), "")
    remedy = f"; is that you: bancheng staff change {asked.actor.staff} --post {here}" if here else ""
    raise Refused("not_permitted", f"{titles} decides on this here: ask them{remedy}")


def holds(tx: Transaction, books: Books, asked: Asked, post: str) -> bool:
    """Whether who asks has the post, as their own or as that of whom they stand in for."""
    held = _held(tx, books, asked.actor.staff, books.local_date(asked.at))
    return any(post in posts for posts in held.values())


def must_be_held(tx: Transaction, books: Books, asked: Asked, found: OpenCase, policy: Policy, post: str) -> None:
    """Refuses `post_vacant` where nobody but who asks holds the post: a request must not wait for ever (R47).

    A department's post is held in the department that has the case; the respondent of a 投诉 decides nothing of it.
    """
    acts_at, about = policy.role(post).at, grievances.find(tx, books.hall.code, found.number)
    for one in windows.all_staff(tx, books.hall.code):
        elsewhere = acts_at == "department" and one.department != found.department
        kept_out = about is not None and about.keeps_out(one.staff, one.department)
        if post in one.posts and one.staff != asked.actor.staff and not elsewhere and not kept_out:
            return
    where = f" in the department {found.department}" if acts_at == "department" and found.department else ""
    raise Refused(
        "post_vacant",
        f"nobody{where} but you could answer as {policy.role(post).title}; let who looks after the hall give the post "
        f"to somebody: bancheng staff change CODE --post {post}",
    )


def told(tx: Transaction, books: Books, staff: str, day: dt.date) -> tuple[m.PostHeld, ...]:
    """What somebody may decide as on that day, with the hall's own titles."""
    return tuple(
        m.PostHeld(post=post, title=rules.title(books.policy, post), acting_for=absent)
        for absent, held in _held(tx, books, staff, day).items()
        for post in held
    )


def told_for_whom(subject: str, actor: Actor) -> str:
    """What the audit chain says a command was about: with who was away where somebody stood in for them."""
    return subject + commands.FOR_WHOM + actor.acting_for if actor.acting_for else subject


def _held(tx: Transaction, books: Books, staff: str, day: dt.date) -> dict[str, tuple[str, ...]]:
    """Posts by whose they are: somebody's own under "", then those of each for whom they stand in on that day."""
    code = books.hall.code
    people = {"": staff} | {absent: absent for absent in delegates.absent(tx, code, staff, day)}
    members = {whose: windows.staff_member(tx, code, one) for whose, one in people.items()}
    return {whose: member.posts for whose, member in members.items() if member is not None}


def _codes(
    tx: Transaction, books: Books, asked: Asked, place: str, policy: Policy, found: OpenCase | None
) -> Iterator[str]:
    """The posts that one entry of the table means for this command; none where the policy names nobody there."""
    group, _, key = place.partition(".")
    if not key:
        yield place
        return
    if group == "complaints" and (found is None or found.kind != "grievance"):
        return
    match getattr(getattr(policy, group), key).value:
        case bool(convenes):
            if convenes and asked.actor.role == "department":
                yield from rules.at(policy, "department")
        case tuple():
            if found is not None and (rung := case_file.standing_of(tx, books, found.number).asked_upward):
                yield rung
        case str(post):
            if post:
                yield post
