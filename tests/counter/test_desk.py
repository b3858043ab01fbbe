"""The desk: which moves are allowed now, and that one press is one command."""

from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from hypothesis import given, strategies as st

from counter.desk import AHEAD_SHOWN, SAME_PRESS_S, Desk, DeskView
from counter.desk_forms import Wanted
from counter.desk_moves import KEYS, MOVES
from hub.domain import queue, ticket as table
from hub.domain.hall import Window
from hub.wire.messages import (
    CallNext,
    CallParked,
    FinishTicket,
    MarkNoShow,
    ParkTicket,
    RecallTicket,
    Rejected,
    ReturnTicket,
    ServeTicket,
    SetWindow,
    TransferTicket,
    WindowView,
    WithdrawTicket,
)
from hub.wire.picture import Picture
from tests.counter.makers import NOON, picture, policy_of, ticket


def desk(*services: str, hall: str = "yueyang", **weights: int) -> Desk:
    return Desk(Window(number=3, services=services or ("cases",), weights=weights), policy_of(hall).queue)


def view(here: Desk, shown: Picture, live: bool = True) -> DeskView:
    return here.view(shown, NOON, live)


def called(**fields: object) -> object:
    return ticket(**{"state": "called", "window": 3, "called_at": NOON, "calls": 1} | fields)


@pytest.mark.rule("R55")
def test_the_queue_is_in_the_order_of_taking_and_holds_only_what_this_window_serves() -> None:
    early = ticket("F002", taken_at=NOON - dt.timedelta(minutes=5))
    late, other = ticket("F003"), ticket("A001", service="registration")
    seen = view(desk(), picture(late, other, early, called(window=2, ticket_id="elsewhere", number="F001")))
    assert [one.number for one in seen.waiting] == ["F002", "F003"]
    assert seen.current is None


def test_calling_sends_one_command_and_waits_for_its_answer() -> None:
    here, shown = desk(), picture(ticket())
    assert here.press("call", view(here, shown), 10.0) == CallNext()
    assert view(here, shown).why_not["call"] == "sending"
    assert here.press("call", view(here, shown), 20.0) is None


def test_a_double_press_of_recall_is_one_recall_even_when_the_answer_was_quick() -> None:
    here, shown = desk(), picture(called())
    assert here.press("recall", view(here, shown), 10.0) == RecallTicket(ticket_id="id-F012")
    here.answered(called(calls=2))
    assert here.press("recall", view(here, shown), 10.0 + SAME_PRESS_S / 2) is None
    assert here.press("recall", view(here, shown), 10.0 + 3 * SAME_PRESS_S) == RecallTicket(ticket_id="id-F012")


def test_a_held_key_is_one_press() -> None:
    here, shown = desk(), picture(called())
    sent = []
    for nth in range(40):
        sent.append(here.press("recall", view(here, shown), 10.0 + nth * 0.03))
        here.answered()
    assert [one for one in sent if one] == [RecallTicket(ticket_id="id-F012")]


def test_the_answer_counts_before_the_feed_brings_it() -> None:
    here, shown = desk(), picture(ticket())
    here.press("call", view(here, shown), 10.0)
    here.answered(called())
    seen = view(here, shown)
    assert seen.current == called()
    assert seen.why_not["call"] == "finish_first"
    assert seen.waiting == ()


def test_the_feed_is_newer_than_an_answer() -> None:
    here = desk()
    here.answered(called())
    here.told(called(state="done"))
    seen = view(here, picture(called(state="done")))
    assert seen.current is None


def test_the_next_is_called_only_when_the_current_one_has_ended() -> None:
    seen = view(desk(), picture(called(), ticket("F013")))
    assert seen.why_not["call"] == "finish_first"
    assert [move for move in MOVES if seen.may(move)] == [
        "recall",
        "serve",
        "finish",
        "mark_no_show",
        "park",
        "transfer",
        "withdraw",
        "green",
        "set_window",
    ]


@pytest.mark.rule("R8")
def test_a_paused_window_calls_nobody_and_can_be_opened_again() -> None:
    here = desk()
    seen = view(here, picture(ticket(), open=False))
    assert seen.why_not["call"] == "paused"
    assert here.press("set_window", seen, 1.0) == SetWindow(open=True)


