"""The table of all steps: which are offered now, what one asks for, and the command that a finished one makes."""

from __future__ import annotations

from counter.steps import answering, closing, consulting, materials, passing, time, unit
from counter.steps.shape import Action, ActionCode, Draft, Field, Form, Incomplete, Step
from counter.steps.situation import Situation
from hub.wire.messages import Command

STEPS: tuple[Step, ...] = (
    *time.STEPS[:1],
    *unit.STEPS,
    *answering.STEPS,
    *consulting.STEPS,
    *time.STEPS[1:],
    *passing.STEPS,
    *materials.STEPS,
    *closing.STEPS,
)
"""In the order in which they are offered: what others wait for first."""
_BY_CODE = {one.code: one for one in STEPS}
ABOUT_WORDS = frozenset({"text_missing", "too_long"})
"""Rejections that are about what was written, whatever the step."""
BEFORE_WRITTEN: frozenset[ActionCode] = frozenset({"name_respondent", "record_statement", "supervise"})
"""What may be done with a 投诉 that still has to be put in writing (R12)."""


def actions(situation: Situation) -> list[Action]:
    """What may be done with the case now: what its state asks for first, then the rest in the table's order."""
    offered = [one for one in STEPS if situation.role in one.roles and _is_offered(one, situation)]
    asked_for = [one for one in offered if one.now(situation)]
    keys: set[str] = set()
    found: list[Action] = []
    for one in [*asked_for, *(other for other in offered if other not in asked_for)]:
        key = one.key if one in asked_for and one.key not in keys else ""
        keys.add(key)
        found.append(Action(one.code, one.group, one.cite(situation), now=one in asked_for, key=key))
    return found


def form(code: ActionCode, situation: Situation, draft: Draft) -> Form:
    """What the step asks for, given what is filled in so far."""
    step = _BY_CODE[code]
    return Form(
        fields=step.fields(situation, draft),
        notes=step.notes(situation, draft),
        quotes=step.quotes(situation, draft),
        confirm=step.confirm(situation, draft),
        similar=step.similar(situation),
    )


def begun(code: ActionCode, situation: Situation, draft: Draft) -> Draft:
    """A draft with what is usual where nothing was said; a field that comes with another's value has its own usual."""
    step, before = _BY_CODE[code], None
    while draft != before:
        before = draft
        for one in step.fields(situation, draft):
            if one.usual and one.name not in draft.said:
                draft = draft.put(one.name, one.usual)
    return draft


def missing(code: ActionCode, situation: Situation, draft: Draft) -> tuple[str, ...]:
    """The fields that are still to be filled in (R3: no answer without its words)."""
    return tuple(one.name for one in _BY_CODE[code].fields(situation, draft) if one.required and not value(one, draft))


def value(field: Field, draft: Draft) -> str:
    """What was said of a field, as far as it still holds: a choice that is no longer offered is none."""
    said = draft.text(field.name)
    codes = {one.code for one in field.choices}
    match field.kind:
        case "choice":
            return said if said in codes else ""
        case "many":
            return "\n".join(one for one in draft.lines(field.name) if one in codes)
        case "yes":
            return said if said == field.token else ""
        case "days":
            wd = draft.number(field.name)
            return said if wd > 0 and not (field.most and wd > field.most) else ""
        case _:
            return said


def command(code: ActionCode, situation: Situation, draft: Draft) -> Command:
    """What the hub is asked to do; raises `Incomplete`."""
    lacking = missing(code, situation, draft)
    if lacking:
        raise Incomplete(code, lacking)
    step = _BY_CODE[code]
    said = Draft({one.name: value(one, draft) for one in step.fields(situation, draft)})
    return step.command(situation, said)


def reads(code: ActionCode, situation: Situation) -> Command | None:
    """What is asked of the hub when the step's form is opened."""
    return _BY_CODE[code].reads(situation)


def blamed(code: ActionCode, fields: tuple[Field, ...], rejection: str) -> str:
    """The field in whose place a rejection is said; empty where it is about none that is shown."""
    names = [one.name for one in fields]
    named = _BY_CODE[code].blames.get(rejection, "")
    if not named and rejection in ABOUT_WORDS:
        named = next((one.name for one in fields if one.kind == "text"), "")
    return named if named in names else ""


def _is_offered(step: Step, situation: Situation) -> bool:
    if situation.waits_for_writing and step.code not in BEFORE_WRITTEN:
        return False
    return step.offered(situation)
