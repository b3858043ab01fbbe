"""What visits and pre-reviews share (R59, R61): taken with their time, listed, read, reminded of."""

from __future__ import annotations

import datetime as dt
from typing import cast

from hub.domain import requests as rules
from hub.domain.draft import UNSURE
from hub.domain.hall import Role
from hub.domain.policy import Policy
from hub.domain.requests import RequestDue, RequestKind, ToldBy
from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import additions, policies, requests
from hub.store.requests import Asker, Stored
from hub.store.transaction import Transaction
from hub.wire import messages as m

AT_MOST = dt.timedelta(days=366)
"""How long before now a request came in, and how far ahead a visit is agreed on."""
LIMITS = {"name": 60, "phone": 40, "address": 200, "text": 2000, "reference": 64, "outlet": 64}
OWED: dict[RequestKind, m.NoticeKind] = {"visit": "visit_owed", "pre_review": "pre_review_owed"}
OVERDUE: dict[RequestKind, m.NoticeKind] = {"visit": "visit_overdue", "pre_review": "pre_review_overdue"}


def read(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReadRequest) -> Decision:
    """One whole, with who asked; each look is logged (R47)."""
    found = known(tx, books, wanted.number)
    asker, answer = requests.asker(tx, books.hall.code, books.sealer, found.number)
    detail = m.RequestDetail(
        line=_as_line(books, asked, found),
        channel=cast(m.Channel, found.channel),
        name=asker.name,
        phone=asker.phone,
        address=asker.address,
        text=asker.text,
        answer=answer,
        entered_at=found.entered_at,
        entered_by=found.entered_by,
        staff=found.staff,
        told_by=cast(ToldBy, found.told_by) if found.told_by else None,
    )
    return Decision(detail, subject=found.number)


def listed(db: Transaction, books: Books, asked: Asked, only_open: bool) -> m.RequestList:
    return m.RequestList(
        requests=tuple(_as_line(books, asked, one) for one in requests.listed(db, books.hall.code, only_open))
    )


# --- what the look around says


def waits(db: Transaction, books: Books, now: dt.datetime) -> bool:
    """Whether `remind` has anything to do."""
    return bool(requests.to_remind(db, books.hall.code, now))


def remind(tx: Transaction, books: Books, draft: Draft, at: dt.datetime) -> list[m.Event]:
    """Reminds of what is due today or late, as often as of other late things."""
    events: list[m.Event] = []
    for one in requests.to_remind(tx, books.hall.code, at):
        policy = policies.find(tx, books.hall.code, one.policy_code, one.policy_version)
        due = _due_now(books, one)
        late = rules.is_late(due, at.astimezone(books.zone))
        kind = OVERDUE[one.kind] if late else OWED[one.kind]
        roles: tuple[Role, ...] = ("window", "supervisor") if late else ("window",)
        events += notices.tell(tx, books, draft, at, kind, roles, one.number, detail=_until(books, due))
        again = books.calendar.due(books.local_date(at), policy.notices.remind_late_every_wd.value).date
        again_at = dt.datetime.combine(again, dt.time(), books.zone)
        requests.save(tx, books.hall.code, books.sealer, one.number, remind_at=again_at.astimezone(dt.UTC))
    return events


def _due_now(books: Books, one: Stored) -> RequestDue:
    """What is waited for: the answer, or the visit that was agreed on."""
    if one.state == "agreed" and one.visit_at is not None:
        return RequestDue(books.local_date(one.visit_at))
    return RequestDue(one.due_date, one.due_at)


# --- what they share


def take(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    kind: RequestKind,
    told: m.AskVisit | m.ReceivePreReview,
    asker: Asker,
    *,
    reference: str = "",
    ground: str = "",
    outlet: str = "",
    case_number: str = "",
) -> Decision:
    """Puts it down with its time, which counts from when it came in, also where it is entered later."""
    check_lengths(told)
    if told.matter not in UNSURE:
        books.hall.matter(told.matter)
    received = told.received_at or asked.at
    if not asked.at - AT_MOST <= received <= asked.at:
        raise Refused("bad_times", "nothing comes in later than now, or is entered a year after it did")
    due = rules.due(books.policy, kind, books.calendar, received.astimezone(books.zone))
    series = rules.SERIES[kind]
    number = rules.number(kind, books.business_date, draft.next_number(series))
    additions.save_counters(tx, books.hall.code, draft.counters)
    made = Stored(
        number=number,
        kind=kind,
        state="asked",
        matter=told.matter,
        reference=reference,
        ground=ground,
        outlet=outlet,
        channel=told.channel if isinstance(told, m.AskVisit) else "web",
        received_at=received,
        entered_at=asked.at,
        entered_by=asked.actor.staff,
        due_date=due.date,
        due_at=due.at and due.at.astimezone(dt.UTC),
        answered_at=None,
        visit_at=None,
        done_at=None,
        staff=(),
        told_by="",
        late=False,
        case_number=case_number,
        policy_code=books.policy.code,
        policy_version=books.policy.version,
    )
    first = rules.first_word(due, books.zone).astimezone(dt.UTC)
    requests.add(tx, books.hall.code, books.sealer, made, asker, first)
    events = notices.tell(tx, books, draft, asked.at, OWED[kind], ("window",), number, detail=_until(books, due))
    return Decision(_as_line(books, asked, made), events, number)


def find(tx: Transaction, books: Books, number: str, kind: RequestKind) -> tuple[Stored, Policy]:
    """A request of that kind, and the policy under which it was taken."""
    found = known(tx, books, number)
    if found.kind != kind:
        raise Refused("unknown_request", f"{number} is no {kind}")
    return found, policies.find(tx, books.hall.code, found.policy_code, found.policy_version)


def known(tx: Transaction, books: Books, number: str) -> Stored:
    found = requests.find(tx, books.hall.code, number)
    if found is None:
        raise Refused("unknown_request", f"no visit or pre-review {number}")
    return found


def line_of(tx: Transaction, books: Books, asked: Asked, number: str) -> Decision:
    return Decision(_as_line(books, asked, known(tx, books, number)), subject=number)


def _as_line(books: Books, asked: Asked, one: Stored) -> m.RequestLine:
    return m.RequestLine(
        number=one.number,
        kind=one.kind,
        state=one.state,
        matter=one.matter,
        received_at=one.received_at,
        due_date=one.due_date,
        due_at=one.due_at,
        reference=one.reference,
        ground=one.ground,
        outlet=one.outlet,
        visit_at=one.visit_at,
        answered_at=one.answered_at,
        done_at=one.done_at,
        case_number=one.case_number,
        late=one.late or (one.answered_at is None and is_late(books, one, asked.at)),
    )


def is_late(books: Books, one: Stored, now: dt.datetime) -> bool:
    return rules.is_late(RequestDue(one.due_date, one.due_at), now.astimezone(books.zone))


def _until(books: Books, due: RequestDue) -> str:
    return f"{due.at.astimezone(books.zone):%Y-%m-%d %H:%M}" if due.at else f"{due.date}"


def midnight(books: Books, at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(books.local_date(at), dt.time(), books.zone).astimezone(dt.UTC)


def check_lengths(told: object) -> None:
    for field, most in LIMITS.items():
        if len(getattr(told, field, "")) > most:
            raise Refused("too_long", f"{field} has at most {most} characters")
