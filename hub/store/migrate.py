"""Brings a database to the schema of this version, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from hub.store.transaction import engine


def migrate(database: Path) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date."""
    config = _config()
    if not database.exists():
        database.touch(mode=0o600)
    made = engine(database)
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    made.dispose()


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
