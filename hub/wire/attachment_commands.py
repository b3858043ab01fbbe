"""How papers come to a case, a chunk at a time, and how they are read."""

from __future__ import annotations

import datetime as dt

from hub.domain.attachment import AttachmentKind, MediaType
from hub.wire.message import Message


class BeginAttachment(Message, frozen=True):
    """Announces a file; the same content of the same case goes on where it was, or is there already."""

    case_number: str
    kind: AttachmentKind
    name: str
    size_bytes: int
    sha256: str


class SendChunk(Message, frozen=True):
    """One chunk, counted from 0; sent again it replaces the first."""

    attachment_id: str
    ordinal: int
    data: bytes


class FinishAttachment(Message, frozen=True):
    """All chunks are there: the hub looks whether they are what was announced, and what they are."""

    attachment_id: str


class ReadAttachment(Message, frozen=True):
    """One chunk of a finished attachment; logged as a look into personal data (R47)."""

    attachment_id: str
    ordinal: int = 0


class AttachmentView(Message, frozen=True):
    """A finished attachment; `media_type` is what its bytes are."""

    attachment_id: str
    kind: AttachmentKind
    name: str
    media_type: MediaType
    size_bytes: int
    at: dt.datetime


class AttachmentBegun(Message, frozen=True):
    """Chunks of `chunk_bytes`, the last one shorter; `have` are there already."""

    attachment_id: str
    chunk_bytes: int
    have: tuple[int, ...] = ()
    finished: bool = False


class AttachmentChunk(Message, frozen=True):
    data: bytes
    more: bool


AttachmentCommand = BeginAttachment | SendChunk | FinishAttachment | ReadAttachment
