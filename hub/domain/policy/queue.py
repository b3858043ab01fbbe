"""The queue: who may be called before somebody who came earlier, and how often (R55-R58, R60)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Count, Named, Positive

SecondChance = Literal["none", "behind", "at_once"]


class Queue(Value, frozen=True):
    """Strict order, and what a document lets go before it."""

    at_day_end: Cited[Literal["close", "keep"]]
    """Whether who still waits when the business date turns is sent home, or called first on the next."""
    may_pass: Cited[Positive]
    """How many who came later may be called before one who waits: lanes and weights never starve anybody."""
    green_grounds: Cited[tuple[Named, ...]]
    """绿色通道 (R57): what opens it to a citizen without anybody's word; empty = nothing does."""
    green_confirmed_by: Cited[ActingRole]
    """Whose word opens it where no ground is listed."""
    exceptions_by: Cited[ActingRole]
    """Who may put somebody first for any other reason, which is then recorded."""
    second_chance: Cited[SecondChance]
    """过号: take a new number, stand behind the next ones, or be called again at once by the window that called."""
    second_chance_behind: Cited[Count]
    """Behind how many of those who wait."""
    second_chances: Cited[Positive]
    """How often one number may come back."""
    transfer_keeps_place: Cited[bool]
    """Whether who is sent to another service stands there as of when they came, or as of now."""
