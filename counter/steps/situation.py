"""How one case stands at one terminal: its stage, what its facts add up to, and what is owed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import get_args
from zoneinfo import ZoneInfo

import msgspec

from hub.domain import breach, case as table, closing, extension, posts
from hub.domain.case import CaseMove, Stage
from hub.domain.deadline import Calendar
from hub.domain.facts import Escalated, Fact, Standing, standing
from hub.domain.hall import Hall, Role
from hub.domain.policy import Policy
from hub.domain.policy.values import UsualMedium
from hub.wire.messages import Answer, CaseDetail, CaseLine, Checklist, LaidDown, Refusal, Step

ANSWERING: frozenset[CaseMove] = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})
LETTERS = frozenset({"mail", "box"})
"""Channels on which the citizen cannot but write (R30)."""
_FACTS = {kind.__name__: kind for kind in get_args(Fact)}


@dataclass(frozen=True)
class Situation:
    """A case that was read, at a terminal of a role, today. `posts` are the roles of the hall's policy that whoever is
    logged in holds, their own or of whom they stand in for; `read` is what was asked of the hub for a form."""

    role: Role
    detail: CaseDetail
    policy: Policy
    hall: Hall
    calendar: Calendar
    today: dt.date
    posts: frozenset[str]
    read: tuple[Answer, ...] = field(default=())
    now: dt.datetime | None = None
    """The moment of the hall's own time, where a date depends on the hour."""

    @property
    def line(self) -> CaseLine:
        return self.detail.line

    @property
    def stage(self) -> Stage:
        return self.line.stage

    @property
    def is_open(self) -> bool:
        return self.stage in table.OPEN

    @property
    def is_answered(self) -> bool:
        return not self.is_open and self.stage != "archived"

    def leads_on(self, *moves: CaseMove) -> bool:
        """Whether the hall's document has the moves and they can be made, one after the other, from here."""
        stage: Stage = self.stage
        for by in moves:
            after = stage if by in table.SIDE_STEPS and stage in table.OPEN else table.MOVES.get((stage, by))
            if after is None:
                return False
            stage = after
        return self.policy.has(moves[-1])

    def looked_at(self, by: CaseMove) -> bool:
        """As `leads_on`: the look at a case just filed goes without saying, unless it must be verified first (R18).

        Nothing answers a case whose clock stands still (R27), or a 投诉 that nobody has looked into (R10).
        """
        if self.standing.paused is not None or self.must_investigate:
            return False
        if self.stage == "filed":
            return self.leads_on("triage", by)
        return self.leads_on(by)

    @property
    def must_verify(self) -> bool:
        """Whether its triage comes before it is routed: the registration is checked (R18), or the 投诉 looked into."""
        verified = self.stage == "filed" and self.policy.handling.verified_before_dispatch.value
        return verified or self.must_investigate

    @property
    def must_investigate(self) -> bool:
        """A 投诉 just lodged where the document has it investigated at once: its triage is that (R10)."""
        at_once = self.is_grievance and self.policy.complaints.investigated_at_once.value
        return at_once and self.stage == "filed"

    @property
    def is_grievance(self) -> bool:
        return self.line.kind == "grievance"

    @property
    def waits_for_writing(self) -> bool:
        """A major 投诉 that is not in writing yet (R12)."""
        about = self.detail.grievance
        return about is not None and about.must_be_written and about.written_at is None

    # --- people

    def acts_here(self, code: str) -> bool:
        """Whether that role of the hall acts at this terminal, and is held by who is logged in (R4)."""
        return code in self.posts and code in posts.at(self.policy, self.role)

    def title(self, code: str) -> str:
        """The hall's own title of a role."""
        return self.policy.role(code).title

    def next_rung(self) -> str:
        """The role that is asked next on the ladder (R21); empty when everybody was."""
        for rung, code in enumerate(self.policy.handling.ladder.value, start=1):
            at = self.policy.role(code).at
            if rung > self.standing.rung and at != "nobody" and (self.line.department or at != "department"):
                return code
        return ""

    # --- facts

    @cached_property
    def standing(self) -> Standing:
        return standing(one for laid in self.detail.facts if (one := fact_of(laid)) is not None)

    def last_laid(self, kind: type[Fact]) -> LaidDown | None:
        return next((one for one in reversed(self.detail.facts) if one.kind == kind.__name__), None)

    @property
    def question(self) -> Escalated | None:
        """What was asked upward and not answered yet."""
        laid = self.last_laid(Escalated)
        found = fact_of(laid) if laid is not None and self.standing.asked_upward else None
        return found if isinstance(found, Escalated) else None

    @property
    def refusal_waits(self) -> bool:
        """Whether a refusal was filed and nobody has decided on it yet (R50)."""
        newest = self._newest("propose_refusal", "reject_refusal", "decline")
        return newest is not None and newest.move == "propose_refusal"

    @property
    def extension_left_wd(self) -> int | None:
        """By how many working days it may still be extended; None without a cap."""
        return extension.left_wd(self.policy, self.line.due, self.standing)

    @property
    def awaited(self) -> tuple[str, ...]:
        """Materials that may follow and have not come (R53)."""
        came = {item for one in self.detail.records if one.kind == "received" for item in one.items}
        allowed = [item for one in self.detail.records if one.kind == "allowed_later" for item in one.items]
        return tuple(dict.fromkeys(item for item in allowed if item not in came))

    def has_record(self, kind: str) -> bool:
        return any(one.kind == kind for one in self.detail.records)

    # --- what is owed after the answer

    @cached_property
    def answered_at(self) -> dt.datetime | None:
        newest = self._newest(*ANSWERING)
        return newest.at if newest is not None and not self.is_open else None

    @property
    def told(self) -> bool:
        """Whether the citizen has heard the newest answer (R24): on the spot, unless it is owed in writing (R30)."""
        return self._since_answer(*(("tell",) if self.owed_medium == "written" else ("tell", "answer_on_the_spot")))

    @property
    def owed_medium(self) -> UsualMedium:
        """In which medium the citizen is told (R30); a refusal that was filed has a notice of its own (R50)."""
        complaints, refusals = self.policy.complaints, self.policy.refusals
        if self.stage == "out_of_scope" and refusals.filed.value and refusals.notice_in.value != "either":
            return refusals.notice_in.value
        if self.came_in_writing:
            return complaints.reply_to_written.value
        return complaints.reply_to_oral.value if self.is_grievance else "either"

    @property
    def tell_owed(self) -> bool:
        return self.is_answered and not self.told and "citizen" in self.policy.handling.result_goes_to.value

    @property
    def follow_up_owed(self) -> bool:
        """Whether the case is not archived before it was visited again (R34)."""
        badly = self._newest("send_back") is not None
        owed = closing.owed_before_archive(self.policy, rated_badly=badly, followed_up=self._since_answer("follow_up"))
        return self.is_answered and "follow_up" in owed

    @property
    def late(self) -> bool:
        return breach.is_late(self._record, self.today)

    @property
    def explanation_owed(self) -> bool:
        """Late, and nobody told the citizen why since the clock began (R74); of a 投诉 too (R10)."""
        if not self.explains_lateness or not self.late:
            return False
        began = self._newest("send_back") if self.policy.clock.rework_starts_anew.value else None
        explained = self._newest("explain")
        return explained is None or (began is not None and explained.at < began.at)

    @property
    def explains_lateness(self) -> bool:
        """Whether the document wants it explained when it is late."""
        delayed = self.is_grievance and self.policy.complaints.delay_explained.value
        return bool(self.policy.clock.late_explained_by.value) or delayed

    @property
    def came_in_writing(self) -> bool:
        about = self.detail.grievance
        return self.detail.channel in LETTERS or (about is not None and about.written_at is not None)

    # --- what was asked of the hub for a form

    @property
    def checklist(self) -> Checklist | None:
        return next((one for one in self.read if isinstance(one, Checklist)), None)

    @property
    def refusal(self) -> Refusal | None:
        return next((one for one in self.read if isinstance(one, Refusal)), None)

    # --- inside

    @property
    def _record(self) -> breach.Record:
        paused = self.last_laid(type(self.standing.paused)) if self.standing.paused is not None else None
        return breach.Record(
            due=self.line.due.date,
            answered=self.local(self.answered_at) if self.answered_at else None,
            told=self.told,
            extended=self.standing.extensions > 0,
            stopped=self.local(paused.at) if paused is not None else None,
        )

    def local(self, at: dt.datetime) -> dt.date:
        """The hall's own date of a moment."""
        return self.moment(at).date()

    def moment(self, at: dt.datetime) -> dt.datetime:
        """A moment in the hall's own time."""
        return at.astimezone(ZoneInfo(self.hall.timezone))

    def _newest(self, *moves: str) -> Step | None:
        return next((one for one in reversed(self.detail.steps) if one.move in moves), None)

    def _since_answer(self, *moves: str) -> bool:
        newest = self._newest(*moves)
        return newest is not None and self.answered_at is not None and newest.at >= self.answered_at


def fact_of(laid: LaidDown) -> Fact | None:
    """A fact as it was laid down, from its fields in words; None for a kind that only a newer hub knows."""
    kind = _FACTS.get(laid.kind)
    if kind is None:
        return None
    said = {one.name: one.value for one in laid.fields}
    types = {one.name: one.type for one in msgspec.structs.fields(kind)}
    read = {name: _read(said[name], wanted) for name, wanted in types.items() if name in said}
    found: Fact = msgspec.convert(read, kind, strict=False)
    return found


def _read(value: str, wanted: object) -> object:
    """A field in words as its type is read: yes, no, a list line by line, nothing."""
    if wanted is bool:
        return value == "yes"
    if wanted == tuple[str, ...]:
        return tuple(value.split("\n")) if value else ()
    if not value and wanted == dt.date | None:
        return None
    return value
