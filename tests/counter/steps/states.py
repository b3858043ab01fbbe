"""States in which a case can be, for what must hold in all of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from counter.steps.situation import Situation
from hub.domain import facts
from hub.domain.case import Stage
from hub.domain.facts import Fact
from hub.domain.policy import Policy
from hub.wire.messages import CaseRecord, Checklist, GrievanceView, Material, Step
from tests.counter.makers import CALENDAR, HALLS, NOON, TODAY, laid, policy_of, situation, step

ANSWERS = {"answered_on_the_spot": "answer_on_the_spot", "referred_out": "refer_out", "out_of_scope": "decline"}
GRIEVANCE = GrievanceView(
    ground="service", weight=(), respondent="某窗口", respondent_staff="", department="", happened="", place=""
)
LATE = TODAY + dt.timedelta(days=30)


def every(role: str) -> Iterator[Situation]:
    """Each stage in each hall, with each thing that may stand open on it."""
    for hall in HALLS:
        yield from in_hall(hall, role)
    policy = all_decided_at("wuxi", role)
    yield from in_hall("wuxi", role, policy=policy, posts=frozenset(policy.roles))


def all_decided_at(hall: str, role: str) -> Policy:
    """The hall's policy as if whoever decides on anything did so at terminals of that role."""
    policy = policy_of(hall)
    roles = {code: replace(one, at=role) for code, one in policy.roles.items()}
    return replace(policy, code="elsewhere", roles=roles)


def in_hall(hall: str, role: str, **changes: object) -> Iterator[Situation]:
    for stage in get_args(Stage):
        for found in _at(hall, role, stage):
            yield dataclasses.replace(found, **changes)


def _at(hall: str, role: str, stage: str) -> Iterator[Situation]:
    for facts_ in standings(hall):
        yield of(hall, role, stage, facts_=facts_)
    yield of(hall, role, stage, today=LATE)
    yield of(hall, role, stage, detail_of={"grievance": GRIEVANCE}, kind="grievance")
    yield of(hall, role, stage, more=(step("propose_refusal", 2, text="条件不符"),))
    yield of(hall, role, stage, more=(step("tell", 3), step("follow_up", 4)))
    yield of(hall, role, stage, detail_of={"records": (_record("allowed_later", ("项目批复",)),)})


def of(
    hall: str,
    role: str,
    stage: str,
    *,
    facts_: tuple[Fact, ...] = (),
    more: tuple[Step, ...] = (),
    today: dt.date = TODAY,
    detail_of: dict[str, object] | None = None,
    **fields: object,
) -> Situation:
    """A case at a stage, with the steps that led there as far as anybody looks at them."""
    answered = stage not in ("filed", "triaged", "dispatched", "accepted", "rework", "archived")
    steps = (step(ANSWERS.get(stage, "reply"), text="已办结。"),) if answered else ()
    sent = stage in ("dispatched", "accepted", "replied")
    own = {"department": "tax", "work_order_id": "w1", "owner": "王敏"} if sent else {"owner": "王敏"}
    return situation(
        hall,
        role,
        facts=facts_,
        steps=(*steps, *more),
        today=today,
        detail_of=detail_of,
        **{"stage": stage, "due": CALENDAR.due(TODAY, 5)} | own | fields,
    )


def standings(hall: str) -> tuple[tuple[Fact, ...], ...]:
    """What may stand open beside the stage."""
    ladder = situation(hall).policy.handling.ladder.value
    wish = facts.ExtensionAsked(3, CALENDAR.due(TODAY, 8).date, "等档案馆调档", True, True, None)
    return (
        (),
        (facts.HeadCalled("section_head"),),
        *((facts.Escalated(code, rung, "能不能容缺？"),) for rung, code in enumerate(ladder, 1)),
        (facts.Escalated(ladder[0], 1, "能不能容缺？"), facts.Instructed(ladder[0], "可以")),
        (wish,),
        (facts.ClockPaused("superior", "市局〔2026〕3号"),),
        (facts.ReferredOut("县不动产登记中心", "公函", True),),
    )


def checklist(matter: str = "transfer-sale", version: int = 2) -> Checklist:
    named = (("deed", "不动产权证书"), ("tax", "契税完税证明"), ("id", "身份证明"))
    return Checklist(
        matter=matter,
        version=version,
        materials=tuple(Material(code=code, name=name) for code, name in named),
        parts=(),
    )


def _record(kind: str, items: tuple[str, ...], **fields: object) -> CaseRecord:
    return CaseRecord(kind=kind, at=NOON, who="王敏", items=items, **fields)


record, lay = _record, laid
