"""What must hold of a hall's cases after whatever anybody did: all that is kept before it, and after it, compared.

Nothing here asks the service: stages are the fold of `MOVES` over the recorded steps, permissions are `ALLOWED`, and
who is kept out is read from the rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

import msgspec
from sqlalchemy import select

from hub.domain.case import MOVES, NEEDS_TEXT, OPEN, SIDE_STEPS, CaseMove, Stage
from hub.domain.deadline import Due
from hub.domain.facts import ClockResumed, ExtensionAsked, ExtensionGranted, ReferralFollowed, ReferredOut
from hub.domain.hall import Role
from hub.domain.policy import Policy
from hub.domain.stood import Stood, stood
from hub.service.books import Actor
from hub.service.handlers import NOT_REMEMBERED
from hub.service.permissions import ALLOWED, STAFF, WITHOUT_LOGIN
from hub.store import facts, schema
from hub.wire import messages as m
from tests.hub.desk import Desk

CASE_MOVES = frozenset(get_args(CaseMove))
SPOKEN = NEEDS_TEXT - {"pause"}
"""Whether a pause needs words is the policy's (`pause_needs_evidence`)."""
ANSWERS = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})
WITHOUT_TRIAGE = frozenset({"answer_on_the_spot", "dispatch", "refer_out", "decline"})
"""Triage goes without saying when the receiver does one of these to a case that was filed."""
Rows = Sequence[Any]


