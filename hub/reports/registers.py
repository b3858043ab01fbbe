"""A register on paper or on the screen: its entries of a year, and what is still owed of it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from hub.domain import register as rules
from hub.domain.register import Assessed, Correction, Item, Kept, Survey, Training, Verification
from hub.domain.reported import StaffRow
from hub.reports.report import Cell, Column, ColumnKind, Report, Table
from hub.reports.says import Says

WIDE = {"found": 12, "cause": 10, "measure": 12, "evidence": 12, "topic": 12, "opinion": 12, "happened": 12, "done": 12,
        "items": 16, "demanded": 10, "taken_up": 10, "occasion": 10, "inspectors": 8, "staff": 10,
        "passed": 10}  # fmt: skip
PEOPLE = frozenset({"passed", "failed", "inspectors", "staff", "responsible", "by", "led_by"})
COUNTS = frozenset({"hours", "faults", "asked", "satisfied"})


def register(kind: str, kept: Sequence[Kept], staff: Sequence[StaffRow], says: Says) -> Report:
    """The entries of one register in the period, and beside them what its document asks for and nobody has done."""
    inside = [one for one in kept if rules.kind_of(one.entry) == kind and one.entry.on in says.span]
    owed = tuple(owing(kind, kept, staff, says))
    boxes = (says.box("entries", len(inside)), says.box("owed", len(owed)))
    return says.report(boxes, owed or (says.words("nothing_owed"),), (table(kind, inside, says),), "scope.register")


def table(kind: str, entries: Iterable[Kept], says: Says) -> Table:
    """One line an entry, its fields in their order."""
    fields = msgspec.structs.fields(rules.KINDS[kind])
    columns = (
        says.column("number", wide=7),
        *(_column(says, one.name) for one in fields),
        says.column("recorded", wide=9),
    )
    rows = tuple(
        (
            one.number,
            *(said(getattr(one.entry, field.name), field.name, says) for field in fields),
            f"{one.at.astimezone(says.made.tzinfo):%Y-%m-%d %H:%M} {says.staff(one.staff)}",
        )
        for one in entries
    )
    return Table(title=says.words(f"register.{kind}"), columns=columns, rows=rows, none=says.words("no_entries"))


def said(value: object, field: str, says: Says) -> Cell:
    """A field in words."""
    match value:
        case None | dt.date() | int() | float() if not isinstance(value, bool):
            return value
        case bool():
            return says.words("yes_" if value else "no_")
        case dt.time():
            return f"{value:%H:%M}"
        case tuple():
            return says.words("list").join(str(said(one, field, says)) for one in value)
        case Item(name=name, full=full, points=points):
            return f"{name} {points:g}/{full:g}"
        case str() if f"value.{value}" in says.words:
            return says.words(f"value.{value}")
        case _:
            return says.staff(str(value)) if field in PEOPLE else str(value)


def owing(kind: str, kept: Sequence[Kept], staff: Sequence[StaffRow], says: Says) -> Iterable[str]:
    """What is owed of a register by the hall's own document (R42, R45, R46)."""
    policy, year = says.policy.registers, says.span.first.year
    of_year = [one.entry for one in kept if one.entry.on.year == year]
    match kind:
        case "correction":
            verified = {one.entry.of for one in kept if isinstance(one.entry, Verification) and one.entry.effective}
            for one in kept:
                entry = one.entry
                if isinstance(entry, Correction) and one.number not in verified:
                    late = says.words("owed.late") if entry.due < says.today else ""
                    yield says.words("owed.correction", number=one.number, due=entry.due, late=late)
        case "training":
            at_counters = [one for one in staff if one.role in ("window", "department")]
            hours, least, times = rules.hours_of(kept, year), policy.training_hours_y.value, policy.trainings_y.value
            taken = [code for one in of_year if isinstance(one, Training) for code in one.passed]
            ever = {code for one in kept if isinstance(one.entry, Training) for code in one.entry.passed}
            for member in at_counters:
                has = hours.get(member.code, 0.0)
                if has < least:
                    yield says.words(
                        "owed.hours", staff=says.staff(member.code), year=year, has=f"{has:g}", least=least
                    )
                if taken.count(member.code) < times:
                    yield says.words("owed.times", staff=says.staff(member.code), year=year, least=times)
                if policy.trained_before_post.value and member.code not in ever:
                    yield says.words("owed.untrained", staff=says.staff(member.code))
        case "survey":
            made = sum(isinstance(one, Survey) for one in of_year)
            if made < policy.surveys_y.value:
                yield says.words("owed.survey", year=year, n=made, least=policy.surveys_y.value)
        case "assessed":
            for every in says.policy.assessment.every.value:
                which = "own" if every == "half_year" else "yearly"
                if not any(isinstance(one, Assessed) and one.kind == which for one in of_year):
                    yield says.words("owed.assessed", year=year, what=says.words(f"value.{which}"))


def _column(says: Says, field: str) -> Column:
    kind: ColumnKind = "date" if field in ("on", "until", "due") else "count" if field in COUNTS else "text"
    return Column(name=says.words(f"field.{field}"), kind=kind, wide=WIDE.get(field, 7 if kind == "date" else 5))
