"""Reads one business date's line as it was kept, for the fairness report. Reads only, and in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, or_, select

from hub.domain.fairness.rows import Day, InForce, Link, Standing, StepRow, TicketRow, Told, Void
from hub.domain.line_rules import LineRules, digest
from hub.domain.numbers import ticket_number
from hub.store import line_rules
from hub.store.commands import FOR_WHOM, AuditRecord
from hub.store.line_rules import Kept
from hub.store.schema import (
    audit,
    command,
    counter,
    event,
    line_rules as rules_table,
    paper,
    ticket,
    ticket_step,
    void_number,
)
from hub.store.sealing import SealBroken, Sealer
from hub.store.ticket_steps import about
from hub.wire import messages as m

KEPT_RULES = "KeepLineRules"
BY_HAND = "by_hand"
_events: msgspec.msgpack.Decoder[m.Event] = msgspec.msgpack.Decoder(m.Event)
_rules: msgspec.msgpack.Decoder[LineRules] = msgspec.msgpack.Decoder(LineRules)

Progress = Callable[[str, int, int], None]
"""Hears what is being read, and how much of how much is done."""


def read_day(db: Connection, hall: str, sealer: Sealer, date: dt.date, told: Progress) -> Day:
    """Everything of that date. A date without a row of rules comes back without links: nothing can be proved of it."""
    tickets = _tickets(db, hall, date)
    oldest = min((one.business_date for one in tickets), default=date)
    kept = line_rules.of_days(db, hall, oldest, date)
    own = [one for one in kept if one.business_date == date]
    after = [one for one in kept if one.business_date > date]
    links: list[Link] = []
    broken_at, first = None, own[0] if own else None
    if own:
        links, broken_at = _links(db, hall, own[0].ordinal, after[0].ordinal if after else None, told)
    digests = {one.subject for one in _vouched(db, hall)}
    earlier = [one for one in kept if one.business_date < date]
    ids = [one.ticket_id for one in tickets]
    steps = _steps(db, hall, sealer, ids, told)
    by_hand = {one.ticket_id for one in steps if one.because == BY_HAND}
    begin = dict.fromkeys((one.ticket_id for one in tickets if one.business_date < date), first.at) if first else {}
    end = links[-1].at if after and links else None
    return Day(
        date=date,
        over=bool(after),
        in_force=tuple(_in_force(one, digests) for one in own),
        tickets=tuple(tickets),
        steps=tuple(one for one in steps if one.ticket_id in by_hand or _is_of(one, begin.get(one.ticket_id), end)),
        links=tuple(links),
        told=tuple(_told(db, hall, [*own, *after[:1]], bool(after), told)),
        counters=_counters(db, hall, date),
        voids=tuple(_voids(db, hall, date)),
        before=tuple(_told(db, hall, [*earlier, *own[:1]], True, told)) if earlier and own else (),
        elsewhere=_elsewhere(db, hall, tickets, links),
        later=tuple(_later(db, hall, links)) if by_hand and after and links else (),
        broken_at=broken_at,
    )


def _is_of(step: StepRow, begin: dt.datetime | None, end: dt.datetime | None) -> bool:
    """Whether a step was made between two turns of the date: at a turn itself, those of the day that ends.

    `begin` is nothing for a number of that date: it had no step before, even where the clock was set back since.
    """
    ends_a_day = step.because == "day_end"
    if begin is not None and (step.at < begin or (step.at == begin and ends_a_day)):
        return False
    return end is None or step.at < end or (step.at == end and ends_a_day)


def _tickets(db: Connection, hall: str, date: dt.date) -> list[TicketRow]:
    """Those whose number is of that date, and those kept from earlier ones that still stood in its line."""
    rows = db.execute(
        select(ticket).where(
            ticket.c.hall == hall,
            or_(
                ticket.c.business_date == date,
                (ticket.c.queue_date >= date) & (ticket.c.business_date < date),
            ),
        )
    ).all()
    printed = set(
        db.execute(
            select(paper.c.command_id)
            .join(ticket, (ticket.c.hall == paper.c.hall) & (ticket.c.command_id == paper.c.command_id))
            .where(ticket.c.hall == hall, ticket.c.business_date <= date, ticket.c.queue_date >= date)
        ).scalars()
    )
    return [_ticket(row, row.command_id in printed) for row in rows]


def _ticket(row: Any, on_paper: bool) -> TicketRow:
    return TicketRow(
        ticket_id=row.ticket_id,
        command_id=row.command_id,
        business_date=row.business_date,
        queue_date=row.queue_date,
        series=row.series,
        place=row.number,
        standing=Standing(
            number=ticket_number(row.series, row.number),
            service=row.service,
            state=row.state,
            taken_at=row.taken_at,
            window=row.window,
            lane=row.lane,
            stands_at=row.stands_at,
            not_before=row.not_before,
            for_window=row.for_window,
            passed=row.passed,
        ),
        called_at=row.called_at,
        ended_at=row.ended_at,
        calls=row.calls,
        chances=row.chances,
        on_paper=on_paper,
    )


def _steps(db: Connection, hall: str, sealer: Sealer, ids: list[str], told: Progress) -> list[StepRow]:
    known = [ids[at : at + 500] for at in range(0, len(ids), 500)]
    found: list[StepRow] = []
    for at, some in enumerate(known):
        rows = db.execute(select(ticket_step).where(ticket_step.c.hall == hall, ticket_step.c.ticket_id.in_(some)))
        found += [_step(row, sealer) for row in rows]
        told("steps", at + 1, len(known))
    return sorted(found, key=lambda one: one.seq)


def _step(row: Any, sealer: Sealer) -> StepRow:
    try:
        reason: str | None = sealer.open_text(row.sealed, about(row.at, row.ordinal))
    except SealBroken:
        reason = None  # told as a finding: the bytes are not those that were written
    names = [name for name in StepRow.__struct_fields__ if name != "reason"]
    return StepRow(**{name: getattr(row, name) for name in names}, reason=reason)


def _links(db: Connection, hall: str, after: int, until: int | None, told: Progress) -> tuple[list[Link], int | None]:
    """The links after one and up to another, and the first of them whose hash does not follow."""
    wanted = [audit.c.hall == hall, audit.c.ordinal >= after]
    wanted += [audit.c.ordinal <= until] if until is not None else []
    found: list[Link] = []
    previous, broken = b"", None
    for row in db.execute(select(audit).where(*wanted).order_by(audit.c.ordinal)):
        record = AuditRecord(row.ordinal, row.at, row.terminal, row.staff, row.kind, row.subject, row.command_id)
        if row.ordinal > after:
            follows = row.ordinal == (found[-1].ordinal if found else after) + 1
            if broken is None and not (follows and record.chained(previous) == row.hash):
                broken = row.ordinal
            subject, _, absent = row.subject.partition(FOR_WHOM)
            found.append(Link(row.ordinal, row.at, row.terminal, row.staff, row.kind, subject, row.command_id, absent))
            if len(found) % 1000 == 0:
                told("links", len(found), 0)
        previous = row.hash
    return found, broken


def _later(db: Connection, hall: str, links: list[Link]) -> Iterator[Link]:
    """Links of later days that entered sheets worked by hand."""
    rows = db.execute(
        select(audit)
        .where(audit.c.hall == hall, audit.c.ordinal > links[-1].ordinal, audit.c.kind == "ImportSlips")
        .order_by(audit.c.ordinal)
    )
    for row in rows:
        yield Link(row.ordinal, row.at, row.terminal, row.staff, row.kind, row.subject, row.command_id)


def _vouched(db: Connection, hall: str) -> Sequence[Any]:
    """The digests of rules that the chain has; few, for rules change seldom."""
    rows = select(rules_table.c.ordinal).where(rules_table.c.hall == hall)
    return db.execute(
        select(audit.c.subject).where(audit.c.hall == hall, audit.c.kind == KEPT_RULES, audit.c.ordinal.in_(rows))
    ).all()


def _in_force(kept: Kept, digests: set[str]) -> InForce:
    return InForce(kept.ordinal, kept.at, kept.opened, _rules.decode(kept.body), digest(kept.body) in digests)


def _told(db: Connection, hall: str, kept: list[Kept], bounded: bool, told: Progress) -> Iterator[Told]:
    """Events between the first of these rows and the last, across a restore's new epoch; to the end if unbounded."""
    spans: list[Select[Any]] = []
    chosen = select(event.c.seq, event.c.at, event.c.body).where(event.c.hall == hall)
    for one, following in zip_longest(kept, kept[1:]):
        if following is None:
            if not bounded:
                spans.append(chosen.where(event.c.epoch == one.epoch, event.c.seq > one.seq))
        elif following.epoch == one.epoch:
            spans.append(chosen.where(event.c.epoch == one.epoch, event.c.seq > one.seq, event.c.seq <= following.seq))
        else:
            spans.append(chosen.where(event.c.epoch == one.epoch, event.c.seq > one.seq))
            spans.append(chosen.where(event.c.epoch == following.epoch, event.c.seq <= following.seq))
    for span in spans:
        for at, row in enumerate(db.execute(span.order_by(event.c.seq))):
            if at % 1000 == 0:
                told("events", at, 0)
            if (heard := _heard(row.seq, row.at, _events.decode(row.body))) is not None:
                yield heard


