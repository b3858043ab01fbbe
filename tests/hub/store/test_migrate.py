"""From nothing to the schema of this version, and no further."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from hub.domain.hall import Database
from hub.store import migrate as migrations, schema
from hub.store.migrate import NEWEST, migrate, revision
from hub.store.transaction import engine, one_transaction
from hub.store.windows import all_staff
from tests.hub.desk import Desk


def test_the_migrations_make_just_the_tables_of_the_schema(tmp_path: Path) -> None:
    migrate(tmp_path / "hall.db")
    made = engine(tmp_path / "hall.db")
    with made.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    made.dispose()


UNNAMED = re.compile(r"(sqlite_autoindex_\w+)_\d+")


def shape(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Columns with types, defaults and keys, foreign keys and indexes, as SQLite itself understands them.

    The indexes behind unique rules have no names of their own, only the order in which the rules were written down.
    """
    found: dict[str, list[tuple[object, ...]]] = {}
    with sqlite3.connect(database) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'index')")]
        for name in names:
            for what in ("table_info", "foreign_key_list", "index_list", "index_xinfo"):
                rows = db.execute(f'PRAGMA {what}("{name}")').fetchall()
                if what == "index_list":  # an index's place in the list only says which was made first
                    rows = [(UNNAMED.sub(r"\1", row[1]), *row[2:]) for row in rows]
                key = " ".join([what, UNNAMED.sub(r"\1", name)])
                found[key] = sorted([*found.get(key, []), *rows], key=repr)
    return found


def test_defaults_and_indexes_are_those_of_the_schema_too(tmp_path: Path) -> None:
    migrate(tmp_path / "migrated.db")
    migrate(tmp_path / "made.db")
    made = engine(tmp_path / "made.db")
    with made.begin() as connection:
        schema.metadata.drop_all(connection)
        schema.metadata.create_all(connection)
    made.dispose()
    assert shape(tmp_path / "migrated.db") == shape(tmp_path / "made.db")


def test_each_table_s_key_begins_with_the_hall() -> None:
    assert {table.primary_key.columns.keys()[0] for table in schema.metadata.tables.values()} == {"hall"}


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    database = tmp_path / "hall.db"

    def tables() -> list[tuple[str]]:
        with sqlite3.connect(database) as db:
            return db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()

    migrate(database)
    first = tables()
    migrate(database)
    assert tables() == first
    assert any("audit_no_delete" in (sql or "") for (sql,) in first)


def test_the_newest_migration_is_known_without_alembic(tmp_path: Path) -> None:
    assert ScriptDirectory(str(Path(migrations.__file__).parent / "migrations")).get_current_head() == NEWEST
    migrate(tmp_path / "hall.db")
    with one_transaction(tmp_path / "hall.db", read_only=True) as db:
        assert revision(db) == NEWEST


@pytest.mark.rule("R4")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_who_worked_here_before_there_were_posts_holds_the_plain_ones(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    database: Database = tmp_path / "hall.db"
    if kind == "postgresql":
        cluster = request.getfixturevalue("cluster")
        database = cluster.address(cluster.new_database())
    migrate(database, to="0023")
    with one_transaction(database) as tx:
        for code, role in (("06", "window"), ("21", "department"), ("01", "supervisor")):
            tx.execute(
                text(
                    "INSERT INTO staff (hall, staff, name, role, department, pin_hash, active) "
                    "VALUES ('370406', :code, '-', :role, '', 'none', TRUE)"
                ),
                {"code": code, "role": role},
            )
    migrate(database)
    with one_transaction(database, read_only=True) as db:
        held = {one.staff: one.posts for one in all_staff(db, "370406")}
    assert held == {"06": ("receiver", "owner", "clerk"), "21": ("handler",), "01": ("supervisor",)}


def test_a_database_that_is_up_to_date_needs_no_alembic(tmp_path: Path) -> None:
    migrate(tmp_path / "hall.db")
    program = "import sys; from pathlib import Path; from hub.store.migrate import migrate; migrate(Path(sys.argv[1]))"
    program += "; sys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "hall.db")], check=True)


def test_a_database_in_use_keeps_what_is_in_it(desk: Desk) -> None:
    number = desk.file().case_number
    migrate(desk.store.path)
    desk.reopen()
    assert desk.line(number).case_number == number


def test_a_new_database_is_for_its_owner_only(tmp_path: Path) -> None:
    migrate(tmp_path / "hall.db")
    assert (tmp_path / "hall.db").stat().st_mode & 0o777 == 0o600


def test_a_new_database_is_in_write_ahead_mode(tmp_path: Path) -> None:
    migrate(tmp_path / "hall.db")
    with sqlite3.connect(tmp_path / "hall.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
