"""What decides who is next, as it stands in a hall's file and policy: kept from when on, so that an old day is judged
by its own rules.
"""

from __future__ import annotations

import hashlib

import msgspec

from hub.domain.hall import Hall
from hub.domain.policy import Policy


class WindowRules(msgspec.Struct, frozen=True):
    """A window: what it served, how it weighed that, and the terminals that stood there."""

    number: int
    services: tuple[str, ...]
    weights: dict[str, int] = {}
    terminals: tuple[str, ...] = ()


class ServiceRules(msgspec.Struct, frozen=True):
    """A service and the letter of its numbers."""

    code: str
    letter: str
    name: str


class LineRules(msgspec.Struct, frozen=True):
    """The rules of the line, with the words of a report about it. What a later version adds has a default.

    `grounds` opens the green channel, by code; `titles` are the hall's for its posts.
    """

    windows: tuple[WindowRules, ...]
    services: tuple[ServiceRules, ...]
    may_pass: int
    at_day_end: str
    grounds: dict[str, str]
    green_confirmed_by: str
    exceptions_by: str
    second_chance: str
    second_chance_behind: int
    second_chances: int
    transfer_keeps_place: bool
    titles: dict[str, str]

    def window(self, number: int) -> WindowRules | None:
        return next((one for one in self.windows if one.number == number), None)

    def window_of(self, terminal: str) -> int:
        """The window where a terminal stands; 0 for none."""
        return next((one.number for one in self.windows if terminal in one.terminals), 0)

    def service_name(self, code: str) -> str:
        return next((one.name for one in self.services if one.code == code), code)

    def encoded(self) -> bytes:
        return msgspec.msgpack.encode(self, order="deterministic")


def rules_of(hall: Hall, policy: Policy) -> LineRules:
    """The rules that a hall's file and its policy make."""
    queue = policy.queue
    return LineRules(
        windows=tuple(
            WindowRules(
                number=one.number,
                services=one.services,
                weights=one.weights,
                terminals=tuple(t.name for t in hall.terminals if t.role == "window" and t.window == one.number),
            )
            for one in hall.windows
        ),
        services=tuple(ServiceRules(one.code, one.letter, one.name) for one in hall.services),
        may_pass=queue.may_pass.value,
        at_day_end=queue.at_day_end.value,
        grounds={one.code: one.name for one in queue.green_grounds.value},
        green_confirmed_by=queue.green_confirmed_by.value,
        exceptions_by=queue.exceptions_by.value,
        second_chance=queue.second_chance.value,
        second_chance_behind=queue.second_chance_behind.value,
        second_chances=queue.second_chances.value,
        transfer_keeps_place=queue.transfer_keeps_place.value,
        titles={code: role.title for code, role in policy.roles.items()},
    )


def digest(body: bytes) -> str:
    """What stands for rules in the audit chain."""
    return hashlib.sha256(body).hexdigest()
