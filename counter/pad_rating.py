"""Whose rating a press of the pad is: the case just closed at this window, once, while its citizen is there. Pure.

A press at any other time is nobody's: the next citizen's curiosity must not rate the case of the one before.
"""

from __future__ import annotations

from typing import Literal

from counter.steps.shape import ActionCode
from hub.domain import case as table
from hub.domain.case import Stage
from hub.domain.policy import Policy

State = Literal["", "asked", "rated"]

ANSWERS: dict[ActionCode, Stage] = {
    "answer_on_the_spot": "answered_on_the_spot",
    "refer_out": "referred_out",
    "decline": "out_of_scope",
}
"""Steps with which a citizen at the window has their answer, and the stage that their case is in then."""
TELLS: ActionCode = "tell_citizen"
"""The answer was there before; now the citizen has it too."""
SHOWN_S = 8.0
"""So long the clerk sees that a press was taken."""


def asks_after(code: ActionCode, stage: Stage, policy: Policy) -> bool:
    """Whether a step that was taken at this stage closes a case that its citizen may rate now."""
    after = stage if code == TELLS else ANSWERS.get(code)
    return policy.has("rate") and (after, "rate") in table.MOVES


class PadRating:
    """One pad's citizen. `now_s` is any clock that only goes forward."""

    def __init__(self, within_s: float) -> None:
        self._within_s = within_s
        self._case = ""
        self._until_s = self._rated_until_s = float("-inf")

    def closed(self, case_number: str, now_s: float) -> None:
        """This case has just been closed here: the next press rates it."""
        self._case, self._until_s, self._rated_until_s = case_number, now_s + self._within_s, float("-inf")

    def press(self, now_s: float) -> str:
        """The case that a press now rates; empty where it rates none. Asked once it is answered once."""
        if now_s >= self._until_s:
            return ""
        case = self._case
        self.forget()
        self._rated_until_s = now_s + SHOWN_S
        return case

    def rated(self, case_number: str) -> None:
        """It was rated another way: the clerk wrote down what the citizen said."""
        if case_number == self._case:
            self.forget()

    def forget(self) -> None:
        """The citizen is gone: another was called, or the shift is over."""
        self._case, self._until_s, self._rated_until_s = "", float("-inf"), float("-inf")

    def state(self, now_s: float) -> State:
        """What the clerk sees: that a press is waited for, or that one was taken."""
        if now_s < self._until_s:
            return "asked"
        return "rated" if now_s < self._rated_until_s else ""
