"""Rows of attachments; each chunk is sealed for its own place, so that none can stand in for another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from hub.domain.attachment import AttachmentKind, MediaType
from hub.store.erasing import overwritten
from hub.store.schema import attachment, chunk
from hub.store.sealing import Sealer
from hub.wire.messages import AttachmentView


class Attachment(msgspec.Struct, frozen=True):
    """One attachment without its content."""

    attachment_id: str
    case_number: str
    kind: AttachmentKind
    digest: bytes
    size_bytes: int
    finished_at: dt.datetime | None


def count(tx: Connection, hall: str, number: str) -> int:
    of_case = (attachment.c.hall == hall, attachment.c.case_number == number)
    return int(tx.execute(select(func.count()).select_from(attachment).where(*of_case)).scalar_one())


def next_id(tx: Connection, hall: str, number: str) -> str:
    """The id of a case's next attachment; those of uploads that were cleared leave gaps."""
    of_case = (attachment.c.hall == hall, attachment.c.case_number == number)
    known = tx.execute(select(attachment.c.attachment_id).where(*of_case)).scalars()
    return f"{number}/a{max((int(one.rpartition('/a')[2]) for one in known), default=0) + 1}"


def clear(tx: Connection, hall: str, begun_before: dt.datetime) -> int:
    """Deletes uploads that were begun before a moment and never finished, with their bytes; how many there were."""
    left = (attachment.c.hall == hall, attachment.c.finished_at.is_(None), attachment.c.begun_at < begun_before)
    ids = tx.execute(select(attachment.c.attachment_id).where(*left)).scalars().all()
    with overwritten(tx):
        for one in ids:
            tx.execute(delete(chunk).where(chunk.c.hall == hall, chunk.c.attachment_id == one))
            tx.execute(delete(attachment).where(attachment.c.hall == hall, attachment.c.attachment_id == one))
    return len(ids)


def find(tx: Connection, hall: str, attachment_id: str) -> Attachment | None:
    return _found(tx, hall, attachment.c.attachment_id == attachment_id)


def of_content(tx: Connection, hall: str, number: str, digest: bytes) -> Attachment | None:
    return _found(tx, hall, attachment.c.case_number == number, attachment.c.digest == digest)


def add(tx: Connection, hall: str, **values: Any) -> None:
    tx.execute(insert(attachment).values(hall=hall, **values))


def put_chunk(tx: Connection, hall: str, sealer: Sealer, attachment_id: str, ordinal: int, data: bytes) -> None:
    key = (chunk.c.hall == hall, chunk.c.attachment_id == attachment_id, chunk.c.ordinal == ordinal)
    tx.execute(delete(chunk).where(*key))
    sealed = sealer.seal(data, f"chunk/{attachment_id}/{ordinal}")
    tx.execute(insert(chunk).values(hall=hall, attachment_id=attachment_id, ordinal=ordinal, sealed=sealed))


def have(tx: Connection, hall: str, attachment_id: str) -> tuple[int, ...]:
    """The chunks that are there."""
    rows = select(chunk.c.ordinal).where(chunk.c.hall == hall, chunk.c.attachment_id == attachment_id)
    return tuple(tx.execute(rows.order_by(chunk.c.ordinal)).scalars())


def open_chunk(tx: Connection, hall: str, sealer: Sealer, attachment_id: str, ordinal: int) -> bytes | None:
    key = (chunk.c.hall == hall, chunk.c.attachment_id == attachment_id, chunk.c.ordinal == ordinal)
    sealed = tx.execute(select(chunk.c.sealed).where(*key)).scalar_one_or_none()
    return None if sealed is None else sealer.open(sealed, f"chunk/{attachment_id}/{ordinal}")


def finish(tx: Connection, hall: str, attachment_id: str, media_type: MediaType, at: dt.datetime) -> None:
    key = (attachment.c.hall == hall, attachment.c.attachment_id == attachment_id)
    tx.execute(update(attachment).where(*key).values(media_type=media_type, finished_at=at))


def views(tx: Connection, hall: str, sealer: Sealer, number: str) -> tuple[AttachmentView, ...]:
    """The finished attachments of a case, oldest first."""
    rows = tx.execute(
        select(attachment)
        .where(attachment.c.hall == hall, attachment.c.case_number == number, attachment.c.finished_at.is_not(None))
        .order_by(attachment.c.finished_at, attachment.c.attachment_id)
    )
    return tuple(
        AttachmentView(
            attachment_id=row.attachment_id,
            kind=row.kind,
            name=sealer.open_text(row.sealed, f"attachment/{row.attachment_id}"),
            media_type=row.media_type,
            size_bytes=row.size_bytes,
            at=row.finished_at,
        )
        for row in rows
    )


def finished(tx: Connection, hall: str, number: str, since: dt.datetime) -> int:
    """How many papers of a case came in whole since a moment."""
    of_case = (attachment.c.hall == hall, attachment.c.case_number == number, attachment.c.finished_at >= since)
    return int(tx.execute(select(func.count()).select_from(attachment).where(*of_case)).scalar_one())


def _found(tx: Connection, hall: str, *where: Any) -> Attachment | None:
    row = tx.execute(select(attachment).where(attachment.c.hall == hall, *where)).one_or_none()
    if row is None:
        return None
    return Attachment(row.attachment_id, row.case_number, row.kind, row.digest, row.size_bytes, row.finished_at)
