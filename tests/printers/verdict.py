"""What came of receipts that were printed with a fault: judged by the papers that fell and by what was reported.

A citizen holds a valid receipt where one whole paper has a code that opens the case: the hub was not told to let it
die.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import zxingcpp
from msgspec.structs import replace

from hub.domain.lookup import LookupKeys
from hub.wire.messages import ReplacePaperCode, ReportPrint
from printers.machine import Machine
from printers.papers import Paper
from printers.receipt import ComplaintReceipt
from printers.roll import Fallen
from tests.printers import factories

NUMBERS = ("F012", "F013")
"""The receipt under test, and the next citizen's, which must come out clean."""
FRESH_KEYS = 4
"""How many 补打 a run may make."""

ROOM_TO_TEAR_ROWS = 100
"""More than any blank within a receipt, less than what is fed behind one that is torn off."""

LOST = "lost"
VALID_TWICE = "two valid receipts"
UNMARKED_DUPLICATE = "two unmarked receipts"
NOT_SAID = "no row says what happened"
NOT_ON_PAPER = "said to be printed, and is not"

Told = ReportPrint | ReplacePaperCode


def keys_of(number: int) -> LookupKeys:
    """Keys that are the same in each run, so that what they stand on is drawn once."""
    return LookupKeys(token=f"{number:022d}", typed=f"{number + 2:0>17}")


def receipts() -> list[ComplaintReceipt]:
    return [
        replace(factories.receipt(ticket_number=number), keys=keys_of(FRESH_KEYS + place))
        for place, number in enumerate(NUMBERS)
    ]


@dataclass
class Outcome:
    """What came of one run; `wrong` names what is not as it must be, each with the number it is about."""

    states: dict[str, str] = field(default_factory=dict)
    """Of each job; a reprint's has a `/` in its name."""
    details: list[str] = field(default_factory=list)
    bytes_received: int = 0
    wrong: list[str] = field(default_factory=list)

    def has(self, wrong: str) -> bool:
        return any(one.endswith(wrong) for one in self.wrong)


class Judge:
    """Knows how each paper looks that nothing happened to: `render` is put on the emulator's paper once for each."""

    def __init__(self, width_dots: int, render: Callable[[Paper], bytes], *, knife: bool = True) -> None:
        self.receipts = receipts()
        self._knife = knife
        self._known: dict[bytes, ComplaintReceipt] = {}
        for receipt in self.receipts:
            for paper in (receipt, *(receipt.reprinted(keys_of(at)) for at in range(FRESH_KEYS))):
                self._known[_printed(paper, render(paper), width_dots, knife)] = paper

    def outcome(self, papers: Iterable[Fallen], told: Iterable[Told]) -> Outcome:
        if not self._knife:
            papers = [part for paper in papers for part in parted(paper)]
        outcome, live = Outcome(), {receipt.keys.token for receipt in self.receipts}
        for command in told:
            if isinstance(command, ReplacePaperCode):
                live.discard(command.lost)
                live.add(command.on_paper.token)
            else:
                outcome.states[command.job_id] = command.state
                outcome.details += [command.detail] if command.detail else []
        fallen = [(self._known.get(inked(paper)), paper) for paper in papers]
        pieces = [address_on(paper) for known, paper in fallen if known is None]
        for place, receipt in enumerate(self.receipts):
            whole = [known for known, _ in fallen if known is not None and known.number == receipt.number]
            states = {job: state for job, state in outcome.states.items() if job.partition("/")[0] == job_id(place)}
            found = _wrong(whole, live, pieces.count(receipt.address), states)
            outcome.wrong += [f"{receipt.number}: {one}" for one in found]
        return outcome


def job_id(place: int) -> str:
    return f"job-{place}"


def _wrong(whole: list[ComplaintReceipt], live: set[str], legible_pieces: int, states: dict[str, str]) -> Iterable[str]:
    """`legible_pieces` have lost some of their paper, not their code."""
    valid = [one for one in whole if one.keys.token in live]
    if len(valid) != 1:
        yield VALID_TWICE if valid else LOST
    if len([one for one in whole if not one.reprint]) + legible_pieces > 1:
        yield UNMARKED_DUPLICATE
    if not states or any(state in ("queued", "sent") for state in states.values()):
        yield NOT_SAID
    if any(
        state == "confirmed" and not any(one.reprint == ("/" in job) for one in whole) for job, state in states.items()
    ):
        yield NOT_ON_PAPER


def _printed(paper: ComplaintReceipt, data: bytes, width_dots: int, knife: bool) -> bytes:
    """The ink of a paper that nothing happened to; a reader that knows nothing of it has read its code."""
    machine, fallen = Machine(Path(), width_dots, knife=knife), list[Fallen]()
    machine.works.roll.fell = fallen.append
    machine.connect(lambda said: None, lambda: None)
    machine.receive(data)
    machine.obey("tear")
    assert len(fallen) == 1
    assert address_on(fallen[0]) == paper.address
    return inked(fallen[0])


def parted(paper: Fallen) -> list[Fallen]:
    """What somebody makes of a strip from a printer without a knife: torn wherever there is room to tear."""
    blank, rows = bytes(paper.stride), len(paper.dots) // paper.stride
    cuts, blanks = [0], 0
    for row in range(rows):
        if paper.dots[row * paper.stride : (row + 1) * paper.stride] == blank:
            blanks += 1
        else:
            cuts += [row] if blanks >= ROOM_TO_TEAR_ROWS else []
            blanks = 0
    edges = [row * paper.stride for row in (*cuts, rows)]
    return [Fallen(paper.dots[top:end], paper.stride, b"") for top, end in pairwise(edges)]


def inked(paper: Fallen) -> bytes:
    """From the first row with ink to the last: how far it was fed says nothing about what it is."""
    tail = paper.dots.rstrip(b"\x00")
    first = len(tail) - len(tail.lstrip(b"\x00"))
    return paper.dots[first // paper.stride * paper.stride : -(-len(tail) // paper.stride) * paper.stride]


def address_on(paper: Fallen) -> str:
    """What a phone reads off the paper; empty when there is no whole code on it."""
    return _address_in(paper.dots, paper.stride)


@lru_cache(maxsize=10_000)
def _address_in(dots: bytes, stride: int) -> str:
    picture = Fallen(dots, stride, b"").picture().convert("L")
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return found[0].text if found else ""
