"""How the hall's machines are, device by device, for who supervises: what is wrong and since when. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from hub.domain.hall import Hall, Terminal, Value
from hub.wire.messages import TerminalHealth, TerminalList, TerminalState

Device = Literal["printer", "scanner", "pad", "board", "input", "voice", "program"]

OF_DEVICE: dict[Device, frozenset[str]] = {
    "printer": frozenset(
        {
            "connection_lost",
            "cover_open",
            "cutter_jam",
            "fence_unanswered",
            "font_missing",
            "logo_unreadable",
            "nonsense_answer",
            "not_drawable",
            "not_ready",
            "overheated",
            "paper_code_kept",
            "paper_near_end",
            "paper_out",
            "paper_too_narrow",
            "printer",
            "printer_fault",
            "printer_silent",
            "row_unreadable",
            "spool_failed",
            "spool_unusable",
            "switched_off",
            "unconfirmed",
            "write_timed_out",
        }
    ),
    "scanner": frozenset({"scanner_silent"}),
    "pad": frozenset({"pad_silent"}),
    "board": frozenset({"board_silent", "board_refuses"}),
    "input": frozenset({"pinyin_missing", "handwriting_missing"}),
    "voice": frozenset({"voice_missing", "voice_silent"}),
}
"""Which device a trouble is of; what stands nowhere here is the program's own, and so are codes of a newer one."""
FIRST: tuple[TerminalState, ...] = ("troubled", "silent", "never", "live")
"""What needs somebody stands first."""


class DeviceRow(Value, frozen=True):
    """A device and its troubles; well without any."""

    device: Device
    troubles: tuple[str, ...] = ()


class TerminalRow(Value, frozen=True):
    """A terminal and its devices. `since` is when its troubles began, or when a silent one was heard last."""

    terminal: Terminal
    state: TerminalState
    since: dt.datetime | None
    devices: tuple[DeviceRow, ...]

    @property
    def well(self) -> tuple[Device, ...]:
        """What works, as far as it was said: a silent terminal says nothing."""
        if self.state not in ("live", "troubled"):
            return ()
        return tuple(one.device for one in self.devices if not one.troubles)

    @property
    def wrong(self) -> tuple[DeviceRow, ...]:
        return tuple(one for one in self.devices if one.troubles)


def rows(hall: Hall, told: TerminalList) -> tuple[TerminalRow, ...]:
    """What needs somebody first, else as in the hall's file; a terminal that the file no longer has is left out."""
    known = {one.name: one for one in hall.terminals}
    found = [_row(known[one.name], one) for one in told.terminals if one.name in known]
    return tuple(sorted(found, key=lambda one: FIRST.index(one.state)))


def device_of(trouble: str) -> Device:
    return next((device for device, codes in OF_DEVICE.items() if trouble in codes), "program")


def _row(terminal: Terminal, said: TerminalHealth) -> TerminalRow:
    troubles: dict[Device, list[str]] = {device: [] for device in _devices(terminal)}
    for code in said.troubles:
        troubles.get(device_of(code), troubles["program"]).append(code)
    return TerminalRow(
        terminal=terminal,
        state=said.state,
        since=said.since if said.state == "troubled" else said.heard_at,
        devices=tuple(DeviceRow(device, tuple(codes)) for device, codes in troubles.items()),
    )


def _devices(terminal: Terminal) -> tuple[Device, ...]:
    """What the hall's file gives a terminal, and what its kind has anyway; the program itself last."""
    has: dict[Device, bool] = {
        "printer": bool(terminal.printer),
        "scanner": terminal.scanner is not None,
        "pad": terminal.pad is not None,
        "board": bool(terminal.board),
        "input": terminal.role == "kiosk",
        "voice": terminal.role == "kiosk",
        "program": True,
    }
    return tuple(device for device, there in has.items() if there)
