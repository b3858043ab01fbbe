"""What is done around a case for the citizen, each step recorded under who did it (R51-R54, R70, R71)."""

from __future__ import annotations

from hub.domain import care as rules, case as case_table
from hub.domain.care import RecordKind
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service.books import Actor, Asked, Books, Decision, Draft
from hub.store import attachments, care, cases, policies, requests, windows
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

TEXT_AT_MOST = 2000


def publish_checklist(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.PublishChecklist) -> Decision:
    """The next version of a matter's checklist: from now on everybody says these words (R52)."""
    hall = books.hall.code
    books.hall.matter(told.matter)
    texts = [one.text for one in told.parts] + [one.name for one in told.materials]
    if not all(0 < len(text.strip()) <= TEXT_AT_MOST for text in texts):
        raise Refused("too_long", f"each part of a checklist has 1 to {TEXT_AT_MOST} characters")
    codes, kinds = [one.code for one in told.materials], [one.kind for one in told.parts]
    if len(set(codes)) < len(codes) or len(set(kinds)) < len(kinds):
        raise Refused("bad_checklist", "a material or a part stands twice; name each once")
    rules.check_checklist(books.policy.one_time_notice, kinds, len(codes))
    before = care.newest(tx, hall, told.matter)
    version = before.version + 1 if before else 1
    published = m.Checklist(matter=told.matter, version=version, materials=told.materials, parts=told.parts)
    care.publish(tx, hall, published, asked.actor.staff, asked.at)
    return Decision(published, subject=f"{told.matter}/{version}")


def give_notice(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.GiveOneTimeNotice) -> Decision:
    """一次性告知: what is missing, all at once, in the checklist's words; the version told is kept (R52)."""
    found, policy = _case(tx, books, asked.actor, told.case_number)
    matter = cases.matter(tx, books.hall.code, found.number)
    checklist = care.newest(tx, books.hall.code, matter)
    if checklist is None:
        raise Refused("no_checklist", f"there is no checklist of {matter} yet; a supervisor publishes it")
    if len(told.refused_because) > TEXT_AT_MOST:
        raise Refused("too_long", f"the reason has at most {TEXT_AT_MOST} characters")
    earlier = [one for one in _records(tx, books, found, "one_time_notice") if one.version == checklist.version]
    known = [one.code for one in checklist.materials]
    rules.check_missing(policy.one_time_notice, known, told.missing, earlier[0].items if earlier else None)
    _record(tx, books, asked, found, "one_time_notice", told.missing, told.refused_because, version=checklist.version)
    return Decision(checklist, subject=found.number)


def allow_later(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.AllowLater) -> Decision:
    """容缺: the case goes on without these; until when they must be there stands in the record (R53)."""
    found, policy = _case(tx, books, asked.actor, told.case_number)
    until = rules.until(policy.later_materials, told.materials, told.promised)
    _record(tx, books, asked, found, "allowed_later", told.materials, until)
    return Decision(m.Done(), subject=found.number)


def receive_materials(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ReceiveMaterials) -> Decision:
    found, _ = _case(tx, books, asked.actor, told.case_number)
    if not told.materials or not set(told.materials) <= _awaited(tx, books, found):
        raise Refused("unknown_code", "these materials were not to follow; read the case anew")
    _record(tx, books, asked, found, "received", told.materials)
    return Decision(m.Done(), subject=found.number)


def appoint_agent(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.AppointAgent) -> Decision:
    """帮代办: by somebody whose role the policy names, and with the citizen's consent on paper (R54)."""
    found, policy = _case(tx, books, asked.actor, told.case_number)
    if not policy.agents.offered.value:
        raise rules.NotAllowedHere("this hall does nothing for citizens in their stead; name who does")
    member = windows.staff_member(tx, books.hall.code, told.staff)
    if member is None or member.role != policy.role(policy.agents.by.value).at:
        raise Refused("unknown_code", f"{told.staff!r} is nobody who acts for citizens here")
    if "voluntary" in policy.agents.terms.value and not _has_paper(tx, books, found, told.consent, "consent"):
        raise rules.StillMissing("attach the citizen's consent first: nobody is acted for against their will (R54)")
    _record(tx, books, asked, found, "agent_appointed", (), told.staff)
    return Decision(m.Done(), subject=found.number)


