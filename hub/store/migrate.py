"""Brings a database to the schema of this version, by Alembic.

Alembic is loaded only where there is something to change: it is a third of what a hub loads, and a hub that was
killed must be back within a second.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from hub.store.transaction import engine

_SCRIPTS = Path(__file__).parent / "migrations"
NEWEST = "0013"
"""The newest migration there is."""


def migrate(database: Path) -> None:
    """Creates or upgrades the database's tables; does nothing to one that is up to date."""
    if not database.exists():
        database.touch(mode=0o600)
    made = engine(database)
    with made.begin() as connection:
        if revision(connection) != NEWEST:
            _upgrade(connection)
    made.dispose()


def revision(db: Connection) -> str:
    """The migration that a database has; empty before the first."""
    if not inspect(db).has_table("alembic_version"):
        return ""
    return str(db.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


def is_known(wanted: str) -> bool:
    """Whether this program has that migration; a newer one's it has not."""
    from alembic.script import ScriptDirectory

    return any(one.revision == wanted for one in ScriptDirectory(str(_SCRIPTS)).walk_revisions())


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
