"""Casework: which cases come first, how long each still has, what may be done with one and what that asks for.

Pure: lists, calendar, policy and today come in, values for the screen go out. What a case may do is
`hub.domain.case`'s table; what it follows is the hall's policy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from hub.domain import case as table
from hub.domain.deadline import Calendar, Due, due_at_dispatch
from hub.domain.errors import DomainError
from hub.domain.hall import Hall, Role, Value
from hub.domain.policy import CaseClass, Policy
from hub.wire.messages import (
    AcceptWorkOrder,
    AnswerOnTheSpot,
    CaseLine,
    Command,
    DispatchCase,
    ReplyToWorkOrder,
    TriageCase,
)

Urgency = Literal["ample", "soon", "today", "overdue", "answered"]
ActionCode = Literal["triage", "answer_on_the_spot", "dispatch", "accept", "reply"]
Field = Literal["text", "department", "case_class"]
SOON_WD = 1
"""A case with at most so many working days left is shown as due soon."""


class Remaining(Value, frozen=True):
    """How long a case still has: `wd` working days left, or past when overdue (0: only days off since)."""

    urgency: Urgency
    wd: int = 0
    provisional: bool = False


class Rule(Value, frozen=True):
    """What an action follows: the rule's number in this project, and the article of the hall's document."""

    numbers: tuple[str, ...]
    cite: str


class Action(Value, frozen=True):
    """What may be done with a case now. `needs` are the fields that must be filled in before it can be sent."""

    code: ActionCode
    key: str
    rule: Rule
    needs: tuple[Field, ...]


class Draft(Value, frozen=True):
    """An action half filled in."""

    text: str = ""
    department: str = ""
    case_class: str = ""


class ClassOffer(Value, frozen=True):
    """A class of problem with the date it would give if the case were sent out today."""

    case_class: CaseClass
    due: Due


class Incomplete(DomainError):
    """An action without what it needs; `missing` names the fields."""

    code = "incomplete"

    def __init__(self, action: ActionCode, missing: tuple[str, ...]) -> None:
        super().__init__(f"{action} needs {', '.join(missing)}")
        self.missing = missing


def in_order(cases: Iterable[CaseLine]) -> list[CaseLine]:
    """Open cases by due date, then the answered ones, newest first."""
    lines = list(cases)
    still = [one for one in lines if one.stage in table.OPEN]
    ended = [one for one in lines if one.stage not in table.OPEN]
    still.sort(key=lambda one: (one.due.date, one.filed_at, one.case_number))
    ended.sort(key=lambda one: (one.filed_at, one.case_number), reverse=True)
    return still + ended


def remaining(line: CaseLine, calendar: Calendar, today: dt.date) -> Remaining:
    """How long a case still has, in working days of the hall's calendar."""
    if line.stage not in table.OPEN:
        return Remaining("answered")
    wd = calendar.working_days_between(today, line.due.date)
    if line.due.date < today:
        return Remaining("overdue", -wd, line.due.provisional)
    if wd == 0:
        return Remaining("today", 0, line.due.provisional)
    return Remaining("soon" if wd <= SOON_WD else "ample", wd, line.due.provisional)


def actions(line: CaseLine, role: Role, policy: Policy) -> list[Action]:
    """What this role may do with a case now, the usual thing first."""
    if role == "department":
        offered = [_accept(policy), _reply(line, policy)] if line.work_order_id else []
    else:
        looked_at = line.stage != "filed" or not policy.handling.verified_before_dispatch.value
        first = _dispatch(policy) if looked_at else _triage(policy)
        offered = [first, _answer(policy)] if line.stage in ("filed", "triaged", "rework") else []
    return [one for one in offered if one.code in _reachable(line.stage)]


def offers(policy: Policy, calendar: Calendar, filed: dt.date, today: dt.date) -> list[ClassOffer]:
    """Every class with the date it would give if the case were sent out today (R25)."""
    return [ClassOffer(one, due_at_dispatch(policy, calendar, filed, today, one.code)) for one in policy.classes]


def usual_department(line: CaseLine, hall: Hall) -> str:
    """The department that usually handles the case's matter, for a first choice; empty when nobody does."""
    found = [one.department for one in hall.matters if one.code == line.matter]
    return found[0] if found else ""


def missing(action: Action, draft: Draft) -> tuple[str, ...]:
    """The fields that are still to be filled in (R3: no answer without its words)."""
    return tuple(field for field in action.needs if not str(getattr(draft, field)).strip())


def command(action: Action, line: CaseLine, draft: Draft) -> Command:
    """What the hub is asked to do; raises `Incomplete`."""
    lacking = missing(action, draft)
    if lacking:
        raise Incomplete(action.code, lacking)
    text = draft.text.strip()
    match action.code:
        case "triage":
            return TriageCase(case_number=line.case_number, finding=text)
        case "answer_on_the_spot":
            return AnswerOnTheSpot(case_number=line.case_number, text=text)
        case "dispatch":
            return DispatchCase(
                case_number=line.case_number, department=draft.department, case_class=draft.case_class, note=text
            )
        case "accept":
            return AcceptWorkOrder(work_order_id=line.work_order_id)
        case "reply":
            return ReplyToWorkOrder(work_order_id=line.work_order_id, text=text)


def _reachable(stage: table.Stage) -> set[str]:
    """Moves the hub can make from here: a case just filed is looked into (研判) by the same command."""
    moves = set(table.allowed(stage))
    return moves | set(table.allowed("triaged")) if stage == "filed" else moves


def _triage(policy: Policy) -> Action:
    """Where the document wants the registration verified before it is routed (R18), that comes first."""
    return Action("triage", "f5", _rule(policy, "triage", "R18"), ("text",))


def _answer(policy: Policy) -> Action:
    return Action("answer_on_the_spot", "f6", _rule(policy, "answer_on_the_spot", "R3", "R20"), ("text",))


def _dispatch(policy: Policy) -> Action:
    return Action("dispatch", "f5", _rule(policy, "dispatch", "R16", "R25"), ("department", "case_class"))


def _accept(policy: Policy) -> Action:
    return Action("accept", "f5", _rule(policy, "accept", "R25"), ())


def _reply(line: CaseLine, policy: Policy) -> Action:
    """The case's own class says what is owed; its article comes before the general one."""
    of_class = [one.cite for one in policy.classes if one.code == line.case_class]
    rule = Rule(("R3", "R24"), of_class[0]) if of_class else _rule(policy, "reply", "R3", "R24")
    return Action("reply", "f6", rule, ("text",))


def _rule(policy: Policy, move: ActionCode, *numbers: str) -> Rule:
    return Rule(numbers, policy.article(move))
