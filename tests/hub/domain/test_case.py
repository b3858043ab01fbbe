from typing import get_args

import pytest

from hub.domain.case import ANSWERED, MOVES, NEEDS_TEXT, OPEN, SIDE_STEPS, CaseMove, Stage, allowed, move
from hub.domain.errors import MoveNotAllowed, TextMissing

STAGES, ALL_MOVES = get_args(Stage), get_args(CaseMove)


@pytest.mark.rule("R19")
def test_a_case_lives_from_filing_to_the_archive():
    stage = "filed"
    for by in ("triage", "dispatch", "accept", "reply", "follow_up", "rate", "archive"):
        stage = move(stage, by, text="依据第十三条，结果如下。")
    assert stage == "archived"


@pytest.mark.rule("R19", "R33")
def test_a_bad_rating_goes_back_to_whoever_can_do_better():
    assert move("rated", "send_back", text="不满意") == "rework"
    assert move("rework", "dispatch") == "dispatched"
    assert move("rework", "answer_on_the_spot", text="重新核对后当场更正") == "answered_on_the_spot"
    assert move("rework", "refer_out", text="已转交上级登记机构") == "referred_out"


@pytest.mark.rule("R19")
@pytest.mark.parametrize("by", ["answer_on_the_spot", "dispatch", "refer_out", "decline"])
def test_triage_ends_in_one_of_four_ways(by):
    assert ("triaged", by) in MOVES
    assert {end for (start, _), end in MOVES.items() if start == "triaged"} == {*ANSWERED - {"replied"}, "dispatched"}


@pytest.mark.rule("R19")
@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_but_the_archive_leads_on_and_is_reached(stage):
    assert bool(allowed(stage)) == (stage != "archived")
    assert stage == "filed" or stage in MOVES.values()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("by", ALL_MOVES)
def test_what_the_table_does_not_have_raises_and_names_what_there_is(stage, by):
    if by in allowed(stage):
        assert move(stage, by, text="有理由") in STAGES
    else:
        with pytest.raises(MoveNotAllowed, match=f"a case that is {stage} cannot {by}"):
            move(stage, by, text="有理由")


@pytest.mark.rule("R3")
@pytest.mark.parametrize("by", sorted(NEEDS_TEXT))
def test_nobody_is_turned_away_without_a_word(by):
    stage = next(stage for stage in STAGES if by in allowed(stage))
    for nothing in ("", "  \n"):
        with pytest.raises(TextMissing):
            move(stage, by, text=nothing)


@pytest.mark.rule("R3")
def test_the_three_answers_that_are_not_a_yes_need_their_text():
    assert {"answer_on_the_spot", "refer_out", "decline", "reply"} <= NEEDS_TEXT


@pytest.mark.parametrize("by", sorted(SIDE_STEPS))
@pytest.mark.parametrize("stage", sorted(OPEN))
def test_side_steps_leave_the_stage_as_it_is(stage, by):
    assert move(stage, by, text="联席会议后答复") == stage
