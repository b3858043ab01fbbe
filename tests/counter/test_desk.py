"""The desk: which moves are allowed now, and that one press is one command."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, strategies as st

from counter.desk import KEYS, MOVES, SAME_PRESS_S, Desk
from hub.domain import ticket as table
from hub.wire.messages import CallNext, FinishTicket, MarkNoShow, RecallTicket, ServeTicket, SetWindow
from tests.counter.makers import NOON, picture, ticket


def desk() -> Desk:
    return Desk(3, ("cases",))


def called(**fields: object) -> object:
    return ticket(**{"state": "called", "window": 3, "called_at": NOON, "calls": 1} | fields)


@pytest.mark.rule("R55")
def test_the_queue_is_in_the_order_of_taking_and_holds_only_what_this_window_serves() -> None:
    early = ticket("F002", taken_at=NOON - dt.timedelta(minutes=5))
    late, other = ticket("F003"), ticket("A001", service="registration")
    view = desk().view(picture(late, other, early, called(window=2, ticket_id="elsewhere", number="F001")))
    assert [one.number for one in view.waiting] == ["F002", "F003"]
    assert view.current is None


def test_calling_sends_one_command_and_waits_for_its_answer() -> None:
    here, shown = desk(), picture(ticket())
    assert here.press("call", here.view(shown), 10.0) == CallNext()
    assert here.view(shown).why_not["call"] == "sending"
    assert here.press("call", here.view(shown), 20.0) is None


def test_a_double_press_of_recall_is_one_recall_even_when_the_answer_was_quick() -> None:
    here, shown = desk(), picture(called())
    assert here.press("recall", here.view(shown), 10.0) == RecallTicket(ticket_id="id-F012")
    here.answered(called(calls=2))
    assert here.press("recall", here.view(shown), 10.0 + SAME_PRESS_S / 2) is None
    assert here.press("recall", here.view(shown), 10.0 + 3 * SAME_PRESS_S) == RecallTicket(ticket_id="id-F012")


def test_a_held_key_is_one_press() -> None:
    here, shown = desk(), picture(called())
    sent = []
    for nth in range(40):
        sent.append(here.press("recall", here.view(shown), 10.0 + nth * 0.03))
        here.answered()
    assert [one for one in sent if one] == [RecallTicket(ticket_id="id-F012")]


def test_the_answer_counts_before_the_feed_brings_it() -> None:
    here, shown = desk(), picture(ticket())
    here.press("call", here.view(shown), 10.0)
    here.answered(called())
    view = here.view(shown)
    assert view.current == called()
    assert view.why_not["call"] == "finish_first"
    assert view.waiting == ()


def test_the_feed_is_newer_than_an_answer() -> None:
    here = desk()
    here.answered(called())
    here.told(called(state="done"))
    view = here.view(picture(called(state="done")))
    assert view.current is None


def test_the_next_is_called_only_when_the_current_one_has_ended() -> None:
    view = desk().view(picture(called(), ticket("F013")))
    assert view.why_not["call"] == "finish_first"
    assert [move for move in MOVES if view.may(move)] == ["recall", "serve", "mark_no_show", "finish", "set_window"]


@pytest.mark.rule("R8")
def test_a_paused_window_calls_nobody_and_can_be_opened_again() -> None:
    here = desk()
    view = here.view(picture(ticket(), open=False))
    assert view.why_not["call"] == "paused"
    assert here.press("set_window", view, 1.0) == SetWindow(open=True)


def test_whoever_missed_the_call_can_be_recalled_while_the_window_is_free() -> None:
    here = desk()
    missed = called(state="no_show")
    earlier = called(state="no_show", ticket_id="id-F010", number="F010", called_at=NOON - dt.timedelta(minutes=9))
    view = here.view(picture(missed, earlier))
    assert [one.number for one in view.missed] == ["F012", "F010"]
    assert here.press("recall", view, 1.0) == RecallTicket(ticket_id="id-F012")
    here.answered()
    assert here.press("recall", here.view(picture(missed, earlier)), 9.0, "id-F010") == RecallTicket(
        ticket_id="id-F010"
    )


def test_nothing_moves_while_the_hub_is_silent() -> None:
    here = desk()
    view = here.view(picture(called()), live=False)
    assert not any(view.may(move) for move in MOVES)
    assert here.press("finish", view, 1.0) is None


@pytest.mark.parametrize(
    ("move", "command"), [("serve", ServeTicket), ("mark_no_show", MarkNoShow), ("finish", FinishTicket)]
)
def test_each_move_sends_its_own_command(move: str, command: type) -> None:
    here = desk()
    assert here.press(move, here.view(picture(called())), 1.0) == command(ticket_id="id-F012")


def test_every_move_has_one_key() -> None:
    assert sorted(KEYS.values()) == sorted(MOVES)
    assert len(set(KEYS)) == len(MOVES)


STATES = sorted({state for state, _ in table.MOVES} | set(table.MOVES.values()))


@given(st.sampled_from(STATES), st.sampled_from(["recall", "serve", "mark_no_show", "finish"]))
def test_a_move_is_offered_exactly_where_the_table_has_it(state: str, move: str) -> None:
    view = desk().view(picture(called(state=state)))
    offered = view.may(move)
    if state in table.AT_WINDOW:
        assert offered == (move in table.allowed(state))
    else:
        assert offered == (state == "no_show" and move == "recall")


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.floats(0, 2)), max_size=30))
def test_between_two_answers_at_most_one_command_leaves(presses: list[tuple[str, float]]) -> None:
    here, shown = desk(), picture(called(), ticket("F013"))
    times = itertools.accumulate(gap for _, gap in presses)
    sent = [here.press(move, here.view(shown), at) for (move, _), at in zip(presses, times, strict=True)]
    assert sum(one is not None for one in sent) <= 1
