"""How a database fails, in the hub's words, whichever database it is."""

from __future__ import annotations

from sqlalchemy import exc

from hub.errors import HubError


class StoreFailed(HubError):
    """The database could not keep something: nothing of it was kept. The text names the database and the cause."""

    code = "store_failed"
    told = "the hub's disk could not keep this; nothing was changed"
    """What a terminal is told; the hub's own text names the place and goes to its log."""


class StoreLost(StoreFailed):
    """The committing connection is gone, and with it the duty: what was being committed may or may not be kept."""

    code = "not_active"
    told = "this hub is not on duty; ask the one whose heartbeat says that it is active"


class HallTaken(HubError):
    """Another hub serves this hall."""

    code = "hall_taken"


UNUSABLE = (exc.DBAPIError, exc.PendingRollbackError)
"""What SQLAlchemy raises when the database says no, and when a connection was lost in the middle."""


def reason(wrong: Exception) -> str:
    """The database's own words, on one line and without the row that PostgreSQL quotes."""
    said = getattr(wrong, "orig", None) or wrong
    primary = getattr(getattr(said, "diag", None), "message_primary", None)
    return " ".join((primary or str(said)).split())


def concerns_one_command(wrong: Exception) -> bool:
    """Whether a failure takes back one command, or the whole transaction.

    A broken rule of the tables is one command's own. Anything else the database says ends the transaction: after a full
    disk, what is still written would be committed by itself.
    """
    return not isinstance(wrong, UNUSABLE) or isinstance(wrong, exc.IntegrityError | exc.DataError)
