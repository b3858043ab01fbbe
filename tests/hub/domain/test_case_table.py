"""The table of a case's life, tried whole: every stage with every move, under every set of moves a policy may have."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, strategies as st

from hub.domain.case import ANSWERED, MOVES, NEEDS_TEXT, OPEN, SIDE_STEPS, CaseMove, Stage, allowed, move
from hub.domain.errors import DomainError, MoveNotAllowed, NotPrescribed, TextMissing
from hub.domain.policy import life
from hub.service.case_file import prescribed
from tests.factories import a_policy
from tests.hub.service.variants import with_moves

STAGES: tuple[Stage, ...] = get_args(Stage)
ALL_MOVES: tuple[CaseMove, ...] = get_args(CaseMove)
WORDS = "依据第十三条，结果如下。"
LEADS_ON = {
    (at, by): (MOVES.get((at, by)) or (at if by in SIDE_STEPS and at in OPEN else None))
    for at in STAGES
    for by in ALL_MOVES
}


@pytest.mark.rule("R19")
def test_every_stage_and_move_is_in_the_table_or_raises() -> None:
    for (at, by), after in LEADS_ON.items():
        if after is None:
            with pytest.raises(MoveNotAllowed):
                move(at, by, WORDS)
            continue
        assert move(at, by, WORDS) == after
        if by in NEEDS_TEXT:
            with pytest.raises(TextMissing):
                move(at, by, " ")
        else:
            assert move(at, by) == after


@pytest.mark.rule("R19")
@given(st.sets(st.sampled_from(ALL_MOVES)))
def test_whatever_moves_a_policy_has_no_other_is_made(on: set[CaseMove]) -> None:
    policy = with_moves(a_policy(), **{by: by in on for by in ALL_MOVES})
    for (at, by), after in LEADS_ON.items():
        try:
            assert prescribed(policy, at, by, WORDS) == after
            assert by in on
        except NotPrescribed:
            assert by not in on
        except DomainError:
            assert after is None


@pytest.mark.rule("R19")
@given(st.sets(st.sampled_from(ALL_MOVES)))
def test_what_a_policy_s_cases_reach_is_what_walking_its_moves_reaches(on: set[CaseMove]) -> None:
    seen, ahead = set[Stage](), [STAGES[0]]
    while ahead:
        at = ahead.pop()
        seen.add(at)
        ahead += [after for (start, by), after in MOVES.items() if start == at and by in on and after not in seen]
    assert life.reached(on) == seen
    stuck = {at for at in seen if "archived" not in _from(at, on)}
    assert life.dead_ends(on) == stuck
    assert {by for by in on - SIDE_STEPS if not any((at, by) in MOVES for at in seen)} == life.never_made(on)


def _from(at: Stage, on: set[CaseMove]) -> set[Stage]:
    found, more = {at}, {at}
    while more:
        more = {after for (start, by), after in MOVES.items() if start in more and by in on} - found
        found |= more
    return found


@pytest.mark.rule("R19")
def test_nothing_leaves_the_archive_and_no_answer_is_open() -> None:
    assert not allowed("archived")
    assert OPEN.isdisjoint({*ANSWERED, "followed_up", "rated", "archived"})
    assert {*OPEN, *ANSWERED, "followed_up", "rated", "archived"} == set(STAGES)
