"""Brings a database to the schema of this version, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from hub.domain.hall import Database
from hub.store import postgres
from hub.store.transaction import one_transaction


def migrate(database: Database) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date.

    Raises `StoreFailed`. In PostgreSQL one program at a time changes tables; the database itself must be there.
    """
    config = _config()
    if isinstance(database, Path) and not database.exists():
        database.touch(mode=0o600)
    with one_transaction(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": postgres.MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(db: Connection) -> str:
    """The migration that a database has; empty before the first."""
    return MigrationContext.configure(db).get_current_revision() or ""


def is_known(wanted: str) -> bool:
    """Whether this program has that migration; a newer one's it has not."""
    return any(one.revision == wanted for one in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
