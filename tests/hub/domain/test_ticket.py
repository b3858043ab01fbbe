from typing import get_args

import pytest

from hub.domain.errors import MoveNotAllowed
from hub.domain.ticket import AT_WINDOW, ENDED, MOVES, WAITING, TicketMove, TicketState, allowed, move

STATES = get_args(TicketState)


def walk(*moves):
    state = "waiting"
    for by in moves:
        state = move(state, by)
    return state


def test_the_usual_ways_of_a_ticket():
    assert walk("call", "serve", "finish") == "done"
    assert walk("call", "recall", "mark_no_show", "recall", "serve", "finish") == "done"
    assert walk("call", "park", "call", "serve") == "serving"
    assert walk("call", "transfer", "call") == "called"
    assert walk("withdraw") == "withdrawn"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("by", get_args(TicketMove))
def test_what_the_table_does_not_have_raises_and_names_what_there_is(state, by):
    if by in allowed(state):
        assert move(state, by) in STATES
    else:
        with pytest.raises(MoveNotAllowed, match=f"a ticket that is {state} cannot {by}"):
            move(state, by)


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_reached_and_only_ended_ones_lead_nowhere(state):
    assert state == "waiting" or state in MOVES.values()
    assert (not allowed(state)) == (state in ENDED)


def test_a_state_is_in_one_group_at_most():
    assert not WAITING & AT_WINDOW
    assert not (WAITING | AT_WINDOW) & ENDED


def test_two_windows_cannot_call_the_same_ticket():
    for state in AT_WINDOW:
        with pytest.raises(MoveNotAllowed):
            move(state, "call")
