"""Reads what a report counts, in one transaction beside a working hub. Reads only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from hub.domain.reported import (
    EXPORTS,
    LinkCount,
    LinkRow,
    MoveCount,
    RatingRow,
    Reading,
    StaffRow,
    SuggestionRow,
)
from hub.domain.spans import Span, before
from hub.store import policies, registers, suggestions as box
from hub.store.reporting_calls import calls
from hub.store.reporting_cases import Reader, Told, known_people, named
from hub.store.schema import audit, case, rating, staff, step, suggestion
from hub.store.sealing import Sealer

Need = Literal[
    "cases",
    "names",
    "carried",
    "before",
    "ratings",
    "calls",
    "moves",
    "links",
    "counted",
    "suggestions",
    "known",
    "entries",
]
"""What a report asks the store for; policies and staff it always has."""

KNOWN_FOR = dt.timedelta(days=92)
"""Who came within a quarter may stand in what staff write today."""


def read(
    db: Connection, hall: str, sealer: Sealer, zone: dt.tzinfo, span: Span, needs: frozenset[Need], told: Told
) -> Reading:
    """What one report counts of one period, as it stood at its end; days are the zone's."""
    known = policies.every(db, hall)
    begin, end = _moment(span.first, zone), _moment(span.last + dt.timedelta(days=1), zone)
    reader = Reader(db, hall, zone, sealer, known, end, told)
    in_span = case.c.business_date.between(span.first, span.last)
    found = Reading(policies=known, staff=_staff(db, hall))
    if "cases" in needs:
        found = replace(found, cases=reader.cases(in_span))
    if "carried" in needs:
        maybe_open = case.c.answered_at.is_(None) | (case.c.answered_at >= end)
        earlier_ones = reader.cases(maybe_open & (case.c.business_date < span.first))
        found = replace(found, carried=tuple(one for one in earlier_ones if one.answered is None))
    if "names" in needs:
        cases, carried = (named(db, hall, sealer, of, told) for of in (found.cases, found.carried))
        found = replace(found, cases=cases, carried=carried)
    if "before" in needs:
        earlier = before(span)
        found = replace(found, before=reader.cases(case.c.business_date.between(earlier.first, earlier.last)))
    if "ratings" in needs:
        found = replace(found, ratings=_ratings(db, hall, zone, begin, end))
    if "calls" in needs:
        found = replace(found, calls=calls(db, hall, begin, end))
    if "moves" in needs:
        found = replace(found, moves=_moves(db, hall, begin, end))
    if "links" in needs:
        found = replace(found, links=_links(db, hall, begin, end))
    if "counted" in needs:
        found = replace(found, counted=_counted(db, hall, begin, end))
    if "suggestions" in needs:
        found = replace(
            found, suggestions=_suggestions(db, hall, sealer, zone, begin, end), left=_left(db, hall, begin, end)
        )
    if "known" in needs:
        found = replace(found, known=known_people(db, hall, sealer, span.last - KNOWN_FOR, told))
    if "entries" in needs:
        found = replace(found, entries=tuple(registers.listed(db, hall, sealer)))
    return found


def _ratings(db: Connection, hall: str, zone: dt.tzinfo, begin: dt.datetime, end: dt.datetime) -> tuple[RatingRow, ...]:
    rows = db.execute(
        select(rating, case.c.kind, case.c.confidential, case.c.department, case.c.matter)
        .join(case, (case.c.hall == rating.c.hall) & (case.c.number == rating.c.case_number))
        .where(rating.c.hall == hall, rating.c.at >= begin, rating.c.at < end)
        .order_by(rating.c.at, rating.c.case_number)
    )
    return tuple(
        RatingRow(
            case_number=row.case_number,
            kind=row.kind,
            confidential=row.confidential,
            on=row.at.astimezone(zone).date(),
            level=row.level,
            staff=row.staff,
            department=row.department,
            matter=row.matter,
            sent_back=row.sent_back,
        )
        for row in rows
    )


def _moves(db: Connection, hall: str, begin: dt.datetime, end: dt.datetime) -> tuple[MoveCount, ...]:
    rows = db.execute(
        select(step.c.staff, step.c.department, step.c.move, func.count().label("count"))
        .where(step.c.hall == hall, step.c.at >= begin, step.c.at < end)
        .group_by(step.c.staff, step.c.department, step.c.move)
        .order_by(step.c.staff, step.c.department, step.c.move)
    )
    return tuple(MoveCount(*row) for row in rows)


def _links(db: Connection, hall: str, begin: dt.datetime, end: dt.datetime) -> tuple[LinkRow, ...]:
    rows = db.execute(
        select(audit.c.at, audit.c.terminal, audit.c.staff, audit.c.kind, audit.c.subject)
        .where(audit.c.hall == hall, audit.c.kind.in_(EXPORTS), audit.c.at >= begin, audit.c.at < end)
        .order_by(audit.c.ordinal)
    )
    return tuple(LinkRow(*row) for row in rows)


def _counted(db: Connection, hall: str, begin: dt.datetime, end: dt.datetime) -> tuple[LinkCount, ...]:
    rows = db.execute(
        select(audit.c.staff, audit.c.kind, func.count().label("count"))
        .where(audit.c.hall == hall, audit.c.staff != "", audit.c.at >= begin, audit.c.at < end)
        .group_by(audit.c.staff, audit.c.kind)
        .order_by(audit.c.staff, audit.c.kind)
    )
    return tuple(LinkCount(*row) for row in rows)


def _suggestions(
    db: Connection, hall: str, sealer: Sealer, zone: dt.tzinfo, begin: dt.datetime, end: dt.datetime
) -> tuple[SuggestionRow, ...]:
    rows = db.execute(
        select(suggestion)
        .where(suggestion.c.hall == hall, suggestion.c.handled_at >= begin, suggestion.c.handled_at < end)
        .order_by(suggestion.c.handled_at, suggestion.c.number)
    )
    found: list[SuggestionRow] = []
    for row in rows:
        who, result = box.said(db, hall, sealer, row.number)
        found.append(
            SuggestionRow(
                number=row.number,
                kind=row.kind,
                left=row.left_at.astimezone(zone).date(),
                handled=row.handled_at.astimezone(zone).date(),
                result=result,
                names=tuple(one for one in (who.name, who.phone) if one),
            )
        )
    return tuple(found)


def _left(db: Connection, hall: str, begin: dt.datetime, end: dt.datetime) -> Mapping[str, int]:
    rows = db.execute(
        select(suggestion.c.kind).where(
            suggestion.c.hall == hall, suggestion.c.left_at >= begin, suggestion.c.left_at < end
        )
    )
    return Counter(rows.scalars())


def _staff(db: Connection, hall: str) -> tuple[StaffRow, ...]:
    """Everybody who works or ever worked here: a report names whoever did something."""
    rows = db.execute(
        select(staff.c.staff, staff.c.name, staff.c.role, staff.c.department)
        .where(staff.c.hall == hall)
        .order_by(staff.c.staff)
    )
    return tuple(StaffRow(*row) for row in rows)


def _moment(day: dt.date, zone: dt.tzinfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