def test_whoever_missed_the_call_can_be_recalled_while_the_window_is_free() -> None:
    here = desk()
    missed = called(state="no_show")
    earlier = called(state="no_show", ticket_id="id-F010", number="F010", called_at=NOON - dt.timedelta(minutes=9))
    seen = view(here, picture(missed, earlier))
    assert [one.number for one in seen.missed] == ["F012", "F010"]
    assert here.press("recall", seen, 1.0) == RecallTicket(ticket_id="id-F012")
    here.answered()
    assert here.press("recall", view(here, picture(missed, earlier)), 9.0, "id-F010") == RecallTicket(
        ticket_id="id-F010"
    )


def test_nothing_moves_while_the_hub_is_silent() -> None:
    here = desk()
    seen = view(here, picture(called()), live=False)
    assert not any(seen.may(move) for move in MOVES)
    assert here.press("finish", seen, 1.0) is None


@pytest.mark.parametrize(
    ("move", "command"), [("serve", ServeTicket), ("mark_no_show", MarkNoShow), ("finish", FinishTicket)]
)
def test_each_move_sends_its_own_command(move: str, command: type) -> None:
    here = desk()
    assert here.press(move, view(here, picture(called())), 1.0) == command(ticket_id="id-F012")


def test_every_move_has_one_key() -> None:
    assert sorted(KEYS.values()) == sorted(MOVES)
    assert len(set(KEYS)) == len(MOVES)


STATES = sorted({state for state, _ in table.MOVES} | set(table.MOVES.values()))


@given(st.sampled_from(STATES), st.sampled_from(["recall", "serve", "mark_no_show", "finish"]))
def test_a_move_is_offered_exactly_where_the_table_has_it(state: str, move: str) -> None:
    seen = view(desk(), picture(called(state=state)))
    offered = seen.may(move)
    if state in table.AT_WINDOW:
        assert offered == (move in table.allowed(state))
    else:
        assert offered == (state == "no_show" and move == "recall")


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.floats(0, 2)), max_size=30))
def test_between_two_answers_at_most_one_command_leaves(presses: list[tuple[str, float]]) -> None:
    here, shown = desk(), picture(called(), ticket("F013"))
    times = itertools.accumulate(gap for _, gap in presses)
    sent = [here.press(move, view(here, shown), at) for (move, _), at in zip(presses, times, strict=True)]
    assert sum(one is not None for one in sent) <= 1


MINUTE = dt.timedelta(minutes=1)


@st.composite
def lines(draw: st.DrawFn) -> Picture:
    """A line of two services at window 3, with every lane, with bound ones and with patient ones."""
    made = [
        ticket(
            f"F{serial:03d}",
            service=draw(st.sampled_from(["cases", "other", "elsewhere"])),
            taken_at=NOON - draw(st.integers(0, 90)) * MINUTE,
            lane=draw(st.sampled_from(["line", "line", "line", "green", "advanced", "appointment"])),
            passed=draw(st.integers(0, 3)),
            for_window=draw(st.sampled_from([0, 0, 0, 3, 2, 1])),
            not_before=draw(st.sampled_from([None, None, NOON - MINUTE, NOON + 30 * MINUTE])),
        )
        for serial in range(draw(st.integers(0, 12)))
    ]
    shown = picture(*made)
    shown.windows |= {2: WindowView(number=2, open=True), 1: WindowView(number=1, open=False)}
    return shown


@pytest.mark.rule("R55", "R57")
@given(lines(), st.integers(1, 4))
def test_the_first_row_is_whom_the_hub_would_call_and_everybody_it_could_call_is_there(
    shown: Picture, weight: int
) -> None:
    here = desk("cases", "other", other=weight)
    seen = view(here, shown)
    left, expected = list(shown.tickets.values()), []
    found = queue.pick(here.window, left, NOON, here.rules.may_pass.value)
    assert (seen.waiting[0] if seen.waiting else None) == (found.ticket if found else None)
    assert seen.because == (found.because if found else None)
    while found is not None:
        expected.append(found.ticket.ticket_id)
        left.remove(found.ticket)
        found = queue.pick(here.window, left, NOON, 99)
    assert sorted(one.ticket_id for one in seen.waiting) == sorted(expected)
    assert all(shown.tickets[one.ticket_id] == one for one in seen.waiting)  # as they are, not as they will be passed


def test_a_long_line_says_how_many_more_there_are() -> None:
    seen = view(desk(), picture(*(ticket(f"F{one:03d}") for one in range(AHEAD_SHOWN + 7))))
    assert (len(seen.waiting), seen.more) == (AHEAD_SHOWN, 7)


