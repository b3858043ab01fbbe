"""A hall's policy: every value in which halls differ, each with the article it comes from."""

from __future__ import annotations

from hub.domain.case import CaseMove
from hub.domain.errors import UnknownCode
from hub.domain.hall import Value
from hub.domain.policy.answers import Agents, Delivery, LaterMaterials, OneTimeNotice, Refusals
from hub.domain.policy.appointments import Appointments, Opening
from hub.domain.policy.by_hand import ByHand
from hub.domain.policy.clock import CaseClass, Clock, Extension, Promises
from hub.domain.policy.complaints import Complaints
from hub.domain.policy.counters import Counters
from hub.domain.policy.oversight import Archive, Assessment, Notices, Registers, Report, SuggestionBox, Supervision
from hub.domain.policy.people import Delegates, Forms, HallRole, Handling
from hub.domain.policy.queue import Queue
from hub.domain.policy.ratings import FollowUp, Rating
from hub.domain.policy.requests import PreReview, Visits
from hub.domain.policy.scope import AnswerKind, Exclusion, Reason
from hub.domain.policy.values import Channel, Cited, Code, Text, Version


class Policy(Value, frozen=True):
    """One version of one hall's policy. `source` names the document."""

    code: Code
    version: Version
    name: Text
    source: Text
    promise: Cited[str]
    """What the citizen has by the due date, in the document's terms: 最迟11月30日 + this."""
    after_closing: Cited[str]
    """What the done screen and the receipt promise for after the answer, in the document's terms."""
    reasons: tuple[Reason, ...]
    exclusions: tuple[Exclusion, ...]
    answers: dict[AnswerKind, Cited[str]]
    """What each kind of answer must say (窗口无否决权, R3)."""
    channels: Cited[tuple[Channel, ...]]
    roles: dict[Code, HallRole]
    handling: Handling
    delegates: Delegates
    forms: Forms
    moves: dict[CaseMove, Cited[bool]]
    """Whether a case can make that move here, and the article behind it (R19)."""
    classes: tuple[CaseClass, ...]
    clock: Clock
    extension: Extension
    promises: Promises
    complaints: Complaints
    refusals: Refusals
    one_time_notice: OneTimeNotice
    later_materials: LaterMaterials
    agents: Agents
    delivery: Delivery
    visits: Visits
    pre_review: PreReview
    by_hand: ByHand
    counters: Counters
    rating: Rating
    follow_up: FollowUp
    supervision: Supervision
    notices: Notices
    reports: dict[Code, Report]
    suggestion_box: SuggestionBox
    assessment: Assessment
    registers: Registers
    archive: Archive
    queue: Queue
    appointments: Appointments
    opening: Opening

    @property
    def document(self) -> str:
        """The document it puts into force, as a person would name it."""
        return f"{self.name}（{self.source}）"

    def case_class(self, code: str) -> CaseClass:
        for known in self.classes:
            if known.code == code:
                return known
        raise UnknownCode("case class", code, [known.code for known in self.classes])

    def reason(self, code: str) -> Reason:
        for known in self.reasons:
            if known.code == code:
                return known
        raise UnknownCode("reason", code, [known.code for known in self.reasons])

    def exclusion(self, code: str) -> Exclusion:
        for known in self.exclusions:
            if known.code == code:
                return known
        raise UnknownCode("exclusion", code, [known.code for known in self.exclusions])

    def role(self, code: str) -> HallRole:
        try:
            return self.roles[code]
        except KeyError:
            raise UnknownCode("role", code, tuple(self.roles)) from None

    def article(self, move: CaseMove) -> str:
        """The article behind a move of the case, in the document's words; empty where it is silent."""
        return self.moves[move].cite

    def has(self, move: CaseMove) -> bool:
        """Whether a case can make that move in this hall."""
        return self.moves[move].value

    def sends_back(self, level: str) -> bool:
        """Whether a rating of that level sends the case back (R33)."""
        return level in self.rating.rework.value

    @property
    def promises_a_date(self) -> bool:
        """Whether the document gives a limit; where it is silent the hall keeps one, and no paper says so."""
        return not all(known.silent for known in self.classes)

    @property
    def longest_wd(self) -> int:
        """The longest limit of any class, in working days."""
        return max(known.limit_wd for known in self.classes)
