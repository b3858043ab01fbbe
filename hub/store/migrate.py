"""Brings a database to the schema of this version, by Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from hub.store.transaction import engine


def migrate(database: Path) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if not database.exists():
        database.touch(mode=0o600)
    made = engine(database)
    with made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    made.dispose()
