"""窗口电脑故障上报 (R66): the head hears which window works by hand, from when to when, and why."""

from __future__ import annotations

import datetime as dt

from hub.domain import watch
from hub.domain.slips import Cause
from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store.transaction import Transaction
from hub.wire import messages as m


def report(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReportByHand) -> Decision:
    """A window works by hand, or did; refuses `bad_times`."""
    window = books.hall.window(told.window).number
    if not told.since <= (told.until or asked.at) <= asked.at:
        raise Refused("bad_times", "a window works by hand from one moment to a later one, neither of them to come")
    events = tell_head(tx, books, draft, asked, window, told.since, told.until, told.because)
    return Decision(m.Done(), events, f"window-{window}")


def tell_head(
    tx: Transaction,
    books: Books,
    draft: Draft,
    asked: Asked,
    window: int,
    since: dt.datetime,
    until: dt.datetime | None,
    because: Cause,
) -> list[m.Event]:
    """A notice for the post that the policy names; `until` is nothing while it goes on."""
    post = books.policy.by_hand.reported_to.value
    began, ended = since.astimezone(books.zone), until and until.astimezone(books.zone)
    to = "" if ended is None else f"{ended:%H:%M}" if ended.date() == began.date() else f"{ended:%m-%d %H:%M}"
    return notices.tell(
        tx,
        books,
        draft,
        asked.at,
        "worked_by_hand",
        watch.posts(books.policy, (post,)),
        f"window-{window}",
        detail=f"{began:%Y-%m-%d %H:%M} – {to} {because}",
        post=post,
    )
