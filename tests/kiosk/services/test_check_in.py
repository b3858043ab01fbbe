"""An appointment checked in at the kiosk."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from hub.wire.messages import CheckIn, Rejected
from kiosk.asking import Unanswered
from kiosk.services.check_in import CheckingIn
from tests.factories import FILED_AT
from tests.kiosk.services.desk import FakeDesk
from tests.kiosk.services.test_number import ISSUED

pytestmark = pytest.mark.rule("R58")
CODE = "7K3MQ9"
ON_TIME = replace(ISSUED, lane="appointment", not_before=FILED_AT - dt.timedelta(minutes=1))


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def flow(desk: FakeDesk) -> CheckingIn:
    flow = CheckingIn(desk)
    flow.begin()
    return flow


def typed(flow: CheckingIn, code: str = CODE) -> None:
    for letter in code:
        flow.type(letter)


def test_a_code_is_typed_key_by_key_and_sent_whole(desk: FakeDesk, flow: CheckingIn) -> None:
    typed(flow, "7K3MX")
    flow.send()
    assert desk.asked == []
    flow.erase()
    typed(flow, "Q9A")
    assert flow.code == CODE
    flow.send()
    flow.send()
    assert desk.wanted() == [CheckIn(code=CODE)]
    desk.answer(ON_TIME)
    assert (flow.step, flow.arrival) == ("issued", "now")
    assert len(desk.printer.jobs) == 1


@pytest.mark.parametrize("text", ["7k3-mq9\r\n", " 7K3 MQ9 ", "https://bcs.example/a/7K3MQ9"])
def test_a_scanned_code_is_sent_at_once(desk: FakeDesk, flow: CheckingIn, text: str) -> None:
    assert flow.scanned(text)
    assert desk.wanted() == [CheckIn(code=CODE)]


@pytest.mark.parametrize("text", ["", "7K3MQ", "https://bcs.example/AbCdEfGhIjKlMnOpQrStUv", "七K3MQ9"])
def test_what_is_no_code_is_left_alone(desk: FakeDesk, flow: CheckingIn, text: str) -> None:
    assert not flow.scanned(text)
    assert desk.wanted() == []


def test_early_on_time_and_late_are_told_apart(desk: FakeDesk, flow: CheckingIn) -> None:
    typed(flow)
    flow.send()
    desk.answer(replace(ON_TIME, not_before=FILED_AT + dt.timedelta(minutes=20)))
    assert flow.arrival == "early"
    flow.issued = replace(ISSUED, lane="line")
    assert flow.arrival == "late"


def test_a_wrong_code_is_said_and_typed_anew(desk: FakeDesk, flow: CheckingIn) -> None:
    typed(flow)
    flow.send()
    desk.answer(Rejected(code="unknown_appointment", text="read it again"))
    assert flow.step == "refused"
    assert flow.back()
    assert (flow.step, flow.code) == ("code", "")
    typed(flow)
    flow.send()
    assert len(set(desk.ids())) == 2


def test_a_lost_answer_is_asked_for_under_the_same_id(desk: FakeDesk, flow: CheckingIn) -> None:
    typed(flow)
    flow.send()
    desk.answer(Unanswered(late=True))
    flow.again()
    desk.answer(ON_TIME)
    assert len(set(desk.ids())) == 1
    assert flow.step == "issued"


def test_the_code_is_gone_with_the_citizen(desk: FakeDesk, flow: CheckingIn) -> None:
    typed(flow)
    flow.wipe()
    assert flow.code == ""
