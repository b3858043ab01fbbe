"""The table of facts: what is laid down in a case beside its moves."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, MetaData, String, Table

from hub.store.moment import Moment


def fact_table(metadata: MetaData) -> Table:
    """`kind` is the fact's name; its fields are sealed, for they quote people."""
    return Table(
        "fact",
        metadata,
        Column("hall", String(6), primary_key=True),
        Column("case_number", String(32), primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("at", Moment, nullable=False),
        Column("staff", String(48), nullable=False),
        Column("kind", String(32), nullable=False),
        Column("sealed", LargeBinary, nullable=False),
        ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"]),
    )
