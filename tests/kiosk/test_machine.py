"""What the staff corner is told of a kiosk, and what it does with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.structs import replace

from display.watch.watchdog import START_AGAIN
from hub.domain.words import STAFF, Words
from hub.wire.messages import CountSlips, FileComplaint, PrintSlips, Rejected, SlipsLeft, SlipsLeftOf
from kiosk import settings
from kiosk.machine import Machine
from kiosk.services.staff import OutboxState, Staff
from kiosk.services.staff_slips import Bar
from kiosk.settings import Settings
from printers.errors import SpoolUnusable
from printers.status import Condition
from printers.trial import Trial
from tests.factories import a_hall
from tests.kiosk.bare_kiosk import Kiosk
from tests.kiosk.services.test_staff import Lock
from tests.kiosk.test_slip_blocks import block


class Printer:
    """A printer that says what the test has it say."""

    def __init__(self) -> None:
        self.condition: Any = "ready"
        self.waiting = 0
        self.looked = 0

    def look_again(self) -> None:
        self.looked += 1


class BrokenSpool(Printer):
    @property
    def waiting(self) -> int:
        raise SpoolUnusable("the disk is full")

    @waiting.setter
    def waiting(self, _count: int) -> None: ...


class Corner:
    """A kiosk, its printer, and the machine that tells of both."""

    def __init__(self, folder: Path, printer: Printer | None = None, **own: Any) -> None:
        self.kiosk, self.printer = Kiosk(folder / "outbox.db"), printer or Printer()
        self.settings_file = folder / "settings.json"
        self.papers: list[tuple[str, Any]] = []
        self.kiosk.paper.print = lambda job_id, paper: self.papers.append((job_id, paper))  # type: ignore[method-assign]
        self.machine = Machine(
            "kiosk-1",
            a_hall(),
            self.kiosk.terminal,
            self.printer,
            self.kiosk.outbox,
            self.settings_file,
            missing=lambda: frozenset({"voice_missing"}),
            **own,
        )


@pytest.fixture
def corner(tmp_path: Path) -> Corner:
    return Corner(tmp_path)


def test_the_printer_is_as_it_last_said(corner: Corner) -> None:
    corner.printer.condition, corner.printer.waiting = "paper_out", 3
    state = corner.machine.printer()
    assert (state.condition, state.waiting, state.trial) == ("paper_out", 3, "")
    corner.machine.paper_changed()
    assert corner.printer.looked == 1


def test_a_spool_that_cannot_be_counted_is_said_and_no_crash(tmp_path: Path) -> None:
    assert Corner(tmp_path, BrokenSpool()).machine.printer().condition == "spool"


def test_a_kiosk_without_a_printer_says_so(tmp_path: Path) -> None:
    hall = a_hall()
    bare = replace(hall, terminals=tuple(replace(one, printer="") for one in hall.terminals))
    kiosk = Kiosk(tmp_path / "outbox.db", with_paper=False)
    machine = Machine("kiosk-1", bare, kiosk.terminal, None, kiosk.outbox, tmp_path / "settings.json")
    assert machine.printer().condition == "none"


def test_a_trial_page_is_printed_as_any_paper_and_its_fate_is_shown(corner: Corner) -> None:
    corner.machine.print_trial()
    ((job_id, page),) = corner.papers
    assert isinstance(page, Trial)
    assert page.terminal == "kiosk-1"
    assert corner.machine.printer().trial == "queued"
    corner.kiosk.paper.say(job_id, "confirmed")
    corner.kiosk.terminal.poll()
    assert corner.machine.printer().trial == "confirmed"


def test_what_lies_on_the_disk_is_counted_with_the_hub_s_codes(corner: Corner) -> None:
    corner.kiosk.submitted()
    assert corner.machine.outbox() == OutboxState(waiting=1)
    ((command_id, _),) = corner.kiosk.hub.of(FileComplaint)
    corner.kiosk.hub.answer(command_id, Rejected(code="too_long", text=""))
    assert corner.machine.outbox() == OutboxState(refused=(("too_long", 1),))
    assert corner.machine.troubles() == ("complaint_rejected", "voice_missing")


def test_since_when_the_hub_is_there_or_away(corner: Corner) -> None:
    assert not corner.machine.hub().live
    corner.kiosk.hub.live = True
    corner.kiosk.terminal.poll()
    hub = corner.machine.hub()
    assert hub.live
    assert hub.since == "11-23 09:31"
    assert hub.addresses == a_hall().hubs[0].commands


def test_the_volume_lasts_over_a_restart(corner: Corner) -> None:
    corner.machine.set_volume(100)
    assert corner.machine.volume_percent == 100
    assert settings.load(corner.settings_file) == Settings(volume_percent=100)


def test_a_volume_that_cannot_be_kept_lasts_as_long_as_the_program(
    corner: Corner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "save", full)
    corner.machine.set_volume(20)
    assert corner.machine.volume_percent == 20


def test_a_restart_ends_the_program_with_the_code_that_starts_it_again(tmp_path: Path) -> None:
    ended: list[int] = []
    Corner(tmp_path, end=ended.append).machine.restart()
    assert ended == [START_AGAIN] == [75]


def test_staff_read_every_condition_of_a_printer_in_words() -> None:
    words = Words("kiosk", STAFF)
    assert all(words(f"staff_corner.printer.condition.{one}") for one in get_args(Condition))


# --- a block of manual slips


@pytest.fixture
def at_slips(tmp_path: Path) -> Corner:
    """A kiosk that hears the hub, with somebody at its corner."""
    corner = Corner(tmp_path)
    del corner.kiosk.paper.print  # type: ignore[attr-defined]
    corner.kiosk.hub.live = True
    corner.kiosk.terminal.open("staff", Staff(Lock(), corner.machine))
    return corner


def given(corner: Corner, count: int = 3) -> str:
    """A block was asked for and answered; its command's id."""
    corner.machine.ask_slips("general", count)
    ((command_id, command),) = corner.kiosk.hub.of(PrintSlips)
    assert command == PrintSlips(service="general", count=count)
    corner.kiosk.hub.answer(command_id, block(count))
    return command_id


