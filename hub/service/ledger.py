"""Exports: what leaves the system with persons in it, written down with who took it (R17, R47, R71)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hub.domain.errors import UnknownCode
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ledger
from hub.store.transaction import Transaction
from hub.wire import messages as m

ANSWERS = frozenset({"answer_on_the_spot", "reply", "refer_out", "decline"})


def export(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ExportLedger) -> Decision:
    """A page of the ledger, in the columns of the hall's own form; who asked for secrecy is not named in it."""
    if wanted.filed_to < wanted.filed_from:
        raise Refused("bad_dates", "the last date of an export is before its first")
    hall = books.hall.code
    found, more = ledger.page(tx, hall, books.sealer, wanted.filed_from, wanted.filed_to, wanted.after)
    columns = tuple(m.LedgerColumn(code=one.code, name=one.name) for one in books.policy.forms.ledger.value)
    rows = []
    for whole, answered_at in found:
        cells = _cells(books, whole, answered_at)
        rows.append(m.LedgerRow(cells=tuple(cells.get(column.code, "") for column in columns)))
    answer = m.Ledger(columns=columns, rows=tuple(rows), last=found[-1][0].line.case_number if found else "", more=more)
    return Decision(answer, subject=f"{wanted.filed_from}..{wanted.filed_to}/{len(rows)}")


def _cells(books: Books, whole: m.CaseDetail, answered_at: dt.datetime | None) -> dict[str, str]:
    """What the columns of a ledger can ask for, by their codes; 备注 is left to the hand that keeps it."""
    line = whole.line
    answers = [step.text for step in whole.steps if step.move in ANSWERS]
    return {
        "number": line.case_number,
        "name": "" if line.confidential else whole.name,
        "phone": "" if line.confidential else whole.phone,
        "matter": " ".join(part for part in (_named(lambda: books.hall.matter(line.matter).name), whole.text) if part),
        "received_at": _local(books, line.filed_at),
        "limit": " ".join(
            part for part in (_named(lambda: books.policy.case_class(line.case_class).name), str(line.due.date)) if part
        ),
        "department": _named(lambda: books.hall.department(line.department).name),
        "result": answers[-1] if answers else "",
        "closed_at": _local(books, answered_at) if answered_at else "",
    }


def _named(name: Callable[[], str]) -> str:
    """A name; nothing for a code that the hall's file and policy do not have, or have no more."""
    try:
        return name()
    except UnknownCode:
        return ""


def _local(books: Books, at: dt.datetime) -> str:
    return f"{at.astimezone(books.zone):%Y-%m-%d %H:%M}"
