"""`bancheng report`: what a hall reports, counted beside its working hub and written as a workbook or a document."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from hub import keys, outgoing
from hub.backup.archive import Told
from hub.backup.commands import progress
from hub.config import HallDirectory
from hub.domain import spans
from hub.domain.business_date import business_date
from hub.domain.policy import Policy
from hub.domain.policy.values import Period
from hub.domain.reported import Reading
from hub.domain.spans import Span
from hub.errors import HubError
from hub.outgoing import CannotWrite
from hub.reports.box import notice
from hub.reports.kinds import KINDS
from hub.reports.report import Report
from hub.reports.says import Says
from hub.signed_in import signed_in
from hub.store import reporting
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.wire import messages as m

NICENESS = 10
PUBLISHED = "suggestions"
"""The report whose results stand on the wall (R41)."""
screen = Console(highlight=False, soft_wrap=True)


class UnknownReport(HubError):
    """There is no report of that name."""

    code = "unknown_report"


class WhoTakesIt(HubError):
    """A file that names people is taken by somebody, and the audit chain says by whom (R71)."""

    code = "who_takes_it"


def report(
    name: Annotated[str, typer.Argument(help="Which one, such as summary; left out: lists them.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write it there: .xlsx with native charts, .docx to print. Never overwrites.")
    ] = None,
    day: Annotated[str, typer.Option(help="Of a day: 2026-10-30.")] = "",
    week: Annotated[str, typer.Option(help="Of a week: 2026-W44.")] = "",
    month: Annotated[str, typer.Option(help="Of a month: 2026-10.")] = "",
    quarter: Annotated[str, typer.Option(help="Of a quarter: 2026-Q4.")] = "",
    half: Annotated[str, typer.Option(help="Of half a year: 2026-H2.")] = "",
    year: Annotated[str, typer.Option(help="Of a year: 2026.")] = "",
    staff: Annotated[
        str, typer.Option(help="Your staff code, for a report that names people; the PIN is read from standard input.")
    ] = "",
    publish: Annotated[
        bool, typer.Option("--publish", help="Of suggestions: put it up as the bulletin of wall, board and page too.")
    ] = False,
    terminal: Annotated[str, typer.Option(help="The supervisor terminal whose key is on this machine.")] = "supervisor",
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Write a report of the hall: monthly analysis, progress, publication, satisfaction, supervision and the others.

    Without a period it is the newest whole one that the hall's policy orders. Reads beside a working hub. A report that
    names people is entered in the audit chain with who took it, before it is written.
    """
    place = HallDirectory(hall)
    policy = place.policy()
    if not name:
        _list(policy)
        return
    if name not in KINDS:
        raise UnknownReport(f"there is no report {name!r}; there are: {', '.join(KINDS)}")
    if out is None:
        raise CannotWrite("say where it goes: --out FILE.xlsx or --out FILE.docx")
    if publish and (name != PUBLISHED or not staff):
        raise CannotWrite(f"only {PUBLISHED} are put up on the wall, by somebody: --publish --staff CODE")
    write = writer(out)
    typed: dict[Period, str] = {
        "day": day, "week": week, "month": month, "quarter": quarter, "half_year": half, "year": year,
    }  # fmt: skip
    now = dt.datetime.now(dt.UTC)
    span = _span(place, policy, name, typed, now)
    owed = policy.reports.get(name)
    names = owed is None or owed.names_people
    if names and not staff:
        raise WhoTakesIt(f"{name} names people: say who takes it, --staff CODE, and the audit chain will have it (R71)")
    with ExitStack() as under:
        ask = under.enter_context(signed_in(place, terminal, staff)) if names or publish else None
        if ask and names:
            ask(m.NoteExport(what=name, first=span.first, last=span.last))
        os.nice(NICENESS)
        with progress() as told:
            says, found = read(place, policy, name, span, now, told)
            told("working it out", 0, 0)
            made = KINDS[name].tell(found, says)
            told(f"writing {out.name}", 0, 0)
            outgoing.write(out, write(made))
        if ask and publish:
            ask(m.PostBulletin(text=notice(found, says)))
            screen.print("it stands on the wall, the board and the page until another bulletin is posted")
    rows = sum(len(one.rows) for one in made.tables)
    screen.print(f"{out}: {made.title}, {made.period}, {rows} lines in {len(made.tables)} tables")


def read(
    place: HallDirectory, policy: Policy, name: str, span: Span, now: dt.datetime, told: Told
) -> tuple[Says, Reading]:
    """What a report counts, read in one transaction, and how its hall says it; raises `StoreFailed`."""
    here = place.hall()
    zone = ZoneInfo(here.timezone)
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    with one_transaction(place.database, read_only=True) as db:
        found = reporting.read(db, here.code, sealer, zone, span, frozenset(KINDS[name].needs), told)
    made = now.astimezone(zone)
    today = min(made.date(), span.last)
    return Says(name, here, policy, policy.reports.get(name), span, made, found, today=today), found


def writers() -> dict[str, Callable[[Report], bytes]]:
    """By the ending of the file's name; their libraries are loaded only for a report."""
    from hub.reports.document import document
    from hub.reports.workbook import workbook

    return {".xlsx": workbook, ".docx": document}


def _span(place: HallDirectory, policy: Policy, name: str, typed: dict[Period, str], now: dt.datetime) -> Span:
    """The period that was typed, else the newest whole one that the policy orders."""
    given = {every: text for every, text in typed.items() if text}
    if len(given) > 1:
        raise CannotWrite(f"one report is of one period, not of {' and '.join(given.values())}")
    owed = policy.reports.get(name)
    on = owed.on if owed else None
    for every, text in given.items():
        return spans.parse(every, text, on)
    here = place.hall()
    today = business_date(now.astimezone(ZoneInfo(here.timezone)), here.day_begins)
    return spans.last_whole(owed.every if owed else KINDS[name].every, today, on)


def writer(out: Path) -> Callable[[Report], bytes]:
    """What writes such a file; raises `CannotWrite` for one that is there, or of no known kind."""
    known = writers()
    outgoing.must_be_new(out, "a report", known)
    return known[out.suffix]


def _list(policy: Policy) -> None:
    """Which reports there are, and what the hall's document says of each."""
    from hub.domain import posts

    table = Table("report", "called", "every", "to", "names people", "article")
    for code in KINDS:
        owed = policy.reports.get(code)
        if owed is None:
            table.add_row(code, "", KINDS[code].every, "", "yes", "")
            continue
        to = "、".join(posts.titles(policy, owed.to)) + (" public" if owed.public else "")
        on = f"{owed.every}, {owed.on}" if owed.on else owed.every
        table.add_row(code, owed.name, on, to, "yes" if owed.names_people else "no", owed.cite)
    screen.print(table)
    if strange := [code for code in policy.reports if code not in KINDS]:
        screen.print(f"the policy orders what nobody knows how to make: {', '.join(strange)}; call it by a name above")
