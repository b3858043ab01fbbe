"""A wall's picture lies on the same dots for minutes, not for days."""

from itertools import pairwise

from display.wall.sparing import MARGIN_PX, MOVES_S, STEP_PX, shift_px


def test_the_picture_moves_a_small_step_every_few_minutes_and_stays_within_its_margin():
    way = [shift_px(at * MOVES_S) for at in range(200)]
    assert way[0] == (0, 0)
    assert len(set(way)) == 25
    assert all(max(map(abs, one)) <= MARGIN_PX for one in way)
    steps = [abs(x - u) + abs(y - v) for (x, y), (u, v) in pairwise(way)]
    assert set(steps) == {STEP_PX}


def test_between_two_moves_it_stands_still():
    assert {shift_px(MOVES_S * 3 + at) for at in range(int(MOVES_S))} == {shift_px(MOVES_S * 3)}
