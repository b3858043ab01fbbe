"""Exceptions to the strict order: each is allowed by a rule, recorded with who and why, and passes nobody too often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from sqlalchemy import Executable

from hub.domain.policy import Cited
from hub.service.books import Asked
from hub.service.round import Job
from hub.service.watch import LookAround
from hub.store import schema
from hub.store.transaction import StoreFailed
from hub.wire import messages as m
from tests.hub.desk import HUB_ITSELF, Desk, hold, known
from tests.simulation.real import replayed

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


@pytest.mark.rule("R55")
def test_a_hall_may_give_no_second_chance(desk: Desk) -> None:
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, second_chance=Cited("none")))
    desk.reopen()
    ids = line(desk, 1)
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ids[0]))
    assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ids[0])).code == "no_second_chance"
    assert desk.ask(WINDOW, m.RecallTicket(ticket_id=ids[0])).code == "no_second_chance"


@pytest.mark.rule("R55")
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


def waiting_notices(desk: Desk, kind: str) -> list[str]:
    return [row.subject for row in desk.rows(schema.notice) if row.kind == kind and row.acknowledged_at is None]


@pytest.mark.rule("R57")
@pytest.mark.parametrize("leaves", ["called", "withdrawn", "night", "granted", "refused"])
def test_a_green_channel_that_is_asked_for_is_asked_until_it_is_answered_or_its_ticket_leaves(
    desk: Desk, leaves: str
) -> None:
    (ticket_id,) = line(desk, 1)
    desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ticket_id, reason="要赶下午的火车"))
    assert waiting_notices(desk, "green_asked") == [ticket_id]
    match leaves:
        case "called":
            desk.ask(WINDOW, m.CallNext())
        case "withdrawn":
            desk.ask(WINDOW, m.WithdrawTicket(ticket_id=ticket_id))
        case "night":
            desk.turn_day(desk.books.business_date + dt.timedelta(days=1))
        case answer:
            granted = answer == "granted"
            desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ticket_id, granted=granted, reason="材料齐全，先办"))
    assert waiting_notices(desk, "green_asked") == []
    late = desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ticket_id, granted=True))
    assert late.code in ("nothing_asked", "not_waiting", "unknown_ticket")


@pytest.mark.rule("R57")
def test_a_green_channel_that_nobody_decides_goes_a_step_up_in_working_hours(desk: Desk) -> None:
    (ticket_id,) = line(desk, 1)
    desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ticket_id, reason="要赶下午的火车"))
    desk.later(minutes=3)
    desk.commit([Job(Asked(desk.new_id(), HUB_ITSELF, desk.at), LookAround())])
    assert ticket_id in waiting_notices(desk, "unattended")
    desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ticket_id, granted=True))
    assert ticket_id not in waiting_notices(desk, "unattended")


@pytest.mark.rule("R55")
def test_who_was_put_first_and_did_not_come_stands_behind_the_next_ones_all_the_same(desk: Desk) -> None:
    ids = line(desk, 6)
    desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[5], reason="突发不适"))
    assert desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[5], reason="再来")).code == "first_already"
    assert desk.ask(WINDOW, m.CallNext()).ticket.ticket_id == ids[5]
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ids[5]))
    back = desk.ask(WINDOW, m.ReturnTicket(ticket_id=ids[5])).ticket
    assert (back.lane, back.passed) == ("line", 0)
    assert [serve_next(desk) for _ in ids] == ["F001", "F002", "F003", "F004", "F005", "F006"]


@pytest.mark.rule("R55")
def test_nobody_comes_back_to_a_better_place_than_they_had(desk: Desk) -> None:
    early = line(desk, 4)
    for _ in early:
        desk.ask(WINDOW, m.TransferTicket(ticket_id=desk.ask(WINDOW, m.CallNext()).ticket.ticket_id, service="general"))
    last = desk.file().ticket_id
    desk.later(minutes=1)
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.TransferTicket(ticket_id=last, service="general"))
    for one in early:
        desk.ask("window-1", m.CallNext())
        desk.ask("window-1", m.TransferTicket(ticket_id=one, service="complaint"))
    desk.ask("window-1", m.CallNext())
    desk.ask("window-1", m.MarkNoShow(ticket_id=last))
    back = desk.ask("window-1", m.ReturnTicket(ticket_id=last)).ticket
    assert back.stands_at is not None
    assert back.stands_at >= back.taken_at


@pytest.mark.rule("R62")
def test_a_green_counter_asks_for_those_in_its_lane(desk: Desk) -> None:
    ids = line(desk, 3)
    assert desk.ask(WINDOW, m.CallNext(lane="green")).code == "queue_empty"
    desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[2], reason="要赶下午的火车"))
    desk.ask(HEAD, m.DecideGreenChannel(ticket_id=ids[2], granted=True))
    assert desk.ask(WINDOW, m.CallNext(lane="green")).ticket.ticket_id == ids[2]
    (call,) = [row for row in desk.rows(schema.ticket_step) if row.move == "call"]
    assert (call.only_lane, call.only_service, call.because, call.passed) == ("green", "", "lane", 2)


@pytest.mark.rule("R55")
def test_only_who_decides_on_exceptions_puts_somebody_first(desk: Desk) -> None:
    ids = line(desk, 2)
    hold(desk, "90", "supervisor")
    refused = desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[1], reason="熟人打过招呼"))
    assert (refused.code, "hall_head" in refused.text) == ("not_permitted", True)
    hold(desk, "90", "hall_head")
    assert desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[1], reason="突发低血糖")).ticket.lane == "advanced"


@pytest.mark.parametrize("held_by", ["", "hall_head"])
def test_a_hall_may_allow_no_exception_at_all(desk: Desk, held_by: str) -> None:
    rules = replace(desk.policy.queue, exceptions_by=Cited(held_by), green_confirmed_by=Cited(held_by))
    desk.policy = replace(desk.policy, version=2, queue=rules)
    desk.reopen()
    ids = line(desk, 2)
    answers = [
        desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[1], reason="熟人")),
        desk.ask(HEAD, m.AskGreenChannel(ticket_id=ids[0], reason="要赶火车")),
    ]
    allowed = bool(held_by)
    assert [isinstance(one, m.Rejected) for one in answers] == [not allowed] * 2
    assert allowed or {one.code for one in answers} == {"not_prescribed"}


LONG = "因" * 501


@pytest.mark.parametrize(
    "command",
    [
        lambda one: (WINDOW, m.ParkTicket(ticket_id=one, reason=LONG)),
        lambda one: (WINDOW, m.TransferTicket(ticket_id=one, service="general", reason=LONG)),
        lambda one: (WINDOW, m.WithdrawTicket(ticket_id=one, reason=LONG)),
    ],
)
def test_a_reason_is_a_sentence_or_two(desk: Desk, command: Callable[[str], tuple[str, m.Command]]) -> None:
    line(desk, 1)
    called = desk.ask(WINDOW, m.CallNext()).ticket
    before = desk.kept()
    assert desk.ask(*command(called.ticket_id)).code == "too_long"
    assert desk.kept() == before


def test_a_reason_for_an_exception_is_a_sentence_or_two(desk: Desk) -> None:
    ids = line(desk, 2)
    assert desk.ask(WINDOW, m.AskGreenChannel(ticket_id=ids[0], reason=LONG)).code == "too_long"
    assert desk.ask(HEAD, m.AdvanceTicket(ticket_id=ids[1], reason=LONG)).code == "too_long"


@pytest.mark.rule("R55")
@pytest.mark.parametrize(
    "forged",
    [
        schema.ticket_step.update().values(because="order", passed=0),
        schema.ticket_step.update().values(at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)),
        schema.ticket_step.delete(),
    ],
    ids=["why", "when", "gone"],
)
def test_a_step_stays_as_it_was_written(desk: Desk, forged: Executable) -> None:
    line(desk, 1)
    desk.ask(WINDOW, m.CallNext())
    before = desk.rows(schema.ticket_step)
    with pytest.raises(StoreFailed, match="append-only"), desk.store.transaction() as tx:
        tx.execute(forged)
    assert desk.rows(schema.ticket_step) == before


@pytest.mark.rule("R55")
@pytest.mark.parametrize("at_day_end", ["close", "keep"])
def test_at_the_day_s_end_each_ticket_has_a_step_and_a_kept_one_its_place(desk: Desk, at_day_end: str) -> None:
    desk.policy = replace(desk.policy, version=2, queue=replace(desk.policy.queue, at_day_end=Cited(at_day_end)))
    desk.reopen()
    desk.log_in("window-2", "06")
    parked, moved, missed, served, green, plain = line(desk, 6)
    for _ in range(2):
        desk.ask(WINDOW, m.CallNext())
        desk.ask(WINDOW, m.ParkTicket(ticket_id=parked))
        desk.ask(WINDOW, m.TransferTicket(ticket_id=moved, service="inquiry"))
    desk.ask("window-2", m.CallNext())
    desk.ask("window-2", m.TransferTicket(ticket_id=moved, window=1))
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=missed))
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.ServeTicket(ticket_id=served))
    desk.ask(HEAD, m.AdvanceTicket(ticket_id=green, reason="突发不适"))
    before = dict(desk.books.picture.tickets)
    assert [before[one].state for one in (parked, moved, missed, served, green, plain)] == [
        *("parked", "transferred", "no_show", "serving", "waiting", "waiting")
    ]
    assert (before[moved].for_window, before[green].lane) == (1, "advanced")
    desk.later(hours=14)
    desk.turn_day(desk.books.business_date + dt.timedelta(days=1))
    at_end = {row.ticket_id: row.move for row in desk.rows(schema.ticket_step) if row.because == "day_end"}
    states = {row.ticket_id: row.state for row in desk.rows(schema.ticket)}
    if at_day_end == "keep":
        stay = {parked, moved, served, green, plain}
        assert at_end == dict.fromkeys(stay, "keep")
        assert desk.books.picture.tickets == {one: before[one] for one in stay}
        desk.ask(WINDOW, m.FinishTicket(ticket_id=served))
        assert desk.ask("window-1", m.CallNext()).ticket.ticket_id == moved
        assert desk.file().ticket_number == "F003"
        assert [serve_next(desk) for _ in range(3)] == ["F005", "F006", "F003"]
    else:
        withdrawn = dict.fromkeys((parked, moved, green, plain), "withdraw")
        assert at_end == withdrawn | {served: "finish"}
        assert states[missed] == "no_show"
        assert desk.books.picture.tickets == {}
    seen = known(desk.books.picture)
    desk.reopen()
    assert known(desk.books.picture) == seen


@pytest.mark.rule("R55")
def test_a_number_comes_back_as_often_as_the_policy_says_and_no_more(desk: Desk) -> None:
    (ticket_id,) = line(desk, 1)
    for _ in range(desk.policy.queue.second_chances.value):
        desk.ask(WINDOW, m.CallNext())
        desk.ask(WINDOW, m.MarkNoShow(ticket_id=ticket_id))
        assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ticket_id)).ticket.state == "waiting"
    desk.ask(WINDOW, m.CallNext())
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ticket_id))
    assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ticket_id)).code == "no_second_chance"
    assert desk.ask(WINDOW, m.RecallTicket(ticket_id=ticket_id)).code == "no_second_chance"


@pytest.mark.rule("R55")
def test_who_was_passed_often_and_then_missed_the_call_waits_behind_the_next_ones_as_anybody(desk: Desk) -> None:
    ids = line(desk, 8)
    for late in ids[1:4]:
        desk.ask(HEAD, m.AdvanceTicket(ticket_id=late, reason="突发不适"))
    assert [serve_next(desk) for _ in range(3)] == ["F002", "F003", "F004"]
    first = desk.ask(WINDOW, m.CallNext()).ticket
    assert (first.ticket_id, first.passed) == (ids[0], 3)
    desk.ask(WINDOW, m.MarkNoShow(ticket_id=ids[0]))
    assert desk.ask(WINDOW, m.ReturnTicket(ticket_id=ids[0])).ticket.passed == 0
    assert [serve_next(desk) for _ in range(4)] == ["F005", "F006", "F007", "F001"]


def test_a_citizen_is_told_how_many_stand_before_them_and_not_whose_time_is_later(desk: Desk) -> None:
    ids = line(desk, 3)
    with desk.store.transaction() as tx:
        later = desk.at + dt.timedelta(hours=2)
        tx.execute(schema.ticket.update().where(schema.ticket.c.ticket_id == ids[1]).values(not_before=later))
    desk.reopen()
    assert desk.file().ahead == 2
    desk.later(hours=3)
    assert desk.file().ahead == 4


@pytest.mark.rule("R55")
def test_a_paper_s_ticket_joins_the_line_when_the_hub_hears_of_it(desk: Desk) -> None:
    printed_at = desk.at
    desk.later(minutes=1)
    (waits, called) = line(desk, 2)
    desk.ask(WINDOW, m.CallNext())
    paper = m.PrintedNumber(business_date=desk.books.business_date, printed_at=printed_at, ticket_number="K001")
    joined = desk.ask(KIOSK, m.TakeTicket(service="complaint", printed_number=paper))
    assert joined.ahead == 0
    (step,) = [row for row in desk.rows(schema.ticket_step) if row.ticket_id == joined.ticket_id]
    assert (step.move, step.because, step.at, step.stands_at) == ("join", "printed", desk.at, printed_at)
    desk.ask(WINDOW, m.FinishTicket(ticket_id=waits))
    assert [serve_next(desk) for _ in range(2)] == ["K001", "F002"]
    assert called.endswith("F002")
    assert replayed(desk).wrong == []
