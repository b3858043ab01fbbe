"""What fills the fields of the hall's own papers (R15-R18), from what a case holds: one table for all of them.

A field whose code the table does not have is left to the hand that keeps the paper, such as 备注.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from msgspec import structs

from hub.domain.errors import UnknownCode
from hub.domain.facts import Declined, Fact, Verified
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.policy.papers import OTHER
from hub.domain.policy.people import FormField
from hub.domain.policy.values import Named
from hub.errors import Refused
from hub.store import closing, facts, papers
from hub.store.sealing import Sealer
from hub.store.transaction import Transaction
from hub.wire import messages as m

ANSWERS = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})
"""Steps whose text is the answer that the citizen has."""


@dataclass(frozen=True)
class Sheet:
    """What fills a paper: a case whole, with the policy whose words it is written in."""

    tx: Transaction
    hall: Hall
    sealer: Sealer
    policy: Policy
    whole: m.CaseDetail

    @property
    def number(self) -> str:
        return self.whole.line.case_number

    def hidden(self) -> Sheet:
        """The same without who the citizen is (R13)."""
        return replace(self, whole=structs.replace(self.whole, name="", phone=""))

    def order(self) -> papers.Sent | None:
        return papers.newest_order(self.tx, self.hall.code, self.number)

    def said(self, moves: Collection[str]) -> str:
        """The text of the newest step of these moves."""
        return next((one.text for one in reversed(self.whole.steps) if one.move in moves), "")

    def level(self) -> str:
        """The citizen's newest rating of what is on this paper: none of an earlier round's (R33)."""
        order, rated = self.order(), closing.ratings(self.tx, self.hall.code, self.number)
        return rated[-1].level if rated and (order is None or rated[-1].at >= order.sent_at) else ""

    def finding(self) -> str:
        return next((one.finding for one in self.facts() if isinstance(one, Verified)), "")

    def declined(self) -> Declined | None:
        return next((one for one in self.facts() if isinstance(one, Declined)), None)

    def facts(self) -> Iterator[Fact]:
        """What was laid down beside its moves, newest first."""
        return (one.fact for one in reversed(facts.of_case(self.tx, self.hall.code, self.sealer, self.number)))

    def at(self, moment: dt.datetime | None) -> str:
        return f"{moment.astimezone(ZoneInfo(self.hall.timezone)):%Y-%m-%d %H:%M}" if moment else ""


def own(sheet: Sheet, kind: m.FormKind) -> m.Form:
    """受理单, 转办单, 登记表 as the hall's document has them. Refuses `no_such_form` and `not_dispatched`."""
    paper = getattr(sheet.policy.forms, kind)
    if not paper.value:
        raise Refused("no_such_form", f"{sheet.policy.name} has no paper {kind} for {sheet.number}")
    order = sheet.order()
    if kind == "transfer" and order is None:
        raise Refused("not_dispatched", f"no department has {sheet.number} yet; send it to one first")
    return m.Form(
        case_number=sheet.number,
        form=kind,
        title=paper.title,
        number=order.work_order_id if kind == "transfer" and order else sheet.number,
        fields=tuple(_filled(sheet, field) for field in paper.value),
    )


def text_of(sheet: Sheet, code: str) -> str:
    """What stands in a field with that code; nothing where it is left to the hand."""
    fill = FIELDS.get(code)
    return fill(sheet) if fill else ""


def _filled(sheet: Sheet, field: FormField) -> m.FormField:
    ticked = TICKED[field.code](sheet) if field.code in TICKED else frozenset()
    boxes = tuple(m.FormBox(name=box.name, ticked=box.code in ticked) for box in _boxes(sheet.policy, field))
    value = "" if field.code in ALL_IN_BOXES else text_of(sheet, field.code)
    return m.FormField(code=field.code, name=field.name, value=value, boxes=boxes, under=field.under)


def _boxes(policy: Policy, field: FormField) -> tuple[Named, ...]:
    """The boxes that the policy names for a field, else those that it has anyway: its classes, its scale."""
    if field.boxes:
        return field.boxes
    if field.code == "class":
        return tuple(Named(one.code, one.name) for one in policy.classes)
    return policy.rating.levels.value if field.code == "rating" else ()


def _told(sheet: Sheet) -> str:
    """What the citizen reported: the reasons they chose, in the policy's words, and their own."""
    chosen = "；".join(one.text for one in sheet.policy.reasons if one.code in sheet.whole.line.reasons)
    return "\n".join(part for part in (chosen, sheet.whole.text) if part)


def _matter(sheet: Sheet) -> str:
    return _named(lambda: sheet.hall.matter(sheet.whole.line.matter).name)


def _class(sheet: Sheet) -> str:
    return _named(lambda: sheet.policy.case_class(sheet.whole.line.case_class).name)


def _rating(sheet: Sheet) -> str:
    names = {one.code: one.name for one in sheet.policy.rating.levels.value}
    return names.get(sheet.level(), "")


def _order_of(sheet: Sheet) -> papers.Sent:
    return sheet.order() or papers.Sent("", sheet.whole.line.filed_at, "", None)


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _named(name: Callable[[], str]) -> str:
    """A name; nothing for a code that the hall's file and policy do not have, or have no more."""
    try:
        return name()
    except UnknownCode:
        return ""


def _moves_made(sheet: Sheet) -> frozenset[str]:
    return frozenset(one.move for one in sheet.whole.steps)


def _demanded(sheet: Sheet) -> frozenset[str]:
    """The limit of its class; 其他 where the work order asks for something in words."""
    line = sheet.whole.line
    return frozenset({line.case_class if line.work_order_id else "", OTHER if sheet.whole.note else ""} - {""})


FIELDS: dict[str, Callable[[Sheet], str]] = {
    "number": lambda sheet: sheet.number,
    "name": lambda sheet: sheet.whole.name,
    "phone": lambda sheet: sheet.whole.phone,
    "contact": lambda sheet: _words(sheet.whole.name, sheet.whole.phone),
    "received_by": lambda sheet: papers.received_by(sheet.tx, sheet.hall.code, sheet.number),
    "received_at": lambda sheet: sheet.at(sheet.whole.line.filed_at),
    "class": _class,
    "limit": lambda sheet: _words(_class(sheet), str(sheet.whole.line.due.date)),
    "matter": lambda sheet: _words(_matter(sheet), sheet.whole.text),
    "matter_name": _matter,
    "record": _told,
    "cause": _told,
    "opinion": Sheet.finding,
    "answered": lambda sheet: sheet.said({"answer_on_the_spot"}),
    "department": lambda sheet: _named(lambda: sheet.hall.department(sheet.whole.line.department).name),
    "handler": lambda sheet: _order_of(sheet).handler,
    "demand": lambda sheet: sheet.whole.note,
    "rating": _rating,
    "returned_at": lambda sheet: sheet.at(_order_of(sheet).replied_at),
    "result": lambda sheet: sheet.said(ANSWERS),
    "closed_at": lambda sheet: sheet.at(closing.answered_at(sheet.tx, sheet.hall.code, sheet.number)),
}
"""What fills a field, by its code in the policy."""

TICKED: dict[str, Callable[[Sheet], frozenset[str]]] = {
    "class": lambda sheet: frozenset({sheet.whole.line.case_class}),
    "opinion": _moves_made,
    "demand": _demanded,
    "rating": lambda sheet: frozenset({sheet.level()}),
}
"""Codes of the boxes that are ticked in a field."""

ALL_IN_BOXES = frozenset({"class", "rating"})
"""Fields whose boxes say it all; in a ledger, which has no boxes, their text does."""
