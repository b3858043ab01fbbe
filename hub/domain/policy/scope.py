"""What the window takes in, what it does not, and how nobody hears a bare no (R1-R3)."""

from __future__ import annotations

from typing import Literal

from hub.domain.policy.values import Code, Stated, Text

AnswerKind = Literal["elsewhere", "supply", "ask_upward"]
"""Three answers instead of a no (R3): where and how instead; what to supply or improve; what superiors said."""


class Reason(Stated, frozen=True, kw_only=True):
    """Why a matter was not settled (R1): `text` and `hint` are what the kiosk shows, `ground` the document's words."""

    code: Code
    text: Text
    ground: str
    hint: str = ""


class Exclusion(Stated, frozen=True, kw_only=True):
    """A ground on which a matter is out of scope (R2): the kind of answer owed, and where the citizen can turn (R3)."""

    code: Code
    text: Text
    guidance: Text
    answer: AnswerKind
    basis_named: bool = True
    """Whether the provision that bars it must be recorded with the answer."""
