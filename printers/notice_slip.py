"""一次性告知 on paper (R52): all that a matter needs, at once, in the words that everybody uses for it.

Built from the hall's published list alone: nothing here is about the citizen who takes it home.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hub.domain.care import NoticePart
from hub.domain.hall import Department, Hall, Matter, Value
from hub.domain.translated import hall_in
from hub.wire.messages import Checklist
from printers.said import Paper, Said
from printers.slip import Block, Divider, Line, Slip


class Told(Value, frozen=True):
    """A part of the notice beside the materials, as the hall wrote it."""

    kind: NoticePart
    text: str


class NoticeSlip(Paper, frozen=True, kw_only=True, tag="notice"):
    """One version of a matter's notice; `place` and `office` say whom to ask (R6)."""

    matter: str
    version: int
    materials: tuple[str, ...]
    parts: tuple[Told, ...]
    office: str
    place: str
    taken_at: dt.datetime


def notice_slip(
    checklist: Checklist,
    matter: Matter,
    hall: Hall,
    handled_by: Department | None,
    taken_at: dt.datetime,
    language: str = "zh_Hans",
) -> NoticeSlip:
    """The slip of the newest list; `handled_by` is the department that knows, where the hall names one."""
    own = hall_in(hall, language)
    return NoticeSlip(
        hall=own.name,
        timezone=hall.timezone,
        phone=(handled_by.phone if handled_by else "") or hall.phone,
        language=language,
        matter=own.matter(matter.code).name,
        version=checklist.version,
        materials=tuple(one.name for one in checklist.materials),
        parts=tuple(Told(kind=one.kind, text=one.text) for one in checklist.parts),
        office=own.department(handled_by.code).name if handled_by else "",
        place=(own.department(handled_by.code).place if handled_by else "") or own.place,
        taken_at=taken_at,
    )


def slip_of_notice(slip: NoticeSlip) -> Slip:
    """The blocks in reading order: the matter, what to bring with a box to tick, the rest, and where to ask."""
    say = Said(slip)
    taken = slip.taken_at.astimezone(ZoneInfo(slip.timezone))
    blocks: list[Block] = [
        *say.head("notice.title", again="notice.reprint"),
        Line(slip.matter, "code", bold=True, centred=True),
        Divider(),
        *(Line(text, "body", bold=True) for text in say.each(lambda words: words("notice.materials"))),
        *(Line(f"□ {at}. {name}") for at, name in enumerate(slip.materials, 1)),
    ]
    told: list[Block] = [say.named(f"notice.{part.kind}", part.text) for part in slip.parts]
    if where := " ".join(one for one in (slip.office, slip.place) if one):
        told.append(say.named("notice.where", where))
    if told:
        blocks += [Divider(), *told]
    return say.slip(
        *blocks,
        Divider(),
        *say.phone(),
        *say.small("notice.version", version=slip.version, at=f"{taken:%Y-%m-%d %H:%M}"),
        *say.small("notice.all"),
    )
