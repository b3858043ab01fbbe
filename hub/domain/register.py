"""Registers (登记簿) of what happens around the cases: corrective action, training, inspections, assessors, surveys,
incidents, duty, assessments (R39, R42, R43, R45, R46, R49, R64, R72). An entry is never changed. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from msgspec import Meta

from hub.domain.errors import DomainError
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.policy.values import Positive

LONGEST = 2000
Said = Annotated[str, Meta(pattern=r"\S", max_length=LONGEST)]
Short = Annotated[str, Meta(pattern=r"\S", max_length=60)]
People = Annotated[tuple[Short, ...], Meta(min_length=1, max_length=200)]
Points = Annotated[float, Meta(ge=0, le=100)]


class Correction(Value, frozen=True, tag="correction"):
    """纠正和预防措施 (R45): where it was seen, its cause, the measure, who sees to it by when."""

    on: dt.date
    source: Literal["service", "management", "complaint", "survey"]
    found: Said
    cause: Said
    measures: Annotated[
        tuple[Literal["repair", "training", "facilities", "discipline", "standard"], ...], Meta(min_length=1)
    ]
    measure: Said
    responsible: Short
    due: dt.date


class Verification(Value, frozen=True, tag="verification"):
    """Whether a correction has worked, and by what evidence: `of` is its number (R45)."""

    on: dt.date
    of: Short
    effective: bool
    evidence: Said
    by: Short


class Training(Value, frozen=True, tag="training"):
    """A course (R46): hours of 45 minutes, and the staff codes of who passed and who did not."""

    on: dt.date
    topic: Said
    hours: Annotated[float, Meta(gt=0, le=400)]
    passed: tuple[Short, ...] = ()
    failed: tuple[Short, ...] = ()
    before_post: bool = False


class Inspection(Value, frozen=True, tag="inspection"):
    """明察暗访、交叉检查、专项检查 (R49): who went, where, what was found, what follows."""

    on: dt.date
    kind: Literal["open", "covert", "mutual", "special"]
    inspectors: People
    where: Short
    found: Said
    faults: Annotated[int, Meta(ge=0)]
    demanded: Annotated[str, Meta(max_length=LONGEST)] = ""


class Assessor(Value, frozen=True, tag="assessor"):
    """An outside assessor's word (R39): in what capacity, at which occasion, and what was taken up of it."""

    on: dt.date
    name: Short
    capacity: Short
    occasion: Said
    opinion: Said
    taken_up: Annotated[str, Meta(max_length=LONGEST)] = ""


class Survey(Value, frozen=True, tag="survey"):
    """A third party's survey of satisfaction (R42)."""

    on: dt.date
    by: Short
    asked: Positive
    satisfied: Annotated[int, Meta(ge=0)]
    found: Said


class Incident(Value, frozen=True, tag="incident"):
    """突发事件 (R64): what it was, from when to when, what was done."""

    on: dt.date
    kind: Literal[
        "power",
        "fire",
        "network",
        "system",
        "device",
        "surge",
        "crowd",
        "illness",
        "disorder",
        "petition",
        "force_majeure",
        "other",
    ]
    began: dt.time
    ended: dt.time | None
    happened: Said
    done: Said
    led_by: Short


class Duty(Value, frozen=True, tag="duty"):
    """值班 (R72): who keeps which place from one day to another."""

    on: dt.date
    until: dt.date
    place: Short
    staff: People
    led_by: Short


class Item(Value, frozen=True):
    """An item of an assessment, out of its full points."""

    name: Short
    full: Points
    points: Points


class Assessed(Value, frozen=True, tag="assessed"):
    """考核 of a unit (R43): the items and points of the hall's own sheet, which adds up to 100."""

    on: dt.date
    kind: Literal["own", "yearly"]
    unit: Short
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=60)]
    by: Short

    @property
    def points(self) -> float:
        return round(sum(one.points for one in self.items), 1)


Entry = Correction | Verification | Training | Inspection | Assessor | Survey | Incident | Duty | Assessed
KINDS: dict[str, type] = {str(one.__struct_config__.tag): one for one in get_args(Entry)}
"""Each register by its code."""
SERIES = {
    "correction": "JZ",
    "verification": "YZ",
    "training": "PX",
    "inspection": "JC",
    "assessor": "PY",
    "survey": "DC",
    "incident": "TF",
    "duty": "ZB",
    "assessed": "KH",
}
"""What the numbers of each begin with: 纠正, 验证, 培训, 检查, 评议, 调查, 突发, 值班, 考核."""


class Kept(Value, frozen=True):
    """An entry as it was recorded."""

    number: str
    entry: Entry
    at: dt.datetime
    staff: str


class EntryWrong(DomainError):
    """An entry says what cannot be, or less than the hall's document asks for."""

    code = "entry_wrong"


def kind_named(kind: str) -> type:
    """The entries of a register; raises `EntryWrong` naming those there are."""
    if kind not in KINDS:
        raise EntryWrong(f"there is no register {kind!r}; there are: {', '.join(KINDS)}")
    return KINDS[kind]


def kind_of(entry: Entry) -> str:
    return str(type(entry).__struct_config__.tag)


def number(kind: str, year: int, serial: int) -> str:
    """`PX-2026-003`: begins anew each year."""
    return f"{SERIES[kind]}-{year}-{serial:03d}"


def check(policy: Policy, entry: Entry, kept: Iterable[Kept]) -> None:
    """Before an entry is recorded: raises `EntryWrong` with what is missing and the article."""
    match entry:
        case Inspection(inspectors=who):
            least = policy.registers.inspectors
            if len(set(who)) < least.value:
                raise EntryWrong(f"an inspection is made by at least {least.value} people together ({least.cite})")
        case Training(passed=passed, failed=failed) if not passed and not failed:
            raise EntryWrong("name who took part: passed=CODE, failed=CODE")
        case Training(passed=passed, failed=failed) if set(passed) & set(failed):
            raise EntryWrong(f"{', '.join(sorted(set(passed) & set(failed)))} cannot have passed and failed")
        case Verification(of=of):
            if not any(one.number == of and isinstance(one.entry, Correction) for one in kept):
                raise EntryWrong(f"there is no correction {of}; bancheng register list correction shows them")
        case Survey(asked=asked, satisfied=satisfied) if satisfied > asked:
            raise EntryWrong(f"{satisfied} cannot be satisfied where {asked} were asked")
        case Duty(on=first, until=last) if last < first:
            raise EntryWrong(f"the last day {last} is before the first {first}")
        case Correction(on=found, due=due) if due < found:
            raise EntryWrong(f"it cannot be due on {due}, before it was found on {found}")
        case Incident(began=began, ended=ended) if ended is not None and ended < began:
            raise EntryWrong(f"it cannot have ended at {ended}, before it began at {began}")
        case Assessed(items=items):
            if wrong := [one.name for one in items if one.points > one.full]:
                raise EntryWrong(f"{', '.join(wrong)}: more points than there are")
            if (full := sum(one.full for one in items)) != 100:
                raise EntryWrong(f"the items' full points add up to {full:g}, and to 100 they must")
        case _:
            pass


def hours_of(kept: Iterable[Kept], year: int) -> dict[str, float]:
    """Hours of training passed in a year, by staff code."""
    found: dict[str, float] = {}
    for one in kept:
        if isinstance(one.entry, Training) and one.entry.on.year == year:
            for code in one.entry.passed:
                found[code] = found.get(code, 0.0) + one.entry.hours
    return found
