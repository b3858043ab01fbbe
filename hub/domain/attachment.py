"""Attachments: papers that are scanned or photographed, what of them is taken, and what their bytes are."""

from __future__ import annotations

from typing import Literal

from hub.domain.errors import DomainError

AttachmentKind = Literal["written_form", "evidence", "consent", "signature"]
"""书面投诉, 佐证材料, 同意书或委托书, 签收."""
MediaType = Literal["pdf", "jpeg", "png"]

CHUNK_BYTES = 256 << 10
"""Few enough that nobody waits behind a chunk; many fit in a frame's limit together with their envelope."""
SIZE_AT_MOST = 10 << 20
EACH_CASE_AT_MOST = 20

_SHAPES: dict[MediaType, tuple[bytes, bytes, int]] = {
    "pdf": (b"%PDF-", b"%%EOF", 1024),
    "jpeg": (b"\xff\xd8\xff", b"\xff\xd9", 64),
    "png": (b"\x89PNG\r\n\x1a\n", b"IEND\xae\x42\x60\x82", 8),
}
"""How the bytes begin, how they end, and within how many of the last bytes that end stands (ISO 32000-1 7.5.5,
ISO/IEC 10918-1 B.1.1.3, ISO/IEC 15948 11.2.5)."""


class AttachmentRefused(DomainError):
    """Bytes that are no whole PDF, JPEG or PNG, whatever their name says; or too many of them."""

    code = "bad_attachment"


def check_size(size_bytes: int, already: int) -> None:
    """Raises `AttachmentRefused` for what is empty or too large, and for one too many."""
    if not 0 < size_bytes <= SIZE_AT_MOST:
        raise AttachmentRefused(f"an attachment has 1 to {SIZE_AT_MOST >> 20} MiB; scan it with fewer dots per inch")
    if already >= EACH_CASE_AT_MOST:
        raise AttachmentRefused(f"a case has at most {EACH_CASE_AT_MOST} attachments; join pages into one PDF")


def chunk_count(size_bytes: int) -> int:
    return -(-size_bytes // CHUNK_BYTES)


def check_chunk(size_bytes: int, ordinal: int, length: int) -> None:
    """Raises `AttachmentRefused` for a chunk that is none of this attachment's."""
    last = chunk_count(size_bytes) - 1
    expected = CHUNK_BYTES if ordinal < last else size_bytes - last * CHUNK_BYTES
    if not 0 <= ordinal <= last or length != expected:
        raise AttachmentRefused(f"chunks are 0 to {last}, of {CHUNK_BYTES} bytes but the last: this is another")


def media_type(content: bytes) -> MediaType:
    """What the bytes are, by themselves; raises `AttachmentRefused` for anything else than these three, whole."""
    for kind, (begins, ends, within) in _SHAPES.items():
        if content.startswith(begins) and ends in content[-within:]:
            return kind
    raise AttachmentRefused("only whole PDF, JPEG and PNG files are taken; scan or photograph the paper anew")
