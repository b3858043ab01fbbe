"""The staff corner in every state, with as much on each page as there can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.screens.kit import Kit
from kiosk.screens.staff import page_of_staff
from kiosk.services.staff import BELOW, PAGES, HubState, OutboxState, PrinterState, Staff
from kiosk.services.staff_slips import BlockState, SlipsState
from tests.kiosk.screens.numbering_states import Nobody
from tests.kiosk.services.test_staff import Lock


class FakeMachine:
    """A kiosk that has everything there is to tell; what is asked of it is noted."""

    name, software, slip_series = "kiosk-1", "0.1.0", "S"
    volume_percent = 60

    def __init__(self, services: tuple[str, ...] = (), *, well: bool = True, slips: SlipsState | None = None) -> None:
        self.well = well
        unused = {one: 8 + place for place, one in enumerate(services)}
        self._slips = slips or SlipsState(bar="" if well else "away", unused=unused if well else None)
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

    def slips(self) -> SlipsState:
        return self._slips

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
        **{f"staff.{step}": lambda step=step: _shown(kit, step) for step in BELOW},
        **{
            f"staff.slips.{name}": lambda name=name, state=state: _shown(
                kit, "slips", slips=state, well=name != "stuck"
            )
            for name, state in _blocks(kit).items()
        },
    }


def _shown(
    kit: Kit,
    step: Any,
    *,
    typed: str = "",
    said: str = "",
    wait_s: int = 0,
    well: bool = True,
    slips: SlipsState | None = None,
) -> Any:
    lock = Lock()
    lock.wait_s = wait_s
    asks: Any = Nobody()
    services = tuple(one.code for one in kit.hall.services)
    flow = Staff(lock, FakeMachine(services, well=well, slips=slips))
    flow.step, flow.typed, flow.said = step, typed, said
    flow.wish.service, flow.wish.count = services[0], 50
    return page_of_staff(kit, asks, flow)


def _blocks(kit: Kit) -> dict[str, SlipsState]:
    """The last block in every standing, with as much to say as there can be."""
    of = {"block": "S-7", "service": kit.hall.services[0].code, "span": "S301–S350", "total": 50}
    unused = {one.code: 37 for one in kit.hall.services[:3]}
    stopped = BlockState("paused", **of, printed=12, left=("S314–S350",), twice=("S313",), doubtful=("S307", "S309"))
    lost = BlockState(
        "done", **of, printed=12, left=("S314–S350",), twice=("S313",), doubtful=("S307",), failed=("S308",)
    )
    return {
        "asking": SlipsState(last=BlockState("asking"), unused=unused),
        "printing": SlipsState(last=BlockState("printing", **of, printed=12, left=("S313–S350",)), unused=unused),
        "stuck": SlipsState(bar="away", last=stopped),
        "done": SlipsState(last=BlockState("done", **of, printed=50), unused=unused),
        "given_up": SlipsState(last=lost, unused=unused),
        "refused": SlipsState(last=BlockState(refused="bad_block"), unused=unused),
    }
