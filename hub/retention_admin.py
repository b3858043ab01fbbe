"""`bancheng retention`: what is past its time, shown first and ended only when asked for (R41, R71)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from hub.backup.commands import progress
from hub.config import HallDirectory
from hub.domain import keeping as rules
from hub.domain.policy import Policy
from hub.domain.policy.oversight import Kept
from hub.signed_in import NotTaken, signed_in
from hub.store import keeping
from hub.store.transaction import one_transaction
from hub.wire import messages as m

screen = Console(highlight=False, soft_wrap=True)
CATEGORIES: tuple[Kept, ...] = get_args(Kept)
SHOWN_AT_MOST = 20
"""Numbers that are named without --all."""


class Over(msgspec.Struct, frozen=True):
    """Something whose time is over."""

    category: Kept
    number: str
    closed: dt.date
    until: dt.date


class Found(msgspec.Struct, frozen=True):
    """What a look found: what is over, how much is kept on, and how many old cases were never closed."""

    over: tuple[Over, ...]
    kept: dict[Kept, int]
    left_open: int


def retention(
    delete: Annotated[bool, typer.Option("--delete", help="End what is over. Without it nothing is changed.")] = False,
    staff: Annotated[
        str, typer.Option(help="With --delete: your staff code; the PIN is read from standard input.")
    ] = "",
    terminal: Annotated[str, typer.Option(help="The supervisor terminal whose key is on this machine.")] = "supervisor",
    everything: Annotated[bool, typer.Option("--all", help="Name every number that is over.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --delete: do not ask.")] = False,
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Show what is past the time for which the hall's policy keeps it; with --delete end it, one by one.

    The hub looks at each again before it goes and logs it. Words go, the citizen's and the staff's; numbers, dates,
    departments and ratings stay for the figures, and the audit chain stays whole. Backups made before still have it.
    """
    place = HallDirectory(hall)
    policy, zone = place.policy(), ZoneInfo(place.hall().timezone)
    found = look(place, policy, zone, today(zone))
    _show(policy, found, everything)
    if not delete:
        if found.over:
            screen.print("Nothing was changed. To end them: bancheng retention --delete --staff CODE")
        return
    if not staff:
        raise typer.BadParameter("--delete is done under somebody's name: give --staff too")
    if not found.over:
        return
    if not yes:
        typer.confirm(f"End these {len(found.over)} for good?", abort=True)
    _end(place, terminal, staff, found.over)


def today(zone: ZoneInfo) -> dt.date:
    """This machine's; the hub goes by its own when it looks again."""
    return dt.datetime.now(zone).date()


def look(place: HallDirectory, policy: Policy, zone: ZoneInfo, day: dt.date) -> Found:
    """What is over on a day, read in one transaction beside a working hub."""
    over: list[Over] = []
    kept: dict[Kept, int] = {}
    code = place.hall().code
    with progress() as told, one_transaction(place.database, read_only=True) as db:
        for at, category in enumerate(CATEGORIES):
            told(category, at, len(CATEGORIES))
            kept[category] = 0
            for one in keeping.closed(db, code, category):
                closed = one.day(zone)
                until = rules.kept_until(policy, category, closed, papers=one.papers)
                if until < day:
                    over.append(Over(category, one.number, closed, until))
                else:
                    kept[category] += 1
        old = rules.years_after(day, -policy.archive.keep_y["case"].value)
        left_open = keeping.left_open(db, code, old)
    return Found(tuple(over), kept, left_open)


def _show(policy: Policy, found: Found, everything: bool) -> None:
    count = Counter(one.category for one in found.over)
    table = Table("category", "kept", "says who", "over", "kept on")
    for category in CATEGORIES:
        period = policy.archive.keep_y[category]
        who = period.cite or "the hall's own setting; no document says a time"
        kept = "whole" if category == "audit" else str(found.kept[category])
        table.add_row(category, f"{period.value} years", who, str(count[category]), kept)
    screen.print(table)
    shown = found.over if everything else found.over[:SHOWN_AT_MOST]
    for one in shown:
        screen.print(f"  {one.category} {one.number}  closed {one.closed}, kept until {one.until}")
    if len(found.over) > len(shown):
        screen.print(f"  and {len(found.over) - len(shown)} more; --all names them")
    if found.left_open:
        screen.print(f"{found.left_open} cases of that age were never archived: no time runs before they are")


def _end(place: HallDirectory, terminal: str, staff: str, over: tuple[Over, ...]) -> None:
    """Papers first: with their case they would be gone already."""
    over = tuple(sorted(over, key=lambda one: one.category != "attachment"))
    refused: list[tuple[Over, NotTaken]] = []
    with signed_in(place, terminal, staff) as ask, progress() as told:
        for at, one in enumerate(over):
            told(one.category, at, len(over))
            try:
                while isinstance(ask(m.EndKeeping(category=one.category, number=one.number)), m.PartEnded):
                    pass  # a piece at a time: whoever else asks the hub comes between
            except NotTaken as why:
                refused.append((one, why))
    screen.print(f"{len(over) - len(refused)} ended, each logged in the audit chain")
    for one, refusal in refused:
        screen.print(f"  {one.category} {one.number} stays: {refusal}", markup=False)
    if refused:
        raise typer.Exit(1)
