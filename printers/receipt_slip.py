"""What stands on the receipt of a complaint, in the citizen's language, and in the hall's beside it for staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import msgspec

from hub.domain.lookup import grouped
from hub.domain.words import Words
from printers.receipt import ComplaintReceipt
from printers.slip import Block, Divider, Field, Line, Qr, Slip, Stamp

MANY_VISITS = 5
"""`FileComplaint.visits`: this number means "or more"."""


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
