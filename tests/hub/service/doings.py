"""Commands about a case made from their own fields: right ones, as the case's policy wants them, and any others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from msgspec import structs

from hub.domain.case import Stage
from hub.domain.deadline import Due
from hub.domain.extension import extended
from hub.domain.policy import Policy
from hub.service.permissions import ALLOWED
from hub.wire import messages as m
from tests.hub.desk import CALENDAR, Desk, secrets_of

WORDS = "依据第十三条，结果如下。"
ABOUT_A_CASE: tuple[type[Any], ...] = tuple(
    kind for kind in ALLOWED if {"case_number", "work_order_id", "attachment_id"} & set(kind.__struct_fields__)
)
"""Every command that says what case it means: one more needs nothing here."""

FIRST = (m.TriageCase, m.DispatchCase, m.AnswerOnTheSpot, m.DeclineCase, m.ProposeRefusal, m.ReferOut)
BESIDE = (m.AskExtension, m.DecideExtension, m.PauseClock, m.ResumeClock, m.EscalateCase, m.Instruct)
AFTER = (m.TellCitizen, m.FollowUpCase, m.RateCase, m.FollowReferral)
NEXT: dict[Stage, tuple[type[Any], ...]] = {
    "filed": (*FIRST, *FIRST, *BESIDE),
    "triaged": (*FIRST[1:], m.DecideRefusal, m.DecideRefusal, *FIRST[1:], *BESIDE),
    "dispatched": (*[m.AcceptWorkOrder] * 4, *BESIDE),
    "accepted": (*[m.ReplyToWorkOrder] * 3, m.ReportProgress, *BESIDE, m.DispatchCase),
    "answered_on_the_spot": AFTER,
    "replied": AFTER,
    "referred_out": AFTER,
    "out_of_scope": AFTER,
    "followed_up": (m.RateCase, m.TellCitizen, m.FollowReferral, m.ArchiveCase),
    "rated": (m.FollowUpCase, m.TellCitizen, m.FollowReferral, m.ExplainLateness, m.ArchiveCase),
    "rework": (*[m.DispatchCase] * 3, m.AnswerOnTheSpot, *BESIDE),
    "archived": (m.ErasePerson, m.SuperviseCase, m.RateCase, m.DecideExtension),
}
"""What leads a case on from where it stands, each as often as it should be tried."""


@dataclass(frozen=True)
class Scene:
    """One case, and what there is to say about it."""

    desk: Desk
    policy: Policy
    number: str
    due: Due
    departments: tuple[str, ...]
    people: tuple[str, ...]
    orders: tuple[str, ...]
    attachments: tuple[str, ...]


def command(kind: type[Any], scene: Scene, pick: Random, *, right: bool) -> Any:
    """A command of a kind; a right one has all that its policy wants, another has anything."""
    fields = {one.name: _value(kind, one, scene, pick, right) for one in structs.fields(kind)}
    if right and kind is m.DeclineCase:
        fields |= pick.choice(_answers(scene))
    if right and kind is m.AskExtension:
        fields |= {"added_wd": (added := pick.randint(1, 4))}
        fields |= {"citizen_agreed_to": extended(CALENDAR, scene.due, added).date}
    return kind(**fields)


def _answers(scene: Scene) -> list[dict[str, Any]]:
    """The answers instead of a no that this policy has."""
    supply = {"kind": "supply", "exclusion": "", "supply": ("身份证",)}
    grounds = [
        {"kind": one.answer, "exclusion": one.code, "basis": "《条例》第三条", "supply": ("身份证",)}
        for one in scene.policy.exclusions
    ]
    return [{"medium": "written", **one} for one in [supply, *grounds]]


def _value(kind: type[Any], field: structs.FieldInfo, scene: Scene, pick: Random, right: bool) -> Any:
    known = _known(kind, field.name, scene)
    if known is not None:
        values = known if right or field.name == "case_number" else (*known, "", "nobody-knows")
        value = pick.choice(values or ("none",))
        return (value,) if get_origin(field.type) is tuple else value
    return pick.choice(_of_type(field.name, field.type, scene, right))


def _known(kind: type[Any], name: str, scene: Scene) -> tuple[str, ...] | None:
    """Codes and ids that there are; None for a field that is free."""
    policy = scene.policy
    match name:
        case "case_number":
            return (scene.number,)
        case "work_order_id":
            return scene.orders
        case "attachment_id" | "consent" | "signature":
            return scene.attachments
        case "department":
            return scene.departments
        case "case_class":
            return tuple(one.code for one in policy.classes)
        case "level":
            return tuple(one.code for one in policy.rating.levels.value)
        case "ground":
            return tuple(one.code for one in policy.clock.pause_grounds.value)
        case "exclusion":
            return tuple(one.code for one in policy.exclusions)
        case "taker" | "staff":
            return scene.people
        case "materials" | "missing":
            return ("身份证", *policy.later_materials.may_follow.value[:1])
        case "detail":
            return ("paper_out",)
        case _:
            return None


def _of_type(name: str, wanted: Any, scene: Scene, right: bool) -> tuple[Any, ...]:
    """Values of a type; right ones say something."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin is Literal:
        return ("written",) if right and "written" in inner else inner
    if origin is tuple:
        return (("张三", "李四"),) if right else ((), ("",), ("张三",), ("张三", "李四"))
    if origin in (Union, UnionType):
        return (None,) if right else (None, scene.due.date, scene.due.date + dt.timedelta(days=1))
    free: dict[Any, tuple[Any, ...]] = {
        bool: (True, True, True, False) if right else (True, False),
        int: (1, 2, 3) if right else (-1, 0, 1, 2, 5, 12),
        bytes: (b"%PDF-",),
        m.LookupSecrets: (secrets_of(scene.desk.new_id()),),
        str: (WORDS,) if right else (WORDS, WORDS, "", "  \n"),
        dt.date: (scene.due.date,),
        dt.datetime: (scene.desk.at,),
    }
    if wanted not in free:
        raise TypeError(f"{name}: {wanted} is of a type that no doing has yet")
    return free[wanted]
