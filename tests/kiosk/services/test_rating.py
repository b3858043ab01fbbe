"""A rating at the kiosk: the hall's scale, words for a bad one, and one word however often it is sent."""

from __future__ import annotations

import pytest

from hub.wire.messages import Done, LevelChoice, LookUp, RateByCode, Rejected
from kiosk.asking import Unanswered
from kiosk.services.rating import CaseRating
from tests.factories import a_hall, a_progress, lookup_keys
from tests.kiosk.services.asked_hub import AskedHub

TOKEN = lookup_keys(1).token
GOOD, BAD = LevelChoice("satisfied", "满意", False), LevelChoice("unsatisfied", "不满意", True)
ANSWERED = a_progress(stage="replied", answer="已办结。", levels=(GOOD, BAD))


@pytest.fixture
def hub() -> AskedHub:
    return AskedHub()


def opened(hub: AskedHub, found=ANSWERED, *, at_once: bool = True) -> CaseRating:
    flow = CaseRating(hub, a_hall(), at_once=at_once)
    flow.scanned(TOKEN)
    hub.answer(found)
    return flow


def sent(hub: AskedHub) -> list[tuple[str, RateByCode]]:
    return [(command_id, command) for command_id, command in hub.asked if isinstance(command, RateByCode)]


@pytest.mark.rule("R32")
def test_a_good_level_is_sent_as_it_is(hub: AskedHub) -> None:
    flow = opened(hub)
    assert (flow.step, flow.ready) == ("level", False)
    flow.choose("satisfied")
    assert flow.ready
    flow.go_on()
    assert [command for _, command in sent(hub)] == [RateByCode(secret=TOKEN, level="satisfied", text="")]
    hub.answer(Done())
    assert flow.step == "rated"


@pytest.mark.rule("R33")
def test_a_bad_level_is_sent_with_why_tapped_or_written(hub: AskedHub) -> None:
    flow = opened(hub)
    flow.choose("unsatisfied")
    flow.go_on()
    assert (flow.step, flow.ready) == ("why", False)
    flow.go_on()
    assert sent(hub) == [], "nothing is sent back without a word"
    flow.toggle("slow")
    flow.toggle("unsolved")
    flow.toggle("slow")
    flow.open_writing()
    flow.write("  面积还是错的 ")
    flow.go_on()
    assert flow.step == "why"
    flow.go_on()
    assert sent(hub)[0][1].text == "问题没有解决；面积还是错的"
    hub.answer(Done())
    again = a_progress(stage="rework")
    assert isinstance(hub.asked[-1][1], LookUp)
    hub.answer(again)
    assert (flow.step, flow.found) == ("rated", again)


def test_another_level_forgets_the_words_for_the_first(hub: AskedHub) -> None:
    flow = opened(hub)
    flow.choose("unsatisfied")
    flow.toggle("slow")
    flow.choose("satisfied")
    flow.go_on()
    assert sent(hub)[0][1].text == ""


@pytest.mark.parametrize(
    ("found", "trouble"), [(a_progress(), "not_yet"), (a_progress(stage="rated", rated=GOOD), "rated")]
)
def test_what_cannot_be_rated_now_is_shown_with_why(hub: AskedHub, found, trouble: str) -> None:
    flow = opened(hub, found)
    assert (flow.step, flow.trouble, flow.rateable) == ("progress", trouble, False)
    flow.rate()
    assert flow.step == "progress"


def test_from_the_progress_one_touch_leads_to_the_levels(hub: AskedHub) -> None:
    flow = opened(hub, at_once=False)
    assert (flow.step, flow.rateable) == ("progress", True)
    flow.rate()
    assert flow.step == "level"
    assert flow.back()
    assert flow.step == "progress"


def test_while_nobody_knows_whether_it_arrived_the_same_word_is_sent_again(hub: AskedHub) -> None:
    flow = opened(hub)
    flow.choose("satisfied")
    flow.go_on()
    hub.answer(Unanswered(late=True))
    assert (flow.trouble, flow.again) == ("late", True)
    flow.choose("unsatisfied")
    assert flow.level == GOOD, "it may have been heard already"
    hub.away = True
    flow.go_on()
    hub.away = False
    flow.go_on()
    first, *others = sent(hub)
    assert others == [first, first]
    hub.answer(Done())
    assert flow.step == "rated"


def test_what_never_left_can_be_changed(hub: AskedHub) -> None:
    flow = opened(hub)
    hub.away = True
    flow.choose("satisfied")
    flow.go_on()
    assert flow.trouble == "away"
    hub.away = False
    flow.choose("unsatisfied")
    flow.toggle("slow")
    flow.step = "why"
    flow.go_on()
    assert sent(hub)[-1][1].level == "unsatisfied"


@pytest.mark.parametrize(
    ("code", "trouble"),
    [("rated_already", "rated"), ("not_answered_yet", "not_yet"), ("not_found", "not_found"), ("internal", "refused")],
)
def test_a_refusal_is_said_kindly(hub: AskedHub, code: str, trouble: str) -> None:
    flow = opened(hub)
    flow.choose("satisfied")
    flow.go_on()
    hub.answer(Rejected(code=code, text=""))
    assert (flow.step, flow.trouble, flow.sending) == ("level", trouble, False)


def test_nothing_is_left_of_it(hub: AskedHub) -> None:
    flow = opened(hub)
    flow.choose("unsatisfied")
    flow.write("王秀兰的房子")
    flow.wipe()
    assert "王秀兰" not in repr(vars(flow))
    assert TOKEN not in repr(vars(flow))
