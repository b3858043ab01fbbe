"""意见箱 (R41): each is kept once, the window is told to look through the box, and what was done about it stays."""

from __future__ import annotations

import datetime as dt

from hub.domain import suggestions as rules, watch
from hub.domain.care import StillMissing
from hub.domain.errors import TextMissing
from hub.errors import Refused
from hub.service import notices, posts
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, suggestions as stored
from hub.store.sealing import Person
from hub.store.suggestions import Stored
from hub.store.transaction import Transaction
from hub.wire import messages as m

LIMITS = {"text": 2000, "name": 60, "phone": 40, "language": 16}


def leave(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.LeaveSuggestion) -> Decision:
    """Keeps it; a criticism is told at once to who takes those up, the rest waits for the next look into the box."""
    policy = books.policy
    rules.must_be_kept(policy)
    _check_lengths(told)
    if not told.text.strip():
        raise TextMissing("a suggestion")
    number = rules.number(books.business_date, draft.next_number(rules.SERIES))
    additions.save_counters(tx, books.hall.code, draft.counters)
    made = Stored(number, told.kind, "left", asked.at, asked.actor.terminal.name, told.language)
    check_on = rules.next_check(policy, books.calendar, books.local_date(asked.at))
    said = Person(name=told.name.strip(), phone=told.phone.strip(), text=told.text.strip())
    stored.add(tx, books.hall.code, books.sealer, made, said, check_on)
    events: list[m.Event] = []
    if told.kind == "criticism":
        post = policy.suggestion_box.criticism_taken_up_by.value
        whom = watch.posts(policy, (post,))
        events = notices.tell(tx, books, draft, asked.at, "criticism_left", whom, number, detail="", post=post)
    return Decision(_as_line(made), events, number)


def listed(db: Transaction, books: Books, only_open: bool) -> m.SuggestionList:
    found = stored.listed(db, books.hall.code, only_open)
    return m.SuggestionList(suggestions=tuple(_as_line(one) for one in found))


def read(tx: Transaction, books: Books, _draft: Draft, _asked: Asked, wanted: m.ReadSuggestion) -> Decision:
    """One whole; each look is logged (R47)."""
    found = _known(tx, books, wanted.number)
    said, result = stored.said(tx, books.hall.code, books.sealer, found.number)
    detail = m.SuggestionDetail(
        line=_as_line(found),
        text=said.text,
        name=said.name,
        phone=said.phone,
        language=found.language,
        result=result,
        handled_by=found.handled_by,
        kept_until=rules.kept_until(books.policy, books.local_date(found.handled_at)) if found.handled_at else None,
    )
    return Decision(detail, subject=found.number)


def handle(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.HandleSuggestion) -> Decision:
    """What was found and done (调查解决); a criticism is the business of the post that the document names."""
    found = _known(tx, books, told.number)
    if found.state == "handled":
        raise rules.HandledAlready(found.number)
    post = books.policy.suggestion_box.criticism_taken_up_by.value
    if found.kind == "criticism" and not posts.holds(tx, books, asked, post):
        title = books.policy.role(post).title
        raise Refused("not_permitted", f"{title} speaks with the staff about a criticism, and says what came of it")
    _check_lengths(told)
    if not told.text.strip():
        raise TextMissing("what was done about a suggestion")
    result = told.text.strip()
    stored.handle(tx, books.hall.code, books.sealer, found.number, at=asked.at, staff=asked.actor.staff, result=result)
    events = notices.settle(tx, books, asked, ("criticism_left",), found.number)
    return Decision(_as_line(_known(tx, books, found.number)), events, found.number)


def erase(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.EraseSuggestion) -> Decision:
    """Its words and who left them are gone; that there was one, and what was done about it, stays (R71)."""
    found = _known(tx, books, told.number)
    if not told.because.strip():
        raise StillMissing("say why: at the citizen's own wish, or because its time is over")
    stored.erase(tx, books.hall.code, found.number, asked.at)
    return Decision(_as_line(_known(tx, books, found.number)), subject=found.number)


# --- the look around


def waits(db: Transaction, books: Books, now: dt.datetime) -> bool:
    """Whether the box is to be looked through."""
    return stored.to_check(db, books.hall.code, books.local_date(now)) > 0


def remind(tx: Transaction, books: Books, draft: Draft, at: dt.datetime) -> list[m.Event]:
    """Tells the window to look through the box, once a period, with how many are in it (应安排专人每天检查)."""
    today = books.local_date(at)
    count = stored.to_check(tx, books.hall.code, today)
    if not count:
        return []
    stored.checked(tx, books.hall.code, today, rules.next_check(books.policy, books.calendar, today))
    return notices.tell(tx, books, draft, at, "suggestions_wait", ("window",), f"{today}", detail=f"{count}")


def _known(tx: Transaction, books: Books, number: str) -> Stored:
    found = stored.find(tx, books.hall.code, number)
    if found is None:
        raise Refused("unknown_suggestion", f"no suggestion {number}")
    return found


def _as_line(one: Stored) -> m.SuggestionLine:
    return m.SuggestionLine(
        number=one.number,
        kind=one.kind,
        state=one.state,
        left_at=one.left_at,
        handled_at=one.handled_at,
        erased=one.erased_at is not None,
    )


def _check_lengths(told: object) -> None:
    for field, most in LIMITS.items():
        if len(getattr(told, field, "")) > most:
            raise Refused("too_long", f"{field} has at most {most} characters")
