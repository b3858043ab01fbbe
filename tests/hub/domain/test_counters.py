"""The kinds of counter of a hall, and those that its document asks for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.config import hall_templates
from hub.domain.counters import KINDS, kinds_at, wanting, windows_of
from tests import factories


@pytest.mark.rule("R62")
@pytest.mark.parametrize("name", hall_templates())
def test_each_shipped_hall_has_the_kinds_of_counter_that_its_document_asks_for(name: str) -> None:
    assert wanting(factories.a_hall(name), factories.a_policy(name)) == ()


@pytest.mark.rule("R62")
def test_yunfu_has_a_window_of_each_of_the_nine_kinds() -> None:
    hall = factories.a_hall("yunfu")
    assert tuple(windows_of(hall)) == KINDS
    assert windows_of(hall)["general"] == (1, 2, 4)
    assert kinds_at(hall, 3) == ("payment", "certificate")


@pytest.mark.rule("R62")
def test_a_counter_that_is_shut_for_good_is_missed() -> None:
    hall = factories.a_hall("yunfu")
    smaller = replace(hall, windows=tuple(one for one in hall.windows if one.number != 3))
    assert wanting(smaller, factories.a_policy("yunfu")) == ("payment", "certificate")
