"""The fairness report for a supervisor's screen: a look that is logged, at what was worked out beside the hub (R55)."""

from __future__ import annotations

from hub.errors import Refused
from hub.service.books import Asked, Books, Decision, Draft
from hub.store.transaction import Transaction
from hub.wire import messages as m

ROWS_A_PAGE = 20
"""As many as a screen shows, and a message of a few kilobytes."""


def read(_tx: Transaction, books: Books, _draft: Draft, _asked: Asked, wanted: m.ReadFairness) -> Decision:
    """A page; refuses `bad_dates` for a day to come, `being_worked_out`, `report_failed` and `no_page`."""
    if wanted.date > books.business_date:
        raise Refused("bad_dates", f"{wanted.date} has not been yet; ask for {books.business_date} or earlier")
    sheet = books.reports.told(wanted.date, wanted.date < books.business_date)
    if sheet is None:
        raise Refused("being_worked_out", f"the report of {wanted.date} is being worked out; ask again in a moment")
    match wanted.part:
        case "tickets":
            columns, rows = sheet.ticket_columns, [(one.cells, one.apart) for one in sheet.tickets]
        case "exceptions":
            columns, rows = sheet.columns, [(cells, True) for cells in sheet.exceptions]
        case "findings":
            columns, rows = (), [((said,), True) for said in sheet.findings]
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    if not 0 <= wanted.page < pages:
        raise Refused("no_page", f"the report of {wanted.date} has the pages 0 to {pages - 1} there")
    shown = rows[wanted.page * ROWS_A_PAGE : (wanted.page + 1) * ROWS_A_PAGE]
    answer = m.FairnessPage(
        date=wanted.date,
        status=sheet.status,
        holds=sheet.holds,
        verdict=sheet.verdict,
        seal=sheet.seal,
        figures=tuple(m.FairnessFigure(name=one.name, said=one.said) for one in sheet.boxes),
        columns=columns,
        rows=tuple(m.FairnessRow(cells=cells, apart=apart) for cells, apart in shown),
        page=wanted.page,
        pages=pages,
    )
    return Decision(answer, subject=f"fairness {wanted.date} {wanted.part} {wanted.page}")
