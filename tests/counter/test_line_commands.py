"""No command about the queue and the calendar without a button or a page: what the hub takes can be done here."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import counter
import hub.wire
from counter.desk import Desk
from counter.desk_forms import FORMS, Wanted
from counter.desk_moves import KEYS, MOVES
from hub.domain.hall import Role, Window
from hub.service.permissions import ALLOWED, STAFF
from hub.wire import messages as m
from hub.wire.queue_commands import QueueCommand
from tests.counter.makers import NOON, picture, policy_of, ticket
from tests.counter.test_desk_forms import WHOLE

ABOUT_THE_QUEUE = (
    "queue_commands",
    "green_asks",
    "calendar_commands",
    "slip_commands",
    "appointment_commands",
    "fairness_commands",
)
"""Modules of the wire whose commands staff give at their counters; those that come later count as they come."""
AT_THE_PAGE: dict[type[m.Message], str] = {m.DecideGreenChannel: "line", m.AdvanceTicket: "line"}
"""Of the line, what the window's desk has not, and the page that has it."""


def commands() -> list[type[m.Message]]:
    """The commands of those modules that any counter may send."""
    there = {one.name for one in pkgutil.iter_modules(hub.wire.__path__)}
    modules: list[ModuleType] = [importlib.import_module(f"hub.wire.{one}") for one in ABOUT_THE_QUEUE if one in there]
    found = [kind for one in modules for _, kind in inspect.getmembers(one, inspect.isclass) if kind in ALLOWED]
    return sorted({kind for kind in found if ALLOWED[kind] & STAFF}, key=lambda kind: kind.__name__)


@cache
def used() -> frozenset[str]:
    """Every name that the counter's code uses, imports apart."""
    trees = [ast.parse(file.read_text()) for file in Path(counter.__file__).parent.rglob("*.py")]
    nodes = [one for tree in trees for one in ast.walk(tree)]
    plain = frozenset(one.id for one in nodes if isinstance(one, ast.Name))
    return plain | frozenset(one.attr for one in nodes if isinstance(one, ast.Attribute))


@pytest.mark.rule("R55", "R57", "R65")
@pytest.mark.parametrize("kind", commands(), ids=lambda kind: kind.__name__)
def test_every_command_about_the_queue_is_sent_from_somewhere(kind: type[m.Message]) -> None:
    assert kind.__name__ in used()


def test_the_desk_has_a_key_and_a_button_for_every_command_of_the_line() -> None:
    sent: set[type[object]] = set()
    here = picture(
        ticket("F001"),
        ticket("F002", state="called", window=3, called_at=NOON),
    )
    free = picture(
        ticket("F001"),
        ticket("F003", state="parked", window=3, called_at=NOON),
        ticket("F004", state="no_show", window=3, called_at=NOON),
    )
    for shown in (here, free, picture(open=False)):
        for move in MOVES:
            desk = Desk(Window(number=3, services=("cases",)), policy_of("wuxi").queue)
            view = desk.view(shown, NOON)
            asks = desk.asks(move, view)
            wanted = WHOLE[asks][0] if asks is not None else Wanted()
            command = desk.press(move, view, 1.0, "id-F001" if asks == "green" else "", wanted)
            sent |= {type(command)} - {type(None)}
    assert sent | set(AT_THE_PAGE) == set(get_args(QueueCommand))
    assert set(KEYS.values()) == set(MOVES)


def test_the_forms_beyond_the_desk_are_those_of_the_page() -> None:
    commands_of = {type(command) for _, command in (WHOLE[code] for code in FORMS)}
    assert set(AT_THE_PAGE) <= commands_of
    roles: frozenset[Role] = frozenset.intersection(*(ALLOWED[kind] for kind in AT_THE_PAGE))
    assert roles == {"window", "supervisor"}
