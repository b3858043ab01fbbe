"""What became of receipts, as far as printers said so."""

from __future__ import annotations

import msgspec

from hub.errors import Refused
from hub.service import notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.filing import check_secrets
from hub.store import cases, numbering, receipts
from hub.store.transaction import Transaction
from hub.wire import messages as m


def report_print(tx: Transaction, books: Books, draft: Draft, asked: Asked, told: m.ReportPrint) -> Decision:
    """Records an outcome; trouble with paper becomes a notice to the window.

    What keeps a paper waiting is the terminal's trouble, as its heartbeat says it: one notice for all that wait there.
    What became of a paper is its case's; one of no case leaves nothing but the notice, about the terminal.
    """
    if len(told.job_id) > 64 or (told.detail and not notices.is_detail(told.detail)):
        raise Refused("bad_detail", "a job id has at most 64 characters, a detail is a code such as paper_out")
    subject = terminal = asked.actor.terminal.name
    if told.case_number:
        found = cases.find(tx, books.hall.code, told.case_number)
        if found is None:
            raise Refused("unknown_case", f"no case {told.case_number}")
        subject = found.number
        told = msgspec.structs.replace(told, case_number=subject)
        receipts.add_outcome(tx, books.hall.code, told, terminal=terminal, at=asked.at)
    events: list[m.Event] = []
    if told.state in ("unknown", "failed"):
        detail = told.detail or told.state
        events = notices.trouble(tx, books, draft, asked.at, kind="print_trouble", subject=subject, detail=detail)
    elif told.detail:
        events = notices.trouble(
            tx, books, draft, asked.at, kind="terminal_trouble", subject=terminal, detail=told.detail
        )
    return Decision(m.Done(), events, subject)


def replace_paper_code(
    tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.ReplacePaperCode
) -> Decision:
    """A reprint's fresh code; the lost paper's keys open nothing from now on, the screen's live on.

    Only who printed the lost paper knows its token: `unknown_secret` for anybody else.
    """
    check_secrets(told.on_paper)
    number = numbering.standing(tx, books.hall.code, told.case_number)
    lost = books.sealer.fingerprint("lookup", told.lost.encode())
    if not receipts.is_live_paper(tx, books.hall.code, number, lost):
        raise Refused("unknown_secret", f"{number} has no such paper; only its printer can replace it")
    receipts.revoke_paper(tx, books.hall.code, number, asked.at)
    receipts.add_secrets(tx, books.hall.code, books.sealer, number, told.on_paper)
    return Decision(m.Done(), subject=number)
