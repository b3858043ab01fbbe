"""Questions: nothing on the disk is changed; a look into personal data is logged by the round that carries it (R47)."""

from __future__ import annotations

from functools import partial

import msgspec

from hub.domain import case as case_table, closing as closing_rules, posts
from hub.domain.facts import post_named
from hub.domain.policy import Policy
from hub.domain.ticket import WAITING
from hub.errors import Refused
from hub.service import (
    appointments,
    audience,
    by_code,
    calendars,
    case_file,
    grievances as about_grievances,
    late,
    remembering,
    requests,
    suggestions,
    telling,
    waiting,
)
from hub.service.books import CATCH_UP_AT_MOST, Actor, Asked, Books, Decision, Draft
from hub.store import (
    care as stored_care,
    cases,
    closing,
    delegates,
    facts,
    feed,
    grievances,
    notices,
    numbering,
    reconciling,
    tickets,
    views,
)
from hub.store.transaction import Transaction
from hub.wire import messages as m, pairing

Query = (
    m.EventsSince
    | m.ListCases
    | m.ListNotices
    | m.ListDelegates
    | m.LookUp
    | m.ReadBreaches
    | m.ReadCalendar
    | m.ReadChecklist
    | m.ListSlots
    | m.ListAppointments
    | m.ReadOpening
    | m.ReadSlips
    | m.CountSlips
    | m.ListRequests
    | m.ListSuggestions
    | pairing.PairingCommand
    | m.ReadTerminals
    | m.SimilarCases
)

AMONG_STAFF = frozenset[str]({"explain", "note", "propose_refusal", "reject_refusal", "tell"})
"""Lines of the timeline that the citizen's page does not have: what they say, the citizen was told."""
FOR_CITIZEN = frozenset[str]({"progress", "recount"})
"""Lines whose words are: what a department reports, and why there is another date (R25)."""


BY_A_SECRET = (m.LookUp, pairing.ReadPairing, pairing.SendDraft)
"""What anybody on the network can try through the site."""


def answer(db: Transaction, books: Books, asked: Asked, query: Query) -> m.Answer:
    look = partial(_answer, db, books, asked, query)
    if isinstance(query, BY_A_SECRET):
        return books.guesses.watched(asked.actor.terminal.name, asked.at, look)
    return look()


def _answer(db: Transaction, books: Books, asked: Asked, query: Query) -> m.Answer:
    match query:
        case m.EventsSince():
            return _events_since(db, books, asked, query)
        case m.ListCases(only_open=only_open):
            department = asked.actor.terminal.department
            hidden = grievances.hidden_from(books.hall.code, asked.actor.staff, department)
            listed = views.lines(db, books.hall.code, department=department, only_open=only_open, hidden=hidden)
            return m.CaseList(cases=tuple(listed))
        case m.ListNotices():
            terminal = asked.actor.terminal
            hidden = grievances.hidden_from(books.hall.code, asked.actor.staff, terminal.department)
            waiting = notices.waiting(db, books.hall.code, terminal.role, terminal.department, hidden)
            return m.NoticeList(notices=tuple(waiting))
        case m.ReadChecklist(matter=matter):
            found = stored_care.newest(db, books.hall.code, matter)
            return found or m.Rejected(code="no_checklist", text=f"there is no checklist of {matter} yet")
        case m.ListDelegates():
            day = books.local_date(asked.at)
            return m.DelegateList(
                pairs=delegates.pairs(db, books.hall.code),
                covers=delegates.not_ended(db, books.hall.code, books.sealer, day),
            )
        case m.ReadCalendar():
            return calendars.read(db, books, asked, query)
        case m.ReadBreaches():
            return _breaches(db, books, asked, query)
        case m.ReadSlips(date=date):
            return reconciling.report(db, books.hall.code, date)
        case m.CountSlips():
            return reconciling.left(db, books.hall.code)
        case m.ListRequests(only_open=only_open):
            return requests.listed(db, books, asked, only_open)
        case m.ListSuggestions(only_open=only_open):
            return suggestions.listed(db, books, only_open)
        case m.LookUp(secret=secret):
            return _look_up(db, books, asked, secret)
        case m.ReadTerminals():
            return books.health.listed(books.hall, asked.actor.terminal, asked.actor.staff, asked.at)
        case m.SimilarCases():
            return remembering.similar(db, books, asked, query)
        case m.ListSlots():
            return appointments.list_slots(db, books, asked, query)
        case m.ListAppointments():
            return appointments.list_appointments(db, books, asked, query)
        case m.ReadOpening():
            return late.read_opening(db, books, asked, query)
        case (
            pairing.OpenPairing()
            | pairing.ReadPairing()
            | pairing.SendDraft()
            | pairing.CollectDraft()
            | pairing.ClosePairing()
        ):
            return books.pairings.answer(books.hall, books.policy, asked.actor.terminal.name, asked.at, query)


