"""The kinds of counter that a hall has (R62): a closed list, named by its services, wanted by its document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from hub.domain.hall import Hall
    from hub.domain.policy import Policy

CounterKind = Literal[
    "one_window",
    "general",
    "inquiry",
    "payment",
    "certificate",
    "advice",
    "green",
    "company",
    "unsettled",
]
"""一窗受理, 综合, 查询, 缴费, 发证, 咨询, 绿色通道, 企业专窗, 办不成事."""
KINDS: tuple[CounterKind, ...] = get_args(CounterKind)


def kinds_at(hall: Hall, window: int) -> tuple[CounterKind, ...]:
    """The kinds of counter that a window is, in the order in which it names its services."""
    kinds = (hall.service(code).kind for code in hall.window(window).services)
    return tuple(dict.fromkeys(kind for kind in kinds if kind is not None))


def windows_of(hall: Hall) -> dict[CounterKind, tuple[int, ...]]:
    """Which windows are counters of each kind, as far as the hall names kinds."""
    found: dict[CounterKind, tuple[int, ...]] = {}
    for window in hall.windows:
        for kind in kinds_at(hall, window.number):
            found[kind] = (*found.get(kind, ()), window.number)
    return {kind: found[kind] for kind in KINDS if kind in found}


def wanting(hall: Hall, policy: Policy) -> tuple[CounterKind, ...]:
    """The kinds of counter that the hall's document asks for and the hall does not have."""
    return tuple(kind for kind in policy.counters.kinds.value if kind not in windows_of(hall))


def contradictions(hall: Hall) -> Iterable[str]:
    """Kinds that cannot be: a counter that nobody serves at, an office for what was not settled that takes no cases."""
    for service in hall.services:
        if service.kind is None:
            continue
        takes_cases = hall.service_for_cases in {one.code for one in hall.services}
        if takes_cases and (service.kind == "unsettled") != (service.code == hall.service_for_cases):
            yield (
                f"service {service.code} is of kind {service.kind!r}, and service_for_cases is"
                f' {hall.service_for_cases!r}; "unsettled" is the kind of that service alone'
            )
        if not any(service.code in window.services for window in hall.windows):
            yield f"service {service.code} is a counter of kind {service.kind!r} at which no window serves"
