"""The kinds of counter of a hall, and those that its document asks for."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.config import hall_templates
from hub.domain.counters import KINDS, kinds_at, wanting, windows_of
from hub.domain.policy.sense import contradictions
from hub.domain.words import Words
from hub.policy_words import PolicyInWords
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


@pytest.mark.rule("R62")
def test_the_times_that_yunfu_promises_are_shown_and_bound_by_the_law() -> None:
    policy = factories.a_policy("yunfu")
    said = [one.said for one in PolicyInWords(policy, Words("hub", "zh_Hans")).sayings() if "抵押登记" in one.said]
    (promised,) = said
    assert "不动产一般登记 承诺3个工作日" in promised
    assert "抵押登记 承诺1个工作日" in promised
    later = tuple(replace(one, promised_wd=31) for one in policy.promises.services.value)
    promises = replace(policy.promises, services=replace(policy.promises.services, value=later))
    wrong = [one.wrong for one in contradictions(replace(policy, promises=promises))]
    assert wrong == ["31 working days are promised where the law gives 30"] * 2
