"""Requests for the green channel: whoever confirms them reads the words, until there is a newer one about it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.policy import Cited
from hub.domain.policy.values import Named
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk
from tests.hub.service.test_line import HEAD, WINDOW, line

REASON = "孕晚期，站立困难，排在最后"


def asks(desk: Desk) -> list[tuple[str, str, str]]:
    found = desk.ask(HEAD, m.ListGreenAsks())
    assert isinstance(found, m.GreenAsks)
    return [(one.ticket_id, one.who, one.reason) for one in found.asks]


@pytest.mark.rule("R57")
def test_a_request_is_read_with_its_words_until_it_is_answered(desk: Desk) -> None:
    ids = line(desk, 3)
    assert asks(desk) == []
    for ticket_id in reversed(ids[1:]):
        desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ticket_id, reason=REASON))
        desk.later(minutes=1)
    assert asks(desk) == [(ids[2], "06", REASON), (ids[1], "06", REASON)]
    desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ids[2], granted=False, reason="可坐着等"))
    desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ids[1], granted=True))
    assert asks(desk) == []


def test_who_was_called_meanwhile_asks_for_nothing(desk: Desk) -> None:
    ids = line(desk, 1)
    desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[0], reason=REASON))
    desk.ask(WINDOW, m.CallNext())
    assert asks(desk) == []


@pytest.mark.rule("R47")
def test_each_look_is_written_down(desk: Desk) -> None:
    for _ in range(2):
        desk.ask(HEAD, m.ListGreenAsks(), "the same id")
    logged = [row.staff for row in desk.rows(schema.audit) if row.kind == "ListGreenAsks"]
    assert logged == ["90", "90"]


@pytest.mark.rule("R57")
def test_a_citizen_at_a_kiosk_asks_for_their_own_number_and_for_nobody_else_s(desk: Desk) -> None:
    own = desk.ask("kiosk-1", m.TakeTicket(service="general")).ticket_id
    others = desk.ask(WINDOW, m.TakeTicket(service="general")).ticket_id
    wanted = m.AskGreenChannel(ticket_id=others, reason="自助机上提出")
    assert desk.ask("kiosk-1", wanted).code == "not_permitted"
    assert desk.ask("kiosk-1", m.AskGreenChannel(ticket_id=own, reason="自助机上提出")) == m.Done()
    assert asks(desk) == [(own, "", "自助机上提出")]


@pytest.mark.rule("R57")
def test_the_kiosk_opens_it_on_a_listed_ground_alone_and_decides_nothing(desk: Desk) -> None:
    grounds = Cited((Named(code="school", name="孩子入学"),))
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, green_grounds=grounds))
    desk.reopen()
    first = desk.ask("kiosk-1", m.TakeTicket(service="general"))
    desk.later(minutes=1)
    own = desk.ask("kiosk-1", m.TakeTicket(service="general")).ticket_id
    assert desk.ask("kiosk-1", m.AskGreenChannel(ticket_id=own, ground="invented")).code == "unknown_code"
    opened = desk.ask("kiosk-1", m.AskGreenChannel(ticket_id=own, ground="school"))
    assert opened.ticket.lane == "green"
    asked = m.AskGreenChannel(ticket_id=first.ticket_id, reason="自助机上提出")
    assert desk.ask("kiosk-1", asked) == m.Done()
    decided = desk.ask("kiosk-1", m.DecideGreenChannel(ticket_id=first.ticket_id, granted=True))
    assert decided.code == "not_permitted"
