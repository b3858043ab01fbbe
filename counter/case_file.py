"""What is asked beside a case's detail: its breaches, its refusal, and the names of its matter's materials.

Pure: `ask` carries queries away. Asked again whenever the case was read anew; what is known stays until then.
"""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Role
from hub.wire.messages import (
    Answer,
    Breaches,
    CaseDetail,
    Checklist,
    Command,
    DueTrace,
    ExplainDue,
    ReadBreaches,
    ReadChecklist,
    ReadRefusal,
    Refusal,
)

Ask = Callable[[Command, Callable[[Answer], None]], None]
READ_REFUSALS: frozenset[Role] = frozenset({"window", "supervisor"})


class CaseFile:
    """Follows the case that is open."""

    def __init__(self, role: Role, ask: Ask) -> None:
        self.breaches: Breaches | None = None
        self.refusal: Refusal | None = None
        self.materials: dict[str, str] = {}
        """Names of materials by their codes."""
        self.trace: DueTrace | None = None
        """How the date came about, once it was asked for: the reading is logged (R47)."""
        self._role, self._ask = role, ask
        self._detail: CaseDetail | None = None

    def follow(self, detail: CaseDetail | None) -> None:
        """Takes in which case is open now; asks when it is another, or was read anew."""
        if detail is self._detail:
            return
        before = self._detail.line.case_number if self._detail is not None else ""
        self._detail = detail
        if detail is None or detail.line.case_number != before:
            self.breaches, self.refusal, self.materials, self.trace = None, None, {}, None
        if detail is None:
            return
        if self.trace is not None and self.trace.due != detail.line.due:
            self.trace = None  # another date has another way
        number = detail.line.case_number
        self._ask(ReadBreaches(case_number=number), lambda answer: self._take(detail, answer))
        if self._role in READ_REFUSALS and any(step.move == "propose_refusal" for step in detail.steps):
            self._ask(ReadRefusal(case_number=number), lambda answer: self._take(detail, answer))
        if any(one.items for one in detail.records):
            self._ask(ReadChecklist(matter=detail.line.matter), lambda answer: self._take(detail, answer))

    def explain(self) -> None:
        """Asks how the open case's date came about."""
        detail = self._detail
        if detail is not None:
            number = detail.line.case_number
            self._ask(ExplainDue(case_number=number), lambda answer: self._take(detail, answer))

    def _take(self, asked_for: CaseDetail, answer: Answer) -> None:
        if asked_for is not self._detail:
            return
        match answer:
            case Breaches():
                self.breaches = answer
            case Refusal():
                self.refusal = answer
            case DueTrace():
                self.trace = answer
            case Checklist(materials=materials):
                self.materials = {one.code: one.name for one in materials}
            case _:
                pass  # the case is shown without what cannot be told of it
