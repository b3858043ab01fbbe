"""The screens of the rail by their names."""

from __future__ import annotations

from counter.rail import pages_at
from counter.screens.appointments_page import AppointmentsPage
from counter.screens.calendar_page import CalendarPage
from counter.screens.checklist import ChecklistPage
from counter.screens.erase import ErasePage
from counter.screens.ledger import LedgerPage
from counter.screens.line_page import LinePage
from counter.screens.lodge import LodgePage
from counter.screens.page import Page
from counter.screens.posts import PostsPage
from counter.screens.slip import SlipPage
from counter.screens.slips_page import SlipsPage
from counter.workplace import Workplace

SCREENS: dict[str, type[Page]] = {
    "line": LinePage,
    "lodge": LodgePage,
    "slip": SlipPage,
    "checklist": ChecklistPage,
    "appointments": AppointmentsPage,
    "slips": SlipsPage,
    "calendar": CalendarPage,
    "posts": PostsPage,
    "ledger": LedgerPage,
    "erase": ErasePage,
}


def pages_of(place: Workplace) -> dict[str, Page]:
    """The pages of this terminal's role, in the order of the rail."""
    return {name: SCREENS[name](place) for name in pages_at(place.terminal.role)}
