"""The registers (R39, R42, R43, R45, R46, R49, R64, R72): an entry is recorded once and stays as it is."""

from __future__ import annotations

from hub.wire.message import Message


class EntryField(Message, frozen=True):
    """One field of an entry as somebody typed it; what holds several comes several times."""

    name: str
    value: str


class RecordEntry(Message, frozen=True):
    """An entry of the register `kind`: `training`, `inspection`, `incident` and so on."""

    kind: str
    fields: tuple[EntryField, ...]


class EntryRecorded(Message, frozen=True):
    """Under which number it stands."""

    number: str
