"""Exports: what leaves the system with persons in it, written down with who took it (R17, R47, R71)."""

from __future__ import annotations

import re

from hub.errors import Refused
from hub.service import forms
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import ledger
from hub.store.transaction import Transaction
from hub.wire import messages as m

NAMED = re.compile(r"[a-z][a-z0-9_-]{0,23}")
"""What an export is called in the audit chain: nothing that could hold a person."""


def export(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ExportLedger) -> Decision:
    """A page of the ledger, in the columns of the hall's own form; who asked for secrecy is not named in it."""
    if wanted.filed_to < wanted.filed_from:
        raise Refused("bad_dates", "the last date of an export is before its first")
    hall = books.hall.code
    found, more = ledger.page(tx, hall, books.sealer, wanted.filed_from, wanted.filed_to, wanted.after)
    columns = tuple(m.LedgerColumn(code=one.code, name=one.name) for one in books.policy.forms.ledger.value)
    rows = []
    for whole in found:
        sheet = forms.Sheet(tx, books.hall, books.sealer, books.policy, whole)
        if whole.line.confidential:
            sheet = sheet.hidden()
        rows.append(m.LedgerRow(cells=tuple(forms.text_of(sheet, column.code) for column in columns)))
    last = found[-1].line.case_number if found else ""
    answer = m.Ledger(columns=columns, rows=tuple(rows), last=last, more=more)
    return Decision(answer, subject=f"{wanted.filed_from}..{wanted.filed_to}/{len(rows)}")


def note_export(_tx: Transaction, _books: Books, _draft: Draft, _asked: Asked, told: m.NoteExport) -> Decision:
    """Enters into the audit chain that somebody takes a file with people in it; refuses `bad_dates`, `bad_name`."""
    if told.last < told.first:
        raise Refused("bad_dates", "the last date of an export is before its first")
    if not NAMED.fullmatch(told.what):
        raise Refused("bad_name", "an export is called by at most 24 small letters, digits and lines, such as progress")
    return Decision(m.Done(), subject=f"{told.what} {told.first}..{told.last}")
