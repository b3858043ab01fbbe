"""反馈办理进度 (R24, R25): what the department says of a case before its result, to the citizen and the receiver."""

from __future__ import annotations

from hub.domain import case as case_table, progress, watch
from hub.domain.errors import ClockIsPaused, MoveNotAllowed, TextMissing
from hub.domain.facts import ProgressReported
from hub.service import case_file, casework, notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases
from hub.store.transaction import Transaction
from hub.wire import messages as m


def report(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReportProgress) -> Decision:
    """How far it is and why it takes longer; in time it meets the date of a class that owes progress."""
    order, found = casework.own_order(tx, books, asked, told.work_order_id)
    if found.stage != "accepted":
        raise MoveNotAllowed("case", found.stage, "report progress", case_table.allowed(found.stage))
    if found.paused_at is not None:
        raise ClockIsPaused(found.number)
    if not told.text.strip() or not told.reasons.strip():
        raise TextMissing("a report of progress and its reasons each")
    policy, now = case_file.policy_of(tx, books, found), books.local(asked.at)
    due = progress.next_due(policy, books.calendar, found.kind, found.case_class, found.due, now)
    if due is not None:
        cases.put_back(tx, books.hall.code, found.number, due)
    said = f"{told.text}\n{told.reasons}"
    case_file.step(tx, books, asked, found.number, "progress", department=order.department, text=said)
    fact = ProgressReported(told.text, told.reasons, found.due.date, due.date if due is not None else None)
    case_file.lay_down(tx, books, asked, found.number, fact)
    moved = case_file.moved(tx, books, draft, found, "progress", asked.at)
    post = policy.handling.progress_by.value
    heard = notices.tell(
        tx,
        books,
        draft,
        asked.at,
        "progress_reported",
        watch.posts(policy, (post,)),
        found.number,
        detail="",
        department=found.department,
        post=post,
    )
    return Decision(m.Done(), [moved, *heard], found.number)
