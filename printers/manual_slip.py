"""Slips that are printed in advance and given out by hand (R65): the number, the service, and lines for the times.

Beside them the sheet's head and the instruction for the people at the windows. Pure: what is said, not how it is drawn.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hub.domain import posts
from hub.domain.hall import Hall
from hub.domain.numbers import ticket_number
from hub.domain.policy import Policy
from hub.domain.words import STAFF, Words
from hub.wire.messages import SlipBlock
from printers.slip import Block, Divider, Field, Line, Slip

ROOM_TO_WRITE = Line("", "small")
STEPS = 10
"""How many the instruction has."""
COLUMNS = ("number", "taken", "called", "ended", "window", "staff", "outcome", "remark")
"""Of the sheet on which a window writes down what became of each slip."""


def numbers(block: SlipBlock) -> tuple[str, ...]:
    """Every number of a block, as it is called."""
    return tuple(ticket_number(block.series, one) for one in range(block.first, block.last + 1))


def slips(block: SlipBlock, hall: Hall) -> tuple[Slip, ...]:
    """The slips of a block, in their order; raises `UnknownCode` for a service the hall no longer has."""
    words = Words("printers", STAFF)
    service = hall.service(block.service).name
    about = words("slip.block", block=block.block, day=printed_on(block, hall))
    return tuple(_slip(number, service, about, hall, words) for number in numbers(block))


def instruction(block: SlipBlock, hall: Hall, policy: Policy) -> Slip:
    """人工叫号办法: what to do while the machine is down, and when it is there again."""
    words = Words("printers", STAFF)
    told = {
        "issued_at": words(f"slip.issued_at.{policy.by_hand.issued_at.value}"),
        "head": posts.title(policy, policy.by_hand.reported_to.value),
        "first": numbers(block)[0],
        "last": numbers(block)[-1],
        "held_by": block.held_by,
        "block": block.block,
    }
    blocks: list[Block] = [
        Line(hall.name, "hall", bold=True, centred=True),
        Line(words("slip.how"), "title", bold=True, centred=True),
        Line(
            words("slip.how.block", service=hall.service(block.service).name, day=printed_on(block, hall), **told),
            centred=True,
        ),
        Divider(),
        *(Line(f"{step}. " + words(f"slip.how.{step}", **told)) for step in range(1, STEPS + 1)),
    ]
    return Slip(tuple(blocks))


def list_head(block: SlipBlock, hall: Hall) -> tuple[str, str, tuple[str, ...]]:
    """The sheet's title, what stands below it, and the heads of its columns."""
    words = Words("printers", STAFF)
    below = words(
        "slip.list.block",
        service=hall.service(block.service).name,
        block=block.block,
        day=printed_on(block, hall),
    )
    return words("slip.list", hall=hall.name), below, tuple(words(f"slip.list.{column}") for column in COLUMNS)


def list_foot(hall: Hall) -> str:
    return Words("printers", STAFF)("slip.list.foot")


def printed_on(block: SlipBlock, hall: Hall) -> str:
    return f"{block.printed_at.astimezone(ZoneInfo(hall.timezone)):%Y-%m-%d %H:%M}"


def _slip(number: str, service: str, about: str, hall: Hall, words: Words) -> Slip:
    fields = (Field(words(f"slip.{one}"), words("slip.blank")) for one in ("taken", "called", "window"))
    by_hand = (block for field in fields for block in (ROOM_TO_WRITE, field))
    return Slip(
        (
            Line(hall.name, "hall", bold=True, centred=True),
            Line(number, "number", bold=True, centred=True),
            Line(service, "title", bold=True, centred=True),
            Divider(),
            *by_hand,
            Divider(),
            Line(words("slip.wait"), "small"),
            Line(about, "small"),
        )
    )
