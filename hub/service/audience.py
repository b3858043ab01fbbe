"""Who may know of an event: one table. What it does not list is told to nobody.

The feed is heard by every enrolled terminal, so that what is not for all goes out as `Withheld` with the roles it is
for; a terminal of such a role asks `EventsSince`, which is answered to each by its key (R11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from hub.domain.hall import Role, Terminal
from hub.service.permissions import EVERYBODY
from hub.wire import messages as m


@dataclass(frozen=True)
class Audience:
    """Terminals of these roles; with a department only its own; of a 投诉 neither its respondent nor strangers."""

    roles: frozenset[Role]
    department: str = ""
    respondent: m.Respondent | None = None

    def has(self, terminal: Terminal, staff: str = "") -> bool:
        if self.respondent is not None and staff in ("", self.respondent.staff):
            return False
        return terminal.role in self.roles and self.department in ("", terminal.department)


ALL = Audience(EVERYBODY)


def _all(_event: m.Event) -> Audience:
    return ALL


def _of_notice(event: m.NoticeRaised | m.NoticeAcknowledged) -> Audience:
    return Audience(frozenset(event.roles), event.department)


def _of_case(event: m.ComplaintFiled | m.CaseMoved) -> Audience:
    """A 投诉 is for those who take it and those who follow it (R11, R13); its department is told by a notice."""
    respondent = event.case.respondent
    return ALL if respondent is None else Audience(frozenset({"window", "supervisor"}), respondent=respondent)


AUDIENCES: dict[type[m.Message], Callable[[Any], Audience]] = {
    m.ComplaintFiled: _of_case,
    m.NumberReplaced: _all,
    m.TicketTaken: _all,
    m.TicketCalled: _all,
    m.TicketMoved: _all,
    m.CaseMoved: _of_case,
    m.WindowSet: _all,
    m.BulletinPosted: _all,
    m.DayTurned: _all,
    m.CalendarSet: _all,
    m.NoticeRaised: _of_notice,
    m.NoticeAcknowledged: _of_notice,
}


def of(event: m.Event) -> Audience:
    """Who may know of it."""
    return AUDIENCES[type(event)](event)


def as_published(numbered: m.Numbered) -> m.Numbered:
    """An event as PUB sends it to everybody: whole, or only its number and the roles that may ask for it."""
    for_whom = of(numbered.event)
    if for_whom == ALL:
        return numbered
    return msgspec.structs.replace(numbered, event=m.Withheld(roles=tuple(sorted(for_whom.roles))))


def as_told(numbered: m.Numbered, terminal: Terminal, staff: str = "") -> m.Numbered:
    """An event as this terminal, with who is logged in there, may know it: whole, or only its number."""
    return numbered if of(numbered.event).has(terminal, staff) else withheld(numbered)


def withheld(numbered: m.Numbered) -> m.Numbered:
    """Only that there was an event of this number."""
    return msgspec.structs.replace(numbered, event=m.Withheld())
