"""台账导出 (R17, R71): pages of the hall's ledger, gathered and written as a workbook, or as a table (CSV).

Nothing is written before all of it is there, and never over another file. Every page asked for is in the hub's audit
chain.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from counter import files
from counter.files import FileTrouble
from counter.transfers import Ask
from hub.domain.hall import Value
from hub.papers.cells import inert
from hub.wire.messages import Answer, ExportLedger, Ledger, Rejected

State = Literal["", "under_way", "done", "failed"]
Trouble = Literal["", "dates", "exists", "unwritable", "refused", "name"]


class Head(Value, frozen=True):
    """What stands above the ledger: the hall and the title of its document's form."""

    hall: str
    title: str


class Export:
    """One export at a time. What was gathered is in memory until it is written, then gone."""

    def __init__(self, ask: Ask, changed: Callable[[], None], head: Head) -> None:
        self._ask, self._changed, self._head = ask, changed, head
        self.state: State = ""
        self.trouble: Trouble = ""
        self.why: Rejected | None = None
        self.target: Path | None = None
        self.rows = 0
        self.part = 0.0
        """How much of the time asked for is gathered, 0 to 1."""
        self._wanted: ExportLedger | None = None
        self._pages: list[Ledger] = []

    def begin(self, first: dt.date | None, last: dt.date | None, folder: Path, name: str) -> None:
        """Asks for the first page, if it can be written afterwards."""
        if self.state == "under_way":
            return
        self.trouble, self.why, self.rows, self.part = "", None, 0, 0.0
        self.state, self._pages, self.target = "", [], folder / name.strip()
        if first is None or last is None or last < first:
            self.trouble = "dates"
        elif not name.strip() or Path(name.strip()).name != name.strip() or name.startswith("."):
            self.trouble = "name"
        elif self.target.exists():
            self.trouble = "exists"
        else:
            self.state = "under_way"
            self._wanted = ExportLedger(filed_from=first, filed_to=last)
            self._ask(self._wanted, self._came)
        self._changed()

    def close(self) -> None:
        """Forgets what was gathered; answers still under way no longer count."""
        self.state, self.trouble, self._pages, self._wanted = "", "", [], None

    def _came(self, answer: Answer) -> None:
        if self._wanted is None:
            return
        if not isinstance(answer, Ledger):
            self.state, self.trouble, self._pages = "failed", "refused", []
            self.why = answer if isinstance(answer, Rejected) else None
            self._changed()
            return
        self._pages.append(answer)
        self.rows += len(answer.rows)
        self.part = reached(answer.last, self._wanted.filed_from, self._wanted.filed_to) if answer.more else 1.0
        if answer.more:
            wanted = self._wanted
            self._ask(
                ExportLedger(filed_from=wanted.filed_from, filed_to=wanted.filed_to, after=answer.last), self._came
            )
        else:
            self._write()
        self._changed()

    def _content(self) -> bytes:
        """A workbook, unless the name that was given asks for a table."""
        assert self.target is not None
        assert self._wanted is not None
        if self.target.suffix.lower() == ".csv":
            return table(self._pages)
        return workbook(self._pages, self._head, self._wanted.filed_from, self._wanted.filed_to)

    def _write(self) -> None:
        assert self.target is not None
        try:
            files.save_new(self.target, self._content())
        except FileExistsError:
            self.state, self.trouble = "failed", "exists"
        except FileTrouble:
            self.state, self.trouble = "failed", "unwritable"
        else:
            self.state = "done"
        self._pages, self._wanted = [], None


def workbook(pages: Sequence[Ledger], head: Head, first: dt.date, last: dt.date) -> bytes:
    """The ledger as offices print and file it."""
    from hub.papers import book  # XlsxWriter: only who exports waits for it

    cases = [row.cells for page in pages for row in page.rows]
    return book.written(pages[0].columns, cases, hall=head.hall, title=head.title, first=first, last=last)


def table(pages: Sequence[Ledger]) -> bytes:
    """CSV (RFC 4180) with a byte order mark, by which office programs know that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in pages[0].columns])
    for page in pages:
        writer.writerows([inert(cell) for cell in row.cells] for row in page.rows)
    return text.getvalue().encode("utf-8-sig")


def reached(number: str, first: dt.date, last: dt.date) -> float:
    """How far a case number's day is between two dates, 0 to 1."""
    day = number.split("-")[1] if number.count("-") >= 2 else ""
    if not (len(day) == 8 and day.isdigit()):
        return 0.0
    at = dt.datetime.strptime(day, "%Y%m%d").replace(tzinfo=dt.UTC).date()
    return max(0.0, min(1.0, (at - first).days / ((last - first).days + 1)))
