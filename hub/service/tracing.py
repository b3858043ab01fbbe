"""How a case's date came about, put together from what is kept of it (R25-R27)."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hub.domain import posts, trace as traces
from hub.domain.deadline import Calendar
from hub.domain.facts import (
    ClockPaused,
    ClockResumed,
    ExtensionAsked,
    ExtensionGranted,
    ExtensionLapsed,
    ExtensionRefused,
    PausesRecounted,
    ProgressReported,
)
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.trace import TraceAct
from hub.errors import Refused
from hub.service import case_file
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import cases, facts, policies, recounting, views
from hub.store.sealing import Sealer
from hub.store.transaction import Transaction
from hub.wire import messages as m


def explain_due(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ExplainDue) -> Decision:
    """For who handles the case and who supervises it; a department for its own."""
    found = case_file.find_own(tx, books, asked, wanted.case_number)
    return Decision(trace(tx, books.hall, books.sealer, books.calendar, found.number), subject=found.number)


def trace(db: Transaction, hall: Hall, sealer: Sealer, calendar: Calendar, number: str) -> m.DueTrace:
    """Of the case with that number, or one that it had; `calendar` is the one in force. Refuses `unknown_case`."""
    found = cases.find(db, hall.code, number)
    if found is None:
        raise Refused("unknown_case", f"no case {number}")
    policy = policies.find(db, hall.code, found.policy_code, found.policy_version)
    orders = cases.work_orders(db, hall.code, found.number)
    zone = ZoneInfo(hall.timezone)
    acts = recounting.done(db, hall.code, sealer, [found.number], zone)[found.number].acts
    done = sorted(_done(db, hall, sealer, policy, found.number), key=lambda act: act.at)
    return m.DueTrace(
        case_number=found.number,
        work_order_id=orders[-1].work_order_id if orders else "",
        policy=policy.document,
        policy_version=policy.version,
        calendar_version=cases.calendar_version(db, hall.code, found.number),
        due=found.due,
        articles=traces.articles(policy, found.due, found.kind, found.case_class, [act.move for act in acts]),
        days=traces.days(calendar.under(policy), found.due, traces.running_pauses(policy, acts)),
        acts=tuple(done),
    )


def _done(db: Transaction, hall: Hall, sealer: Sealer, policy: Policy, number: str) -> Iterator[TraceAct]:
    """What was done to the clock, with who did it; of what they wrote, only what the policy or the calendar names."""
    classes = {one.code: one.name for one in policy.classes}
    sent = iter(cases.work_orders(db, hall.code, number))
    for step in views.steps(db, hall.code, sealer, number):
        match step.move:
            case "file" | "send_back" as what:
                yield TraceAct(step.at, what, step.who)
            case "dispatch":
                yield TraceAct(step.at, "dispatch", step.who, name=classes.get(next(sent).case_class, ""))
            case "recount":
                yield TraceAct(step.at, "recount", name=step.text)
            case _:
                pass
    for kept in facts.of_case(db, hall.code, sealer, number):
        act = _laid_down(policy, kept)
        if act is not None:
            yield act


def _laid_down(policy: Policy, kept: facts.Kept) -> TraceAct | None:
    match kept.fact:
        case ExtensionAsked(added_wd=wd, until=until):
            return TraceAct(kept.at, "extension_asked", kept.name, wd=wd, until=until)
        case ExtensionGranted(added_wd=wd, until=until, approver=approver):
            return TraceAct(kept.at, "extension_granted", kept.name, _title(policy, approver), wd=wd, until=until)
        case ExtensionRefused(approver=approver):
            return TraceAct(kept.at, "extension_refused", kept.name, _title(policy, approver))
        case ExtensionLapsed():
            return TraceAct(kept.at, "extension_lapsed")
        case ClockPaused(ground=ground):
            named = next((one.name for one in policy.clock.pause_grounds.value if one.code == ground), ground)
            return TraceAct(kept.at, "pause", kept.name, name=named)
        case ClockResumed(wd=wd):
            return TraceAct(kept.at, "resume", kept.name, wd=wd)
        case PausesRecounted(wd=wd):
            return TraceAct(kept.at, "recount", wd=wd)
        case ProgressReported(until=until):
            return TraceAct(kept.at, "progress", kept.name, until=until)
        case _:
            return None


def _title(policy: Policy, post: str) -> str:
    return posts.title(policy, post) if post else ""