def _heard(seq: int, at: dt.datetime, happened: m.Event) -> Told | None:
    match happened:
        case m.TicketTaken(ticket=one) | m.ComplaintFiled(ticket=m.TicketView() as one):
            return Told(seq, at, "taken", one.ticket_id, _standing(one))
        case m.TicketCalled(ticket=one, passed=passed):
            return Told(seq, at, "called", one.ticket_id, _standing(one), "call", ids=passed)
        case m.TicketMoved(ticket=one, move=move):
            return Told(seq, at, "moved", one.ticket_id, _standing(one), move)
        case m.NumberReplaced(void_ticket=void, ticket=after) if void or after:
            now = _standing(after) if after else None
            return Told(seq, at, "replaced", after.ticket_id if after else void, now, void=void)
        case m.WindowSet(window=window):
            return Told(seq, at, "window", window=window.number, open=window.open)
        case m.DayTurned(kept=ids):
            return Told(seq, at, "turned", ids=ids)
        case _:
            return None


def _standing(one: m.TicketView) -> Standing:
    return Standing(**{name: getattr(one, name) for name in Standing.__struct_fields__})


def _counters(db: Connection, hall: str, date: dt.date) -> dict[str, int]:
    rows = db.execute(
        select(counter.c.series, counter.c.last).where(
            counter.c.hall == hall, counter.c.business_date == date, counter.c.series != "case"
        )
    )
    return {row.series: row.last for row in rows}


def _voids(db: Connection, hall: str, date: dt.date) -> Iterator[Void]:
    rows = db.execute(
        select(void_number).where(void_number.c.hall == hall, void_number.c.number.startswith(f"{date:%Y%m%d}-"))
    )
    return (Void(row.number, row.stands, row.reason, row.at) for row in rows)


def _elsewhere(db: Connection, hall: str, tickets: list[TicketRow], links: list[Link]) -> frozenset[str]:
    """Commands that took one of these on another day: a paper of that date which came later, or a kept ticket's own."""
    here = {link.command_id for link in links}
    asked = [one.command_id for one in tickets if one.command_id not in here]
    ends = links[-1].at if links else None
    found: set[str] = set()
    for at in range(0, len(asked), 500):
        rows = db.execute(
            select(command.c.command_id, command.c.at).where(
                command.c.hall == hall, command.c.command_id.in_(asked[at : at + 500])
            )
        )
        found |= {row.command_id for row in rows if ends is None or row.at > ends}
    return frozenset(found)
