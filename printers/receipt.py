"""The 登记回执 of a complaint: what it says, decided without a printer.

It is built from codes, counts and the hall's own texts, never from what a citizen typed: there is no field that a
name, a phone number or free text could come through.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from hub.domain.deadline import Provisional
from hub.domain.due_words import explain
from hub.domain.hall import Hall, Outlet, Value
from hub.domain.lookup import LookupKeys, grouped, page_address
from hub.domain.numbers import case_serial
from hub.domain.policy import Policy
from hub.domain.words import Words
from hub.wire.messages import ComplaintAccepted, FileComplaint, PrintedNumber
from printers.slip import Block, Divider, Field, Line, Qr, Slip, Stamp

MANY_VISITS = 5
"""`FileComplaint.visits`: this number means "or more"."""


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
    """The receipt of an accepted complaint; raises `UnknownCode` for a matter or reason the hall does not list."""
    return msgspec.structs.replace(
        _receipt(hall, policy, chosen, language, accepted.case_number, accepted.ticket_number, accepted.filed_at),
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
    return msgspec.structs.replace(
        _receipt(hall, policy, chosen, language, printed.case_number, printed.ticket_number, printed.printed_at),
        offline=True,
    )


def _receipt(
    hall: Hall,
    policy: Policy,
    chosen: Chosen,
    language: str,
    case_number: str,
    ticket_number: str,
    filed_at: dt.datetime,
) -> ComplaintReceipt:
    """What is known without an answer of the hub's."""
    words = Words("printers", language)
    own = f"receipt.matter.{chosen.matter}"
    return ComplaintReceipt(
        hall=hall.name,
        window_name=hall.window_name,
        case_number=case_number,
        ticket_number=ticket_number,
        ahead=0,
        window=0,
        matter=words(own) if own in words else hall.matter(chosen.matter).name,
        reasons=tuple(policy.reason(code).text for code in chosen.reasons),
        visits=chosen.visits,
        filed_at=filed_at,
        timezone=hall.timezone,
        due=None,
        due_wd=0,
        provisional_because=(),
        promise=policy.promise.value,
        page_url=hall.page_url,
        keys=chosen.keys,
        after_closing=policy.after_closing.value,
        confidential=chosen.confidential,
        phone=hall.phone,
        outlets=hall.outlets,
        language=language,
        due_promised=policy.promises_a_date,
    )


def slip_of(receipt: ComplaintReceipt) -> Slip:
    """The receipt's blocks in reading order: whose it is and where to wait, what was filed, how to follow it."""
    words = Words("printers", receipt.language)
    blocks: list[Block] = [
        Line(receipt.hall, "hall", bold=True, centred=True),
        Line(_title(receipt, words), "title", bold=True, centred=True),
    ]
    if receipt.reprint:
        blocks.append(Stamp(words("receipt.reprint")))
    if receipt.offline:
        blocks.append(Stamp(words("receipt.offline")))
    blocks += [
        Line(receipt.number, "number", bold=True, centred=True),
        Line(_queue(receipt, words), "code", centred=True),
        Divider(),
        Field(words("receipt.case_number"), receipt.case_number),
        Field(words("receipt.matter"), receipt.matter),
        Field(words("receipt.reasons"), _reasons(receipt, words)),
        Field(words("receipt.filed_at"), f"{_filed_at(receipt):%Y-%m-%d %H:%M}"),
    ]
    if receipt.due_promised:
        blocks.append(Field(words("receipt.due"), _due(receipt, words), bold=True))
    if receipt.confidential:
        blocks.append(Field(words("receipt.confidential"), words("receipt.confidential.text")))
    blocks += [
        Divider(),
        Qr(receipt.address),
        Line(grouped(receipt.keys.typed), "code", bold=True, centred=True),
        Line(words("receipt.scan"), centred=True),
        Divider(),
        *(Line(text, "small") for text in _next(receipt, words)),
    ]
    return Slip(tuple(blocks))


def _title(receipt: ComplaintReceipt, words: Words) -> str:
    """“办不成事”反映登记回执 of a 反映窗口; a 登记窗口 (山亭) does not say 登记 twice."""
    place = receipt.window_name.removesuffix(words("receipt.title.window"))
    return place.removesuffix(words("receipt.title.register")) + words("receipt.title")


def _queue(receipt: ComplaintReceipt, words: Words) -> str:
    if receipt.offline:
        return words("receipt.queue.offline")
    if not receipt.ticket_number:
        return words("receipt.queue.none")
    ahead = words("receipt.queue.ahead", n=receipt.ahead) if receipt.ahead else words("receipt.queue.next")
    return f"{ahead} · {words('receipt.queue.window', n=receipt.window)}" if receipt.window else ahead


def _filed_at(receipt: ComplaintReceipt) -> dt.datetime:
    return receipt.filed_at.astimezone(ZoneInfo(receipt.timezone))


def _reasons(receipt: ComplaintReceipt, words: Words) -> str:
    parts = list(receipt.reasons)
    if receipt.visits > 1:
        often = "receipt.visits.many" if receipt.visits >= MANY_VISITS else "receipt.visits"
        parts.append(words(often, n=receipt.visits))
    return words("receipt.reasons.between").join(parts)


def _due(receipt: ComplaintReceipt, words: Words) -> str:
    day = receipt.due
    if day is None:
        return words("receipt.due.later")
    key = "receipt.due.day" if day.year == _filed_at(receipt).year else "receipt.due.day_of_year"
    date = words(key, year=day.year, month=day.month, day=day.day)
    if receipt.due_wd == 0:
        return date
    return words(
        "receipt.due.provisional" if receipt.provisional_because else "receipt.due.fixed", date=date, n=receipt.due_wd
    )


def _next(receipt: ComplaintReceipt, words: Words) -> list[str]:
    """What happens next, and where else to turn (R14): only what the hall's own documents give."""
    lines = [words("receipt.keep")]
    if receipt.offline:
        lines.append(words("receipt.offline.next"))
    if receipt.due_promised:
        lines.append(words("receipt.promise", promise=receipt.promise))
        if receipt.due_explained:
            lines.append(words("receipt.due.explained", explained=receipt.due_explained))
        if receipt.provisional_because:
            lines.append(words("receipt.provisional"))
    lines.append(receipt.after_closing)
    if receipt.phone:
        lines.append(words("receipt.phone", phone=receipt.phone))
    if receipt.outlets:
        between = words("receipt.outlets.between")
        named = between.join(f"{outlet.name} {outlet.phone}".strip() for outlet in receipt.outlets)
        lines.append(words("receipt.outlets", outlets=named))
    return lines
