"""Protections that nobody writes by hand: each row of the state table, each side step, each move that owes words.

Without it, a way of `tests/hub/service/test_every_way.py` that makes the move is not walked, or walked without a word.
"""

from __future__ import annotations

from collections.abc import Iterator

from hub.domain.case import MOVES, NEEDS_TEXT, SIDE_STEPS
from tests.hub.service.test_every_way import WAYS
from tests.sabotage.protections import TREE, Protection

TABLE = "hub/domain/case.py"
TEST = "tests/hub/service/test_every_way.py::test_a_case_goes_every_way_that_the_documents_let_it_go"


def generated() -> Iterator[Protection]:
    """Raises `LookupError` for a transition that no way makes."""
    text = (TREE / TABLE).read_text()
    for (at, by), after in MOVES.items():
        row = f'    ("{at}", "{by}"): "{after}",\n'
        yield Protection(name=f"a case that is {at} can {by}", file=TABLE, remove=row, by="", test=_walking(at, by))
    for name, moves in (("SIDE_STEPS", SIDE_STEPS), ("NEEDS_TEXT", NEEDS_TEXT)):
        row = _set(text, name)
        for by in sorted(moves):
            without = row.replace(f'"{by}", ', "").replace(f', "{by}"', "")
            promised = f"an open case can {by}" if name == "SIDE_STEPS" else f"nobody can {by} without a word"
            yield Protection(name=promised, file=TABLE, remove=row, by=without, test=_walking("", by))


def _walking(at: str, by: str) -> str:
    """The test of the first way that makes a move, from a stage where one is named."""
    for way, (_, moves) in WAYS.items():
        stages = ("filed", *(after for _, after in moves))
        if any(move == by and at in ("", stages[place]) for place, (move, _) in enumerate(moves)):
            return f"{TEST}[{way}]"
    raise LookupError(f"no way of test_every_way.py makes {by} from {at}: add one")


def _set(text: str, name: str) -> str:
    """The set of that name as it stands in the module's text."""
    begin = text.index(f"\n{name}: ")
    return text[begin : text.index("}", begin) + 1]
