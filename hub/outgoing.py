"""A file that leaves the hall (R71): a paper, a report, a case's bundle. Never over another, for one reader alone."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hub import durable
from hub.errors import HubError

PRIVATE = 0o600


class CannotWrite(HubError):
    """The file that was named is there already, is none that this can be written to, or its disk does not take it."""

    code = "cannot_write"


def must_be_new(out: Path, what: str, endings: Collection[str] = ()) -> None:
    """Before anybody is asked for a PIN: raises `CannotWrite` where what is to be written cannot stand there.

    `what` is named to whoever reads the error, such as "a report"; `endings` are those that it can be written as.
    """
    if endings and out.suffix not in endings:
        known = " or ".join(endings)
        raise CannotWrite(f"{out} does not end with {known}; name it so that it says what it shall be")
    if out.exists():
        raise CannotWrite(f"{out} exists, and {what} is never overwritten; give another name")
    if not out.parent.is_dir():
        raise CannotWrite(f"there is no folder {out.parent}; make it first")


def write(out: Path, content: bytes, mode: int = PRIVATE) -> None:
    """On the disk when this returns; raises `CannotWrite`."""
    try:
        durable.write_new(out, content, mode)
    except OSError as wrong:
        raise CannotWrite(f"{out} could not be written ({wrong.strerror}); free its disk or name another") from wrong
