"""Protections that nobody writes by hand: each row of the state table, each side step, each move that owes words.

Each is taken out of `move`, not of the table: of a table that lacks a row the policies' own check says so before any
test runs. A way of `tests/hub/service/test_every_way.py` that makes the move is then not walked, or without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from hub.domain.case import MOVES, NEEDS_TEXT, OPEN, SIDE_STEPS
from tests.hub.service.test_every_way import WAYS
from tests.sabotage.protections import Protection

TABLE = "hub/domain/case.py"
TEST = "tests/hub/service/test_every_way.py::test_a_case_goes_every_way_that_the_documents_let_it_go"
ROW = "    if after is None:\n"
WORDS = "    if by in NEEDS_TEXT and not text.strip():\n"


def generated() -> Iterator[Protection]:
    """Raises `LookupError` for a transition that no way makes."""
    for at, by in MOVES:
        gone = f'    if after is None or (stage, by) == ("{at}", "{by}"):\n'
        yield _one(f"a case that is {at} can {by}", ROW, gone, _walking({at}, by))
    for by in sorted(SIDE_STEPS):
        yield _one(f"an open case can {by}", ROW, f'    if after is None or by == "{by}":\n', _walking(OPEN, by))
    for by in sorted(NEEDS_TEXT):
        mute = f'    if by in NEEDS_TEXT - {{"{by}"}} and not text.strip():\n'
        stages = OPEN if by in SIDE_STEPS else {at for at, move in MOVES if move == by}
        yield _one(f"nobody can {by} without a word", WORDS, mute, _walking(stages, by))


def _one(name: str, remove: str, by: str, test: str) -> Protection:
    return Protection(name=name, file=TABLE, remove=remove, by=by, test=test)


def _walking(ats: set[str] | frozenset[str], by: str) -> str:
    """The test of the first way that makes a move from one of these stages."""
    for way, (_, moves) in WAYS.items():
        stages = ("filed", *(after for _, after in moves))
        if any(move == by and stages[place] in ats for place, (move, _) in enumerate(moves)):
            return f"{TEST}[{way}]"
    raise LookupError(f"no way of test_every_way.py makes {by} from {', '.join(sorted(ats))}: add one")
