"""Asking the hub what needs no outbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hub.wire.messages import Answer, Command, Done, LookUp
from kiosk.asking import LATE_S, Asking, Unanswered


class Hub:
    def __init__(self) -> None:
        self.live = True
        self.pending: dict[str, Callable[[Answer], None]] = {}

    def send(self, _command: Command, then: Callable[[Answer], None], command_id: str) -> str:
        self.pending[command_id] = then
        return command_id

    def drop(self, command_id: str) -> None:
        self.pending.pop(command_id, None)


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def asking(hub: Hub) -> Asking:
    return Asking(hub.send, hub.drop, lambda: hub.live)


def test_the_answer_is_heard_once(hub: Hub, asking: Asking) -> None:
    heard: list[Any] = []
    asking.ask(LookUp(secret="a"), heard.append, "one", 0.0)
    hub.pending["one"](Done())
    hub.pending["one"](Done())
    asking.poll(LATE_S)
    assert heard == [Done()]


def test_without_a_hub_nothing_is_sent_and_that_is_said_at_once(hub: Hub, asking: Asking) -> None:
    hub.live = False
    heard: list[Any] = []
    asking.ask(LookUp(secret="a"), heard.append, "one", 0.0)
    assert heard == [Unanswered()]
    assert hub.pending == {}


def test_no_answer_in_time_is_said_and_the_question_is_not_sent_again(hub: Hub, asking: Asking) -> None:
    heard: list[Any] = []
    asking.ask(LookUp(secret="a"), heard.append, "one", 0.0)
    asking.poll(LATE_S - 0.1)
    assert heard == []
    asking.poll(LATE_S)
    assert heard == [Unanswered(late=True)]
    assert hub.pending == {}


def test_nobody_hears_what_was_asked_in_a_session_that_is_over(hub: Hub, asking: Asking) -> None:
    heard: list[Any] = []
    asking.ask(LookUp(secret="a"), heard.append, "one", 0.0)
    answer = hub.pending["one"]
    asking.forget()
    answer(Done())
    asking.poll(LATE_S)
    assert (heard, hub.pending) == ([], {})
