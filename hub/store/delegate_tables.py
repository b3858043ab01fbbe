"""The tables of AB 岗: who covers for whom, and each time they did."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table

from hub.store.moment import Moment


def delegate_table(metadata: MetaData) -> Table:
    return Table(
        "delegate",
        metadata,
        Column("hall", String(6), primary_key=True),
        Column("staff", String(48), primary_key=True),
        Column("delegate", String(48), nullable=False),
        Column("named_at", Moment, nullable=False),
        Column("named_by", String(48), nullable=False),
    )


def cover_table(metadata: MetaData) -> Table:
    """`stepped_in`: by the delegate himself, without a handover; `liable`: as the policy said on that day."""
    return Table(
        "cover",
        metadata,
        Column("hall", String(6), primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("absent", String(48), nullable=False),
        Column("delegate", String(48), nullable=False),
        Column("first_day", Date, nullable=False),
        Column("last_day", Date, nullable=False),
        Column("stepped_in", Boolean, nullable=False),
        Column("liable", Boolean, nullable=False),
        Column("at", Moment, nullable=False),
        Column("sealed_note", LargeBinary),
    )