def read_case(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReadCase) -> Decision:
    """One case whole, for who handles it; a department sees its own, and no name where secrecy was asked for (R13)."""
    number = numbering.standing(tx, books.hall.code, wanted.case_number)
    found = views.detail(tx, books.hall.code, books.sealer, number)
    outside = asked.actor.role == "department"
    if found is None or (outside and found.line.department != asked.actor.terminal.department):
        raise Refused("unknown_case", f"no case {wanted.case_number} here")
    case = cases.find(tx, books.hall.code, number)
    if case is None or about_grievances.identity_hidden(books, asked.actor, case):
        found = msgspec.structs.replace(found, name="", phone="", attachments=())
    kept = facts.of_case(tx, books.hall.code, books.sealer, number)
    policy = case_file.policy_of(tx, books, case) if case else books.policy
    told = tuple(_as_read(one, policy) for one in kept)
    rated = tuple(m.CaseRating(at=one.at, level=one.level) for one in closing.ratings(tx, books.hall.code, number))
    return Decision(msgspec.structs.replace(found, facts=told, ratings=rated), subject=number)


def _as_read(kept: facts.Kept, policy: Policy) -> m.LaidDown:
    fields = msgspec.structs.asdict(kept.fact)
    post = post_named(kept.fact)
    return m.LaidDown(
        at=kept.at,
        who=kept.name,
        kind=type(kept.fact).__name__,
        fields=tuple(m.LaidDownField(name=name, value=_in_words(value)) for name, value in fields.items()),
        title=posts.title(policy, post) if post else "",
    )


def _in_words(value: object) -> str:
    """A field of a fact as text: yes, no, a date, a list line by line, nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "\n".join(str(one) for one in value)
        case _:
            return str(value)


def _events_since(db: Transaction, books: Books, asked: Asked, query: m.EventsSince) -> m.Answer:
    picture = books.picture
    if query.epoch != picture.epoch or not 0 <= picture.seq - query.seq <= CATCH_UP_AT_MOST:
        return books.snapshot(asked.at)
    events = books.recent_since(query.seq)
    if events is None:
        events = feed.since(db, books.hall.code, query.epoch, query.seq)
    told = (audience.as_told(one, asked.actor.terminal, asked.actor.staff) for one in events)
    kept_back = tuple(_as_known_now(db, books, asked.actor, one) for one in told)
    return m.Events(epoch=picture.epoch, events=kept_back, last=picture.seq)


def _as_known_now(db: Transaction, books: Books, actor: Actor, told: m.Numbered) -> m.Numbered:
    """An event of a 投诉 without what whom it is about may not see: it may have come out since the event (R11)."""
    event = told.event
    if not isinstance(event, m.ComplaintFiled | m.CaseMoved) or event.case.respondent is None:
        return told
    about = grievances.find(db, books.hall.code, event.case.case_number)
    hidden = about is not None and about.keeps_out(actor.staff, actor.terminal.department)
    return audience.withheld(told) if hidden else told


def _breaches(db: Transaction, books: Books, asked: Asked, query: m.ReadBreaches) -> m.Answer:
    try:
        about_grievances.keep_out(db, books, asked.actor, query)
        return telling.read_breaches(db, books, asked, query)
    except Refused as refusal:
        return m.Rejected(code=refusal.code, text=refusal.text)


def _look_up(db: Transaction, books: Books, asked: Asked, secret: str) -> m.Answer:
    hall = books.hall.code
    number = by_code.find(db, books, secret)
    about = grievances.find(db, hall, number) if number else None
    hidden = about is not None and about.keeps_out(asked.actor.staff, asked.actor.terminal.department)
    if not number or hidden:  # a 投诉 is not found by whom it is about (R11)
        return m.Rejected(code="not_found", text=by_code.NOT_FOUND)
    row = views.line(db, hall, number)
    found = case_file.find(db, books, number)
    policy = case_file.policy_of(db, books, found)
    steps = views.steps(db, hall, books.sealer, number)
    answers = [one.text for one in steps if one.move in ("answer_on_the_spot", "reply", "refer_out", "decline")]
    ticket = tickets.find(db, hall, row.ticket_id) if row.ticket_id else None
    waits = ticket if ticket is not None and ticket.state in WAITING else None
    rated = closing.ratings(db, hall, number)
    kept_back = AMONG_STAFF if policy.promises_a_date else {*AMONG_STAFF, "recount"}
    return m.Progress(
        case_number=number,
        stage=row.line.stage,
        matter=row.line.matter,
        filed_at=row.line.filed_at,
        due=row.line.due,
        department=row.line.department,
        steps=tuple(_for_citizen(one) for one in steps if one.move not in kept_back),
        answer=answers[-1] if answers and row.line.stage not in case_table.OPEN else "",
        ticket=ticket,
        ahead=waiting.ahead_of(books, waits, asked.at) if waits else 0,
        wait=waiting.of_ticket(books, waits, asked.at) if waits else None,
        promised=policy.promises_a_date,
        promise=policy.promise.value,
        after_closing="" if policy.after_closing.silent else policy.after_closing.value,
        language=row.language,
        levels=tuple(_choice(policy, one.code) for one in closing_rules.open_to_rating(policy, row.line.stage)),
        rated=_choice(policy, rated[-1].level) if rated and row.line.stage in ("rated", "archived") else None,
    )


def _choice(policy: Policy, level: str) -> m.LevelChoice:
    known = {one.code: one.name for one in policy.rating.levels.value}
    return m.LevelChoice(code=level, name=known[level], sends_back=policy.sends_back(level))


def _for_citizen(step: m.Step) -> m.Step:
    """A line of the timeline without names; of its words only `FOR_CITIZEN`."""
    return msgspec.structs.replace(step, who="", text=step.text if step.move in FOR_CITIZEN else "")
