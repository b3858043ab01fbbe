"""Forms of the line: what they offer, what they lack, and which command they send; and rows that stand still."""

from __future__ import annotations

from typing import get_args

import pytest

from counter import desk_forms
from counter.desk_forms import FORMS, FormCode, Steady, Wanted
from hub.domain.ticket import TicketState, allowed
from hub.wire import messages as m
from tests.counter.makers import hall_of, policy_of, ticket

HERE = ticket("F012", state="called", window=3)
WHOLE: dict[FormCode, tuple[Wanted, m.Command]] = {
    "call_service": (Wanted(choice="cases"), m.CallNext(service="cases")),
    "park": (Wanted(choice="other", reason=" 取材料 "), m.ParkTicket(ticket_id="id-F012", reason="取材料")),
    "transfer": (
        Wanted(service="planning", reason="材料已核"),
        m.TransferTicket(ticket_id="id-F012", service="planning", reason="材料已核"),
    ),
    "withdraw": (Wanted(choice="gone"), m.WithdrawTicket(ticket_id="id-F012")),
    "green": (
        Wanted(choice="other", reason="怀孕八个月"),
        m.AskGreenChannel(ticket_id="id-F012", reason="怀孕八个月"),
    ),
    "pause": (Wanted(choice="away"), m.SetWindow(open=False, why="away")),
    "advance": (Wanted(reason="救护车在门口等"), m.AdvanceTicket(ticket_id="id-F012", reason="救护车在门口等")),
    "decide_green": (
        Wanted(choice="no", reason="不属于急件"),
        m.DecideGreenChannel(ticket_id="id-F012", granted=False, reason="不属于急件"),
    ),
}


@pytest.mark.parametrize("code", list(FORMS))
def test_a_whole_form_sends_its_command_and_an_empty_one_says_what_it_lacks(code: FormCode) -> None:
    wanted, command = WHOLE[code]
    assert desk_forms.missing(code, HERE, wanted) == ()
    assert desk_forms.command(code, HERE, wanted) == command
    assert desk_forms.missing(code, HERE, desk_forms.begun(code, HERE)) != ()


@pytest.mark.rule("R57")
def test_the_green_channel_offers_the_hall_s_grounds_and_asks_for_words_only_beyond_them() -> None:
    rules = policy_of("wuxi").queue
    assert desk_forms.choices("green", (), rules) == ("non_local", "school", "small_firm", "other")
    assert desk_forms.choices("green", (), policy_of("yueyang").queue) == ("other",)
    assert desk_forms.missing("green", HERE, Wanted(choice="school")) == ()
    assert desk_forms.missing("green", HERE, Wanted(choice="other")) == ("reason",)
    assert desk_forms.command("green", HERE, Wanted(choice="school")) == m.AskGreenChannel(
        ticket_id="id-F012", ground="school"
    )


@pytest.mark.rule("R57")
def test_a_refused_green_channel_needs_its_reason_and_a_granted_one_does_not() -> None:
    assert desk_forms.missing("decide_green", HERE, Wanted(choice="no")) == ("reason",)
    assert desk_forms.missing("decide_green", HERE, Wanted(choice="yes")) == ()


def test_a_transfer_goes_somewhere_else() -> None:
    assert desk_forms.missing("transfer", HERE, Wanted(service=HERE.service)) == ("where",)
    assert desk_forms.missing("transfer", HERE, Wanted(service=HERE.service, window=2)) == ()
    assert desk_forms.missing("transfer", HERE, Wanted(service="survey")) == ()


def test_only_other_open_windows_of_the_service_are_offered() -> None:
    hall = hall_of("wuxi")
    assert [one.number for one in desk_forms.windows_for(hall, 3, "one-window", {1, 2, 3})] == [1]
    assert [one.number for one in desk_forms.windows_for(hall, 3, "inquiry", {2, 3})] == [2]


def test_what_a_row_offers_the_table_allows() -> None:
    by = {
        "green": "advance",
        "withdraw": "withdraw",
        "call_parked": "call",
        "recall": "recall",
        "come_back": "come_back",
    }
    rules = policy_of("wuxi").queue
    states: tuple[TicketState, ...] = ("waiting", "transferred", "parked", "no_show")
    for state in states:
        offered = desk_forms.moves_of(state, rules)
        assert offered
        assert [one for one in offered if by[one] not in allowed(state)] == []


def test_every_form_has_a_code_of_its_own() -> None:
    assert sorted(FORMS) == sorted(get_args(FormCode))


def test_a_row_that_has_just_moved_takes_no_touch() -> None:
    rows = Steady()
    rows.stand(("a", "b"), 10.0)
    assert not rows.may("a", 10.1)
    assert rows.may("a", 10.1 + Steady.STILL_S)
    rows.stand(("c", "a", "b"), 20.0)  # somebody was put first: everybody else moved down
    assert [rows.may(one, 20.1) for one in "cab"] == [False, False, False]
    rows.stand(("c", "a", "b"), 20.7)
    assert [rows.may(one, 20.7) for one in "cab"] == [True, True, True]
    rows.stand(("c", "a"), 30.0)  # the last one left: nobody else moved
    assert [rows.may(one, 30.0) for one in "cab"] == [True, True, False]