def deliver(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.DeliverResult) -> Decision:
    """The result reaches the citizen, when all that was to follow is there (R53, R70)."""
    found, policy = _case(tx, books, asked.actor, told.case_number)
    if found.stage in case_table.OPEN:
        raise Refused("case_open", f"{found.number} has no result yet; answer it first")
    rules.check_delivery(policy.delivery, told.way, told.originals_checked, _awaited(tx, books, found))
    _record(tx, books, asked, found, "delivered", (), told.way)
    return Decision(m.Done(), subject=found.number)


def give_back(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ReturnMaterials) -> Decision:
    """Materials go back against proof of who takes them and their signature (R51)."""
    found, policy = _case(tx, books, asked.actor, told.case_number)
    if not told.materials:
        raise rules.StillMissing("name the materials that go back (R51)")
    signed = _has_paper(tx, books, found, told.signature, "signature")
    rules.check_return(policy.refusals, told.id_shown, signed)
    _record(tx, books, asked, found, "returned", told.materials, told.signature)
    return Decision(m.Done(), subject=found.number)


def erase(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ErasePerson) -> Decision:
    """A closed case forgets who the citizen was; its steps, its records and the audit chain stay whole (R71)."""
    found, _ = _case(tx, books, asked.actor, told.case_number)
    if found.stage in case_table.OPEN:
        raise Refused("case_open", f"{found.number} is open: whoever handles it still needs to know the citizen")
    if not told.because.strip():
        raise rules.StillMissing("say why: at the citizen's own wish, or because its time is over")
    _record(tx, books, asked, found, "person_erased", (), told.because[:TEXT_AT_MOST])
    care.erase(tx, books.hall.code, books.sealer, found.number, asked.at)
    requests.erase(tx, books.hall.code, found.number)
    return Decision(m.Done(), subject=found.number)


def _case(tx: Transaction, books: Books, actor: Actor, number: str) -> tuple[OpenCase, Policy]:
    found = cases.find(tx, books.hall.code, number)
    if found is None or (actor.role == "department" and found.department != actor.terminal.department):
        raise Refused("unknown_case", f"no case {number} here")
    return found, policies.find(tx, books.hall.code, found.policy_code, found.policy_version)


def _record(
    tx: Transaction,
    books: Books,
    asked: Asked,
    found: OpenCase,
    kind: RecordKind,
    items: tuple[str, ...],
    detail: str = "",
    version: int = 0,
) -> None:
    care.add_record(
        tx,
        books.hall.code,
        books.sealer,
        found.number,
        kind=kind,
        at=asked.at,
        staff=asked.actor.staff,
        items=items,
        detail=detail,
        version=version,
    )


def _records(tx: Transaction, books: Books, found: OpenCase, kind: RecordKind) -> list[m.CaseRecord]:
    return [one for one in care.records(tx, books.hall.code, books.sealer, found.number) if one.kind == kind]


def _awaited(tx: Transaction, books: Books, found: OpenCase) -> set[str]:
    """Materials that may follow and have not come."""
    allowed = {item for one in _records(tx, books, found, "allowed_later") for item in one.items}
    return allowed - {item for one in _records(tx, books, found, "received") for item in one.items}


def _has_paper(tx: Transaction, books: Books, found: OpenCase, attachment_id: str, kind: str) -> bool:
    known = attachments.find(tx, books.hall.code, attachment_id) if attachment_id else None
    return known is not None and (known.case_number, known.kind) == (found.number, kind) and bool(known.finished_at)
