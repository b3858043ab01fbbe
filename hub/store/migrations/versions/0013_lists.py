"""Indexes that lists of a hall with a million cases are read along, each to its end: none has to be sorted"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"

OPEN = sa.text("answered_at IS NULL")
OPEN_OF_DEPARTMENT = sa.text("answered_at IS NULL AND department <> ''")
OF_DEPARTMENT = sa.text("department <> ''")


def upgrade() -> None:
    op.drop_index("ix_case_open_due", "case")
    op.drop_index("ix_case_filed", "case")
    _index("ix_case_open_due", ["hall", "due_date", "number"], OPEN)
    _index("ix_case_open_department", ["hall", "department", "due_date", "number"], OPEN_OF_DEPARTMENT)
    _index("ix_case_department", ["hall", "department", "business_date", "number"], OF_DEPARTMENT)
    op.create_index("ix_case_filed", "case", ["hall", "business_date", "number"], unique=False)


def _index(name: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, "case", columns, unique=False, sqlite_where=where, postgresql_where=where)
