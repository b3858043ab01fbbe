"""Papers of a case: taken a chunk at a time, looked at when whole, and read by those who handle the case."""

from __future__ import annotations

import hashlib
import re

from hub.domain import attachment as rules
from hub.errors import Refused
from hub.service.books import Actor, Asked, Books, Decision, Draft
from hub.service.grievances import identity_hidden
from hub.store import attachments, cases, grievances
from hub.store.attachments import Attachment
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

NAME_AT_MOST = 120
_SHA256 = re.compile(r"[0-9a-f]{64}")


def begin(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.BeginAttachment) -> Decision:
    """Announces a file; what is there of the same content of this case need not come again."""
    hall, found = books.hall.code, _case(tx, books, asked.actor, told.case_number)
    if not _SHA256.fullmatch(told.sha256) or not 0 < len(told.name) <= NAME_AT_MOST:
        raise Refused("bad_attachment", f"a file has a name of 1 to {NAME_AT_MOST} characters and its SHA-256 in hex")
    digest = books.sealer.fingerprint("content", f"{told.sha256}/{told.size_bytes}".encode())
    known = attachments.of_content(tx, hall, found.number, digest)
    attachment_id = known.attachment_id if known else attachments.next_id(tx, hall, found.number)
    if known is None:
        rules.check_size(told.size_bytes, attachments.count(tx, hall, found.number))
        attachments.add(
            tx,
            hall,
            attachment_id=attachment_id,
            case_number=found.number,
            kind=told.kind,
            digest=digest,
            size_bytes=told.size_bytes,
            sealed=books.sealer.seal_text(told.name, f"attachment/{attachment_id}"),
            begun_at=asked.at,
            begun_by=asked.actor.staff,
        )
    answer = m.AttachmentBegun(
        attachment_id=attachment_id,
        chunk_bytes=rules.CHUNK_BYTES,
        have=attachments.have(tx, hall, attachment_id),
        finished=known is not None and known.finished_at is not None,
    )
    return Decision(answer, subject=attachment_id)


def send_chunk(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.SendChunk) -> Decision:
    wanted, _ = _unfinished(tx, books, asked.actor, told.attachment_id)
    rules.check_chunk(wanted.size_bytes, told.ordinal, len(told.data))
    attachments.put_chunk(tx, books.hall.code, books.sealer, wanted.attachment_id, told.ordinal, told.data)
    return Decision(m.Done(), subject=wanted.attachment_id)


def finish(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.FinishAttachment) -> Decision:
    """Looks whether the chunks are what was announced, and what they are; a 投诉 is then in writing (R12)."""
    hall = books.hall.code
    wanted, found = _unfinished(tx, books, asked.actor, told.attachment_id)
    chunks = [
        attachments.open_chunk(tx, hall, books.sealer, wanted.attachment_id, ordinal)
        for ordinal in range(rules.chunk_count(wanted.size_bytes))
    ]
    content = b"".join(one for one in chunks if one is not None)
    announced = f"{hashlib.sha256(content).hexdigest()}/{wanted.size_bytes}".encode()
    if None in chunks or books.sealer.fingerprint("content", announced) != wanted.digest:
        raise Refused("attachment_damaged", "its bytes are not those that were announced; send its chunks again")
    attachments.finish(tx, hall, wanted.attachment_id, rules.media_type(content), asked.at)
    if wanted.kind == "written_form" and found.kind == "grievance":
        grievances.save(tx, hall, found.number, written_at=asked.at)
    return Decision(m.Done(), subject=wanted.attachment_id)


def read(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReadAttachment) -> Decision:
    """One chunk, for who handles the case; not where it may show who asked for secrecy (R13)."""
    known = attachments.find(tx, books.hall.code, wanted.attachment_id)
    if known is None or known.finished_at is None:
        raise _unknown(wanted.attachment_id)
    if identity_hidden(books, asked.actor, _case(tx, books, asked.actor, known.case_number)):
        raise _unknown(wanted.attachment_id)
    last = rules.chunk_count(known.size_bytes) - 1
    if not 0 <= wanted.ordinal <= last:
        raise _unknown(wanted.attachment_id)
    data = attachments.open_chunk(tx, books.hall.code, books.sealer, known.attachment_id, wanted.ordinal)
    assert data is not None, "a finished attachment has all its chunks"
    return Decision(m.AttachmentChunk(data=data, more=wanted.ordinal < last), subject=known.attachment_id)


def _case(tx: Transaction, books: Books, actor: Actor, number: str) -> OpenCase:
    found = cases.find(tx, books.hall.code, number)
    if found is None or (actor.role == "department" and found.department != actor.terminal.department):
        raise Refused("unknown_case", f"no case {number} here")
    return found


def _unfinished(tx: Transaction, books: Books, actor: Actor, attachment_id: str) -> tuple[Attachment, OpenCase]:
    known = attachments.find(tx, books.hall.code, attachment_id)
    if known is None:
        raise _unknown(attachment_id)
    found = _case(tx, books, actor, known.case_number)
    if known.finished_at is not None:
        raise Refused("attachment_finished", f"{attachment_id} is whole and stays as it is; begin another")
    return known, found


def _unknown(attachment_id: str) -> Refused:
    return Refused("unknown_attachment", f"no attachment {attachment_id} here")
