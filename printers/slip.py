"""What stands on a slip of paper, top to bottom, before anybody knows how wide it is.

Pure: deciders make slips, `printers.render` draws them. Sizes are named, not measured in dots, because 58 mm and
80 mm paper need different ones.
"""

from __future__ import annotations

from typing import Literal, Protocol

from hub.domain.hall import Value

Region = Literal["SC", "TC"]
Size = Literal["small", "body", "code", "hall", "title", "number"]

TICKED, UNTICKED = "■", "□"
BY_HAND_MM = 9.0
"""High enough to write in by hand."""


class Line(Value, frozen=True):
    """Words that wrap to the paper; centred ones are headings, the others are read as sentences."""

    text: str
    size: Size = "body"
    bold: bool = False
    centred: bool = False


class Field(Value, frozen=True):
    """A label in bold and what belongs to it, which may take several lines.

    `label_below` and `text_below` say the same to staff where the citizen's language is another than the hall's.
    """

    label: str
    text: str
    bold: bool = False
    label_below: str = ""
    text_below: str = ""


class Stamp(Value, frozen=True):
    """White on black across the paper: what nobody may overlook (补打)."""

    text: str


class Divider(Value, frozen=True):
    """A broken line across the paper."""


class Qr(Value, frozen=True):
    """A QR code, error correction M, quiet zone of 4 modules."""

    text: str


class Box(Value, frozen=True):
    """What a paper prints to be ticked."""

    name: str
    ticked: bool = False

    def __str__(self) -> str:
        """As it is written where it cannot be drawn."""
        return f"{TICKED if self.ticked else UNTICKED}{self.name}"


class Row(Value, frozen=True):
    """A ruled field of a form. One without boxes and text, and any with `room_mm`, leaves room for a hand to write."""

    label: str
    text: str = ""
    boxes: tuple[Box, ...] = ()
    room_mm: float = 0.0


class Table(Value, frozen=True):
    """The ruled fields of a form, one below the other, in one frame."""

    rows: tuple[Row, ...]


class Ruler(Value, frozen=True):
    """A scale of millimetres across the paper, to see whether width and density are set as the printer is."""


Block = Line | Field | Stamp | Divider | Qr | Table | Ruler


class Slip(Value, frozen=True):
    """`region` is the shape of its characters: 骨 and 直 are written otherwise in Traditional script."""

    blocks: tuple[Block, ...]
    region: Region = "SC"


class Sheet(Protocol):
    """What a slip is set on: paper that grows downwards, block by block."""

    def line(self, block: Line) -> None: ...
    def field(self, block: Field) -> None: ...
    def stamp(self, block: Stamp) -> None: ...
    def divider(self) -> None: ...
    def qr(self, block: Qr) -> None: ...
    def table(self, block: Table) -> None: ...
    def ruler(self) -> None: ...


def lay_out(slip: Slip, sheet: Sheet) -> None:
    """Sets the blocks of a slip, from top to bottom."""
    for block in slip.blocks:
        match block:
            case Line():
                sheet.line(block)
            case Field():
                sheet.field(block)
            case Stamp():
                sheet.stamp(block)
            case Divider():
                sheet.divider()
            case Qr():
                sheet.qr(block)
            case Table():
                sheet.table(block)
            case Ruler():
                sheet.ruler()
