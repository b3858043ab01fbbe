"""The hall's directory: `hall.toml`, keys and database, as `bancheng init` makes it and every program finds it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import platformdirs

from hub.domain.calendar_file import CalendarWrong, parse_published
from hub.domain.deadline import Calendar
from hub.domain.hall import Database, Hall, contradictions
from hub.domain.hall_calendar import HallCalendar, Published
from hub.domain.policy import Policy, PolicyWrong, parse_policy
from hub.errors import HubError

_OWN = Path(__file__).parent


class BadHall(HubError):
    """The hall's directory is missing, unreadable or wrong; the text names the file and the remedy."""

    code = "bad_hall"


class HallDirectory:
    """Where a hall's files are. Reads them; makes nothing."""

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = Path(path) if path else default_directory()

    @property
    def file(self) -> Path:
        return self.path / "hall.toml"

    @property
    def database(self) -> Database:
        """The hall's database: the PostgreSQL that `hall.toml` names, else a file here; raises `BadHall`."""
        return self.hall().database or self.database_file

    @property
    def database_file(self) -> Path:
        """SQLite's file: what `bancheng backup` copies, and the hall's database where `hall.toml` names no other."""
        return self.path / "hall.db"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def data_key(self) -> Path:
        return self.path / "data.key"

    @property
    def pepper(self) -> Path:
        return self.path / "pepper.key"

    @property
    def own_policy(self) -> Path:
        """The hall's own policy; a hall without one has the shipped one that its file names."""
        return self.path / "policy.toml"

    @property
    def own_calendar(self) -> Path:
        """Years of the state's calendar that this hall has before its software has them, or otherwise."""
        return self.path / "calendar.toml"

    @property
    def attachments(self) -> Path:
        return self.path / "attachments"

    def local(self, terminal: str) -> Path:
        """Where a terminal keeps its own files (outbox, spool)."""
        return self.path / "terminals" / terminal

    def corner_pin(self, terminal: str) -> Path:
        """The PIN of a kiosk's staff corner, as a hash: with the kiosk's own files, so that one opens no other."""
        return self.local(terminal) / "corner.pin"

    def hall(self) -> Hall:
        """The hall; raises `BadHall` with the place of the mistake in the file."""
        try:
            found = parse_hall(self.file.read_bytes())
        except OSError as wrong:
            raise BadHall(
                f"{self.file} cannot be read ({wrong.strerror}); make a hall with: bancheng init {self.path}"
            ) from wrong
        except msgspec.DecodeError as wrong:
            raise BadHall(f"{self.file}: {wrong}; mend that value and start again") from wrong
        if amiss := contradictions(found):
            raise BadHall(f"{self.file}: {'; '.join(amiss)}; mend that and start again")
        return found

    def policy(self) -> Policy:
        """The hall's policy: `policy.toml` beside `hall.toml` when there is one, else the shipped one it names."""
        return load_policy(self.own_policy if self.own_policy.exists() else self.hall().policy)

    def published(self) -> Published:
        """The state's years: those of `calendar.toml` beside `hall.toml` when there is one, and those that ship."""
        return load_published(self.own_calendar if self.own_calendar.exists() else None)


def parse_hall(text: bytes) -> Hall:
    return msgspec.toml.decode(text, type=Hall)


def load_policy(source: str | Path) -> Policy:
    """A shipped policy by its name (`shanting`) or one from a file.

    Raises `BadHall` naming the file, and every mistake with its line and remedy.
    """
    path = policy_file(source)
    try:
        return parse_policy(path.read_bytes(), default_policy())
    except OSError as wrong:
        raise BadHall(f"{path} cannot be read ({wrong.strerror})") from wrong
    except PolicyWrong as wrong:
        raise BadHall(f"{path} cannot be used; mend this and start again:\n{wrong}") from wrong


def policy_file(source: str | Path) -> Path:
    """The file of a policy: itself, or the shipped one of that name; raises `BadHall` naming those there are."""
    if isinstance(source, Path):
        return source
    shipped = _OWN / "policies" / f"{source}.toml"
    if not shipped.exists() or source not in shipped_policies():
        raise BadHall(f"no policy {source!r}; there are {', '.join(shipped_policies())}")
    return shipped


def shipped_policies() -> tuple[str, ...]:
    """The names of the policies that ship with the hub."""
    files = (_OWN / "policies").glob("*.toml")
    return tuple(sorted(path.stem for path in files if path.stem not in ("default", "calendar")))


def default_policy() -> bytes:
    """The text of what policies inherit where their documents are silent."""
    return (_OWN / "policies" / "default.toml").read_bytes()


def load_calendar() -> Calendar:
    """The shipped working calendar."""
    return HallCalendar(load_published()).calendar()


def load_published(own: Path | None = None) -> Published:
    """What ships of the state's years (`policies/calendar.toml`), under those that a hall's own file has.

    Raises `BadHall` naming the file, and every mistake with its line and remedy.
    """
    shipped = parse_published((_OWN / "policies" / "calendar.toml").read_bytes())
    if own is None:
        return shipped
    try:
        return parse_published(own.read_bytes()).over(shipped)
    except OSError as wrong:
        raise BadHall(f"{own} cannot be read ({wrong.strerror})") from wrong
    except CalendarWrong as wrong:
        raise BadHall(f"{own} cannot be used; mend this and start again:\n{wrong}") from wrong


def hall_template(name: str) -> bytes:
    """A shipped hall to start from (`shanting`); raises `BadHall` naming those there are."""
    try:
        return (_OWN / "halls" / f"{name}.toml").read_bytes()
    except OSError as wrong:
        raise BadHall(f"no hall template {name!r}; there are {', '.join(hall_templates())}") from wrong


def hall_templates() -> tuple[str, ...]:
    """The names of the halls to start from."""
    return tuple(sorted(path.stem for path in (_OWN / "halls").glob("*.toml")))


def default_directory() -> Path:
    """`$BANCHENG_HALL`, else the platform's data directory."""
    named = os.environ.get("BANCHENG_HALL")
    return Path(named) if named else Path(platformdirs.user_data_dir("bancheng", appauthor=False)) / "hall"
