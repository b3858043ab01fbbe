"""The green channel at the kiosk: the number is everybody's, the channel is said as it is."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.wire.messages import AskGreenChannel, Done, OpeningNow, Rejected, TakeTicket, TicketAnswer, WindowView
from kiosk.asking import Unanswered
from kiosk.services.green import OTHER, GreenChannel
from printers.number_slip import NumberSlip
from tests.factories import a_hall, a_policy, a_ticket
from tests.kiosk.services.desk import FakeDesk
from tests.kiosk.services.test_number import ISSUED

pytestmark = pytest.mark.rule("R57")


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    desk.picture.windows = {2: WindowView(number=2, open=True)}
    for at in range(3):
        desk.picture._put(a_ticket(f"B00{at}", service="planning"))
    return desk


@pytest.fixture
def green(desk: FakeDesk) -> GreenChannel:
    flow = GreenChannel(desk)
    flow.begin()
    desk.answer(OpeningNow(services=()))
    return flow


def slip(desk: FakeDesk) -> NumberSlip:
    (slip,) = desk.printer.jobs.values()
    assert isinstance(slip, NumberSlip)
    return slip


def test_the_grounds_are_the_policy_s_and_another_that_somebody_decides_on(green: GreenChannel) -> None:
    assert green.grounds == ("non_local", "school", "small_firm", OTHER)
    assert green.confirmed_by == "服务大厅负责人"


def test_a_listed_ground_opens_the_green_counter_s_number_at_once(desk: FakeDesk, green: GreenChannel) -> None:
    green.choose_ground("school")
    assert desk.wanted() == [TakeTicket(service="green")]
    issued = replace(ISSUED, number="H003", ticket_id="20261123-H003", service="green")
    desk.answer(issued)
    assert desk.wanted()[1] == AskGreenChannel(ticket_id="20261123-H003", ground="school")
    assert (green.step, desk.printer.jobs) == ("asking", {}), "the slip waits for what it has to say"
    desk.answer(TicketAnswer(ticket=a_ticket("H003", service="green", lane="green", ticket_id="20261123-H003")))
    assert (green.step, green.became) == ("issued", "open")
    assert (slip(desk).green, slip(desk).lane) == ("open", "green")


def test_without_a_green_counter_a_listed_ground_asks_for_which_service_and_goes_first() -> None:
    hall = a_hall("wuxi")
    desk = FakeDesk(replace(hall, services=tuple(one for one in hall.services if one.kind != "green")))
    desk.picture.windows = {2: WindowView(number=2, open=True)}
    for at in range(3):
        desk.picture._put(a_ticket(f"B00{at}", service="planning"))
    green = GreenChannel(desk)
    green.choose_ground("school")
    assert green.step == "service"
    green.choose("planning")
    desk.answer(ISSUED)
    first = a_ticket("B014", service="planning", lane="green", ticket_id=ISSUED.ticket_id)
    desk.picture._put(first)
    desk.answer(TicketAnswer(ticket=first))
    assert green.issued is not None
    assert (green.issued.lane, green.issued.ahead) == ("green", 0)


def test_another_ground_waits_for_whose_word_it_is(desk: FakeDesk, green: GreenChannel) -> None:
    green.choose_ground(OTHER)
    assert (green.step, desk.wanted()) == ("service", [])
    green.choose("planning")
    desk.answer(ISSUED)
    wanted = desk.wanted()[1]
    assert (wanted.ticket_id, wanted.ground) == (ISSUED.ticket_id, "")
    assert "自助机" in wanted.reason
    desk.answer(Done())
    assert green.became == "asked"
    assert (slip(desk).green, slip(desk).asked_of) == ("asked", "服务大厅负责人")


@pytest.mark.parametrize("answer", [Unanswered(late=True), Unanswered(), Rejected(code="internal", text="")])
def test_a_channel_that_could_not_be_asked_for_is_not_promised_and_the_number_stands(
    desk: FakeDesk, green: GreenChannel, answer: Unanswered | Rejected
) -> None:
    green.choose_ground(OTHER)
    green.choose("planning")
    desk.answer(ISSUED)
    desk.answer(answer)
    assert (green.step, green.became, green.green) == ("issued", "failed", "")
    assert slip(desk).green == ""


def test_touches_while_the_channel_is_asked_for_take_no_second_number(desk: FakeDesk, green: GreenChannel) -> None:
    green.choose_ground("school")
    green.choose_ground("non_local")
    desk.answer(ISSUED)
    green.choose_ground("non_local")
    green.choose("planning")
    green.again()
    desk.answer(Done())
    assert [type(one) for one in desk.wanted()] == [TakeTicket, AskGreenChannel]


def test_back_from_the_services_leads_to_the_grounds(green: GreenChannel) -> None:
    green.choose_ground(OTHER)
    assert green.back()
    assert green.step == "ground"
    assert not green.back()


def test_a_hall_with_a_counter_and_no_listed_ground_has_a_person_decide() -> None:
    desk = FakeDesk(a_hall("yunfu"), a_policy("yunfu"))
    assert GreenChannel(desk).grounds == (OTHER,)
