"""A code at the kiosk: what can be told here asks nobody, and what the hub says is shown to who asked."""

from __future__ import annotations

import pytest

from hub.domain.lookup import CHECK, grouped, page_address
from hub.wire.messages import LookUp, Rejected
from kiosk.asking import Unanswered
from kiosk.services.progress import CaseProgress
from kiosk.services.typed_code import LENGTH, TypedCode
from tests.factories import a_progress, lookup_keys
from tests.kiosk.services.asked_hub import AskedHub

KEYS = lookup_keys(1)


@pytest.fixture
def hub() -> AskedHub:
    return AskedHub()


@pytest.fixture
def flow(hub: AskedHub) -> CaseProgress:
    return CaseProgress(hub)


def press(flow: CaseProgress, text: str) -> None:
    for one in text:
        flow.press(one)


def test_a_complete_code_is_looked_up_by_itself(flow: CaseProgress, hub: AskedHub) -> None:
    press(flow, KEYS.typed[:-1])
    assert hub.asked == []
    press(flow, KEYS.typed[-1])
    assert [command for _, command in hub.asked] == [LookUp(secret=KEYS.typed)]
    hub.answer(a_progress())
    assert (flow.step, flow.found, hub.told) == ("progress", a_progress(), 1)
    assert flow.code.text == "", "the code itself is forgotten as soon as it has opened"


def test_a_slip_of_the_finger_asks_nobody(flow: CaseProgress, hub: AskedHub) -> None:
    other = next(one for one in CHECK if one != KEYS.typed[-1])
    press(flow, KEYS.typed[:-1] + other)
    assert (flow.trouble, flow.step, hub.asked) == ("slip", "code", [])
    flow.erase()
    assert (flow.trouble, len(flow.code.text)) == ("", LENGTH - 1)
    press(flow, KEYS.typed[-1])
    assert len(hub.asked) == 1


@pytest.mark.parametrize("text", [page_address("https://hall.example.org", KEYS.token), KEYS.token])
def test_a_scanned_square_is_looked_up(flow: CaseProgress, hub: AskedHub, text: str) -> None:
    assert flow.scanned(text)
    assert [command for _, command in hub.asked] == [LookUp(secret=KEYS.token)]
    assert not flow.scanned(text), "one question at a time"


def test_a_scanned_line_below_the_square_is_looked_up_too(flow: CaseProgress, hub: AskedHub) -> None:
    assert flow.scanned(grouped(KEYS.typed))
    assert [command for _, command in hub.asked] == [LookUp(secret=KEYS.typed)]


@pytest.mark.parametrize(
    ("text", "trouble"), [("370406-20261123-0001-6", "number"), ("6901234567892", "other"), ("7K3MQ9", "appointment")]
)
def test_what_is_no_code_of_a_case_is_told_apart(flow: CaseProgress, hub: AskedHub, text: str, trouble: str) -> None:
    assert flow.scanned(text)
    assert (flow.trouble, hub.asked) == (trouble, [])


def test_nothing_is_scanned_once_a_case_is_open(flow: CaseProgress, hub: AskedHub) -> None:
    flow.scanned(KEYS.token)
    hub.answer(a_progress())
    assert not flow.scanned(lookup_keys(2).token)
    assert len(hub.asked) == 1


def test_a_code_that_opens_nothing_is_typed_anew(flow: CaseProgress, hub: AskedHub) -> None:
    press(flow, KEYS.typed)
    hub.answer(Rejected(code="not_found", text=""))
    assert (flow.trouble, flow.code.text, flow.again) == ("not_found", "", False)


@pytest.mark.parametrize(("late", "trouble"), [(False, "away"), (True, "late")])
def test_without_an_answer_the_same_code_is_asked_again(
    flow: CaseProgress, hub: AskedHub, late: bool, trouble: str
) -> None:
    flow.scanned(KEYS.token)
    hub.answer(Unanswered(late=late))
    assert (flow.trouble, flow.again) == (trouble, True)
    flow.look()
    assert [command for _, command in hub.asked] == [LookUp(secret=KEYS.token)] * 2


def test_what_comes_after_the_session_is_nobody_s(flow: CaseProgress, hub: AskedHub) -> None:
    flow.scanned(KEYS.token)
    flow.wipe()
    hub.answer(a_progress())
    assert (flow.found, hub.told) == (None, 0)
    assert KEYS.token not in repr(vars(flow))


def test_back_forgets_the_case(flow: CaseProgress, hub: AskedHub) -> None:
    flow.scanned(KEYS.token)
    hub.answer(a_progress())
    assert flow.back()
    assert (flow.step, flow.found) == ("code", None)
    assert KEYS.token not in repr(vars(flow))
    assert not flow.back(), "before the code is the first screen"


def test_only_what_a_place_can_hold_is_taken() -> None:
    code = TypedCode()
    for one in "*~$=UI!o":
        code.press(one)
    assert code.text == "10", "I is read as 1, O as 0; a check character stands last alone"
    assert code.shown == "10__-____-____-____-_"
    code.text = "0" * 16
    assert code.takes("*")
    code.press("*")
    code.press("0")
    assert (code.complete, code.text[-1]) == (True, "*")
