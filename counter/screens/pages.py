"""The screens of the rail by their names."""

from __future__ import annotations

from counter.rail import pages_at
from counter.screens.appointments_page import AppointmentsPage
from counter.screens.calendar_page import CalendarPage
from counter.screens.checklist import ChecklistPage
from counter.screens.devices_page import DevicesPage
from counter.screens.erase import ErasePage
from counter.screens.fairness_page import FairPage
from counter.screens.ledger import LedgerPage
from counter.screens.line_page import LinePage
from counter.screens.lodge import LodgePage
from counter.screens.page import Page
from counter.screens.posts import PostsPage
from counter.screens.slip import SlipPage
from counter.screens.slips_page import SlipsPage
from counter.screens.suggestions_page import SuggestionsPage
from counter.workplace import Workplace

SCREENS: dict[str, type[Page]] = {
    "line": LinePage,
    "lodge": LodgePage,
    "slip": SlipPage,
    "checklist": ChecklistPage,
    "appointments": AppointmentsPage,
    "slips": SlipsPage,
    "suggestions": SuggestionsPage,
    "fairness": FairPage,
    "calendar": CalendarPage,
    "devices": DevicesPage,
    "posts": PostsPage,
    "ledger": LedgerPage,
    "erase": ErasePage,
}


class Pages(dict[str, Page]):
    """The pages of this terminal's role; each is made when it is first turned to, so that logging in is quick."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.names = pages_at(place.terminal.role, keeps_box=place.policy.suggestion_box.kept.value)
        """In the order of the rail."""

    def __missing__(self, name: str) -> Page:
        page = self[name] = SCREENS[name](self._place)
        return page
