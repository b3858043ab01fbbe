"""Papers for the office (R15, R16, R18, R50): a form of the hall about one case, as its document prints it.

They name the citizen, for who works on the case has to: they are printed by staff who may read it, kept in no spool,
and never given out at a kiosk.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hub.domain import posts
from hub.domain.hall import Hall, Value
from hub.domain.policy import Policy
from hub.domain.words import STAFF, Words
from hub.wire.messages import Form, FormField, Refusal
from printers.slip import BY_HAND_MM, Block, Box, Line, Row, Slip, Table

RECORD_MM, REMARKS_MM, SIGNED_MM = 20.0, 14.0, 11.0
RECORDED = frozenset({"record", "cause", "opinion", "answered", "demand", "result"})
"""Fields in which a hand writes more than a line."""
REMEDIES = ("administrative_review", "administrative_litigation")


class OfficeForm(Value, frozen=True):
    """One sheet. `copy` of `copies` is which one it is, where the document wants several."""

    hall: str
    title: str
    number: str
    rows: tuple[Row, ...]
    printed_on: str
    copy: int = 1
    copies: int = 1
    foot: str = ""


def form_of(form: Form, hall: Hall, printed_at: dt.datetime) -> OfficeForm:
    """受理单, 转办单 or 登记表: the fields in the order and the words of the hall's document, boxes ticked."""
    return OfficeForm(
        hall=hall.name,
        title=form.title,
        number=form.number,
        rows=tuple(
            Row(
                _label(one, before),
                one.value,
                tuple(Box(box.name, box.ticked) for box in one.boxes),
                room_mm=0.0 if one.value or one.boxes else _room_mm(one.code),
            )
            for before, one in pairwise((None, *form.fields))
            if one is not None and one.code != "number"  # it stands above, as in the document
        ),
        printed_on=_moment(printed_at, hall),
    )


def refusal_forms(refusal: Refusal, hall: Hall, policy: Policy, printed_at: dt.datetime) -> tuple[OfficeForm, ...]:
    """否定事项报备登记表, each copy a sheet: the hall's own template, for its document's is lost."""
    words = Words("printers", STAFF)
    decided = (("approved", refusal.approved is True), ("rejected", refusal.approved is False))
    approved = tuple(Box(words(f"office.refusal.{name}"), ticked) for name, ticked in decided)
    remedies = tuple(Box(words(f"office.remedy.{one}"), one in refusal.remedies) for one in REMEDIES)
    notice = tuple(
        Box(words(f"office.notice.{one}"), refusal.notice_in in (one, "either")) for one in ("written", "oral")
    )
    returned = tuple(Box(words(f"office.return.{one}")) for one in policy.refusals.return_needs.value)
    approver = posts.title(policy, policy.refusals.approver.value)
    rows = (
        Row(words("office.refusal.reason"), refusal.text),
        Row(words("office.refusal.basis"), refusal.basis),
        Row(words("office.refusal.by"), refusal.proposed_by),
        Row(words("office.refusal.at"), _moment(refusal.proposed_at, hall)),
        Row(words("office.refusal.approver", title=approver), refusal.decided_by, approved, room_mm=SIGNED_MM),
        Row(words("office.refusal.decided_at"), _moment(refusal.decided_at, hall)),
        Row(words("office.refusal.told"), "", notice),
        *((Row(words("office.refusal.remedies"), "", remedies),) if refusal.remedies else ()),
        Row(words("office.refusal.returned"), "", returned, room_mm=SIGNED_MM),
        Row(words("office.remarks"), room_mm=REMARKS_MM),
    )
    archived = policy.refusals.archived_with_materials.value
    return tuple(
        OfficeForm(
            hall=hall.name,
            title=words("office.refusal.title"),
            number=refusal.case_number,
            rows=rows,
            printed_on=_moment(printed_at, hall),
            copy=copy,
            copies=refusal.copies,
            foot=words("office.refusal.foot") if archived else "",
        )
        for copy in range(1, refusal.copies + 1)
    )


def slip_of_form(form: OfficeForm) -> Slip:
    """The sheet from its head to its foot."""
    words = Words("printers", STAFF)
    blocks: list[Block] = [
        Line(form.hall, "hall", bold=True, centred=True),
        Line(form.title, "title", bold=True, centred=True),
        Line(words("office.number", number=form.number), "code", centred=True),
    ]
    if form.copies > 1:
        blocks.append(Line(words("office.copy", copy=form.copy, copies=form.copies), bold=True, centred=True))
    blocks += [Table(form.rows), *([Line(form.foot, "small")] if form.foot else [])]
    blocks += [Line(words("office.inside"), "small"), Line(words("office.printed", at=form.printed_on), "small")]
    return Slip(tuple(blocks))


def _label(field: FormField, before: FormField | None) -> str:
    """A field's name; the first of several under one heading has that too, unless a field of its own says it above."""
    if not field.under or (before is not None and field.under in (before.name, before.under)):
        return field.name
    return Words("printers", STAFF)("office.under", heading=field.under, name=field.name)


def _room_mm(code: str) -> float:
    """How high an empty field is for the hand that fills it in."""
    return RECORD_MM if code in RECORDED else REMARKS_MM if code == "remarks" else BY_HAND_MM


def _moment(at: dt.datetime | None, hall: Hall) -> str:
    return f"{at.astimezone(ZoneInfo(hall.timezone)):%Y-%m-%d %H:%M}" if at else ""