def said(corner: Corner, job_id: str, state: str) -> None:
    corner.kiosk.paper.say(job_id, state)
    corner.kiosk.terminal.poll()


@pytest.mark.rule("R65")
def test_a_block_is_printed_slip_by_slip_and_each_one_keeps_the_corner_open(at_slips: Corner) -> None:
    command_id = given(at_slips)
    kiosk = at_slips.kiosk
    for place in range(4):
        kiosk.now_s += 40.0
        assert kiosk.paper.jobs == [f"{command_id}.{one}" for one in range(place + 1)]
        said(at_slips, f"{command_id}.{place}", "confirmed")
        assert kiosk.terminal.patience.mood(kiosk.now_s) == "calm"
    assert at_slips.machine.slips().last.step == "done"


@pytest.mark.rule("R65")
def test_slips_stop_when_the_corner_is_left_and_go_on_when_somebody_is_back(at_slips: Corner) -> None:
    command_id = given(at_slips)
    at_slips.kiosk.terminal.begin()
    kiosk = at_slips.kiosk
    kiosk.now_s += 40.0
    touched = kiosk.terminal.patience.left_s(kiosk.now_s)
    said(at_slips, f"{command_id}.0", "confirmed")
    assert kiosk.paper.jobs == [f"{command_id}.0"]
    assert kiosk.terminal.patience.left_s(kiosk.now_s) == touched, "nobody's time is made longer by a slip"
    assert "slips_unfinished" in at_slips.machine.troubles()
    at_slips.machine.go_on_with_slips()
    assert kiosk.paper.jobs == [f"{command_id}.{one}" for one in range(2)]


@pytest.mark.rule("R65")
def test_slips_that_are_given_up_are_no_trouble_any_more(at_slips: Corner) -> None:
    command_id = given(at_slips)
    at_slips.machine.stop_slips()
    said(at_slips, f"{command_id}.0", "confirmed")
    at_slips.machine.give_up_slips()
    state = at_slips.machine.slips().last
    assert (state.step, state.left) == ("done", ("S301–S303",))
    assert "slips_unfinished" not in at_slips.machine.troubles()


@pytest.mark.rule("R65")
def test_how_many_slips_are_left_is_asked_anew_each_time(at_slips: Corner) -> None:
    assert at_slips.machine.slips().unused is None
    at_slips.machine.count_slips()
    ((command_id, _),) = at_slips.kiosk.hub.of(CountSlips)
    at_slips.kiosk.hub.answer(command_id, SlipsLeft(services=(SlipsLeftOf(service="general", blank=37),)))
    assert at_slips.machine.slips().unused == {"general": 37}
    at_slips.kiosk.hub.live = False
    at_slips.machine.count_slips()
    assert at_slips.machine.slips().unused is None


@pytest.mark.rule("R65")
@pytest.mark.parametrize("bar", ["away", "no_printer", "no_series", "not_here", "windows_only", "outbox"])
def test_why_no_block_can_be_had(at_slips: Corner, bar: Bar) -> None:
    machine, terminal = at_slips.machine, at_slips.kiosk.terminal
    assert machine.slips().bar == ""
    rules = terminal.policy.by_hand
    match bar:
        case "away":
            at_slips.kiosk.hub.live = False
        case "no_printer":
            terminal.paper = None
        case "no_series":
            machine.slip_series = ""
        case "not_here":
            rules = replace(rules, slips=replace(rules.slips, value=False))
        case "windows_only":
            rules = replace(rules, at_kiosk=replace(rules.at_kiosk, value=0))
        case "outbox":
            terminal.blocks.is_usable = False
    terminal.policy = replace(terminal.policy, by_hand=rules)
    state = machine.slips()
    assert (state.bar, state.may_ask) == (bar, False)
    assert f"staff_corner.slips.bar.{bar}" in Words("kiosk", STAFF)
