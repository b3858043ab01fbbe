"""Cases as reports count them, and the names of those who brought them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, func, select

from hub.domain import breach
from hub.domain.policy import Policy
from hub.domain.reported import CaseRow, PolicyKey
from hub.store.closing import LETTERS
from hub.store.schema import case, grievance, person, rating, step, work_order
from hub.store.sealing import Sealer

Told = Callable[[str, int, int], None]
"""Hears what is being read, and how much of how much is done."""
_HEARD = ("tell", "answer_on_the_spot", "extend", "explain", "dispatch")
"""The moves of which a case's newest time, or how often, is counted."""
ROWS_TOLD = 5000


class Reader:
    """Cases as rows; of one hall, one zone, one set of policies."""

    def __init__(
        self, db: Connection, hall: str, zone: dt.tzinfo, known: Mapping[PolicyKey, Policy], told: Told
    ) -> None:
        self._db, self._hall, self._zone, self._known, self._told = db, hall, zone, known, told
        self._promising = {key for key, one in known.items() if one.promises_a_date}

    def cases(self, chosen: ColumnElement[bool]) -> tuple[CaseRow, ...]:
        of_hall = case.c.hall == self._hall
        numbers = select(case.c.number).where(of_hall, chosen)
        rows = self._db.execute(
            select(
                *(case.c.number, case.c.kind, case.c.business_date, case.c.filed_at, case.c.stage, case.c.matter),
                *(case.c.reasons, case.c.visits, case.c.confidential, case.c.channel, case.c.case_class),
                *(case.c.department, case.c.owner, case.c.policy_code, case.c.policy_version, case.c.due_date),
                *(case.c.answered_at, case.c.paused_at),
            ).where(of_hall, chosen)
        ).all()
        handlers = self._handlers(numbers)
        moves = self._newest_moves(numbers)
        rated = self._rated(numbers)
        written = set(self._db.execute(_written(self._hall, numbers)).scalars())
        found: list[CaseRow] = []
        for at, row in enumerate(sorted(rows, key=lambda row: row.number)):
            if at % ROWS_TOLD == 0:
                self._told("cases", at, len(rows))
            found.append(self._case(row, handlers, moves[row.number], rated.get(row.number, ()), row.number in written))
        return tuple(found)

    def _case(
        self,
        row: Any,
        handlers: Mapping[str, str],
        moves: Mapping[str, tuple[dt.datetime, int]],
        rated: Iterable[Any],
        written: bool,
    ) -> CaseRow:
        key = (row.policy_code, row.policy_version)
        policy, levels = self._known[key], list(rated)
        sent_back = [one.at for one in levels if one.sent_back]
        began = sent_back[-1] if sent_back and policy.clock.rework_starts_anew.value else row.filed_at
        owed = breach.medium_owed(policy, row.kind, row.stage, in_writing=written or row.channel in LETTERS)
        heard = [moves[move][0] for move in breach.heard_by(owed) if move in moves]
        return CaseRow(
            number=row.number,
            kind=row.kind,
            filed=row.business_date,
            stage=row.stage,
            matter=row.matter,
            reasons=tuple(row.reasons.split(",")) if row.reasons else (),
            visits=row.visits,
            confidential=row.confidential,
            channel=row.channel,
            case_class=row.case_class,
            department=row.department,
            owner=row.owner,
            policy=key,
            promised=key in self._promising,
            due=row.due_date,
            answered=self._day(row.answered_at),
            stopped=self._day(row.paused_at),
            handler=handlers.get(row.number, ""),
            sent=moves["dispatch"][1] if "dispatch" in moves else 0,
            sent_back=len(sent_back),
            extended="extend" in moves and moves["extend"][0] >= began,
            told=row.answered_at is not None and any(at >= row.answered_at for at in heard),
            explained="explain" in moves and moves["explain"][0] >= began,
            level=levels[-1].level if levels else "",
        )

    def _day(self, at: dt.datetime | None) -> dt.date | None:
        return at.astimezone(self._zone).date() if at else None

    def _handlers(self, numbers: Select[Any]) -> dict[str, str]:
        """Who took the newest work order of each case on."""
        rows = self._db.execute(
            select(work_order.c.case_number, work_order.c.accepted_by)
            .where(work_order.c.hall == self._hall, work_order.c.case_number.in_(numbers))
            .order_by(func.length(work_order.c.work_order_id), work_order.c.work_order_id)
        )
        return {row.case_number: row.accepted_by for row in rows}

    def _newest_moves(self, numbers: Select[Any]) -> dict[str, dict[str, tuple[dt.datetime, int]]]:
        found: dict[str, dict[str, tuple[dt.datetime, int]]] = defaultdict(dict)
        rows = self._db.execute(
            select(step.c.case_number, step.c.move, func.max(step.c.at).label("at"), func.count().label("times"))
            .where(step.c.hall == self._hall, step.c.case_number.in_(numbers), step.c.move.in_(_HEARD))
            .group_by(step.c.case_number, step.c.move)
        )
        for row in rows:
            found[row.case_number][row.move] = row.at, row.times
        return found

    def _rated(self, numbers: Select[Any]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        rows = self._db.execute(
            select(rating.c.case_number, rating.c.at, rating.c.level, rating.c.sent_back)
            .where(rating.c.hall == self._hall, rating.c.case_number.in_(numbers))
            .order_by(rating.c.case_number, rating.c.ordinal)
        )
        for row in rows:
            found[row.case_number].append(row)
        return found


def _written(hall: str, numbers: Select[Any]) -> Select[Any]:
    """投诉 that were put in writing (R12)."""
    return select(grievance.c.case_number).where(
        grievance.c.hall == hall, grievance.c.written_at.is_not(None), grievance.c.case_number.in_(numbers)
    )


def named(db: Connection, hall: str, sealer: Sealer, cases: tuple[CaseRow, ...], told: Told) -> tuple[CaseRow, ...]:
    """The same cases with who brought them; not of a 投诉, nor where secrecy was asked for (R11, R13)."""
    wanted = [one.number for one in cases if one.kind == "matter" and not one.confidential]
    names: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        told("names", at, len(wanted))
        rows = db.execute(
            select(person.c.case_number, person.c.sealed).where(
                person.c.hall == hall, person.c.case_number.in_(wanted[at : at + 500])
            )
        )
        names |= {row.case_number: sealer.open_person(row.sealed, row.case_number).name for row in rows}
    return tuple(replace(one, name=names.get(one.number, "")) for one in cases)


def known_people(db: Connection, hall: str, sealer: Sealer, since: dt.date, told: Told) -> tuple[str, ...]:
    """Who brought a case since then, by name and telephone, each once."""
    rows = db.execute(
        select(person.c.case_number, person.c.sealed)
        .join(case, (case.c.hall == person.c.hall) & (case.c.number == person.c.case_number))
        .where(person.c.hall == hall, case.c.business_date >= since)
    ).all()
    found: set[str] = set()
    for at, row in enumerate(rows):
        if at % ROWS_TOLD == 0:
            told("names to hide", at, len(rows))
        who = sealer.open_person(row.sealed, row.case_number)
        found |= {one for one in (who.name, who.phone) if one}
    return tuple(sorted(found))