@dataclass(frozen=True)
class Kept:
    """All rows of a hall, by table."""

    tables: Mapping[str, Rows]

    @cached_property
    def cases(self) -> dict[str, Any]:
        return {row.number: row for row in self.tables["case"]}

    @cached_property
    def grievances(self) -> dict[str, Any]:
        return {row.case_number: row for row in self.tables["grievance"]}

    @cached_property
    def steps(self) -> dict[str, list[Any]]:
        return self._by_case("step")

    @cached_property
    def facts(self) -> dict[str, list[Any]]:
        return self._by_case("fact")

    @cached_property
    def ratings(self) -> dict[str, list[Any]]:
        return self._by_case("rating")

    def due(self, number: str) -> Due:
        return msgspec.msgpack.decode(self.cases[number].due, type=Due)

    def kept_out(self, number: str, staff: str, department: str) -> bool:
        """Whether somebody is whom a 投诉 is about: the person where they are known, else anybody of their unit."""
        found = self.grievances.get(number)
        if found is None or not found.barred or not staff:
            return False
        return staff == found.respondent_staff if found.respondent_staff else department == found.department != ""

    def _by_case(self, table: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for row in sorted(self.tables[table], key=lambda one: one.ordinal):
            found[row.case_number].append(row)
        return found


def kept(desk: Desk) -> Kept:
    with desk.store.reading() as db:
        return Kept({name: db.execute(select(table)).all() for name, table in schema.metadata.tables.items()})


def fold(stage: Stage, moves: Sequence[str]) -> Stage:
    """The stage after recorded moves; raises `KeyError` for one that the table does not have."""
    for by in moves:
        if by not in CASE_MOVES or (by in SIDE_STEPS and stage in OPEN):
            continue
        if stage == "filed" and by in WITHOUT_TRIAGE:
            stage = MOVES["filed", "triage"]
        stage = MOVES[stage, by]  # type: ignore[index]  # a step's move is text in the table
    return stage


class Life:
    """Compares what is kept before and after; `policies` are those that the hall ever had, by code and version,
    `people` who works where."""

    def __init__(self, desk: Desk, people: Mapping[str, tuple[Role, str]]) -> None:
        self.desk = desk
        self.roles = {code: role for code, (role, _) in people.items()}
        self.policies: dict[tuple[str, int], Policy] = {}
        self.before = kept(desk)

    def policy(self, number: str, view: Kept) -> Policy:
        row = view.cases[number]
        return self.policies[row.policy_code, row.policy_version]

    # --- one command

    def after(self, actor: Actor, command: Any, answer: Any, heard: Sequence[m.Numbered]) -> None:
        """What holds after one command, or one and the same command twice in a round."""
        before, after = self.before, kept(self.desk)
        self.before = after
        if isinstance(answer, m.Rejected):
            assert answer.code != "internal", answer
            assert after.tables == before.tables, f"{answer.code} changed {_changed(before, after)}"
            assert not heard
            return
        kind = type(command)
        assert actor.role in ALLOWED[kind]
        assert actor.staff or actor.role not in STAFF or kind in WITHOUT_LOGIN
        audited = after.tables["audit"][len(before.tables["audit"]) :]
        assert [(one.kind, one.staff) for one in audited] == [(kind.__name__, actor.staff)]
        remembered = len(after.tables["command"]) - len(before.tables["command"])
        assert remembered == (kind not in NOT_REMEMBERED)
        changed = [number for number in after.cases if self._differs(before, after, number)]
        assert set(changed) <= {audited[0].subject.split("/")[0]}, "a command changes the case it is about and no other"
        for number in changed:
            if number in before.cases:
                self._moved(before, after, actor, number, heard)
        self._nobody_handles_their_own(before, actor, command)
        self.stands(after)

    def again(self, first: Any, answer: Any, heard: Sequence[m.Numbered]) -> None:
        """A command that was sent again got its first answer, and nothing came of it."""
        after = kept(self.desk)
        assert answer == first
        assert after.tables == self.before.tables, _changed(self.before, after)
        assert not heard

    def time_passed(self) -> None:
        """Whatever the hub does by itself moves no case and changes no date."""
        before, after = self.before, kept(self.desk)
        self.before = after
        for table in ("case", "step", "fact", "rating", "work_order", "grievance", "refusal"):
            assert after.tables[table] == before.tables[table], table
        self.stands(after)

    def _moved(self, before: Kept, after: Kept, actor: Actor, number: str, heard: Sequence[m.Numbered]) -> None:
        was, now, policy = before.cases[number], after.cases[number], self.policy(number, after)
        assert (was.policy_code, was.policy_version) == (now.policy_code, now.policy_version), "frozen when opened"
        known = len(before.steps[number])
        earlier = [(one.at, one.move, one.staff) for one in after.steps[number][:known]]
        assert earlier == [(one.at, one.move, one.staff) for one in before.steps[number]], "a timeline is only added to"
        steps = after.steps[number][known:]
        moves = [one.move for one in steps]
        assert fold(was.stage, moves) == now.stage, (was.stage, moves, now.stage)
        assert was.stage == now.stage or moves, "no stage changes without its step"
        told = [one.event for one in heard if isinstance(one.event, m.CaseMoved)]
        assert [one.move for one in told] == [by for by in moves if by in CASE_MOVES or by == "progress"]
        assert all(one.case.case_number == number for one in told)
        assert not told or told[-1].case.stage == now.stage
        for one in steps:
            assert one.staff == actor.staff
            if one.move in CASE_MOVES:
                assert policy.has(one.move), f"{policy.code} has no {one.move}"
            text = self.desk.sealer.open_text(one.sealed, f"step/{number}/{one.ordinal}")
            assert one.move not in SPOKEN or text.strip(), f"{one.move} without a word"
        if was.stage == "archived":
            assert now.stage == "archived"
            assert not steps
            assert now.due == was.due
        if {"extend", "resume", "progress"} & set(moves):
            assert after.due(number).date >= before.due(number).date, (
                "no extension, no pause and no report takes time away"
            )
        if "archive" in moves:
            self._nothing_owed(after, number, policy)
        if {"extend"} & set(moves) or now.stage in OPEN:
            self._extended_as_allowed(after, number, policy)

    @staticmethod
    def _differs(before: Kept, after: Kept, number: str) -> bool:
        return (
            before.cases.get(number) != after.cases[number]
            or len(before.steps[number]) != len(after.steps[number])
            or len(before.facts[number]) != len(after.facts[number])
        )

    def _nobody_handles_their_own(self, before: Kept, actor: Actor, command: Any) -> None:
        number = str(_about(before, command))
        assert not before.kept_out(number, actor.staff, actor.terminal.department), "about themselves"

    def _nothing_owed(self, after: Kept, number: str, policy: Policy) -> None:
        """What the policy wants done before the archive was done, in its order."""
        moves = [one.move for one in after.steps[number]]
        newest = max(place for place, by in enumerate(moves) if by in ANSWERS)
        bad = [place for place, one in enumerate(after.ratings[number]) if one.level in policy.rating.rework.value]
        rated = [place for place, by in enumerate(moves) if by == "rate"]
        for place in bad:
            assert moves[rated[place] + 1] == "send_back", "a bad rating is sent back"
            assert newest > rated[place], "and answered anew"
        if bad or policy.follow_up.of.value == "every_case":
            assert "follow_up" in moves[newest:], "followed up since its newest answer"
        if "citizen" in policy.handling.result_goes_to.value:
            assert moves[newest] == "answer_on_the_spot" or "tell" in moves[newest:], "the citizen has heard it"
        laid_down = [one.fact for one in self._facts(number)]
        handed_on = [one for one in laid_down if isinstance(one, ReferredOut | ReferralFollowed)]
        if handed_on and policy.handling.handed_on_is_followed.value:
            assert isinstance(handed_on[-1], ReferralFollowed)
            assert handed_on[-1].ended, "what is handed on is followed to its end"

    def _extended_as_allowed(self, after: Kept, number: str, policy: Policy) -> None:
        rule, laid_down = policy.extension, self._facts(number)
        since = (
            [one.at for one in after.ratings[number] if one.sent_back] if policy.clock.rework_starts_anew.value else []
        )
        clock = [one for one in laid_down if not since or one.at >= since[-1]]
        granted = [one.fact for one in clock if isinstance(one.fact, ExtensionGranted)]
        stood = sum(one.fact.wd for one in clock if isinstance(one.fact, ClockResumed))
        assert len(granted) <= rule.times.value
        if granted and rule.cap_wd.value:
            used = (
                after.due(number).wd - stood if rule.counts.value == "total" else sum(one.added_wd for one in granted)
            )
            assert used <= rule.cap_wd.value, "an extension keeps to its cap"
        asked = ""
        for one in laid_down:
            asked = one.staff if isinstance(one.fact, ExtensionAsked) else asked
            if isinstance(one.fact, ExtensionGranted) and "approval" in rule.needs.value:
                assert one.staff != asked, "nobody approves their own"

    def _facts(self, number: str) -> list[facts.Kept]:
        with self.desk.store.reading() as db:
            return facts.of_case(db, self.desk.hall.code, self.desk.sealer, number)

    # --- how things stand

    def stands(self, view: Kept) -> None:
        for number, row in view.cases.items():
            self._stands(view, number, row)
        self._counted(view)
        for row in view.tables["refusal"]:
            assert row.proposed_by != row.decided_by

    def _stands(self, view: Kept, number: str, row: Any) -> None:
        assert fold("filed", [one.move for one in view.steps[number]][1:]) == row.stage
        now = Stood(stage=row.stage, answered_at=row.answered_at, paused_at=row.paused_at)
        assert stood((one.move, one.at) for one in view.steps[number]) == now, "what a report works out of the steps"
        policy, due = self.policy(number, view), view.due(number)
        assert due.date == row.due_date
        assert due.date >= due.start
        if row.stage in OPEN:
            assert row.answered_at is None
            self._owned(view, number, row)
            waits = row.stage in ("filed", "triaged", "rework") and policy.clock.starts.value == "dispatch"
            if row.kind == "matter" and waits and (row.stage != "rework" or policy.clock.rework_starts_anew.value):
                assert "clock_not_started" in due.provisional_because, "a date before the clock started says so"
        else:
            assert row.answered_at is not None
            assert row.owner, "who answered has the case"
            assert row.paused_at is None, "no clock stands still that does not count"
        assert (row.paused_at is not None) == ("clock_paused" in due.provisional_because)
        about = view.grievances.get(number)
        if about is not None and about.barred and about.respondent_staff:
            assert row.owner != about.respondent_staff, "nobody owns a 投诉 about themselves"

    def _counted(self, view: Kept) -> None:
        """The wall's figures, kept event by event, are what the rows of the month come to; 投诉 are on no wall."""
        day, local = self.desk.books.business_date, self.desk.books.local_date
        of_walls = [row for row in view.cases.values() if row.kind == "matter" and row.business_date <= day]
        month = [row for row in of_walls if (row.business_date.year, row.business_date.month) == (day.year, day.month)]
        promised = [row for row in month if self.policy(row.number, view).promises_a_date]
        answered = [row for row in promised if row.answered_at is not None]
        waiting = [row for row in of_walls if row.answered_at is None and self.policy(row.number, view).promises_a_date]
        assert self.desk.books.picture.counts == m.Counts(
            today=sum(row.business_date == day for row in of_walls),
            month=len(month),
            answered_month=len(answered),
            on_time_month=sum(local(row.answered_at) <= row.due_date for row in answered),
            overdue=sum(row.due_date < (min(local(row.paused_at), day) if row.paused_at else day) for row in waiting),
        )

    def _owned(self, view: Kept, number: str, row: Any) -> None:
        """An open case has an owner: a member of staff, or, until the first of them has touched it, the receiving post,
        which was told of it (首接负责, R5)."""
        if row.owner:
            return
        touched = [
            one for one in view.steps[number] if one.move in CASE_MOVES and self.roles.get(one.staff) == "window"
        ]
        assert not touched, f"{touched[0].move} by {touched[0].staff}, and nobody owns it"
        told = [one for one in view.tables["notice"] if one.subject == number]
        assert any("window" in one.roles for one in told), "nobody was told of it"


def _changed(before: Kept, after: Kept) -> list[str]:
    return [name for name, rows in after.tables.items() if rows != before.tables[name]]


def _about(view: Kept, command: Any) -> str:
    """The case that a command is about; empty for others."""
    if isinstance(command, m.AcknowledgeNotice):
        return next((one.subject for one in view.tables["notice"] if one.notice_id == command.notice_id), "")
    other = getattr(command, "work_order_id", "") or getattr(command, "attachment_id", "")
    return getattr(command, "case_number", "") or other.partition("/")[0]
