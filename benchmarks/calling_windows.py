"""Twenty windows in a process of their own, calling at random: an hour of them in some minutes.

Says `ready`, waits for a line on standard input, and prints one JSON line for each call when the hub has answered:
{"number", "window", "calls", "at": monotonic seconds}; at the end `{"ended": true}`. With `--events` it stirs the hall
instead: numbers taken, windows that go away and come back, as fast as the hub answers.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from hub.config import HallDirectory
from hub.link import Link
from hub.wire import messages as m

AGAIN = 0.15
"""A part of the calls that are recalls of somebody who did not come."""
progress = Console(stderr=True)


def run(
    hall: Annotated[Path, typer.Option()],
    windows: Annotated[list[int], typer.Option("--window")],
    service: Annotated[str, typer.Option()],
    calls: Annotated[int, typer.Option()] = 0,
    seconds: Annotated[float, typer.Option()] = 0.0,
    events: Annotated[int, typer.Option()] = 0,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Call citizens at random moments, from windows at random."""
    directory = HallDirectory(hall)
    links = {number: Link.of_terminal(directory, f"window-{number}", feed=False) for number in windows}
    kiosk = Link.of_terminal(directory, "kiosk-1", feed=False)
    chance = random.Random(seed)
    typer.echo("ready")
    sys.stdin.readline()
    if events:
        _stir(links, kiosk, service, events)
    else:
        moments = sorted(chance.uniform(0, seconds) for _ in range(calls))
        _call(links, kiosk, service, moments, chance)
    typer.echo(json.dumps({"ended": True}))


def _call(links: dict[int, Link], kiosk: Link, service: str, moments: list[float], chance: random.Random) -> None:
    began = time.monotonic()
    at_window: dict[int, m.TicketView] = {}
    for moment in track(moments, "calls", console=progress):
        time.sleep(max(0.0, began + moment - time.monotonic()))  # a call has its moment
        number = chance.choice(list(links))
        stays = at_window.get(number)
        if stays is not None and chance.random() < AGAIN:
            answer = _accepted(links[number].ask(m.RecallTicket(ticket_id=stays.ticket_id)))
        else:
            if stays is not None:
                _accepted(links[number].ask(m.FinishTicket(ticket_id=stays.ticket_id)))
            _accepted(kiosk.ask(m.TakeTicket(service=service)))
            answer = _accepted(links[number].ask(m.CallNext()))
        at = time.monotonic()
        assert isinstance(answer, m.TicketAnswer), answer
        ticket = at_window[number] = answer.ticket
        typer.echo(json.dumps({"number": ticket.number, "window": number, "calls": ticket.calls, "at": at}))


def _stir(links: dict[int, Link], kiosk: Link, service: str, events: int) -> None:
    away = dict.fromkeys(links, False)
    for turn in track(range(events), "events", console=progress):
        number = list(links)[turn // 2 % len(links)]
        if turn % 10 == 9:
            _accepted(kiosk.ask(m.TakeTicket(service=service)))
        else:
            away[number] = not away[number]
            _accepted(links[number].ask(m.SetWindow(open=not away[number])))


def _accepted(answer: m.Answer) -> m.Answer:
    assert not isinstance(answer, m.Rejected), answer
    return answer


if __name__ == "__main__":
    typer.run(run)
