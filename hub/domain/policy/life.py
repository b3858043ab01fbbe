"""Which stages a case reaches when a hall has only some of the moves (R19)."""

from __future__ import annotations

from collections.abc import Set

from hub.domain.case import MOVES, SIDE_STEPS, CaseMove, Stage

Moves = Set[CaseMove]


def reached(moves: Moves) -> frozenset[Stage]:
    """The stages that a case filed can come to."""
    found: set[Stage] = {"filed"}
    while more := {after for (at, by), after in MOVES.items() if at in found and by in moves} - found:
        found |= more
    return frozenset(found)


def never_made(moves: Moves) -> frozenset[CaseMove]:
    """The moves that are there and that no case ever comes to."""
    stages = reached(moves)
    return frozenset(by for by in moves - SIDE_STEPS if not any(at in stages for at, what in MOVES if what == by))


def freeing(moves: Moves) -> dict[CaseMove, frozenset[CaseMove]]:
    """Each move that is not there and would let others be made, with those."""
    stuck = never_made(moves)
    missing = {by for _, by in MOVES} - moves
    freed = {by: stuck - never_made(moves | {by}) for by in sorted(missing)}
    return {by: others for by, others in freed.items() if others}


def dead_ends(moves: Moves) -> frozenset[Stage]:
    """The stages that a case comes to and from which it never reaches the archive."""
    ending: set[Stage] = {"archived"}
    while more := {at for (at, by), after in MOVES.items() if by in moves and after in ending} - ending:
        ending |= more
    return reached(moves) - ending
