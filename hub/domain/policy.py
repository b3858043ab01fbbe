"""A hall's policy: reasons, deadlines, rating levels and promises, each with the article it comes from.

Places differ, so every value is per hall, versioned, and frozen into a case when it is opened. What a hall's
document is silent on is inherited from `default.toml` and marked so (`silent`).
"""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import msgspec

from hub.domain.case import CaseMove
from hub.domain.errors import UnknownCode
from hub.domain.hall import Value

T = TypeVar("T")

ExtensionNeed = Literal["approval", "term_stated", "citizen_told", "window_told", "citizen_agrees", "written"]
"""What an extension (延期) needs before it holds (R26)."""


class Cited(Value, Generic[T], frozen=True):
    """A value with the article it comes from; `silent` when the document does not say and the default holds."""

    value: T
    cite: str = ""
    silent: bool = False
    note: str = ""


class Reason(Value, frozen=True):
    """Why a matter was not settled (R1): `text` and `hint` are what the kiosk shows, `ground` the document's words."""

    code: str
    text: str
    ground: str
    cite: str
    hint: str = ""


class Exclusion(Value, frozen=True):
    """A ground on which a matter is out of scope (R2), with where the citizen can turn instead (R3)."""

    code: str
    text: str
    guidance: str
    cite: str


class CaseClass(Value, frozen=True):
    """A class of problem (问题类型) and its limit: `limit_wd` working days, 0 = on the spot.

    `owed` is what is due by then: the settled matter, an answer, or a report of progress (R25).
    """

    code: str
    name: str
    limit_wd: int
    owed: Literal["settled", "answer", "progress"]
    cite: str


class RatingLevel(Value, frozen=True):
    """One level of 评价; a scale names its levels best first (R32)."""

    code: str
    name: str


class Policy(Value, frozen=True):
    """One version of one hall's policy. `source` names the document."""

    code: str
    version: int
    name: str
    source: str
    reasons: tuple[Reason, ...]
    exclusions: tuple[Exclusion, ...]
    classes: tuple[CaseClass, ...]
    clock_starts: Cited[Literal["dispatch", "filing"]]
    triage_limit_wd: Cited[int]
    extension_cap_wd: Cited[int]
    """Working days of an extension at most; 0 = the document names no cap."""
    extension_counts: Cited[Literal["total", "added"]]
    extension_needs: Cited[tuple[ExtensionNeed, ...]]
    rating: Cited[tuple[RatingLevel, ...]]
    rework: Cited[tuple[str, ...]]
    """Codes of the rating levels that send a case back (退回重办, R33); apart from the scale, which a document may
    give while it is silent on what a bad rating does."""
    follow_up_by: Cited[str]
    follow_up_wd: Cited[int]
    """Working days until 回访; 0 = the document names no time."""
    channels: Cited[tuple[str, ...]]
    queue_at_day_end: Cited[Literal["close", "keep"]]
    """Whether who still waits when the business date turns is sent home, or called first on the next."""
    titles: dict[str, str]
    """The hall's own word for each role (R4), such as receiver = 接诉人员."""
    promise: Cited[str]
    """What the citizen has by the due date, in the document's terms: 最迟11月30日 + this."""
    after_closing: Cited[str]
    """What the done screen and the receipt promise for after the answer, in the document's terms."""
    articles: dict[CaseMove, str] = msgspec.field(default_factory=dict)
    """The article behind a move of the case, in the document's words; it is silent on a move that is missing."""

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

    def sends_back(self, level: str) -> bool:
        """Whether a rating of that level sends the case back (R33)."""
        return level in self.rework.value

    @property
    def longest_wd(self) -> int:
        """The longest limit of any class, in working days."""
        return max(known.limit_wd for known in self.classes)


def parse_policy(text: bytes, default: bytes) -> Policy:
    """A policy from its TOML, with what it is silent on taken from the default and marked silent.

    Titles are taken role by role: a document names some people and not others.

    Raises `msgspec.ValidationError` naming the path of a wrong or unknown value.
    """
    own = msgspec.toml.decode(text, type=dict)
    base = msgspec.toml.decode(default, type=dict)
    for key, value in base.items():
        if key == "titles":
            own[key] = value | own.get(key, {})
        elif key not in own:
            own[key] = value | {"silent": True}
    return msgspec.convert(own, Policy)
