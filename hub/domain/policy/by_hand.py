"""When machines are down (R65, R66): numbers on paper, and who is told of it."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Count


class ByHand(Value, frozen=True):
    """人工叫号, 号码条: how the hall goes on working by hand."""

    slips: Cited[bool]
    """Whether numbers are printed in advance and given out by hand."""
    issued_at: Cited[Literal["special_window", "any_window"]]
    """Where slips are given out (设专窗发放号码条)."""
    at_kiosk: Cited[Count]
    """Slips that a kiosk's staff corner prints at once at most; 0: kiosks print none."""
    reported_to: Cited[ActingRole]
    """Who is told that a window worked by hand, from when to when."""
