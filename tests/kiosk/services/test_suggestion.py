"""A suggestion at the kiosk: kept before thanks are said, once, and nothing of it stays here."""

from __future__ import annotations

import pytest

from hub.wire.messages import LeaveSuggestion, Rejected, SuggestionLine
from kiosk.asking import Unanswered
from kiosk.services import offered
from kiosk.services.suggestion import KINDS, Suggesting
from tests.factories import FILED_AT, a_hall, a_policy
from tests.kiosk.services.asked_hub import AskedHub

LEFT = SuggestionLine(number="YJ-20261123-001", kind="criticism", state="left", left_at=FILED_AT)
WORDS = "取号机旁边请放一把椅子。"


@pytest.fixture
def hub() -> AskedHub:
    return AskedHub()


def written(hub: AskedHub, phone: str = "") -> Suggesting:
    flow = Suggesting(hub, "zh_Hans")
    flow.choose("criticism")
    flow.write(WORDS)
    flow.go_on()
    flow.write_phone(phone)
    flow.go_on()
    return flow


@pytest.mark.rule("R41")
def test_thanks_are_said_when_it_is_kept_and_not_before(hub: AskedHub) -> None:
    flow = written(hub, "13900001111")
    assert (flow.step, flow.sending) == ("contact", True)
    ((_, command),) = hub.asked
    assert command == LeaveSuggestion(kind="criticism", text=WORDS, phone="13900001111", language="zh_Hans")
    hub.answer(LEFT)
    assert (flow.step, flow.text, flow.phone) == ("thanks", "", "")


@pytest.mark.rule("R41")
@pytest.mark.parametrize("late", [False, True])
def test_without_an_answer_nobody_is_thanked_and_it_is_sent_once(hub: AskedHub, late: bool) -> None:
    flow = written(hub)
    hub.answer(Unanswered(late=late))
    assert (flow.step, flow.trouble, flow.again) == ("contact", "late" if late else "away", True)
    flow.write("anything else")
    flow.go_on()
    first, second = hub.asked
    assert second == first
    hub.answer(LEFT)
    assert flow.step == "thanks"


def test_nothing_leads_on_without_words(hub: AskedHub) -> None:
    flow = Suggesting(hub, "zh_Hans")
    flow.choose("praise")
    flow.write("  ")
    flow.go_on()
    assert (flow.step, flow.ready) == ("words", False)


def test_half_a_telephone_number_is_asked_about(hub: AskedHub) -> None:
    flow = written(hub, "138")
    assert (flow.trouble, hub.asked) == ("phone", [])
    flow.write_phone("")
    flow.go_on()
    assert len(hub.asked) == 1


def test_a_refusal_names_the_paper_box(hub: AskedHub) -> None:
    flow = written(hub)
    hub.answer(Rejected(code="no_suggestion_box", text=""))
    assert (flow.step, flow.trouble, flow.again) == ("contact", "refused", False)


def test_back_leads_through_the_steps_and_out(hub: AskedHub) -> None:
    flow = Suggesting(hub, "zh_Hans")
    flow.choose("praise")
    flow.write(WORDS)
    flow.go_on()
    assert flow.back()
    assert flow.step == "words"
    assert flow.back()
    assert (flow.step, flow.back()) == ("kind", False)


def test_nothing_is_left_of_it(hub: AskedHub) -> None:
    flow = written(hub, "13900001111")
    flow.wipe()
    hub.answer(LEFT)
    assert WORDS not in repr(vars(flow))
    assert "13900001111" not in repr(vars(flow))
    assert (flow.step, hub.told) == ("contact", 0)


@pytest.mark.rule("R41")
@pytest.mark.parametrize(
    ("template", "kept"), [("wuxi", True), ("yunfu", True), ("shanting", False), ("yueyang", False)]
)
def test_a_box_shows_where_the_document_keeps_one(template: str, kept: bool) -> None:
    shown = offered(a_hall(template), a_policy(template))
    assert ("suggestion" in shown) is kept
    assert {"progress", "rating"} <= set(shown)


def test_every_kind_can_be_chosen() -> None:
    assert set(KINDS) == {"praise", "criticism", "suggestion"}
