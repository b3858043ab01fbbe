"""A terminal offers the pages whose commands the hub takes from it, and no others."""

from __future__ import annotations

import pytest

from counter.rail import PAGES, pages_at
from counter.wording import Wording
from hub.domain.hall import Role
from hub.service.permissions import ALLOWED, STAFF
from hub.wire import messages as m
from tests.counter.test_timeline import SAY

ASKED: dict[str, type[m.Message]] = {
    "line": m.DecideGreenChannel,
    "lodge": m.LodgeGrievance,
    "slip": m.SendToDepartment,
    "checklist": m.ReadChecklist,
    "appointments": m.ListAppointments,
    "slips": m.ReadSlips,
    "suggestions": m.ListSuggestions,
    "fairness": m.ReadFairness,
    "calendar": m.ChangeCalendar,
    "posts": m.ListDelegates,
    "ledger": m.ExportLedger,
    "erase": m.ErasePerson,
}
OTHERS_OF_THE_HALL: dict[str, Role] = {"devices": "supervisor"}
"""What any terminal may ask of itself, and who of all."""


@pytest.mark.parametrize("role", sorted(STAFF))
def test_a_page_stands_where_the_hub_takes_its_command(role: Role) -> None:
    asked = {page for page, command in ASKED.items() if role in ALLOWED[command]}
    assert set(pages_at(role)) == asked | {page for page, who in OTHERS_OF_THE_HALL.items() if who == role}


@pytest.mark.rule("R41")
def test_the_box_stands_where_the_document_keeps_one() -> None:
    assert "suggestions" not in pages_at("window", keeps_box=False)


def test_every_page_has_its_word_on_the_rail() -> None:
    say: Wording = SAY
    assert [page for page in PAGES if f"rail.{page}" not in say.words] == []
