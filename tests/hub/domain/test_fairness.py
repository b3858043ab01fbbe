"""The rules stated a second time, and the tables of what a report can say: nothing is left out of them."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, strategies as st

import hub.service
from hub.domain.fairness import expectation
from hub.domain.fairness.kinds import OF_BECAUSE, OF_LANE, OF_MOVE
from hub.domain.fairness.replay import LEFT
from hub.domain.fairness.rows import Standing
from hub.domain.fairness.traces import MAY_CHANGE, TRACES, UNTOLD
from hub.domain.hall import Window
from hub.domain.line_rules import WindowRules
from hub.domain.queue import Only, pick, stand_behind
from hub.domain.ticket import Because, Cause, Lane, StepMove, TicketState
from hub.service.handlers import ADDITIVE, CONTENDING
from hub.service.line_rules import KEPT
from hub.store.fairness import KEPT_RULES
from tests.factories import FILED_AT

SERVICES = ("general", "inquiry", "complaint")


def minutes(least: int, most: int) -> st.SearchStrategy[dt.datetime]:
    return st.integers(least, most).map(lambda after: FILED_AT + dt.timedelta(minutes=after))


STANDINGS = st.builds(
    Standing,
    number=st.just(""),
    service=st.sampled_from(SERVICES),
    state=st.sampled_from(["waiting", "waiting", "waiting", "transferred", "parked", "called", "done"]),
    taken_at=minutes(0, 30),
    lane=st.sampled_from(["line", "line", "line", "green", "appointment", "advanced"]),
    stands_at=st.none() | minutes(0, 30),
    not_before=st.none() | minutes(20, 60),
    for_window=st.sampled_from([0, 0, 0, 1, 2]),
    passed=st.integers(0, 3),
)
LINES = st.lists(STANDINGS, max_size=12).map(
    lambda found: {
        f"t{at}": Standing(**{n: getattr(one, n) for n in Standing.__struct_fields__} | {"number": f"A{at:03d}"})
        for at, one in enumerate(found)
    }
)
WEIGHTS = st.dictionaries(st.sampled_from(SERVICES), st.integers(1, 4))
ONLY = st.tuples(st.sampled_from(["", *SERVICES]), st.sampled_from([None, "line", "green", "appointment"]))


@pytest.mark.rule("R55")
@given(line=LINES, weights=WEIGHTS, at=minutes(30, 50), may_pass=st.integers(1, 3), only=ONLY)
def test_the_rules_stated_twice_call_the_same(line, weights, at, may_pass, only):
    services = ("general", "inquiry")
    picked = pick(
        Window(number=1, services=services, weights=weights), line.values(), at, may_pass, Only(only[0], only[1])
    )
    ids = {one.number: ticket_id for ticket_id, one in line.items()}
    turn = expectation.expected(
        WindowRules(1, services, weights), line, at, may_pass, expectation.Only(only[0], only[1] or "")
    )
    assert (turn is None) == (picked is None)
    if turn is not None and picked is not None:
        assert turn.ticket_id == ids[picked.ticket.number]
        assert turn.because == picked.because
        assert turn.passed == tuple(ids[one.number] for one in picked.passed)


@given(line=LINES, back=STANDINGS, behind=st.integers(0, 4), at=minutes(30, 50))
def test_who_comes_back_stands_at_the_same_place_by_both(line, back, behind, at):
    waiting = [one for one in line.values() if one.service == back.service]
    assert expectation.stands_again(back, line.values(), behind, at) == stand_behind(back, waiting, behind, at)


@pytest.mark.rule("R55")
def test_every_move_every_reason_and_every_lane_says_whether_it_is_an_exception():
    assert set(_of(StepMove)) <= set(OF_MOVE)
    assert {"", *_of(Because), *_of(Cause)} <= set(OF_BECAUSE)
    assert set(OF_LANE) == set(_of(Lane))


def test_every_move_is_some_command_s():
    made = {move for trace in TRACES.values() for move in (*trace.main, *trace.also)}
    assert made == set(OF_MOVE)
    assert set(MAY_CHANGE) | UNTOLD <= set(OF_MOVE)


@pytest.mark.rule("R55")
def test_every_command_that_moves_a_ticket_is_known_to_the_report():
    """By who calls whom in `hub.service`: whatever reaches a function that writes tickets or steps has a trace."""
    writers = {("ticket_steps", "lay_down"), ("queue", "open_window"), ("tickets", "keep"), ("tickets", "save")}
    reaching = _reaching({*writers, ("filing", "take_place"), ("numbering", "renumber_ticket")})
    found = {
        kind.__name__
        for kind, handler in (*ADDITIVE.items(), *CONTENDING.items())
        if (handler.__module__.rpartition(".")[2], handler.__name__) in reaching
    }
    assert found - set(TRACES) == set()


def test_the_writer_and_the_reader_of_the_rules_mean_the_same_link():
    assert KEPT == KEPT_RULES


def _of(literal: object) -> tuple[str, ...]:
    """All values of a Literal, or of a union of Literals."""
    return tuple(value for part in get_args(literal) for value in (get_args(part) or (part,)))


def _reaching(wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Functions of `hub.service`, by module and name, that call one of these, or one that does."""
    calls: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for file in Path(hub.service.__file__).parent.glob("*.py"):
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef):
                calls[file.stem, function.name] = {
                    called for node in ast.walk(function) if (called := _called(node, file.stem)) is not None
                }
    found = {one for one, called in calls.items() if called & wanted}
    while more := {one for one, called in calls.items() if one not in found and called & found}:
        found |= more
    return found


def _called(node: ast.AST, module: str) -> tuple[str, str] | None:
    if not isinstance(node, ast.Call):
        return None
    match node.func:
        case ast.Name(id=name):
            return module, name
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return owner, name
    return None


def test_states_of_the_replay_are_those_of_tickets():
    assert set(get_args(TicketState)) >= LEFT
