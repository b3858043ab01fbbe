"""A block of manual slips from the staff corner to the hub and onto paper, one after another, come what may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from hub.wire.messages import PrintSlips, PrintState, Rejected, ReportPrint, SlipBlock
from kiosk.outbox import Outbox, OutboxError
from kiosk.slip_blocks import SlipBlocks, fate_of
from printers.errors import SpoolUnusable
from printers.manual_slip import ManualInstruction, ManualSlip
from printers.papers import Paper
from tests.factories import FILED_AT, a_hall, a_policy
from tests.kiosk.filing_desk import KEY, FakeHub

pytestmark = pytest.mark.rule("R65")

ID = "b" * 32


class Printer:
    """Takes papers; a test says what becomes of them."""

    def __init__(self) -> None:
        self.papers: dict[str, Paper] = {}
        self.told: dict[str, PrintState] = {}
        self.broken = False

    def print(self, job_id: str, paper: Paper) -> None:
        self._works()
        self.papers.setdefault(job_id, paper)
        self.told.setdefault(job_id, "queued")

    def states(self, job_ids: str) -> dict[str, PrintState]:
        self._works()
        return {one: state for one, state in self.told.items() if one.startswith(job_ids)}

    def _works(self) -> None:
        if self.broken:
            raise SpoolUnusable("the disk is full")


class Kiosk:
    """The blocks of one kiosk; `again` is the same kiosk started anew on the same disk."""

    def __init__(self, folder: Path, printer: Printer | None = None, hub: FakeHub | None = None) -> None:
        self.folder, self.printer, self.hub = folder, printer or Printer(), hub or FakeHub()
        self.outbox = Outbox(folder / "outbox.db", KEY)
        self.blocks = SlipBlocks(self.outbox, self.printer, self.hub.send, a_hall(), a_policy())
        self.blocks.start()

    def again(self) -> Kiosk:
        self.outbox.close()
        return Kiosk(self.folder, self.printer)

    def asked(self, count: int = 3) -> None:
        self.blocks.ask("general", count, ID)

    def given(self, count: int = 3) -> None:
        self.asked(count)
        self.hub.answer(ID, block(count))

    def said(self, job_id: str, state: PrintState, detail: str = "") -> None:
        self.printer.told[job_id] = state
        assert self.blocks.heard(ReportPrint(job_id=job_id, case_number="", state=state, detail=detail))

    def goes_on(self) -> int:
        """Everything the kiosk hands in comes out; how many papers those are."""
        papers = 0
        while waiting := [one for one, state in self.printer.told.items() if state == "queued"]:
            assert len(waiting) == 1, "one at a time, so that a receipt finds its way between them"
            self.said(waiting[0], "confirmed")
            papers += 1
        return papers

    @property
    def numbers(self) -> list[str]:
        return [one.number for one in self.printer.papers.values() if isinstance(one, ManualSlip)]


def block(count: int = 3) -> SlipBlock:
    return SlipBlock(
        block="S-7",
        series="S",
        first=301,
        last=300 + count,
        service="general",
        printed_at=FILED_AT,
        printed_by="kiosk-1",
        held_by="kiosk-1",
    )


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def test_the_hub_is_asked_and_the_block_comes_out_with_its_instruction_first(kiosk: Kiosk) -> None:
    kiosk.asked()
    assert kiosk.hub.sent == [(ID, PrintSlips(service="general", count=3))]
    assert kiosk.blocks.step == "asking"
    kiosk.hub.answer(ID, block())
    assert kiosk.blocks.step == "printing"
    told = next(iter(kiosk.printer.papers.values()))
    assert isinstance(told, ManualInstruction)
    assert "kiosk-1" in told.held_by
    assert "工号" not in told.held_by
    assert kiosk.goes_on() == 4
    assert kiosk.numbers == ["S301", "S302", "S303"]
    state = kiosk.blocks.state
    assert (state.step, state.printed, state.total, state.span) == ("done", 3, 3, "S301–S303")
    assert kiosk.blocks.troubles == frozenset()


def test_a_second_touch_asks_for_no_second_block(kiosk: Kiosk) -> None:
    kiosk.asked()
    kiosk.blocks.ask("general", 3, "c" * 32)
    assert [one for one, _ in kiosk.hub.sent] == [ID]
    kiosk.hub.answer(ID, block())
    kiosk.blocks.ask("general", 3, "c" * 32)
    assert [one for one, _ in kiosk.hub.sent] == [ID]


def test_a_kiosk_that_dies_before_the_answer_asks_again_under_the_same_id_and_waits_for_somebody(kiosk: Kiosk) -> None:
    kiosk.asked()
    kiosk = kiosk.again()
    assert kiosk.hub.sent == [(ID, PrintSlips(service="general", count=3))]
    kiosk.hub.answer(ID, block())
    assert (kiosk.blocks.step, kiosk.printer.papers) == ("paused", {}), "no slip comes out while nobody stands there"
    assert kiosk.blocks.troubles == {"slips_unfinished"}
    kiosk.blocks.go_on()
    assert kiosk.goes_on() == 4
    assert kiosk.numbers == ["S301", "S302", "S303"]


def test_a_kiosk_that_dies_between_answer_and_paper_has_the_block_and_asks_for_none(kiosk: Kiosk) -> None:
    kiosk.printer.broken = True
    kiosk.given()
    kiosk.printer.broken = False
    kiosk = kiosk.again()
    assert kiosk.hub.sent == []
    assert kiosk.blocks.step == "paused"
    kiosk.blocks.go_on()
    assert kiosk.goes_on() == 4


def test_a_kiosk_that_dies_in_the_middle_prints_the_rest_and_none_twice(kiosk: Kiosk) -> None:
    kiosk.given()
    kiosk.said(f"{ID}.0", "confirmed")
    kiosk.said(f"{ID}.1", "confirmed")
    kiosk.printer.told[f"{ID}.2"] = "sent"
    kiosk = kiosk.again()
    assert kiosk.blocks.step == "paused"
    kiosk.blocks.go_on()
    assert f"{ID}.3" not in kiosk.printer.papers, "what became of S302 is not known yet"
    kiosk.printer.told[f"{ID}.2/0a"] = "queued"
    kiosk.said(f"{ID}.2", "unknown", "interrupted")
    kiosk.said(f"{ID}.2/0a", "confirmed")
    kiosk.goes_on()
    state = kiosk.blocks.state
    assert (state.step, state.printed, state.twice, state.left) == ("done", 3, ("S302",), ())
    assert kiosk.numbers == ["S301", "S302", "S303"]


def test_who_leaves_the_corner_stops_the_slips_behind_the_one_under_way(kiosk: Kiosk) -> None:
    kiosk.given()
    kiosk.said(f"{ID}.0", "confirmed")
    kiosk.blocks.stop()
    kiosk.said(f"{ID}.1", "confirmed")
    state = kiosk.blocks.state
    assert (state.step, state.printed, state.left) == ("paused", 1, ("S302–S303",))
    assert kiosk.numbers == ["S301"]
    kiosk.blocks.go_on()
    assert kiosk.goes_on() == 2


def test_what_keeps_the_printer_is_said_and_the_rest_follows_when_it_goes_on(kiosk: Kiosk) -> None:
    kiosk.given()
    kiosk.said(f"{ID}.0", "queued", "paper_out")
    assert (kiosk.blocks.state.trouble, kiosk.blocks.step) == ("paper_out", "printing")
    kiosk.said(f"{ID}.0", "sent")
    assert kiosk.blocks.state.trouble == ""
    kiosk.said(f"{ID}.0", "confirmed")
    assert kiosk.goes_on() == 3


def test_slips_that_the_printer_never_confirms_are_named_and_stop_nothing(kiosk: Kiosk) -> None:
    kiosk.given(4)
    kiosk.said(f"{ID}.0", "confirmed")
    kiosk.said(f"{ID}.1", "unknown", "unconfirmed")
    kiosk.said(f"{ID}.2", "failed", "not_drawable")
    kiosk.goes_on()
    state = kiosk.blocks.state
    assert (state.step, state.printed, state.doubtful, state.failed) == ("done", 2, ("S301",), ("S302",))


def test_what_is_given_up_is_named_stays_so_and_makes_room_for_a_new_block(kiosk: Kiosk) -> None:
    kiosk.given()
    kiosk.said(f"{ID}.0", "confirmed")
    kiosk.blocks.give_up()
    assert kiosk.blocks.step == "printing", "while slips come out nothing is given up"
    kiosk.blocks.stop()
    kiosk.said(f"{ID}.1", "confirmed")
    kiosk.blocks.give_up()
    kiosk = kiosk.again()
    kiosk.blocks.go_on()
    state = kiosk.blocks.state
    assert (state.step, state.left) == ("done", ("S302–S303",))
    assert kiosk.numbers == ["S301"]
    kiosk.blocks.ask("general", 3, "c" * 32)
    assert [one for one, _ in kiosk.hub.sent] == ["c" * 32]


def test_a_refusal_is_said_and_leaves_no_block_behind(kiosk: Kiosk) -> None:
    kiosk.asked()
    kiosk.hub.answer(ID, Rejected(code="bad_block", text="too many"))
    assert (kiosk.blocks.step, kiosk.blocks.state.refused) == ("none", "bad_block")
    kiosk = kiosk.again()
    assert (kiosk.hub.sent, kiosk.blocks.step) == ([], "none")


def test_what_cannot_be_kept_is_not_asked_for(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OutboxError("no space left")

    monkeypatch.setattr(kiosk.outbox, "keep_block", full)
    kiosk.asked()
    assert (kiosk.hub.sent, kiosk.blocks.step, kiosk.blocks.state.refused) == ([], "none", "outbox_failed")


def test_an_answer_that_cannot_be_noted_is_printed_and_asked_for_again(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.asked()

    def full(*_: Any) -> None:
        raise OutboxError("no space left")

    monkeypatch.setattr(kiosk.outbox, "keep_block", full)
    kiosk.hub.answer(ID, block())
    assert kiosk.goes_on() == 4
    kiosk = kiosk.again()
    kiosk.hub.answer(ID, block())
    assert kiosk.blocks.step == "done"
    assert kiosk.numbers == ["S301", "S302", "S303"]


def test_a_spool_that_cannot_be_used_stops_the_slips_and_says_so(kiosk: Kiosk) -> None:
    kiosk.given()
    kiosk.printer.broken = True
    kiosk.said(f"{ID}.0", "confirmed")
    assert (kiosk.blocks.step, kiosk.blocks.state.trouble) == ("paused", "spool_unusable")
    kiosk.printer.broken = False
    kiosk.blocks.go_on()
    assert kiosk.goes_on() == 3


def test_a_spool_that_was_lost_makes_nothing_come_out_twice(kiosk: Kiosk) -> None:
    kiosk.given(4)
    kiosk.said(f"{ID}.0", "confirmed")
    kiosk.said(f"{ID}.1", "confirmed")
    kiosk.printer.papers.clear()
    kiosk.printer.told.clear()
    kiosk = kiosk.again()
    assert kiosk.blocks.state.doubtful == ("S301–S302",), "two of which nobody can say any more what became of them"
    kiosk.blocks.go_on()
    assert kiosk.goes_on() == 2
    assert kiosk.numbers == ["S303", "S304"]


def test_a_service_that_the_hall_has_no_longer_is_printed_nowhere(kiosk: Kiosk) -> None:
    kiosk.asked()
    kiosk.hub.answer(ID, replace(block(), service="gone"))
    assert (kiosk.blocks.step, kiosk.blocks.state.trouble) == ("paused", "unknown_code")


def test_other_papers_are_not_the_block_s(kiosk: Kiosk) -> None:
    told = ReportPrint(job_id="trial-1", case_number="", state="confirmed")
    assert not kiosk.blocks.heard(told)
    kiosk.given()
    assert not kiosk.blocks.heard(told)


@pytest.mark.parametrize(
    ("states", "fate"),
    [
        ({}, "waits"),
        ({"x.10": "confirmed"}, "waits"),
        ({"x.1": "queued"}, "under_way"),
        ({"x.1": "unknown", "x.1/0a": "sent"}, "under_way"),
        ({"x.1": "confirmed"}, "out"),
        ({"x.1": "unknown", "x.1/0a": "unknown", "x.1/0b": "confirmed"}, "twice"),
        ({"x.1": "unknown", "x.1/0a": "unknown"}, "doubtful"),
        ({"x.1": "unknown", "x.1/0a": "failed"}, "doubtful"),
        ({"x.1": "failed"}, "failed"),
    ],
)
def test_the_fate_of_a_paper(states: dict[str, PrintState], fate: str) -> None:
    assert fate_of("x.1", states) == fate