@pytest.mark.rule("R55")
def test_who_is_patient_goes_before_a_green_channel_and_the_desk_says_why() -> None:
    patient = ticket("F001", passed=3, taken_at=NOON - 40 * MINUTE)
    green = ticket("F002", lane="green", taken_at=NOON - 30 * MINUTE)
    seen = view(desk(), picture(green, patient))
    assert [one.number for one in seen.waiting] == ["F001", "F002"]
    seen = view(desk(), picture(green, ticket("F003", taken_at=NOON - 50 * MINUTE)))
    assert ([one.number for one in seen.waiting], seen.because) == (["F002", "F003"], "lane")


def test_who_is_parked_is_called_back_by_number_or_the_one_parked_longest() -> None:
    here = desk()
    first = called(state="parked", ticket_id="id-F001", number="F001", called_at=NOON - 9 * MINUTE)
    seen = view(here, picture(called(state="parked"), first))
    assert [one.number for one in seen.parked] == ["F001", "F012"]
    assert here.press("call_parked", seen, 1.0) == CallParked(ticket_id="id-F001")
    here.answered()
    assert here.press("call_parked", seen, 5.0, "id-F012") == CallParked(ticket_id="id-F012")
    here.answered()
    busy = view(here, picture(called(), first))
    assert busy.why_not["call_parked"] == "finish_first"


@pytest.mark.parametrize(
    ("chance", "recall", "again"),
    [("at_once", "", ""), ("behind", "no_second_chance", ""), ("none", "no_second_chance", "no_second_chance")],
)
def test_a_missed_one_comes_back_as_the_policy_says(chance: str, recall: str, again: str) -> None:
    here = desk()
    rules = here.rules
    here.rules = msgspec.structs.replace(
        rules, second_chance=msgspec.structs.replace(rules.second_chance, value=chance)
    )
    seen = view(here, picture(called(state="no_show")))
    assert (seen.why_not["recall"], seen.why_not["come_back"]) == (recall, again)
    sent = here.press("come_back", seen, 1.0)
    assert sent == (None if again else ReturnTicket(ticket_id="id-F012"))


def test_a_form_is_sent_with_what_it_says_about_the_number_at_the_window_or_another() -> None:
    here, waits = desk(), ticket("F020")
    seen = view(here, picture(called(), waits))
    assert here.press("park", seen, 1.0, "", Wanted(choice="copy", reason="去复印")) == ParkTicket(
        ticket_id="id-F012", reason="去复印"
    )
    here.answered()
    assert here.press("transfer", seen, 9.0, "", Wanted(service="cases", window=2)) == TransferTicket(
        ticket_id="id-F012", service="cases", window=2
    )
    here.answered()
    left = here.press("withdraw", seen, 17.0, "id-F020", Wanted(choice="gone", reason="人已离开"))
    assert left == WithdrawTicket(ticket_id="id-F020", reason="人已离开")


def test_a_refusal_is_kept_with_its_move_until_the_next_press() -> None:
    here, seen = desk(), view(desk(), picture(ticket()))
    here.press("call", seen, 1.0)
    no = Rejected(code="queue_empty", text="")
    here.answered(no)
    assert here.refused is not None
    assert (here.refused.move, here.refused.answer) == ("call", no)
    here.press("call", seen, 9.0)
    assert here.refused is None


def test_what_asks_first_and_what_is_sent_at_once() -> None:
    here = desk()
    opened, paused = view(here, picture(called())), view(here, picture(open=False))
    assert [move for move in MOVES if here.asks(move, opened)] == [
        "call_service",
        "park",
        "transfer",
        "withdraw",
        "green",
        "set_window",
    ]
    assert here.asks("set_window", paused) is None


@given(st.sampled_from(STATES), st.sampled_from(["withdraw", "green"]))
def test_another_number_may_be_moved_exactly_where_the_table_has_it(state: str, move: str) -> None:
    other = ticket("F020", state=state, window=3 if state not in table.WAITING else 0)
    here, shown = desk(), picture(called(), other)
    seen = view(here, shown)
    if seen.find("id-F020") is not None and seen.current != other:
        by = {"withdraw": "withdraw", "green": "advance"}[move]
        assert (not here.why_not(move, seen, "id-F020")) == (by in table.allowed(state))


def test_a_shift_that_ends_in_the_middle_of_a_press_leaves_nothing_under_way() -> None:
    here, shown = desk(), picture(ticket())
    here.press("call", view(here, shown), 1.0)
    here.forget()
    assert here.press("call", view(here, shown), 9.0) == CallNext()
