"""The form of a step under real touches: what may be sent, what is asked first, what stays when the hub refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import Processes, until
from tests.screen import Screen

pytestmark = pytest.mark.e2e
SIZE = (960, 1080)


class Window:
    """A form on a screen of its own, and what it said."""

    def __init__(self, screen: Screen, processes: Processes, *argv: str) -> None:
        self.screen, self.processes = screen, processes
        processes.start("form", "-m", "tests.counter.steps.composer_window", *argv, env=screen.env)
        until("the form", lambda: (processes.check("form"), "compose.send" in screen.seen()["touch"])[1])

    def said(self, what: str) -> list[Any]:
        self.processes.check("form")
        lines = [json.loads(one) for one in self.processes.log("form").read_text().splitlines() if one[:1] == "{"]
        return [one[what] for one in lines if what in one]

    def write(self, field: str, text: str) -> None:
        self.screen.touch(f"compose.{field}")
        self.screen.settled()
        self.screen.paste(text)


@pytest.fixture
def form(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    screen = Screen(*SIZE)
    try:
        with Processes(tmp_path) as processes:
            yield lambda *argv: Window(screen, processes, *argv)
    finally:
        screen.close()


@pytest.mark.rule("R26")
def test_what_the_citizen_agreed_to_is_agreed_anew_when_the_date_moves(form: Callable[..., Window]) -> None:
    window = form("dahepingxiang", "department", "accepted", "ask_extension")
    window.write("reason", "档案馆调档需要三天")
    window.screen.touch("field.citizen_agreed_to")
    until("all that is needed", lambda: window.screen.has("compose.send"))
    window.screen.touch("added_wd.less")
    until("the date to move", lambda: not window.screen.has("compose.send"))
    window.screen.touch("field.citizen_agreed_to")
    window.screen.touch("compose.send")
    until("the command", lambda: window.said("sent"))
    (sent,) = window.said("sent")
    assert (sent["added_wd"], sent["citizen_agreed_to"]) == (4, "2026-12-04")
    until("the form to be left", lambda: window.said("left") == [[""]])


@pytest.mark.rule("R33")
def test_a_bad_rating_wants_its_reason_and_is_asked_about_and_a_good_one_is_not(form: Callable[..., Window]) -> None:
    window = form("yueyang", "window", "replied", "rate")
    window.screen.touch("level.satisfied")
    until("a level", lambda: window.screen.has("compose.send"))
    window.screen.touch("level.very_unsatisfied")
    until("the reason to be wanted", lambda: not window.screen.has("compose.send"))
    window.write("text", "还是没有办成，也没有人联系我")
    window.screen.touch("compose.send")
    until("the command", lambda: window.said("sent"))
    assert window.said("asked") == ["退回重办？"]
    assert window.said("sent")[0]["level"] == "very_unsatisfied"


def test_what_the_hub_refused_stays_to_be_mended_and_sent_again(form: Callable[..., Window]) -> None:
    window = form("yueyang", "department", "accepted", "reply", "too_long")
    window.write("text", "已办结。")
    window.screen.touch("compose.send")
    until("the refusal", lambda: window.said("shown") == [True])
    assert window.said("left") == []
    window.screen.touch("compose.send")
    until("the command", lambda: [one["text"] for one in window.said("sent")] == ["已办结。"])


@pytest.mark.rule("R38")
def test_what_is_looked_for_beside_the_hub_is_asked_for_again_until_it_is_found(form: Callable[..., Window]) -> None:
    window = form("shanting", "window", "filed", "triage")
    until("another question", lambda: len(window.said("looked")) > 1)
    assert set(window.said("looked")) == {"triage"}
