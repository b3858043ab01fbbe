"""Checks as values, and how they are made: side by side, each within its time, none in the way of another."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from hub.domain.hall import Value

State = Literal["well", "warns", "broken"]
EXIT: dict[State, int] = {"well": 0, "warns": 1, "broken": 2}
TIMEOUT_S = 15.0

_log = logging.getLogger(__name__)


class Check(Value, frozen=True):
    """One thing that was looked at: `what` says how it is, `remedy` what to do where something is to be done.

    Neither holds a secret, or anything of a citizen.
    """

    name: str
    state: State
    what: str
    remedy: str = ""


class Probe(Value, frozen=True):
    """What makes checks of one thing; `look` may wait, and may raise."""

    name: str
    look: Callable[[], Iterable[Check]]
    timeout_s: float = TIMEOUT_S


def well(name: str, what: str) -> Check:
    return Check(name, "well", what)


def warns(name: str, what: str, remedy: str) -> Check:
    return Check(name, "warns", what, remedy)


def broken(name: str, what: str, remedy: str) -> Check:
    return Check(name, "broken", what, remedy)


def worst(checks: Iterable[Check]) -> State:
    """What a script is told of all together."""
    return max((one.state for one in checks), key=lambda state: EXIT[state], default="well")


def run(probes: Sequence[Probe], done: Callable[[Probe], None] = lambda probe: None) -> list[Check]:
    """The checks of all probes in their order; `done` hears of each as it ends, in the caller's thread.

    One that raises or takes too long is itself a check that is broken. Its thread is left behind: nothing can end it.
    """
    ended: queue.SimpleQueue[tuple[int, list[Check]]] = queue.SimpleQueue()
    for place, probe in enumerate(probes):
        threading.Thread(target=_turn, args=(place, probe, ended), name=f"doctor {probe.name}", daemon=True).start()
    found: dict[int, list[Check]] = {}
    while len(found) < len(probes):
        place, checks = ended.get()
        if place not in found:
            found[place] = checks
            done(probes[place])
    return [check for place in range(len(probes)) for check in found[place]]


def _turn(place: int, probe: Probe, ended: queue.SimpleQueue[tuple[int, list[Check]]]) -> None:
    late = threading.Timer(probe.timeout_s, ended.put, args=((place, [_late(probe)]),))
    late.daemon = True
    late.start()
    try:
        checks = list(probe.look())
    except Exception as wrong:
        _log.debug("%s could not be looked at", probe.name, exc_info=True)
        checks = [broken(probe.name, f"cannot be looked at: {type(wrong).__name__}: {wrong}", "mend that, look again")]
    late.cancel()
    ended.put((place, checks))


def _late(probe: Probe) -> Check:
    return broken(
        probe.name, f"did not answer within {probe.timeout_s:g} s", "find out what it waits for: power, cable, network"
    )
