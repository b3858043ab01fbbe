"""The 登记回执 of a complaint: what it says, decided without a printer.

It is built from codes, counts and the hall's own texts, never from what a citizen typed: there is no field that a
name, a phone number or free text could come through.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from hub.domain.deadline import Provisional
from hub.domain.due_words import explain
from hub.domain.hall import Hall, Outlet, Value
from hub.domain.lookup import LookupKeys, page_address
from hub.domain.numbers import case_serial
from hub.domain.policy import Policy
from hub.domain.translated import hall_in, policy_in
from hub.domain.words import Words, spoken
from hub.wire.messages import ComplaintAccepted, FileComplaint, PrintedNumber


class Chosen(Value, frozen=True):
    """What the citizen chose, as codes and counts; all of a complaint that paper may carry."""

    matter: str
    reasons: tuple[str, ...]
    visits: int
    confidential: bool
    keys: LookupKeys

    @classmethod
    def of(cls, complaint: FileComplaint) -> Chosen:
        """Leaves name, phone, text and `since` behind."""
        on_paper = complaint.on_paper
        return cls(
            matter=complaint.matter,
            reasons=complaint.reasons,
            visits=complaint.visits,
            confidential=complaint.confidential,
            keys=LookupKeys(token=on_paper.token, typed=on_paper.typed),
        )


class ForStaff(Value, frozen=True):
    """What the receipt says to staff beside the citizen's words, in the hall's language."""

    language: str
    window_name: str
    matter: str
    reasons: tuple[str, ...]


class ComplaintReceipt(Value, frozen=True, tag="complaint"):
    """One receipt, whole, so that it can be kept and printed again; `filed_at` is UTC, printed as the hall's time."""

    hall: str
    window_name: str
    case_number: str
    ticket_number: str
    ahead: int
    window: int
    matter: str
    reasons: tuple[str, ...]
    visits: int
    filed_at: dt.datetime
    timezone: str
    due: dt.date | None
    """None on paper that was printed without the hub: only the hub counts a date."""
    due_wd: int
    provisional_because: tuple[Provisional, ...]
    promise: str
    page_url: str
    keys: LookupKeys
    after_closing: str
    confidential: bool
    phone: str = ""
    outlets: tuple[Outlet, ...] = ()
    language: str = "zh_Hans"
    reprint: bool = False
    due_promised: bool = True
    """Whether the hall's document gives a limit; without one the paper names no date."""
    due_explained: str = ""
    """How the date was counted, in the words of every screen; empty on papers that were kept before they had it."""
    offline: bool = False
    """Printed while the hub was away, with a number of the terminal's own: marked 离线."""
    for_staff: ForStaff | None = None
    """Where staff could not read the citizen's language."""

    @property
    def number(self) -> str:
        """What is printed huge: the ticket's number, or the case's serial where no ticket was given."""
        return self.ticket_number or case_serial(self.case_number)

    @property
    def address(self) -> str:
        """What the QR code says."""
        return page_address(self.page_url, self.keys.token)

    def reprinted(self, keys: LookupKeys) -> ComplaintReceipt:
        """The same number once more, marked 补打, with keys of its own: the lost paper's are revoked."""
        return msgspec.structs.replace(self, keys=keys, reprint=True)


def complaint_receipt(
    accepted: ComplaintAccepted, hall: Hall, policy: Policy, chosen: Chosen, language: str = "zh_Hans"
) -> ComplaintReceipt:
    """The receipt of an accepted complaint in the citizen's language, or in the hall's where it has no words in that.

    Raises `UnknownCode` for a matter or reason the hall does not list.
    """
    numbers = accepted.case_number, accepted.ticket_number, accepted.filed_at
    language = spoken(language, hall.language)
    return msgspec.structs.replace(
        _receipt(numbers, hall, policy, chosen, language),
        ahead=accepted.ahead,
        window=accepted.window,
        due=accepted.due.date,
        due_wd=accepted.due.wd,
        provisional_because=accepted.due.provisional_because,
        due_explained=explain(accepted.due, Words("hub", language)),
    )


def offline_receipt(
    printed: PrintedNumber, hall: Hall, policy: Policy, chosen: Chosen, language: str = "zh_Hans"
) -> ComplaintReceipt:
    """The receipt of a complaint that the hub has not heard of yet, marked 离线; raises `UnknownCode`."""
    numbers = printed.case_number, printed.ticket_number, printed.printed_at
    return msgspec.structs.replace(
        _receipt(numbers, hall, policy, chosen, spoken(language, hall.language)), offline=True
    )


def _receipt(
    numbers: tuple[str, str, dt.datetime], hall: Hall, policy: Policy, chosen: Chosen, language: str
) -> ComplaintReceipt:
    """What is known without an answer of the hub's; `numbers` are the case's, the ticket's and when they were given."""
    told, rules = hall_in(hall, language), policy_in(policy, language, hall)
    case_number, ticket_number, filed_at = numbers
    return ComplaintReceipt(
        hall=told.name,
        window_name=told.window_name,
        case_number=case_number,
        ticket_number=ticket_number,
        ahead=0,
        window=0,
        matter=_matter(chosen, told, language),
        reasons=_reason_texts(chosen, rules),
        visits=chosen.visits,
        filed_at=filed_at,
        timezone=hall.timezone,
        due=None,
        due_wd=0,
        provisional_because=(),
        promise=rules.promise.value,
        page_url=hall.page_url,
        keys=chosen.keys,
        after_closing=rules.after_closing.value,
        confidential=chosen.confidential,
        phone=hall.phone,
        outlets=told.outlets,
        language=language,
        due_promised=policy.promises_a_date,
        for_staff=None
        if _script(language) == _script(hall.language)
        else ForStaff(
            language=hall.language,
            window_name=hall.window_name,
            matter=_matter(chosen, hall, hall.language),
            reasons=_reason_texts(chosen, policy),
        ),
    )


def _matter(chosen: Chosen, hall: Hall, language: str) -> str:
    words, own = Words("printers", language), f"receipt.matter.{chosen.matter}"
    return words(own) if own in words else hall.matter(chosen.matter).name


def _reason_texts(chosen: Chosen, policy: Policy) -> tuple[str, ...]:
    return tuple(policy.reason(code).text for code in chosen.reasons)


def _script(language: str) -> str:
    """Who reads Simplified reads Traditional too."""
    return language.partition("_")[0]
