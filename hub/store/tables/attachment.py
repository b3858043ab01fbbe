"""The tables of attachments: what each is, and its content in sealed chunks."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, String, Table, UniqueConstraint

from hub.store.moment import Moment
from hub.store.tables.base import metadata, of_case, of_hall

attachment = Table(
    "attachment",
    metadata,
    of_hall(),
    Column("attachment_id", String(40), primary_key=True),
    Column("case_number", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("media_type", String(8), nullable=False, server_default=""),
    Column("sealed", LargeBinary),
    Column("begun_at", Moment, nullable=False),
    Column("begun_by", String(48), nullable=False),
    Column("finished_at", Moment),
    of_case(),
    UniqueConstraint("hall", "case_number", "digest"),
)
"""`digest` is the content's address within its case: an HMAC of its SHA-256, so that a table tells nothing of it."""

chunk = Table(
    "chunk",
    metadata,
    of_hall(),
    Column("attachment_id", String(40), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    ForeignKeyConstraint(["hall", "attachment_id"], ["attachment.hall", "attachment.attachment_id"]),
)
