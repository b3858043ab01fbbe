"""Exceptions to the strict order: each is allowed by a rule, recorded with who and why, and passes nobody too often."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hub.domain.policy import Cited
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk

KIOSK, WINDOW, HEAD = "kiosk-1", "window-3", "supervisor"


def line(desk: Desk, count: int) -> list[str]:
    """As many complaints, one a minute; their tickets' ids."""
    ids = []
    for _ in range(count):
        ids.append(desk.file().ticket_id)
        desk.later(minutes=1)
    return ids


def serve_next(desk: Desk) -> str:
    ticket = desk.ask(WINDOW, m.CallNext()).ticket
    desk.later(minutes=1)
    desk.ask(WINDOW, m.FinishTicket(ticket_id=ticket.ticket_id))
    return ticket.number


def steps(desk: Desk, ticket_id: str) -> list[tuple[str, str, str, str]]:
    return [
        (row.move, row.because, row.ground, row.post)
        for row in desk.rows(schema.ticket_step)
        if row.ticket_id == ticket_id
    ]


@pytest.mark.rule("R57")
def test_who_is_put_first_passes_each_of_the_others_no_more_often_than_the_policy_allows(desk: Desk) -> None:
    ids = line(desk, 6)
    for late in ids[1:]:
        desk.ask(HEAD, m.AdvanceTicket(ticket_id=late, reason="老人身体不适，家属在旁"))
    assert [serve_next(desk) for _ in ids] == ["F002", "F003", "F004", "F001", "F005", "F006"]
    assert steps(desk, ids[0]) == [("call", "order", "", ""), ("finish", "", "", "")]
    assert steps(desk, ids[1])[:2] == [("advance", "", "", "hall_head"), ("call", "lane", "", "")]


def test_a_parked_citizen_is_called_back_before_the_next(desk: Desk) -> None:
    ids = line(desk, 2)
    first = desk.ask(WINDOW, m.CallNext()).ticket
    desk.ask(WINDOW, m.ParkTicket(ticket_id=first.ticket_id, reason="去复印身份证"))
    assert desk.ask(WINDOW, m.CallNext()).ticket.ticket_id == ids[1]
    assert desk.ask(WINDOW, m.CallParked(ticket_id=ids[0])).code == "window_busy"
    desk.ask(WINDOW, m.FinishTicket(ticket_id=ids[1]))
    back = desk.ask(WINDOW, m.CallParked(ticket_id=ids[0])).ticket
    assert (back.state, back.calls) == ("called", 2)


def test_who_did_not_come_stands_behind_the_next_three(desk: Desk) -> None:
    ids = line(desk, 5)
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ids[0]))
    assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ids[0])).ticket.state == "waiting"
    assert [serve_next(desk) for _ in ids] == ["F002", "F003", "F004", "F001", "F005"]


def test_a_hall_may_give_no_second_chance(desk: Desk) -> None:
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, second_chance=Cited("none")))
    desk.reopen()
    ids = line(desk, 1)
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ids[0]))
    assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ids[0])).code == "no_second_chance"
    assert desk.ask(WINDOW, m.RecallTicket(ticket_id=ids[0])).code == "no_second_chance"


def test_a_transfer_goes_to_who_serves_it_and_keeps_its_place(desk: Desk) -> None:
    early = desk.ask(KIOSK, m.TakeTicket(service="inquiry")).ticket_id
    desk.later(minutes=1)
    desk.ask(KIOSK, m.TakeTicket(service="general"))
    desk.ask("window-1", m.CallNext(service="inquiry"))
    refused = desk.ask("window-1", m.TransferTicket(ticket_id=early, service="complaint", window=1))
    assert refused.code == "window_serves_other"
    sent = desk.ask("window-1", m.TransferTicket(ticket_id=early, service="general", reason="先受理")).ticket
    assert (sent.state, sent.service) == ("transferred", "general")
    assert desk.ask("window-1", m.CallNext()).ticket.ticket_id == early


@pytest.mark.rule("R57")
def test_the_green_channel_needs_a_listed_ground_or_the_word_of_the_hall_s_head(desk: Desk) -> None:
    ids = line(desk, 3)
    assert desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[2], ground="school")).code == "unknown_code"
    assert desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[2])).code == "text_missing"
    assert desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ids[2], granted=True)).code == "nothing_asked"
    asked = desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[2], reason="孩子明天入学，今天要证"))
    assert asked == m.Done()
    assert desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[2], reason="再问")).code == "green_pending"
    assert desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ids[2], granted=True)).ticket.lane == "green"
    assert serve_next(desk) == "F003"
    assert [move for move, *_ in steps(desk, ids[2])] == ["ask_green", "advance", "call", "finish"]


def test_what_everybody_sees_is_what_the_table_says(desk: Desk) -> None:
    ids = line(desk, 4)
    desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[3], reason="突发不适"))
    desk.ask(WINDOW, m.CallNext())
    seen = {one.ticket_id: one for one in desk.books.picture.tickets.values()}
    desk.reopen()
    assert seen == desk.books.picture.tickets
    assert [seen[one].passed for one in ids] == [1, 1, 1, 0]
