"""Brings a database to the schema of this version, by Alembic.

Alembic is loaded only where there is something to change: it is a third of what a hub loads, and a hub that was
killed must be back within a second.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from hub.domain.hall import Database
from hub.store.failures import StoreFailed
from hub.store.transaction import one_transaction

_SCRIPTS = Path(__file__).parent / "migrations"
NEWEST = "0035"
"""The newest migration there is."""
MIGRATION_LOCK = 0x62636D67
"""PostgreSQL's advisory lock of whoever changes the tables (`bcmg`)."""


def migrate(database: Database, to: str = NEWEST) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date.

    Raises `StoreFailed`, also for tables of a later version. In PostgreSQL one program at a time changes tables; the
    database itself must be there.
    """
    if isinstance(database, Path) and not database.exists():
        database.touch(mode=0o600)
    with one_transaction(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        if (found := revision(connection)) != to:
            must_be_known(database, found)
            _upgrade(connection, to)


def revision(db: Connection) -> str:
    """The migration that a database has; empty before the first."""
    if not inspect(db).has_table("alembic_version"):
        return ""
    return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


def is_known(wanted: str) -> bool:
    """Whether this program has that migration; a newer one's it has not."""
    from alembic.script import ScriptDirectory

    return any(one.revision == wanted for one in ScriptDirectory(str(_SCRIPTS)).walk_revisions())


def must_be_known(database: Database, found: str) -> None:
    """Raises `StoreFailed` for tables that a later version of this program has changed."""
    if found and not is_known(found):
        raise StoreFailed(
            f"{database} was made by a later version of bancheng (schema {found}); nothing was changed; "
            "install that version here too"
        )


def _upgrade(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
