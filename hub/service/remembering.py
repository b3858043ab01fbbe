"""相近的事项 (R38): what was found and answered in closed cases like one, for who takes it up."""

from __future__ import annotations

from hub.errors import Refused
from hub.service import grievances
from hub.service.books import Asked, Books
from hub.store import cases, knowledge
from hub.store.transaction import Transaction
from hub.wire import messages as m


def similar(db: Transaction, books: Books, asked: Asked, wanted: m.SimilarCases) -> m.Answer:
    """The nearest, or that they are being looked for. Looked at once more before it is told: what was closed a minute
    ago may be open again, secret or erased by now (R11, R13)."""
    try:
        grievances.keep_out(db, books, asked.actor, wanted)
        found = cases.find(db, books.hall.code, wanted.case_number)
        if found is None:
            raise Refused("unknown_case", f"no case {wanted.case_number}")
        near = books.knowledge.near(found.number)
    except Refused as refusal:
        return m.Rejected(code=refusal.code, text=refusal.text)
    if near is None:
        return m.SimilarList(ready=False)
    still = knowledge.may_teach(db, books.hall.code, [one.case_number for one in near])
    return m.SimilarList(ready=True, cases=tuple(one for one in near if one.case_number in still))
