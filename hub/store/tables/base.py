"""What all tables share: one metadata, and keys that begin with the hall."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, String

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_hall() -> Column[str]:
    return Column("hall", String(6), primary_key=True)


def of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["hall", "case_number"], ["case.hall", "case.number"])
