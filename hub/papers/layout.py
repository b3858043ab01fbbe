"""Where the fields of a paper stand on A4: cells beside one another and below. Pure."""

from __future__ import annotations

from hub.domain.hall import Value
from hub.wire.messages import Form, FormBox, FormField

SHORT = frozenset(
    {"name", "citizen", "phone", "received_by", "received_at", "department", "handler", "proposed_by", "proposed_at"}
    | {"told_by", "told_at", "closed_at", "archived_at", "class", "keep", "decided_at"}
)
"""Two of these stand in one line, as in the annexes."""
ROOM_MM = {
    "record": 60.0,
    "opinion": 68.0,
    "demand": 40.0,
    "rating": 22.0,
    "remarks": 26.0,
    "cause": 70.0,
    "contents": 90.0,
}
ROOM_MM |= {"result": 40.0, "said": 26.0, "reason": 34.0, "approval": 18.0, "returned": 14.0}
LINE_MM = 11.0


class Part(Value, frozen=True):
    """What stands in a cell: a name of its own where the cell has several, boxes, text."""

    label: str = ""
    boxes: tuple[FormBox, ...] = ()
    text: str = ""
    is_date: bool = False


class Cell(Value, frozen=True):
    """A ruled field: its heading, what stands in it, and how high it is at least."""

    label: str
    parts: tuple[Part, ...]
    room_mm: float = LINE_MM


Row = tuple[Cell, ...]
"""One cell across the paper, or two beside one another."""


def rows(form: Form) -> tuple[Row, ...]:
    """The fields in their order; 编号 stands above them, as in the documents."""
    found: list[list[Cell]] = []
    may_pair = False
    for field in form.fields:
        if field.code == "number":
            continue
        if found and field.under and found[-1][-1].label == field.under:
            before = found[-1][-1]
            found[-1][-1] = Cell(before.label, (*before.parts, _part(field, field.name)), before.room_mm)
            may_pair = False
            continue
        label, inner = (field.under, field.name) if field.under else (field.name, "")
        cell = Cell(label, (_part(field, inner),), ROOM_MM.get(field.code, LINE_MM))
        short = field.code in SHORT and not field.boxes and not field.under
        if short and may_pair:
            found[-1].append(cell)
        else:
            found.append([cell])
        may_pair = short and len(found[-1]) == 1
    return tuple(tuple(row) for row in found)


def _part(field: FormField, label: str) -> Part:
    return Part(label, field.boxes, field.value, is_date=field.code.endswith("_at"))
