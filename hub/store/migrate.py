"""Brings a database to the schema of this version, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from hub.domain.hall import Database
from hub.store import postgres
from hub.store.transaction import one_transaction


def migrate(database: Database) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date.

    Raises `StoreFailed`. In PostgreSQL one program at a time changes tables; the database itself must be there.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if isinstance(database, Path) and not database.exists():
        database.touch(mode=0o600)
    with one_transaction(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": postgres.MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
