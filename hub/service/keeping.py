"""The end of a retention period (R71): looked at anew by the hub, whatever the list said that was made before."""

from __future__ import annotations

from hub.domain import keeping as rules
from hub.errors import Refused
from hub.service import case_file
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import grievances, keeping as stored, suggestions
from hub.store.transaction import Transaction
from hub.wire import messages as m


def end(tx: Transaction, books: Books, _draft: Draft, asked: Asked, told: m.EndKeeping) -> Decision:
    """Ends one; refuses `kept_whole` for the audit chain, `nothing_kept`, and `still_kept` before its time is over."""
    hall, number = books.hall.code, told.number
    if told.category == "audit":
        raise Refused("kept_whole", "the audit chain is one piece: taking a link out would break every later one")
    if told.category in rules.OF_CASES:
        number = case_file.find(tx, books, number).number
        about = grievances.find(tx, hall, number)
        if about is not None and about.keeps_out(asked.actor.staff, asked.actor.terminal.department):
            raise Refused("unknown_case", f"no case {number} here")
    found = stored.find(tx, hall, told.category, number)
    if found is None:
        raise Refused("nothing_kept", f"{number} is not closed, has nothing more of {told.category}, or is none of it")
    closed = found.day(books.zone)
    until = rules.kept_until(books.policy, told.category, closed, papers=found.papers)
    if until >= books.local_date(asked.at):
        raise Refused("still_kept", f"{number} was closed on {closed} and is kept until {until}")
    subject = f"{number}/{told.category}"
    if found.papers and (left := stored.end_papers(tx, hall, number)):
        return Decision(m.PartEnded(left=left), subject=subject)
    if told.category == "suggestion":
        suggestions.end(tx, hall, number, asked.at)
    elif told.category in ("visit", "pre_review"):
        stored.end_request(tx, hall, number)
    elif told.category == "appointment":
        stored.end_appointment(tx, hall, number)
    elif told.category != "attachment":
        stored.end_case(tx, hall, books.sealer, number, asked.at)
    return Decision(m.Done(), subject=subject)
