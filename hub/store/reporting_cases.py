"""Cases as reports count them, as they stood when the period ended, and the names of those who brought them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, func, select

from hub.domain import breach
from hub.domain.deadline import Due
from hub.domain.policy import Policy
from hub.domain.reported import CaseRow, PolicyKey
from hub.domain.stood import PutBack, Stood, stood, was_due
from hub.store import facts
from hub.store.closing import LETTERS
from hub.store.schema import case, grievance, person, rating, step, work_order
from hub.store.sealing import Sealer

Told = Callable[[str, int, int], None]
"""Hears what is being read, and how much of how much is done."""
Steps = tuple[tuple[str, dt.datetime], ...]
_HEARD = ("tell", "answer_on_the_spot", "extend", "explain", "dispatch")
"""The moves of which a case's newest time, or how often, is counted."""
PUT_BACK, SENT_ON = frozenset({"extend", "resume"}), frozenset({"dispatch", "send_back"})
"""The moves that put a date back, and those that begin another clock."""
ROWS_TOLD = 5000
_due = msgspec.msgpack.Decoder(Due)


class Order(NamedTuple):
    """A case's newest work order of those that were sent in time."""

    work_order_id: str
    department: str
    case_class: str
    due: dt.date
    handler: str


class Reader:
    """Cases as rows, as they stood at a moment; of one hall, one zone, one set of policies."""

    def __init__(
        self,
        db: Connection,
        hall: str,
        zone: dt.tzinfo,
        sealer: Sealer,
        known: Mapping[PolicyKey, Policy],
        until: dt.datetime,
        told: Told,
    ) -> None:
        self._db, self._hall, self._zone, self._known, self._told = db, hall, zone, known, told
        self._sealer, self._until = sealer, until
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
        orders, moved_on = self._orders(numbers), self._moved_on(numbers)
        moves = self._newest_moves(numbers)
        rated = self._rated(numbers)
        written = set(self._db.execute(self._written(numbers)).scalars())
        found: list[CaseRow] = []
        for at, row in enumerate(sorted(rows, key=lambda row: row.number)):
            if at % ROWS_TOLD == 0:
                self._told("cases", at, len(rows))
            then = self._then(row, orders.get(row.number), *moved_on.get(row.number, (None, ())))
            found.append(self._case(row, then, moves[row.number], rated.get(row.number, ()), row.number in written))
        return tuple(found)

    def _case(
        self,
        row: Any,
        then: Then,
        moves: Mapping[str, tuple[dt.datetime, int]],
        rated: Iterable[Any],
        written: bool,
    ) -> CaseRow:
        key = (row.policy_code, row.policy_version)
        policy, levels = self._known[key], list(rated)
        sent_back = [one.at for one in levels if one.sent_back]
        began = sent_back[-1] if sent_back and policy.clock.rework_starts_anew.value else row.filed_at
        answered_at = then.stood.answered_at
        owed = breach.medium_owed(policy, row.kind, then.stood.stage, in_writing=written or row.channel in LETTERS)
        heard = [moves[move][0] for move in breach.heard_by(owed) if move in moves]
        return CaseRow(
            number=row.number,
            kind=row.kind,
            filed=row.business_date,
            stage=then.stood.stage,
            matter=row.matter,
            reasons=tuple(row.reasons.split(",")) if row.reasons else (),
            visits=row.visits,
            confidential=row.confidential,
            channel=row.channel,
            case_class=then.case_class,
            department=then.department,
            owner=row.owner,
            policy=key,
            promised=key in self._promising,
            due=then.due,
            answered=self._day(answered_at),
            stopped=self._day(then.stood.paused_at),
            handler=then.handler,
            sent=moves["dispatch"][1] if "dispatch" in moves else 0,
            sent_back=len(sent_back),
            extended="extend" in moves and moves["extend"][0] >= began,
            told=answered_at is not None and any(at >= answered_at for at in heard),
            explained="explain" in moves and moves["explain"][0] >= began,
            level=levels[-1].level if levels else "",
        )

    def _day(self, at: dt.datetime | None) -> dt.date | None:
        return at.astimezone(self._zone).date() if at else None

    def _orders(self, numbers: Select[Any]) -> dict[str, Order]:
        rows = self._db.execute(
            select(
                *(work_order.c.work_order_id, work_order.c.case_number, work_order.c.department),
                *(work_order.c.case_class, work_order.c.due_date, work_order.c.accepted_by, work_order.c.accepted_at),
            )
            .where(work_order.c.hall == self._hall, work_order.c.case_number.in_(numbers))
            .where(work_order.c.sent_at < self._until)
            .order_by(func.length(work_order.c.work_order_id), work_order.c.work_order_id)
        )
        found = {}
        for row in rows:
            taken = row.accepted_at is not None and row.accepted_at < self._until
            handler = row.accepted_by if taken else ""
            found[row.case_number] = Order(row.work_order_id, row.department, row.case_class, row.due_date, handler)
        return found

    def _moved_on(self, numbers: Select[Any]) -> dict[str, tuple[Stood, Steps]]:
        """Of what went on after the moment: how it stood then, and the steps since."""
        later = select(step.c.case_number).where(
            step.c.hall == self._hall, step.c.at >= self._until, step.c.case_number.in_(numbers)
        )
        rows = self._db.execute(
            select(step.c.case_number, step.c.move, step.c.at)
            .where(step.c.hall == self._hall, step.c.case_number.in_(later))
            .order_by(step.c.case_number, step.c.ordinal)
        )
        made: dict[str, list[tuple[str, dt.datetime]]] = defaultdict(list)
        for row in rows:
            made[row.case_number].append((row.move, row.at))
        return {
            number: (
                stood((move, at) for move, at in steps if at < self._until),
                tuple((move, at) for move, at in steps if at >= self._until),
            )
            for number, steps in made.items()
        }

    def _newest_moves(self, numbers: Select[Any]) -> dict[str, dict[str, tuple[dt.datetime, int]]]:
        found: dict[str, dict[str, tuple[dt.datetime, int]]] = defaultdict(dict)
        rows = self._db.execute(
            select(step.c.case_number, step.c.move, func.max(step.c.at).label("at"), func.count().label("times"))
            .where(step.c.hall == self._hall, step.c.case_number.in_(numbers), step.c.move.in_(_HEARD))
            .where(step.c.at < self._until)
            .group_by(step.c.case_number, step.c.move)
        )
        for row in rows:
            found[row.case_number][row.move] = row.at, row.times
        return found

    def _rated(self, numbers: Select[Any]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        rows = self._db.execute(
            select(rating.c.case_number, rating.c.at, rating.c.level, rating.c.sent_back)
            .where(rating.c.hall == self._hall, rating.c.case_number.in_(numbers), rating.c.at < self._until)
            .order_by(rating.c.case_number, rating.c.ordinal)
        )
        for row in rows:
            found[row.case_number].append(row)
        return found

    def _then(self, row: Any, order: Order | None, stood_then: Stood | None, since: Steps) -> Then:
        """As it is now where nothing happened `since`; sent or sent back since, as its work order of then has it.

        Date and class of what went to its first department since, or was sent back without ever having been at one,
        stay as they are now, for no row says what they were, and so does who owns a case. The paper says so.
        """
        now = stood_then or Stood(stage=row.stage, answered_at=row.answered_at, paused_at=row.paused_at)
        moves = [move for move, _ in since]
        sent_on = next((at for at, move in enumerate(moves) if move in SENT_ON), len(moves))
        again = order if sent_on < len(moves) else None
        put_back = sum(move in PUT_BACK for move in moves[:sent_on])
        due = again.due if again else row.due_date
        if put_back:
            due = self._due_then(row.number, again, put_back)
        handler = order.handler if order else ""
        if again:
            return Then(now, again.department, again.case_class, due, handler)
        return Then(now, "" if "dispatch" in moves else row.department, row.case_class, due, handler)

    def _due_then(self, number: str, order: Order | None, put_back: int) -> dt.date:
        """The date before it was put back so often since, on the clock of then."""
        query = select(case.c.due).where(case.c.hall == self._hall, case.c.number == number)
        if order is not None:
            of_order = work_order.c.hall == self._hall, work_order.c.work_order_id == order.work_order_id
            query = select(work_order.c.due).where(*of_order)
        laid = facts.of_case(self._db, self._hall, self._sealer, number)
        since = [one.fact for one in laid if one.at >= self._until and isinstance(one.fact, PutBack)]
        return was_due(_due.decode(self._db.execute(query).scalar_one()), since[:put_back])

    def _written(self, numbers: Select[Any]) -> Select[Any]:
        """投诉 that were put in writing (R12)."""
        in_time = grievance.c.written_at < self._until
        of_cases = grievance.c.case_number.in_(numbers)
        return select(grievance.c.case_number).where(grievance.c.hall == self._hall, in_time, of_cases)


class Then(NamedTuple):
    """What a case's row says, put back to how it was."""

    stood: Stood
    department: str
    case_class: str
    due: dt.date
    handler: str


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
