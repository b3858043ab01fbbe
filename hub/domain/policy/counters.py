"""The kinds of counter that a hall's document asks for (R62)."""

from __future__ import annotations

from hub.domain.counters import CounterKind
from hub.domain.hall import Value
from hub.domain.policy.values import Cited


class Counters(Value, frozen=True):
    """窗口设置."""

    kinds: Cited[tuple[CounterKind, ...]]
    """Which there must be; none = the document does not say."""
