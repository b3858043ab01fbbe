"""Keeps which rules of the line are in force: from the hub's start where they changed, and as each date begins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from hub.domain.line_rules import digest, rules_of
from hub.service.books import Books
from hub.store import commands, line_rules as stored, windows
from hub.store.commands import AuditRecord
from hub.store.line_rules import Kept
from hub.store.transaction import Transaction
from hub.wire import messages as m

KEPT = "KeepLineRules"
"""What the audit chain calls it; its subject is the digest of the rules."""


def note_change(tx: Transaction, books: Books, at: dt.datetime) -> None:
    """When the books have been opened: writes rules that differ from the newest ones, or begin another epoch, down."""
    code, body = books.hall.code, rules_of(books.hall, books.policy).encoded()
    known, picture = stored.newest(tx, code), books.picture
    if known is not None and (known.body, known.epoch) == (body, picture.epoch):
        return
    record = AuditRecord(books.audit_ordinal + 1, at, "hub", "", KEPT, digest(body), "")
    books.audit_ordinal, books.audit_hash = record.ordinal, record.chained(books.audit_hash)
    commands.append_audit(tx, code, [(record, books.audit_hash)])
    stored.add(
        tx,
        code,
        Kept(record.ordinal, picture.epoch, picture.seq, at, books.business_date, _open(tx, books), body),
    )


def note_turn(
    tx: Transaction, books: Books, events: Sequence[m.Numbered], links: Sequence[tuple[AuditRecord, bytes]]
) -> None:
    """After a round is written: where its feed and its chain begin a new business date, if they do."""
    for numbered in events:
        if isinstance(numbered.event, m.DayTurned):
            day = numbered.event.business_date
            turned = next(one for one, _ in links if (one.kind, one.subject) == ("TurnDay", f"{day}"))
            body = rules_of(books.hall, books.policy).encoded()
            kept = Kept(turned.ordinal, books.picture.epoch, numbered.seq, turned.at, day, _open(tx, books), body)
            stored.add(tx, books.hall.code, kept)


def _open(tx: Transaction, books: Books) -> tuple[int, ...]:
    return tuple(one.number for one in windows.all_windows(tx, books.hall.code) if one.open)
