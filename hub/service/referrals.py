"""Who has a case, and whose it is not: handed over, handed on to another authority, sent next door (R5, R6, R23)."""

from __future__ import annotations

from hub.domain.errors import TextMissing
from hub.domain.facts import HandedOver, ReferralFollowed, ReferredOut
from hub.errors import Refused
from hub.service import answering, case_file
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, delegates, windows
from hub.store.transaction import Transaction
from hub.wire import messages as m


def refer_out(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReferOut) -> Decision:
    """Not this level's: handed on through a named way to a named authority, and followed where the hall does."""
    found = case_file.find(tx, books, told.case_number)
    policy = case_file.policy_of(tx, books, found)
    stage = case_file.prescribed(policy, case_file.verified(found, policy), "refer_out", told.text)
    if not told.authority.strip() or not told.way.strip():
        raise Refused("answer_incomplete", "name the authority, and the way on which it was handed on (R23)")
    owed = answering.answered(tx, books, draft, asked, found, policy, stage)
    case_file.step(tx, books, asked, found.number, "refer_out", text=told.text)
    followed = policy.handling.handed_on_is_followed.value
    case_file.lay_down(tx, books, asked, found.number, ReferredOut(told.authority, told.way, followed))
    return Decision(m.Done(), [case_file.moved(tx, books, draft, found, "refer_out", asked.at), *owed], found.number)


def follow(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.FollowReferral) -> Decision:
    """What became of it there, until it is settled."""
    found = case_file.find(tx, books, told.case_number)
    if not case_file.standing_of(tx, books, found.number).referral_open:
        raise Refused("nothing_referred", f"nothing of {found.number} is followed at another authority")
    if not told.text.strip():
        raise TextMissing("a followed referral")
    case_file.lay_down(tx, books, asked, found.number, ReferralFollowed(told.text, told.ended))
    return Decision(m.Done(), subject=found.number)


def hand_over(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.HandOver) -> Decision:
    """首接负责: only the owner gives a case away, or for them who covers or supervises; never to nobody."""
    found = case_file.find(tx, books, told.case_number)
    if found.stage == "archived":
        raise Refused("move_not_allowed", f"{found.number} is archived")
    if not found.owner or not _may_give(tx, books, asked, found.owner):
        raise Refused("not_owner", "the owner hands a case over, or for them who covers or supervises")
    taker = windows.staff_member(tx, books.hall.code, told.taker)
    if taker is None or taker.role != "window" or taker.staff == found.owner:
        raise Refused("unknown_staff", f"no other receiver {told.taker} at the windows of this hall")
    if not told.reason.strip():
        raise TextMissing("a handover")
    cases.save(tx, books.hall.code, found.number, owner=taker.staff)
    case_file.lay_down(tx, books, asked, found.number, HandedOver(found.owner, taker.staff, told.reason))
    event = case_file.notify(tx, books, draft, asked, "handed_over", found.number, "window")
    return Decision(m.Done(), [event], found.number)


def _may_give(tx: Transaction, books: Books, asked: Asked, owner: str) -> bool:
    """The owner, who covers for them today (R7), or a supervisor."""
    if asked.actor.role == "supervisor" or asked.actor.staff == owner:
        return True
    return delegates.covers(tx, books.hall.code, asked.actor.staff, owner, books.local_date(asked.at))


def send_to_department(
    _tx: Transaction, books: Books, _draft: Draft, _asked: Asked, told: m.SendToDepartment
) -> Decision:
    """首问责任: nobody is sent away without what the document wants said; refuses `slip_incomplete`."""
    department = books.hall.department(told.department)
    said = {
        "department": department.name,
        "place": department.place or books.hall.place,
        "phone": department.phone or books.hall.phone,
        "person": told.person.strip(),
    }
    wanted = books.policy.handling.directory_slip.value
    if missing := [name for name in wanted if not said[name]]:
        raise Refused("slip_incomplete", f"the slip also tells {', '.join(missing)}; hall.toml or you must say it")
    return Decision(m.DirectorySlip(**{name: said[name] for name in wanted}), subject=department.code)
