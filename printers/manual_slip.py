"""Slips that are printed in advance and given out by hand (R65): the number, the service, and lines for the times.

Beside them the sheet's head and the instruction for the people at the windows. Pure: what is said, not how it is drawn.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hub.domain import posts
from hub.domain.hall import Hall, Value
from hub.domain.numbers import ticket_number
from hub.domain.policy import Policy
from hub.domain.words import STAFF, Words
from hub.wire.messages import SlipBlock
from printers.slip import Block, Divider, Field, Line, Slip, Stamp

ROOM_TO_WRITE = Line("", "small")
STEPS = 10
"""How many the instruction has."""
COLUMNS = ("number", "taken", "called", "ended", "window", "staff", "outcome", "remark")
"""Of the sheet on which a window writes down what became of each slip."""


class ManualSlip(Value, frozen=True, tag="manual"):
    """One slip of a block, whole, so that it waits in a spool like a receipt; `printed_on` is in the hall's time."""

    hall: str
    number: str
    service: str
    block: str
    printed_on: str
    reprint: bool = False


class ManualInstruction(Value, frozen=True, tag="manual_instruction"):
    """人工叫号办法 of one block; `held_by`, `issued_at` and `head` are as people call them."""

    hall: str
    service: str
    block: str
    printed_on: str
    first: str
    last: str
    held_by: str
    issued_at: str
    head: str
    reprint: bool = False


def numbers(block: SlipBlock) -> tuple[str, ...]:
    """Every number of a block, as it is called."""
    return tuple(ticket_number(block.series, one) for one in range(block.first, block.last + 1))


def papers(block: SlipBlock, hall: Hall) -> tuple[ManualSlip, ...]:
    """The slips of a block, in their order; raises `UnknownCode` for a service the hall no longer has."""
    service, day = hall.service(block.service).name, printed_on(block, hall)
    return tuple(ManualSlip(hall.name, number, service, block.block, day) for number in numbers(block))


def slips(block: SlipBlock, hall: Hall) -> tuple[Slip, ...]:
    """`papers` as they are drawn."""
    return tuple(slip_of_manual(one) for one in papers(block, hall))


def instruction_paper(block: SlipBlock, hall: Hall, policy: Policy) -> ManualInstruction:
    """What to do while the machine is down, and when it is there again."""
    words = Words("printers", STAFF)
    kept_at_kiosk = any(one.name == block.held_by and one.role == "kiosk" for one in hall.terminals)
    keeper = "kiosk" if kept_at_kiosk else "staff"
    return ManualInstruction(
        hall=hall.name,
        service=hall.service(block.service).name,
        block=block.block,
        printed_on=printed_on(block, hall),
        first=numbers(block)[0],
        last=numbers(block)[-1],
        held_by=words(f"slip.held_by.{keeper}", held_by=block.held_by),
        issued_at=words(f"slip.issued_at.{policy.by_hand.issued_at.value}"),
        head=posts.title(policy, policy.by_hand.reported_to.value),
    )


def instruction(block: SlipBlock, hall: Hall, policy: Policy) -> Slip:
    """`instruction_paper` as it is drawn."""
    return slip_of_instruction(instruction_paper(block, hall, policy))


def slip_of_instruction(told: ManualInstruction) -> Slip:
    """The steps, in the order in which they are taken."""
    words = Words("printers", STAFF)
    said = {"issued_at": told.issued_at, "head": told.head, "held_by": told.held_by}
    of_block = words(
        "slip.how.block",
        service=told.service,
        first=told.first,
        last=told.last,
        block=told.block,
        day=told.printed_on,
    )
    blocks: list[Block] = [
        Line(told.hall, "hall", bold=True, centred=True),
        Line(words("slip.how"), "title", bold=True, centred=True),
        *_stamp(told.reprint, words),
        Line(of_block, centred=True),
        Divider(),
        *(Line(f"{step}. " + words(f"slip.how.{step}", **said)) for step in range(1, STEPS + 1)),
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


def slip_of_manual(told: ManualSlip) -> Slip:
    """The number huge, and lines for the times; one that may be there twice says which of the two counts."""
    words = Words("printers", STAFF)
    fields = (Field(words(f"slip.{one}"), words("slip.blank")) for one in ("taken", "called", "window"))
    by_hand = (block for field in fields for block in (ROOM_TO_WRITE, field))
    return Slip(
        (
            Line(told.hall, "hall", bold=True, centred=True),
            *_stamp(told.reprint, words),
            Line(told.number, "number", bold=True, centred=True),
            Line(told.service, "title", bold=True, centred=True),
            Divider(),
            *by_hand,
            Divider(),
            Line(words("slip.wait"), "small"),
            Line(words("slip.block", block=told.block, day=told.printed_on), "small"),
        )
    )


def _stamp(reprint: bool, words: Words) -> tuple[Stamp, ...]:
    return (Stamp(words("slip.reprint")),) if reprint else ()
