"""An entry into a register: what the hall's document asks of it is asked here, and the audit chain has who wrote it."""

from __future__ import annotations

from hub.domain import register as rules, register_typed
from hub.domain.register import Duty, Entry, Kept, Training
from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import registers as stored, windows
from hub.store.transaction import Transaction
from hub.wire import messages as m


def record(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.RecordEntry) -> Decision:
    """Keeps it under a new number; refuses `entry_wrong`, and `unknown_staff` for who does not work here."""
    said: dict[str, list[str]] = {}
    for field in told.fields:
        said.setdefault(field.name, []).append(field.value)
    entry = register_typed.from_words(told.kind, said)
    hall = books.hall.code
    rules.check(books.policy, entry, stored.listed(tx, hall, books.sealer, "correction"))
    for code in _people(entry):
        if windows.staff_member(tx, hall, code) is None:
            raise Refused(
                "unknown_staff", f"nobody here has the staff code {code}; bancheng staff list shows everybody"
            )
    year = entry.on.year
    number = rules.number(told.kind, year, stored.next_serial(tx, hall, told.kind, year))
    stored.add(tx, hall, books.sealer, Kept(number=number, entry=entry, at=asked.at, staff=asked.actor.staff))
    return Decision(m.EntryRecorded(number=number), subject=number)


def _people(entry: Entry) -> tuple[str, ...]:
    """Who must work here; inspectors and assessors need not."""
    match entry:
        case Training(passed=passed, failed=failed):
            return (*passed, *failed)
        case Duty(staff=staff):
            return staff
        case _:
            return ()
