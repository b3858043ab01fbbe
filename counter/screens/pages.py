"""Which screens of the rail a terminal has beside its queue and its cases: what the hub lets it ask."""

from __future__ import annotations

from counter.screens.checklist import ChecklistPage
from counter.screens.erase import ErasePage
from counter.screens.ledger import LedgerPage
from counter.screens.lodge import LodgePage
from counter.screens.page import Page
from counter.screens.posts import PostsPage
from counter.screens.slip import SlipPage
from counter.workplace import Workplace
from hub.domain.hall import Role

PAGES: dict[str, tuple[type[Page], frozenset[Role]]] = {
    "lodge": (LodgePage, frozenset({"window"})),
    "slip": (SlipPage, frozenset({"window", "department"})),
    "checklist": (ChecklistPage, frozenset({"window", "department", "supervisor"})),
    "posts": (PostsPage, frozenset({"window", "department", "supervisor"})),
    "ledger": (LedgerPage, frozenset({"supervisor"})),
    "erase": (ErasePage, frozenset({"supervisor"})),
}


def pages_of(place: Workplace) -> dict[str, Page]:
    """The pages of this terminal's role, in the order of the rail."""
    return {name: page(place) for name, (page, roles) in PAGES.items() if place.terminal.role in roles}
