"""The hall's directory: `hall.toml`, keys and database, as `bancheng init` makes it and every program finds it."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import msgspec
import platformdirs

from hub.domain.deadline import Calendar
from hub.domain.hall import Hall, contradictions
from hub.domain.policy import Policy, parse_policy
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
    def database(self) -> Path:
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
    def attachments(self) -> Path:
        return self.path / "attachments"

    def local(self, terminal: str) -> Path:
        """Where a terminal keeps its own files (outbox, spool)."""
        return self.path / "terminals" / terminal

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


def parse_hall(text: bytes) -> Hall:
    return msgspec.toml.decode(text, type=Hall)


def load_policy(source: str | Path) -> Policy:
    """A shipped policy by its name (`shanting`) or one from a file; raises `BadHall` naming file and place."""
    path = source if isinstance(source, Path) else _OWN / "policies" / f"{source}.toml"
    try:
        return parse_policy(path.read_bytes(), (_OWN / "policies" / "default.toml").read_bytes())
    except OSError as wrong:
        known = sorted(p.stem for p in (_OWN / "policies").glob("*.toml") if p.stem not in ("default", "calendar"))
        raise BadHall(f"no policy {source!r}; there are {', '.join(known)}") from wrong
    except msgspec.DecodeError as wrong:
        raise BadHall(f"{path}: {wrong}; mend that value and start again") from wrong


def load_calendar() -> Calendar:
    """The shipped working calendar (`policies/calendar.toml`)."""
    table = msgspec.toml.decode((_OWN / "policies" / "calendar.toml").read_bytes(), type=_CalendarFile)
    return Calendar(
        years=table.years,
        holidays={day: name for name, days in table.holidays.items() for day in days},
        workdays=frozenset(table.workdays),
    )


def hall_template(name: str) -> bytes:
    """A shipped hall to start from (`shanting`); raises `BadHall` naming those there are."""
    try:
        return (_OWN / "halls" / f"{name}.toml").read_bytes()
    except OSError as wrong:
        known = ", ".join(sorted(path.stem for path in (_OWN / "halls").glob("*.toml")))
        raise BadHall(f"no hall template {name!r}; there are {known}") from wrong


class _CalendarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    years: tuple[int, ...]
    holidays: dict[str, tuple[dt.date, ...]]
    workdays: tuple[dt.date, ...]


def default_directory() -> Path:
    """`$BANCHENG_HALL`, else the platform's data directory."""
    named = os.environ.get("BANCHENG_HALL")
    return Path(named) if named else Path(platformdirs.user_data_dir("bancheng", appauthor=False)) / "hall"
