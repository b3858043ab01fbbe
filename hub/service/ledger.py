"""Exports: what leaves the system with persons in it, written down with who took it (R17, R47, R71)."""

from __future__ import annotations

from hub.errors import Refused
from hub.service import forms
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ledger
from hub.store.transaction import Transaction
from hub.wire import messages as m


def export(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ExportLedger) -> Decision:
    """A page of the ledger, in the columns of the hall's own form; who asked for secrecy is not named in it."""
    if wanted.filed_to < wanted.filed_from:
        raise Refused("bad_dates", "the last date of an export is before its first")
    hall = books.hall.code
    found, more = ledger.page(tx, hall, books.sealer, wanted.filed_from, wanted.filed_to, wanted.after)
    columns = tuple(m.LedgerColumn(code=one.code, name=one.name) for one in books.policy.forms.ledger.value)
    rows = []
    for whole in found:
        sheet = forms.Sheet(tx, books, books.policy, whole)
        if whole.line.confidential:
            sheet = sheet.hidden()
        rows.append(m.LedgerRow(cells=tuple(forms.text_of(sheet, column.code) for column in columns)))
    last = found[-1].line.case_number if found else ""
    answer = m.Ledger(columns=columns, rows=tuple(rows), last=last, more=more)
    return Decision(answer, subject=f"{wanted.filed_from}..{wanted.filed_to}/{len(rows)}")
