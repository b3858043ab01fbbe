"""What a citizen is told and given: refusals, notices, missing materials, agents, delivery (R29, R50-R54, R70)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Count, Medium, Text


class Refusals(Value, frozen=True):
    """不予办理 with its reasons (R29), and 否定事项报备 (R50, R51)."""

    reasons_in: Cited[Medium]
    unanswered_is_handled: Cited[bool]
    """No written answer in time and no good reason: treated normally, unless that breaks law or policy (R29)."""
    filed: Cited[bool]
    """否定报备: no refusal holds before it is filed and approved."""
    copies: Cited[Count]
    approver: Cited[ActingRole]
    notice_in: Cited[Medium]
    remedies: Cited[tuple[Literal["administrative_review", "administrative_litigation"], ...]]
    """The remedies that the notice names (行政复议, 行政诉讼)."""
    archived_with_materials: Cited[bool]
    return_needs: Cited[tuple[Literal["id_shown", "signature"], ...]]
    """What somebody does who takes refused materials back (R51)."""


class OneTimeNotice(Value, frozen=True):
    """一次性告知 (R52)."""

    tells: Cited[
        tuple[
            Literal[
                "legal_basis",
                "conditions",
                "prerequisites",
                "materials",
                "procedure",
                "time_limit",
                "reasons_for_refusal",
                "where_prerequisites",
            ],
            ...,
        ]
    ]
    all_missing_at_once: Cited[bool]
    same_words_from_all: Cited[bool]


class LaterMaterials(Value, frozen=True):
    """容缺 and 不见面审批: what may follow, and until when (R53)."""

    may_follow: Cited[tuple[Text, ...]]
    """Materials that may follow; empty = none."""
    until: Cited[Literal["collection", "decision"]]
    promised_until: Cited[Literal["collection", "decision", "never"]]
    """Until when materials that the citizen promised may come where nobody appears in person."""


class Agents(Value, frozen=True):
    """帮代办 (R54)."""

    offered: Cited[bool]
    terms: Cited[tuple[Literal["voluntary", "free", "in_time"], ...]]
    by: Cited[ActingRole]
    for_what: Cited[str]
    focus: Cited[tuple[Text, ...]]


class Delivery(Value, frozen=True):
    """How a result reaches the citizen (R70)."""

    ways: Cited[tuple[Literal["pickup", "mail", "online"], ...]]
    pickup_checks_originals: Cited[bool]
