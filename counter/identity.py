"""Which of the hall's terminals this program is."""

from __future__ import annotations

from hub.config import HallDirectory
from hub.domain.hall import Terminal
from hub.errors import HubError

STAFF_ROLES = ("window", "department", "supervisor")


class NotACounter(HubError):
    """A terminal of another kind; the text names those that are counters."""

    code = "not_a_counter"


def terminal_of(directory: HallDirectory, name: str) -> Terminal:
    """The terminal of that name; raises `NotACounter` with the names that this program can be."""
    known = {one.name: one for one in directory.hall().terminals if one.role in STAFF_ROLES}
    if name not in known:
        raise NotACounter(f"no counter {name!r} in {directory.file}; there are {', '.join(known)}")
    return known[name]
