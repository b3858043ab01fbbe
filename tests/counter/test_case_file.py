"""What is asked beside a case: again when it was read anew, and never shown for another case."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from counter.case_file import CaseFile
from hub.wire import messages as m
from tests.counter import states
from tests.counter.makers import detail, line
from tests.counter.test_transfers import Hub

LATE = m.Breaches(case_number=states.NUMBER, codes=("late",))


@pytest.mark.rule("R28")
def test_breaches_are_asked_for_and_forgotten_with_the_case() -> None:
    hub = Hub()
    beside = CaseFile("window", hub.ask)
    first = detail()
    beside.follow(first)
    beside.follow(first)
    assert [type(one) for one in hub.asked] == [m.ReadBreaches]
    hub.answer(LATE)
    assert beside.breaches == LATE
    beside.follow(detail(line(8)))
    assert beside.breaches is None
    beside.follow(None)
    hub.answer(LATE)
    assert beside.breaches is None


def test_a_case_read_anew_keeps_what_is_known_until_it_is_known_anew() -> None:
    hub = Hub()
    beside = CaseFile("window", hub.ask)
    beside.follow(detail())
    hub.answer(LATE)
    beside.follow(detail(note="新"))
    assert beside.breaches == LATE
    hub.answer(m.Breaches(case_number=states.NUMBER, codes=()))
    assert beside.breaches is not None
    assert beside.breaches.codes == ()


@pytest.mark.rule("R50")
def test_a_refusal_is_read_where_one_was_proposed_and_the_post_may_read_it() -> None:
    refused = replace(detail(), steps=(*detail().steps, states.step("propose_refusal", 1)))
    for role, wanted in (("window", True), ("supervisor", True), ("department", False)):
        hub = Hub()
        CaseFile(role, hub.ask).follow(refused)  # type: ignore[arg-type]  # one of the roles
        assert any(isinstance(one, m.ReadRefusal) for one in hub.asked) == wanted


def test_names_of_materials_are_asked_for_where_there_are_any() -> None:
    hub = Hub()
    beside = CaseFile("window", hub.ask)
    beside.follow(states.whole())
    hub.answer(LATE)
    assert isinstance(hub.answer(states.CHECKLIST), m.ReadChecklist)
    assert beside.materials["tax"] == "契税完税证明或者电子完税凭证"
