"""The staff corner in every state, with as much on each page as there can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.screens.kit import Kit
from kiosk.screens.staff import page_of_staff
from kiosk.services.staff import PAGES, HubState, OutboxState, PrinterState, Staff
from tests.kiosk.screens.numbering_states import Nobody
from tests.kiosk.services.test_staff import Lock


class FakeMachine:
    """A kiosk that has everything there is to tell; what is asked of it is noted."""

    name, software, slip_series = "kiosk-1", "0.1.0", "S"
    volume_percent = 60

    def __init__(self, *, well: bool = True) -> None:
        self.well = well
        self.done: list[str] = []

    def printer(self) -> PrinterState:
        if self.well:
            return PrinterState(condition="ready", trial="confirmed")
        return PrinterState(condition="silent", waiting=118, trial="unknown")

    def hub(self) -> HubState:
        addresses = "tcp://10.0.3.11:17801, tcp://10.0.3.12:17801"
        return HubState(live=self.well, since="11-23 09:31", heard="11-23 09:30", addresses=addresses, epoch="0f" * 16)

    def outbox(self) -> OutboxState:
        return OutboxState() if self.well else OutboxState(waiting=12, refused=(("not_permitted", 1), ("too_long", 2)))

    def troubles(self) -> tuple[str, ...]:
        codes = ("complaint_rejected", "corner_pin_wrong", "handwriting_missing", "outbox_error", "unheard_of", "more")
        return () if self.well else codes

    def missing(self) -> frozenset[str]:
        codes = {"pinyin_missing", "handwriting_missing", "voice_missing"}
        return frozenset(() if self.well else codes)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: self.done.append(name)


def staff_states(kit: Kit) -> dict[str, Callable[[], Any]]:
    """Every state, by name."""
    return {
        "staff.pin": lambda: _shown(kit, "pin", typed="480615"),
        "staff.pin.none": lambda: _shown(kit, "pin", said="no_pin"),
        "staff.pin.wait": lambda: _shown(kit, "pin", said="wrong", wait_s=60),
        **{f"staff.{step}": lambda step=step: _shown(kit, step) for step in ("menu", *PAGES)},
        **{
            f"staff.{step}.amiss": lambda step=step: _shown(kit, step, well=False)
            for step in ("printer", "hub", "troubles", "slips", "inputs")
        },
    }


def _shown(kit: Kit, step: Any, *, typed: str = "", said: str = "", wait_s: int = 0, well: bool = True) -> Any:
    lock = Lock()
    lock.wait_s = wait_s
    asks: Any = Nobody()
    flow = Staff(lock, FakeMachine(well=well))
    flow.step, flow.typed, flow.said = step, typed, said
    return page_of_staff(kit, asks, flow)
