"""How the hall's machines are: what needs somebody first, device by device, in words with what to do."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from counter.terminals import OF_DEVICE, device_of, rows
from hub.domain.hall import Scanner
from hub.domain.pads import Pad
from hub.wire.messages import TerminalHealth, TerminalList
from printers.errors import PrinterError
from tests.counter.test_casework import _codes
from tests.counter.test_timeline import SAY
from tests.factories import a_hall

AT = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)
BEFORE = AT - dt.timedelta(minutes=20)
HALL = a_hall()
OWN = [
    *("board_silent", "board_refuses", "pinyin_missing", "handwriting_missing", "voice_missing", "voice_silent"),
    *("outbox_failed", "outbox_error", "complaint_waits", "complaint_rejected", "series_full", "kiosk_stumbled"),
    *("staff_called", "corner_pin_wrong", "spool_failed", "paper_code_kept", "paper_near_end", "paper_out"),
    *("cover_open", "printer_fault", "printer_silent", "scanner_silent", "pad_silent"),
    "slips_unfinished",
]
"""What terminals report beside the errors of their printers."""


def told(**said: TerminalHealth) -> TerminalList:
    names = [one.name for one in HALL.terminals]
    known = {one.name: one for one in said.values()}
    return TerminalList(at=AT, terminals=tuple(known.get(one, TerminalHealth(one, "live", AT, AT)) for one in names))


KIOSK = TerminalHealth("kiosk-1", "troubled", AT, BEFORE, ("paper_out", "pinyin_missing"))


def test_what_needs_somebody_stands_first() -> None:
    shown = rows(HALL, told(a=TerminalHealth("wall", "silent", BEFORE), b=KIOSK, c=TerminalHealth("web", "never")))
    assert [(one.terminal.name, one.state, one.since) for one in shown[:3]] == [
        ("kiosk-1", "troubled", BEFORE),
        ("wall", "silent", BEFORE),
        ("web", "never", None),
    ]
    assert {one.state for one in shown[3:]} == {"live"}


def test_a_trouble_is_its_device_s_and_the_others_are_well() -> None:
    kiosk = rows(HALL, told(a=KIOSK))[0]
    assert [(one.device, one.troubles) for one in kiosk.wrong] == [
        ("printer", ("paper_out",)),
        ("input", ("pinyin_missing",)),
    ]
    assert kiosk.well == ("voice", "program")


def test_of_a_silent_terminal_nothing_is_said_to_be_well() -> None:
    assert rows(HALL, told(a=TerminalHealth("kiosk-1", "silent", BEFORE)))[0].well == ()


def test_a_window_has_what_the_hall_s_file_gives_it() -> None:
    window = HALL.terminal("window-3")
    with_both = replace(window, scanner=Scanner(url="/dev/a"), pad=Pad(url="/dev/b", presses={"01": "satisfied"}))
    hall = replace(HALL, terminals=tuple(with_both if one == window else one for one in HALL.terminals))
    (found,) = (one for one in rows(hall, told()) if one.terminal.name == "window-3")
    assert found.well == ("scanner", "pad", "program")


def test_a_trouble_of_what_it_does_not_have_or_of_a_newer_program_is_the_program_s() -> None:
    odd = TerminalHealth("window-3", "troubled", AT, AT, ("paper_out", "from_the_future"))
    assert [(one.device, one.troubles) for one in rows(HALL, told(a=odd))[0].wrong] == [
        ("program", ("paper_out", "from_the_future"))
    ]
    assert SAY.remedy("from_the_future") == SAY.words("trouble.other.do")


def test_a_terminal_that_the_file_no_longer_has_is_left_out() -> None:
    assert rows(HALL, TerminalList(at=AT, terminals=(TerminalHealth("gone", "live"),))) == ()


@pytest.mark.parametrize("code", sorted(OWN))
def test_every_trouble_is_said_with_what_to_do(code: str) -> None:
    assert f"trouble.{code}" in SAY.words
    assert f"trouble.{code}.do" in SAY.words


def test_every_trouble_of_a_printer_is_a_device_s() -> None:
    lines = {"scanner_silent", "pad_silent"}
    others = {"unknown_job", "job_move_not_allowed", "interrupted"}
    codes = set(_codes(PrinterError)) - others
    assert {one for one in codes - lines if device_of(one) != "printer"} == set()
    assert {device_of(one) for one in lines} == {"scanner", "pad"}


def test_every_device_and_state_has_its_words() -> None:
    assert [one for one in (*OF_DEVICE, "program") if f"device.{one}" not in SAY.words] == []
    for terminal in HALL.terminals:
        assert SAY.terminal(terminal)
