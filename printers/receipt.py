"""The 登记回执 of a complaint: what it says, decided without a printer.

It is built from codes, counts and the hall's own texts, never from what a citizen typed: there is no field that a
name, a phone number or free text could come through.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from hub.domain.deadline import Provisional
from hub.domain.due_words import explain
from hub.domain.hall import Hall, Outlet, Value
from hub.domain.lookup import LookupKeys, grouped, page_address
from hub.domain.numbers import case_serial
from hub.domain.policy import Policy
from hub.domain.translated import hall_in, policy_in
from hub.domain.words import Words, spoken
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


def slip_of(receipt: ComplaintReceipt) -> Slip:
    """The receipt's blocks in reading order: whose it is and where to wait, what was filed, how to follow it.

    Staff whose language is another find title, mark and fields in theirs below the citizen's.
    """
    words, staff = Words("printers", receipt.language), receipt.for_staff
    beside = msgspec.structs.replace(receipt, for_staff=None, **msgspec.structs.asdict(staff)) if staff else None
    theirs = Words("printers", beside.language) if beside else words
    blocks: list[Block] = [
        Line(receipt.hall, "hall", bold=True, centred=True),
        Line(_title(receipt, words), "title", bold=True, centred=True),
    ]
    if beside:
        blocks.append(Line(_title(beside, theirs), bold=True, centred=True))
    if receipt.reprint:
        blocks.append(Stamp(words("receipt.reprint")))
        blocks += [Line(theirs("receipt.reprint"), bold=True, centred=True)] if beside else []
    if receipt.offline:
        blocks.append(Stamp(words("receipt.offline")))
        blocks += [Line(theirs("receipt.offline"), bold=True, centred=True)] if beside else []
    blocks += [
        Line(receipt.number, "number", bold=True, centred=True),
        Line(_queue(receipt, words), "code", centred=True),
        Divider(),
        *_fields(receipt, words, beside, theirs),
        Divider(),
        Qr(receipt.address),
        Line(grouped(receipt.keys.typed), "code", bold=True, centred=True),
        Line(words("receipt.scan"), centred=True),
        Divider(),
        *(Line(text, "small") for text in _next(receipt, words)),
    ]
    return Slip(tuple(blocks), "TC" if receipt.language == "zh_Hant" else "SC")


def _fields(receipt: ComplaintReceipt, words: Words, beside: ComplaintReceipt | None, theirs: Words) -> Iterator[Field]:
    """What was filed, each with what staff read of it where that differs."""
    below = dict(_said(beside, theirs)) if beside else {}
    for name, text in _said(receipt, words):
        told = below.get(name, text)
        yield Field(
            words(f"receipt.{name}"),
            text,
            bold=name == "due",
            label_below=theirs(f"receipt.{name}") if beside else "",
            text_below=told if told != text else "",
        )


def _said(receipt: ComplaintReceipt, words: Words) -> Iterator[tuple[str, str]]:
    yield "case_number", receipt.case_number
    yield "matter", receipt.matter
    yield "reasons", _reasons(receipt, words)
    yield "filed_at", f"{_filed_at(receipt):%Y-%m-%d %H:%M}"
    if receipt.due_promised:
        yield "due", _due(receipt, words)
    if receipt.confidential:
        yield "confidential", words("receipt.confidential.text")


def _title(receipt: ComplaintReceipt, words: Words) -> str:
    """“办不成事”反映登记回执 of a 反映窗口; a 登记窗口 (山亭) does not say 登记 twice."""
    place = receipt.window_name.removesuffix(words("receipt.title.window"))
    return words("receipt.title", place=place.removesuffix(words("receipt.title.register")))


def _queue(receipt: ComplaintReceipt, words: Words) -> str:
    if receipt.offline:
        return words("receipt.queue.offline")
    if not receipt.ticket_number:
        return words("receipt.queue.none")
    ahead = words("receipt.queue.ahead", n=receipt.ahead) if receipt.ahead else words("receipt.queue.next")
    if not receipt.window:
        return ahead
    return words("receipt.queue.both", ahead=ahead, window=words("receipt.queue.window", n=receipt.window))


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
    date = words.date(key, day)
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
