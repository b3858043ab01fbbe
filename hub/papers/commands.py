"""`bancheng form`: a paper about a case, or the ledger, as a file that an office prints (R15-R18, R40, R50, R52).

It asks the hub at work under the name of who takes it out: the hub alone knows what that person may see, and writes the
export down (R71).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from hub import outgoing
from hub.backup.commands import progress
from hub.config import HallDirectory
from hub.errors import HubError
from hub.signed_in import Ask, signed_in
from hub.wire import messages as m

PAPERS: tuple[tuple[str, str, m.PaperKind], ...] = (
    ("acceptance", "受理单", "acceptance"),
    ("transfer", "转办单", "transfer"),
    ("registration", "登记表", "registration"),
    ("refusal", "否定事项报备登记表", "refusal"),
    ("refusal-notice", "否定事项告知书", "refusal_notice"),
    ("one-time-notice", "一次性告知书", "one_time_notice"),
    ("cover", "案卷封面", "cover"),
)
NAMES = {name: kind for *names, kind in PAPERS for name in names}
LEDGER = ("ledger", "台账")
LISTED = ", ".join(f"{english} {chinese}" for english, chinese, *_ in (*PAPERS, LEDGER))
DOCUMENT, BOOK = ".docx", ".xlsx"
HELP = """Write a paper about a case, or the ledger of a month, filled in as the hall's document has it.

The hub must be at work: it says who may have the paper, and its audit chain keeps who took it (bancheng audit show
--kind ExportForm, and ExportLedger). Where secrecy was asked for, nobody is named to who may not know.

The papers, by either name:

\b
""" + "\n".join(f"{english}  {chinese}" for english, chinese, *_ in (*PAPERS, LEDGER))
screen = Console(highlight=False, soft_wrap=True)


class NoSuchPaper(HubError):
    """No paper has that name."""

    code = "no_such_paper"


class BadPeriod(HubError):
    """What was typed is no month and no two dates."""

    code = "bad_period"


def form(
    name: Annotated[str, typer.Argument(help="Which paper: one of the names above.")],
    case: Annotated[
        str,
        typer.Argument(
            help="The case's number, such as 370406-20261123-0007-3; of a ledger its month, 2026-10, or its first and"
            " last date, 2026-10-01..2026-10-15."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Write it there: .docx, the ledger .xlsx. Never overwrites.")],
    staff: Annotated[
        str, typer.Option(help="Your staff code; the PIN is read from standard input.", prompt="Staff code")
    ],
    terminal: Annotated[
        str, typer.Option(help="The terminal whose key is on this machine: a window, department or supervisor.")
    ] = "supervisor",
    hall: Annotated[Path | None, typer.Option("--hall", help="The hall's directory.")] = None,
) -> None:
    """Writes the file that was named; `HELP` is what people read of it."""
    is_book = name in LEDGER
    if not is_book and name not in NAMES:
        raise NoSuchPaper(f"there is no paper {name!r}; there are {LISTED}")
    outgoing.must_be_new(out, "a paper", (BOOK if is_book else DOCUMENT,))
    period = _period(case) if is_book else None
    place = HallDirectory(hall)
    with signed_in(place, terminal, staff) as ask:
        said = _ledger(place, ask, period, out) if period else _paper(place, ask, NAMES[name], case, out)
    screen.print(said, markup=False)


def _paper(place: HallDirectory, ask: Ask, kind: m.PaperKind, case: str, out: Path) -> str:
    from hub.papers import document  # python-docx: only here, every other command starts without it

    found = ask(m.ExportForm(case_number=case, form=kind))
    assert isinstance(found, m.Form), "the answer to ExportForm"
    hall, now = place.hall(), dt.datetime.now(dt.UTC)
    made_at = f"{now.astimezone(ZoneInfo(hall.timezone)):%Y-%m-%d %H:%M}"
    outgoing.write(out, document.written(found, hall.name, made_at, now))
    copies = f", {found.copies} copies" if found.copies > 1 else ""
    return f"{out}: {found.title} {found.number}{copies}"


def _ledger(place: HallDirectory, ask: Ask, period: tuple[dt.date, dt.date], out: Path) -> str:
    from hub.papers import book

    first, last = period
    hall, paper = place.hall(), place.policy().forms.ledger
    pages: list[m.Ledger] = []
    with progress() as told:
        while not pages or pages[-1].more:
            after = pages[-1].last if pages else ""
            page = ask(m.ExportLedger(filed_from=first, filed_to=last, after=after))
            assert isinstance(page, m.Ledger), "the answer to ExportLedger"
            pages.append(page)
            told(f"reading the ledger up to {page.last}", 0, 0)
    cases = [row.cells for one in pages for row in one.rows]
    content = book.written(pages[0].columns, cases, hall=hall.name, title=paper.title, first=first, last=last)
    outgoing.write(out, content)
    return f"{out}: {paper.title}, {len(cases)} cases"


def _period(typed: str) -> tuple[dt.date, dt.date]:
    """First and last date of a month, or the two that were typed."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}", typed):
            first = dt.date.fromisoformat(f"{typed}-01")
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        first, last = (dt.date.fromisoformat(one) for one in typed.split(".."))
    except ValueError as wrong:
        raise BadPeriod(
            f"{typed!r} is no period; type a month, 2026-10, or two dates, 2026-10-01..2026-10-15"
        ) from wrong
    if last < first:
        raise BadPeriod(f"{last} is before {first}; type the earlier date first")
    return first, last
