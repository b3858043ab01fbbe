"""Notices: what a person must react to; a durable row, told to roles by the feed, acknowledged by name."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

from hub.domain.hall import Role
from hub.errors import Refused
from hub.service import audience
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import grievances, notices as stored
from hub.store.transaction import Transaction
from hub.wire import messages as m

_DETAIL = re.compile(r"[a-z0-9_]{1,48}")


def is_detail(text: str) -> bool:
    """Whether a device's trouble is a code such as `paper_out`: it will stand on staff's screens."""
    return _DETAIL.fullmatch(text) is not None


def raised(
    draft: Draft,
    at: dt.datetime,
    *,
    kind: m.NoticeKind,
    roles: tuple[Role, ...],
    subject: str,
    detail: str = "",
    department: str = "",
    post: str = "",
) -> tuple[dict[str, object], m.NoticeRaised]:
    """A notice's row and its event; the event names no subject, for the feed is heard by every terminal.

    `post` says whose word is waited for, where not everybody of these roles may give it (R4).
    """
    notice_id = draft.take_notice_id()
    row: dict[str, object] = {
        "notice_id": notice_id,
        "kind": kind,
        "roles": ",".join(roles),
        "department": department,
        "subject": subject,
        "detail": detail,
        "raised_at": at,
        "post": post,
    }
    return row, m.NoticeRaised(notice_id=notice_id, kind=kind, roles=roles, department=department)


def acknowledge(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.AcknowledgeNotice) -> Decision:
    """Takes a notice off everybody's screen, in the name of who acknowledged it; a second time changes nothing."""
    given_out = 0 < wanted.notice_id < books.next_notice  # a terminal's number may not even fit the table
    notice = stored.find(tx, books.hall.code, wanted.notice_id) if given_out else None
    if notice is None:
        raise Refused("unknown_notice", f"no notice {wanted.notice_id}")
    about = grievances.find(tx, books.hall.code, notice.subject)
    if about is not None and about.keeps_out(asked.actor.staff, asked.actor.terminal.department):
        raise Refused(
            "unknown_notice", f"no notice {wanted.notice_id}"
        )  # nobody silences a 投诉 about themselves (R11)
    event = m.NoticeAcknowledged(notice_id=wanted.notice_id, roles=notice.roles, department=notice.department)
    if not audience.of(event).has(asked.actor.terminal):
        raise Refused("not_permitted", "this notice is for others")
    answer = m.Done()
    if notice.acknowledged:
        return Decision(answer, subject=str(wanted.notice_id))
    stored.acknowledge(tx, books.hall.code, wanted.notice_id, asked.actor.staff, asked.at)
    return Decision(answer, [event], subject=str(wanted.notice_id))


def settle(tx: Transaction, books: Books, asked: Asked, kinds: tuple[m.NoticeKind, ...], subject: str) -> list[m.Event]:
    """Takes notices of these kinds about something off everybody's screen: what they asked for is settled."""
    events: list[m.Event] = []
    for notice_id in stored.waiting_about(tx, books.hall.code, kinds, subject):
        notice = stored.find(tx, books.hall.code, notice_id)
        assert notice is not None, "its id was just read"
        stored.acknowledge(tx, books.hall.code, notice_id, asked.actor.staff, asked.at)
        events.append(m.NoticeAcknowledged(notice_id=notice_id, roles=notice.roles, department=notice.department))
    return events


def trouble(
    tx: Transaction,
    books: Books,
    draft: Draft,
    at: dt.datetime,
    *,
    kind: m.NoticeKind,
    subject: str,
    detail: str,
) -> list[m.Event]:
    """Tells windows and supervisors of a device's trouble, once until it is acknowledged."""
    if stored.is_waiting(tx, books.hall.code, kind, subject, detail):
        return []
    row, event = raised(draft, at, kind=kind, roles=("window", "supervisor"), subject=subject, detail=detail)
    stored.add(tx, books.hall.code, [row])
    return [event]


def tell(
    tx: Transaction,
    books: Books,
    draft: Draft,
    at: dt.datetime,
    kind: m.NoticeKind,
    roles: tuple[Role, ...],
    subject: str,
    *,
    detail: str,
    department: str = "",
    post: str = "",
) -> list[m.Event]:
    """A notice for its department, and one for the others; before a department has the case it is the window's."""
    own = "department" in roles
    others = tuple(role for role in roles if role != "department")
    if own and not department:
        others = tuple(sorted({*others, "window"}))
    raise_one = partial(raised, draft, at, kind=kind, subject=subject, detail=detail, post=post)
    told = [raise_one(roles=others)] if others else []
    if own and department:
        told.append(raise_one(roles=("department",), department=department))
    stored.add(tx, books.hall.code, [row for row, _ in told])
    return [event for _, event in told]
