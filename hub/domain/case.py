"""A case (事项): its whole life in one table, from filing to the archive (R19).

`stage` says how far it is; side steps (extended, paused, escalated, joint meeting) leave the stage where it is
and are recorded beside it, so that a clock or a meeting never hides who has the case.
"""

from __future__ import annotations

from typing import Literal

from hub.domain.errors import MoveNotAllowed, TextMissing

Stage = Literal[
    "filed",
    "triaged",
    "answered_on_the_spot",
    "dispatched",
    "accepted",
    "replied",
    "referred_out",
    "out_of_scope",
    "followed_up",
    "rated",
    "rework",
    "archived",
]
CaseMove = Literal[
    "triage",
    "answer_on_the_spot",
    "dispatch",
    "accept",
    "reply",
    "refer_out",
    "decline",
    "follow_up",
    "rate",
    "send_back",
    "archive",
    "extend",
    "pause",
    "resume",
    "escalate",
    "meet",
]

MOVES: dict[tuple[Stage, CaseMove], Stage] = {
    ("filed", "triage"): "triaged",
    ("triaged", "answer_on_the_spot"): "answered_on_the_spot",
    ("triaged", "dispatch"): "dispatched",
    ("triaged", "refer_out"): "referred_out",
    ("triaged", "decline"): "out_of_scope",
    ("dispatched", "accept"): "accepted",
    ("dispatched", "dispatch"): "dispatched",
    ("accepted", "reply"): "replied",
    ("accepted", "dispatch"): "dispatched",
    ("answered_on_the_spot", "follow_up"): "followed_up",
    ("replied", "follow_up"): "followed_up",
    ("referred_out", "follow_up"): "followed_up",
    ("out_of_scope", "follow_up"): "followed_up",
    ("answered_on_the_spot", "rate"): "rated",
    ("replied", "rate"): "rated",
    ("referred_out", "rate"): "rated",
    ("out_of_scope", "rate"): "rated",
    ("followed_up", "rate"): "rated",
    ("rated", "follow_up"): "rated",
    ("rated", "send_back"): "rework",
    ("rework", "answer_on_the_spot"): "answered_on_the_spot",
    ("rework", "dispatch"): "dispatched",
    ("rework", "refer_out"): "referred_out",
    ("rated", "archive"): "archived",
    ("followed_up", "archive"): "archived",
}

OPEN: frozenset[Stage] = frozenset({"filed", "triaged", "dispatched", "accepted", "rework"})
"""Stages in which the citizen still waits for an answer and the clock counts."""

ANSWERED: frozenset[Stage] = frozenset({"answered_on_the_spot", "replied", "referred_out", "out_of_scope"})

SIDE_STEPS: frozenset[CaseMove] = frozenset({"extend", "pause", "resume", "escalate", "meet"})
"""Moves that every open stage allows and that leave the stage as it is."""

NEEDS_TEXT: frozenset[CaseMove] = frozenset(
    {"answer_on_the_spot", "reply", "refer_out", "decline", "follow_up", "send_back", "extend", "pause", "escalate"}
)


def move(stage: Stage, by: CaseMove, text: str = "") -> Stage:
    """The stage after a move.

    Raises `MoveNotAllowed` for a move the table does not have, `TextMissing` for an answer without words (R3).
    """
    after = stage if by in SIDE_STEPS and stage in OPEN else MOVES.get((stage, by))
    if after is None:
        raise MoveNotAllowed("case", stage, by, allowed(stage))
    if by in NEEDS_TEXT and not text.strip():
        raise TextMissing(by)
    return after


def allowed(stage: Stage) -> list[str]:
    """The moves a stage has, for messages and buttons."""
    side = sorted(SIDE_STEPS) if stage in OPEN else []
    return [*(by for (start, by) in MOVES if start == stage), *side]
