"""A policy in a person's words: every value with its article (`bancheng policy show` and `diff`).

Words are in the hub's catalogue: `policy.<path>` names a part, `policy.is.<code>` or `policy.<path>.is.<code>` says
a code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from hub.domain.case import MOVES, SIDE_STEPS, CaseMove, Stage
from hub.domain.deadline import MIDNIGHT
from hub.domain.hall import Value
from hub.domain.policy import HallRole, Policy
from hub.domain.policy.life import reached
from hub.domain.policy.shape import Part, fields_of, parts
from hub.domain.policy.values import Cited, Named, Stated
from hub.domain.words import Words
from hub.service.permissions import ALLOWED, MAKES

_UNITS = ("_wd", "_d", "_min", "_y")
_STATED = frozenset(field.name for field in fields_of(Stated))


class Saying(Value, frozen=True):
    """One value in words: its theme and label, what it says, and where that stands."""

    key: str
    """Its path, with codes in the place of numbers, so that two policies can be laid side by side."""
    theme: str
    label: str
    said: str
    cite: str
    silent: bool
    note: str


class LifeRow(Value, frozen=True):
    """One move of a hall's cases in words; `silent` where the document does not speak of it."""

    at: str
    move: str
    after: str
    by: str
    article: str
    silent: bool


class PolicyInWords:
    """The words of one policy."""

    def __init__(self, policy: Policy, words: Words) -> None:
        self.policy = policy
        self.words = words
        self._moves = frozenset(move for move in policy.moves if policy.has(move))
        self._names = {
            "role": {code: one.title for code, one in policy.roles.items()},
            "class": {one.code: one.name for one in policy.classes},
            "level": {one.code: one.name for one in policy.rating.levels.value},
        }

    def sayings(self) -> Iterator[Saying]:
        """Every value that has an article or inherits the default, in the order of the policy."""
        for part in parts(self.policy, Policy):
            if isinstance(part.value, Stated):
                yield self._saying(part, part.value)

    def life(self) -> Iterator[LifeRow]:
        """The state table as this hall has it: a row for each move, its stages together (R19)."""
        stages: dict[CaseMove, list[tuple[Stage, Stage]]] = {}
        for (at, move), after in MOVES.items():
            if move in self._moves and at in reached(self._moves):
                stages.setdefault(move, []).append((at, after))
        for move in sorted(SIDE_STEPS, key=list(self.policy.moves).index):
            if move in self._moves:
                stages[move] = []
        for move, pairs in stages.items():
            stated = self.policy.moves[move]
            yield LifeRow(
                at=self._stages(at for at, _ in pairs) if pairs else self.words("policy.life.open"),
                move=self.words(f"policy.moves.{move}"),
                after=self._stages(after for _, after in pairs) if pairs else self.words("policy.life.same"),
                by=self.words("policy.list").join(
                    self.words(f"policy.at.{post}") for post in sorted(ALLOWED[MAKES[move]])
                ),
                article=self.words("policy.silent") if stated.silent else stated.cite,
                silent=stated.silent,
            )

    def _stages(self, stages: Iterable[Stage]) -> str:
        return self.words("policy.list").join(self.words(f"stage.{one}") for one in dict.fromkeys(stages))

    def _saying(self, part: Part, stated: Stated) -> Saying:
        theme = str(part.path[0])
        code = getattr(part.value, "code", part.path[-1])
        return Saying(
            key=".".join(str(step) for step in (*part.path[:-1], code)),
            theme=self.words(f"policy.{theme}"),
            label=self._label(part),
            said=self._said(part, stated),
            cite=stated.cite,
            silent=stated.silent,
            note=stated.note,
        )

    def _label(self, part: Part) -> str:
        """`起算`, a role's code in words, or what a listed item is called."""
        path = part.path
        if len(path) == 1:
            return ""
        if isinstance(path[-1], int) or path[0] == "reports":
            return str(getattr(part.value, "name", "") or getattr(part.value, "text", ""))
        if path[0] == "roles" and f"policy.roles.{path[-1]}" not in self.words:
            return str(path[-1])
        return self.words("policy." + ".".join(str(step) for step in path))

    def _said(self, part: Part, stated: Stated) -> str:
        if isinstance(stated, Cited):
            return self._cited(part, stated)
        if isinstance(stated, HallRole):
            return self.words("policy.role", title=stated.title, at=self.words(f"policy.at.{stated.at}"))
        return self._item(part)

    def _cited(self, part: Part, stated: Cited[Any]) -> str:
        field = next(one for one in fields_of(part.wanted) if one.name == "value")
        return self._value(Part((*part.path, "value"), stated.value, field.type, stated.silent))

    def _item(self, part: Part) -> str:
        """A listed item (reason, class, role, report): its fields in one line."""
        label = self._label(part)
        said = []
        for field in fields_of(part.wanted):
            value = getattr(part.value, field.name)
            if field.name in _STATED or field.name == "code" or value in ("", None) or value == label:
                continue
            inner = Part((part.path[0], field.name), value, field.type, part.silent)
            said.append(self.words("policy.pair", label=self._field(inner.path), said=self._value(inner)))
        return self.words("policy.and").join(said)

    def _field(self, path: tuple[str | int, ...]) -> str:
        key = f"policy.{path[0]}.{path[-1]}"
        return self.words(key if key in self.words else f"policy.field.{path[-1]}")

    def _value(self, part: Part) -> str:
        value = part.value
        if isinstance(value, bool):
            return self.words("policy.yes" if value else "policy.no")
        if isinstance(value, int):
            return self._number(part, value)
        if isinstance(value, tuple):
            return self._list(part)
        if isinstance(value, dt.time):
            return self.words("policy.midnight") if value == MIDNIGHT else f"{value:%H:%M}"
        if isinstance(value, Named):
            return value.name
        if isinstance(value, Struct):
            return self._struct(part)
        return self._text(part, str(value))

    def _list(self, part: Part) -> str:
        """Its elements in a row; those that have commas of their own stand further apart."""
        depth = len(part.path) + 1
        said = [self._value(one) for one in parts(part.value, part.wanted, part.path) if len(one.path) == depth]
        between = self.words("policy.list")
        apart = any(between in one for one in said)
        return (self.words("policy.and") if apart else between).join(said) or self.words("policy.none")

    def _struct(self, part: Part) -> str:
        """A value of several fields, such as a service with its times."""
        said = []
        for field in fields_of(part.wanted):
            value = getattr(part.value, field.name)
            if (field.name != "code" and value not in ("", 0)) or field.name == "from_points":
                inner = Part((part.path[0], field.name), value, field.type, part.silent)
                text = self._value(inner)
                said.append(text if field.name == "name" else f"{self._field(inner.path)}{text}")
        return " ".join(said)

    def _number(self, part: Part, value: int) -> str:
        name = str(part.path[-1] if part.path[-1] != "value" and isinstance(part.path[-1], str) else part.path[-2])
        if isinstance(part.path[-1], int):
            name = str(part.path[-3])
        if part.path[:2] == ("archive", "keep_y"):
            name = "keep_y"
        if value == 0 and f"policy.zero.{name}" in self.words:
            return self.words(f"policy.zero.{name}")
        unit = next((one for one in _UNITS if name.endswith(one)), "")
        return self.words(f"policy.unit{unit}", n=value) if unit else str(value)

    def _text(self, part: Part, value: str) -> str:
        names = part.meta("names")
        if not value:
            return self.words(f"policy.empty.{names}" if names else "policy.none")
        if names:
            return self._names[names].get(value, value)
        path = ".".join(str(step) for step in part.path if isinstance(step, str) and step != "value")
        return next(
            (self.words(key) for key in (f"policy.{path}.is.{value}", f"policy.is.{value}") if key in self.words), value
        )


class Difference(Value, frozen=True):
    """One value of two policies, where they say different things; None where one of them does not have it."""

    first: Saying | None
    second: Saying | None


def differences(one: PolicyInWords, other: PolicyInWords) -> Iterator[Difference]:
    """Where two policies differ: in what they say, or in that only one document says it."""
    first, second = ({told.key: told for told in side.sayings()} for side in (one, other))
    for key in dict.fromkeys([*first, *second]):
        told = Difference(first.get(key), second.get(key))
        if _compared(told.first) != _compared(told.second):
            yield told


def _compared(told: Saying | None) -> tuple[str, bool] | None:
    return (told.said, told.silent) if told else None
