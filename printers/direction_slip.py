"""指引单 (R6): whose matter it is, where that is, and whom to ask for, to be carried there.

Built from the hub's answer and the hall's directory: of the citizen it knows nothing.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hub.domain.hall import Hall
from hub.domain.translated import hall_in
from hub.wire.messages import DirectorySlip
from printers.said import Paper, Said
from printers.slip import Block, Divider, Line, Slip


class DirectionSlip(Paper, frozen=True, kw_only=True, tag="direction"):
    """Where to go, in the citizen's language and in the hall's; what the hall's document does not tell is empty."""

    department: str
    department_beside: str
    place: str
    place_beside: str
    number: str
    """The department's telephone; `phone` is the hall's."""
    person: str
    taken_at: dt.datetime


def direction_slip(
    told: DirectorySlip, department: str, hall: Hall, taken_at: dt.datetime, language: str = "zh_Hans"
) -> DirectionSlip:
    """The slip of what `SendToDepartment` was answered; `department` is its code."""
    own = hall_in(hall, language)
    there = own.department(department)
    return DirectionSlip(
        hall=own.name,
        timezone=hall.timezone,
        phone=hall.phone if hall.phone != told.phone else "",
        language=language,
        department=there.name if told.department else "",
        department_beside=told.department,
        place=(there.place or own.place) if told.place else "",
        place_beside=told.place,
        number=told.phone,
        person=told.person,
        taken_at=taken_at,
    )


def slip_of_direction(slip: DirectionSlip) -> Slip:
    """The blocks in reading order: the department large, then where, by which telephone and whom to ask for."""
    say = Said(slip)
    taken = slip.taken_at.astimezone(ZoneInfo(slip.timezone))
    names = dict.fromkeys(name for name in say.both(slip.department, slip.department_beside) if name)
    blocks: list[Block] = [*say.head("direction.title", again="direction.reprint"), Divider()]
    blocks += [Line(text, "code", centred=True) for text in say.each(lambda words: words("direction.go"))]
    blocks += [Line(name, "title", bold=True, centred=True) for name in names]
    blocks.append(Divider())
    if slip.place:
        blocks.append(say.named("direction.place", slip.place, slip.place_beside, bold=True))
    if slip.person:
        blocks.append(say.named("direction.person", slip.person, bold=True))
    if slip.number:
        blocks.append(say.named("direction.phone", slip.number, bold=True))
    return say.slip(
        *blocks,
        Divider(),
        *say.small("direction.show"),
        *say.phone(),
        *say.small("direction.taken_at", at=f"{taken:%Y-%m-%d %H:%M}"),
    )
