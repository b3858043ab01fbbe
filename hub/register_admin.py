"""`bancheng register`: training, inspections, incidents and whatever else is written down around the cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from hub import keys, outgoing
from hub.config import HallDirectory
from hub.domain import register as rules, register_typed, spans
from hub.domain.reported import Reading
from hub.domain.spans import Span
from hub.domain.words import STAFF, Words
from hub.reports import registers
from hub.reports.commands import writer
from hub.reports.report import Report, said_of
from hub.reports.says import Says
from hub.signed_in import ask_as
from hub.store import reporting
from hub.store.sealing import Sealer
from hub.store.transaction import one_transaction
from hub.wire import messages as m

app = typer.Typer(help="Registers: corrective action, training, inspections, incidents, duty.", no_args_is_help=True)
screen = Console(highlight=False, soft_wrap=True)
words = Words("hub.reports", STAFF)

HallOption = Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")]
KindArgument = Annotated[str, typer.Argument(help=f"Which register: {', '.join(rules.KINDS)}.")]
StaffOption = Annotated[str, typer.Option(help="Your staff code; the PIN is read from standard input.")]
TerminalOption = Annotated[str, typer.Option(help="The supervisor terminal whose key is on this machine.")]
YearOption = Annotated[str, typer.Option(help="Of which year; left out: this one.")]


@app.command()
def fields(kind: KindArgument) -> None:
    """Show what an entry of a register says, and how each field is typed."""
    made = rules.kind_named(kind)
    table = Table("field", "what it is", "typed like", "may be left out")
    for one in msgspec.structs.fields(made):
        table.add_row(one.name, words(f"field.{one.name}"), register_typed.like(one), "" if one.required else "yes")
    screen.print(table)


@app.command()
def add(
    kind: KindArgument,
    said: Annotated[list[str], typer.Argument(help="FIELD=VALUE; a field of several values is said several times.")],
    staff: StaffOption,
    terminal: TerminalOption = "supervisor",
    hall: HallOption = None,
) -> None:
    """Record an entry, kept for ever under a number and your name. `bancheng register fields` shows what it says.

    For example: bancheng register add training on=2026-11-20 topic=一次性告知 hours=8 passed=06 passed=07 --staff 90
    """
    typed = [one.partition("=") for one in said]
    if strange := [name for name, equals, _ in typed if not equals]:
        raise rules.EntryWrong(f"{strange[0]!r} is no FIELD=VALUE; bancheng register fields {kind} shows the fields")
    by_name: dict[str, list[str]] = {}
    for name, _, value in typed:
        by_name.setdefault(name, []).append(value)
    register_typed.from_words(kind, by_name)  # what is wrong is said before a PIN is asked for
    entry = m.RecordEntry(kind=kind, fields=tuple(m.EntryField(name=name, value=value) for name, _, value in typed))
    answer = ask_as(HallDirectory(hall), terminal, staff, entry)
    assert isinstance(answer, m.EntryRecorded), "the answer to RecordEntry"
    screen.print(f"{answer.number} recorded")


@app.command("list")
def list_(kind: KindArgument, year: YearOption = "", hall: HallOption = None) -> None:
    """Show a register's entries of a year, and what the hall's document asks for and nobody has done yet."""
    made, _ = _made(HallDirectory(hall), kind, year)
    (shown,) = made.tables
    table = Table(*(one.name for one in shown.columns), title=f"{shown.title} {made.period}", title_justify="left")
    for row in shown.rows:
        table.add_row(*(said_of(cell, column) for cell, column in zip(row, shown.columns, strict=True)))
    screen.print(table if shown.rows else f"{shown.title} {made.period}: {shown.none}")
    for text in made.texts:
        screen.print(f"- {text}")


@app.command()
def export(
    kind: KindArgument,
    out: Annotated[Path, typer.Option(help="Write it there: .xlsx or .docx. Never overwrites.")],
    staff: StaffOption,
    year: YearOption = "",
    terminal: TerminalOption = "supervisor",
    hall: HallOption = None,
) -> None:
    """Write a register of a year as a workbook or a document; the audit chain has who took it (R71)."""
    place = HallDirectory(hall)
    write = writer(out)
    made, span = _made(place, kind, year)
    ask_as(place, terminal, staff, m.NoteExport(what=f"register-{kind}", first=span.first, last=span.last))
    outgoing.write(out, write(made))
    screen.print(f"{out}: {made.title}, {made.period}, {len(made.tables[0].rows)} entries")


def _made(place: HallDirectory, kind: str, year: str) -> tuple[Report, Span]:
    rules.kind_named(kind)
    here = place.hall()
    zone = ZoneInfo(here.timezone)
    now = dt.datetime.now(dt.UTC).astimezone(zone)
    span = spans.parse("year", year or f"{now.year}")
    sealer = Sealer(keys.load_hall_secret(place.data_key), keys.load_hall_secret(place.pepper))
    with one_transaction(place.database, read_only=True) as db:
        found: Reading = reporting.read(db, here.code, sealer, zone, span, frozenset({"entries"}), lambda *_: None)
    says = Says(f"register.{kind}", here, place.policy(), None, span, now, found)
    return registers.register(kind, found.entries, found.staff, says), span
