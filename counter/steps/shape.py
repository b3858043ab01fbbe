"""What a step is made of: when it is offered, what it asks for, what it says first, and what it sends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import msgspec

from hub.domain.deadline import Due
from hub.domain.errors import DomainError
from hub.domain.hall import Role, Value
from hub.wire.message import Message
from hub.wire.messages import Command, SimilarList

if TYPE_CHECKING:
    from counter.steps.situation import Situation

ActionCode = str
"""A step's name, such as `ask_extension`; its words are `action.ask_extension`."""
Group = Literal["handle", "consult", "time", "pass_on", "materials", "close", "watch"]
GROUPS: tuple[Group, ...] = ("handle", "consult", "time", "pass_on", "materials", "close", "watch")
"""办理, 请示与会商, 时限, 转出与交接, 材料与告知, 回访评价与归档, 督办."""
Kind = Literal["text", "line", "lines", "choice", "many", "days", "yes"]
"""Words, a line of them, several lines; one of a list, some of it; working days; something that was done."""


class Choice(Value, frozen=True):
    """One of a list: `name` and `hint` are the hall's or its document's words; without a name the catalogue has them.

    `due` is the date that choosing it would give, `owed` what is owed by then.
    """

    code: str
    name: str = ""
    hint: str = ""
    due: Due | None = None
    owed: str = ""


class Field(Value, frozen=True):
    """What a step asks for. `usual` is what a new draft begins with.

    Days: at most `most` (0: no limit), counted on from `due`. Yes: `token` is what a tick means, so that a tick for
    another date is none; `date` is the date that its words name.
    """

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[Choice, ...] = ()
    usual: str = ""
    most: int = 0
    due: Due | None = None
    token: str = "yes"  # noqa: S105 - what a tick is kept as
    date: dt.date | None = None
    large: bool = False
    """Choices that are the whole question, such as the levels of a rating."""


class Draft(Value, frozen=True):
    """A step half filled in: what was said, by field. What is empty is not there."""

    said: dict[str, str] = msgspec.field(default_factory=dict)

    def put(self, name: str, value: str) -> Draft:
        rest = {key: kept for key, kept in self.said.items() if key != name}
        return Draft(rest | ({name: value} if value else {}))

    def text(self, name: str) -> str:
        return self.said.get(name, "").strip()

    def lines(self, name: str) -> tuple[str, ...]:
        """One for each line, without the empty ones."""
        return tuple(one.strip() for one in self.said.get(name, "").splitlines() if one.strip())

    def number(self, name: str) -> int:
        return int(self.said.get(name) or 0)


class Note(Value, frozen=True):
    """What the hall's document wants of this step, said before it is sent: `note.` + `code` with these values."""

    code: str
    values: tuple[tuple[str, str | int | dt.date], ...] = ()


class Quote(Value, frozen=True):
    """What somebody else said that is to be decided or answered: `quote.` + `code` above their words."""

    code: str
    text: str
    who: str = ""


class Action(Value, frozen=True):
    """A step as it is offered now. `now` when the state of the case asks for it; `key` is its key on the keyboard."""

    code: ActionCode
    group: Group
    cite: str
    now: bool = False
    key: str = ""


class Form(Value, frozen=True):
    """What a step asks for, given what is filled in so far. `confirm`: asked once more before it is sent."""

    fields: tuple[Field, ...] = ()
    notes: tuple[Note, ...] = ()
    quotes: tuple[Quote, ...] = ()
    confirm: bool = False
    similar: SimilarList | None = None
    """Earlier cases to learn from, below what is asked for; None where none are looked for."""

    @property
    def is_empty(self) -> bool:
        """Nothing to fill in, read or confirm: such a step is carried out at once."""
        return not (self.fields or self.notes or self.quotes or self.confirm)


class Incomplete(DomainError):
    """A step without what it needs; `missing` names the fields."""

    code = "incomplete"

    def __init__(self, action: ActionCode, missing: tuple[str, ...]) -> None:
        super().__init__(f"{action} needs {', '.join(missing)}")
        self.missing = missing


def never(_situation: Situation, _draft: Draft | None = None) -> bool:
    return False


def always(_situation: Situation, _draft: Draft | None = None) -> bool:
    return True


def nothing(_situation: Situation, _draft: Draft | None = None) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class Step:
    """One line of the table. `reads` asks the hub for what its form shows; `blames` names the field by the code of
    a rejection."""

    code: ActionCode
    group: Group
    roles: frozenset[Role]
    sends: type[Message]
    offered: Callable[[Situation], bool]
    cite: Callable[[Situation], str]
    command: Callable[[Situation, Draft], Command]
    fields: Callable[[Situation, Draft], tuple[Field, ...]] = nothing
    notes: Callable[[Situation, Draft], tuple[Note, ...]] = nothing
    quotes: Callable[[Situation, Draft], tuple[Quote, ...]] = nothing
    confirm: Callable[[Situation, Draft], bool] = never
    now: Callable[[Situation], bool] = never
    reads: Callable[[Situation], Command | None] = lambda _situation: None
    similar: Callable[[Situation], SimilarList | None] = lambda _situation: None
    key: str = ""
    blames: Mapping[str, str] = field(default_factory=dict)


WINDOW: frozenset[Role] = frozenset({"window"})
DEPARTMENT: frozenset[Role] = frozenset({"department"})
SUPERVISOR: frozenset[Role] = frozenset({"supervisor"})
STAFF: frozenset[Role] = WINDOW | DEPARTMENT | SUPERVISOR
