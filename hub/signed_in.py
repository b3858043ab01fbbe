"""Asking a hub at work under somebody's name: what leaves it, or changes in it, is theirs to answer for (R71)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from hub.config import HallDirectory
from hub.errors import HubError
from hub.link import Link, NoAnswer
from hub.wire import messages as m

Ask = Callable[[m.Command], m.Answer]


class NotTaken(HubError):
    """The hub refused; the text is its own."""

    code = "not_taken"


@contextmanager
def signed_in(place: HallDirectory, terminal: str, staff: str) -> Iterator[Ask]:
    """What asks it, until the block ends; the PIN is typed, or read from standard input. Raises `NotTaken`."""
    link = Link.of_terminal(place, terminal, feed=False)
    pin = typer.prompt("PIN", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().strip()

    def ask(command: m.Command) -> m.Answer:
        answer = link.ask(command)
        if isinstance(answer, m.Rejected):
            raise NotTaken(f"{answer.code}: {answer.text}")
        return answer

    try:
        try:
            ask(m.LogIn(staff=staff, pin=pin))
        except NoAnswer as silent:
            raise NotTaken(f"{silent}; start bancheng-hub, or see with bancheng status what keeps it") from silent
        try:
            yield ask
        finally:
            link.ask(m.LogOut())
    finally:
        link.close()


def ask_as(place: HallDirectory, terminal: str, staff: str, command: m.Command) -> m.Answer:
    """One question under somebody's name; raises `NotTaken`."""
    with signed_in(place, terminal, staff) as ask:
        return ask(command)
