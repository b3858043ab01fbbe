"""A paper about a case: for the counter's screen and printer, or to take along as a file (R15-R18, R40, R50, R52)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hub.errors import Refused
from hub.service import case_file, covers, forms, grievances, own_templates
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.forms import Sheet
from hub.store import numbering, views
from hub.store.transaction import Transaction
from hub.wire import messages as m


def read(tx: Transaction, books: Books, _draft: Draft, asked: Asked, wanted: m.ReadForm | m.ExportForm) -> Decision:
    """For who may read the case; the audit chain says whether it was looked at or left the system (R71)."""
    number = numbering.standing(tx, books.hall.code, wanted.case_number)
    found = case_file.find_own(tx, books, asked, number)
    whole = views.detail(tx, books.hall.code, books.sealer, found.number)
    assert whole is not None, "it was found a moment ago"
    sheet = Sheet(tx, books.hall, books.sealer, case_file.policy_of(tx, books, found), whole)
    if grievances.identity_hidden(books, asked.actor, found):
        sheet = sheet.hidden()
    return Decision(paper(sheet, wanted.form), subject=f"{found.number}/{wanted.form}")


def paper(sheet: Sheet, kind: m.PaperKind) -> m.Form:
    """A paper filled in; of a 投诉 there is only its cover, which names nobody (R11). Refuses with what has to be done
    first."""
    if sheet.whole.line.kind == "grievance" and kind != "cover":
        raise Refused("no_such_form", f"{sheet.number} is a 投诉, which has a cover and stands on no other paper (R11)")
    return PAPERS[kind](sheet)


PAPERS: dict[m.PaperKind, Callable[[Sheet], m.Form]] = {
    "acceptance": partial(forms.own, kind="acceptance"),
    "transfer": partial(forms.own, kind="transfer"),
    "registration": partial(forms.own, kind="registration"),
    "refusal": own_templates.refusal,
    "refusal_notice": own_templates.refusal_notice,
    "one_time_notice": own_templates.one_time_notice,
    "cover": covers.cover,
}
"""Those of the hall's document, and after them its own templates."""
