"""What the staff corner is told of this kiosk and may do with it: printer, hub, outbox, sound. No window in here."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from display.watch.watchdog import START_AGAIN
from hub.domain.hall import Hall
from hub.wire.messages import Answer, CountSlips, SlipsLeft
from kiosk import settings
from kiosk.asking import Unanswered
from kiosk.outbox import Outbox, OutboxError
from kiosk.services.staff import HubState, OutboxState, PrinterState
from kiosk.services.staff_slips import Bar, SlipsState
from kiosk.settings import Settings
from kiosk.terminal import Terminal
from printers.errors import PrinterError
from printers.status import Condition
from printers.trial import trial

_log = logging.getLogger(__name__)


class Printer(Protocol):
    """The receipt printer; `printers.station.Station` is one."""

    @property
    def condition(self) -> Condition: ...
    @property
    def waiting(self) -> int: ...
    def look_again(self) -> None: ...


class Machine:
    """One kiosk. `ring` makes a sound of so many percent, in a thread of its own; `end` ends the program."""

    def __init__(
        self,
        name: str,
        hall: Hall,
        terminal: Terminal,
        printer: Printer | None,
        outbox: Outbox | None,
        settings_file: Path,
        *,
        missing: Callable[[], frozenset[str]] = frozenset,
        ring: Callable[[int], None] = lambda percent: None,
        end: Callable[[int], None] = lambda code: None,
    ) -> None:
        self.name, self.software, self.slip_series = name, version("bancheng"), hall.slip_series
        self._hall, self._terminal, self._printer, self._outbox = hall, terminal, printer, outbox
        self._settings_file, self._missing, self._ring, self._end = settings_file, missing, ring, end
        self._settings = settings.load(settings_file)
        self._trial = ""
        self._unused: dict[str, int] | None = None

    # --- what it says of itself

    def printer(self) -> PrinterState:
        if not self._hall.terminal(self.name).printer:
            return PrinterState(condition="none")
        if self._printer is None:
            return PrinterState(condition="spool")
        try:
            waiting = self._printer.waiting
        except PrinterError:
            _log.exception("the spool cannot be counted")
            return PrinterState(condition="spool")
        state = self._terminal.slips.of(self._trial).state if self._trial else None
        return PrinterState(
            condition=self._printer.condition, waiting=waiting, trial=(state or "queued") if self._trial else ""
        )

    def hub(self) -> HubState:
        terminal = self._terminal
        return HubState(
            live=terminal.live,
            since=self._moment(terminal.hub_since),
            heard=self._moment(terminal.heard_at),
            addresses=", ".join(one.commands for one in self._hall.hubs),
            epoch=terminal.picture.epoch,
        )

    def outbox(self) -> OutboxState:
        """What lies on this kiosk's disk; nothing where it cannot be read, which is a trouble of its own."""
        if self._outbox is None:
            return OutboxState()
        try:
            refused = Counter(self._outbox.rejections().values())
            return OutboxState(waiting=self._outbox.count("waiting"), refused=tuple(sorted(refused.items())))
        except OutboxError:
            _log.exception("the outbox cannot be counted")
            return OutboxState()

    def slips(self) -> SlipsState:
        """The block that was asked for last, and whether a new one can be had."""
        return SlipsState(
            bar=self._bar(),
            most=self._terminal.policy.by_hand.at_kiosk.value,
            unused=self._unused,
            last=self._terminal.blocks.state,
        )

    def _bar(self) -> Bar:
        rules, terminal = self._terminal.policy.by_hand, self._terminal
        bars: dict[Bar, bool] = {
            "not_here": not rules.slips.value,
            "no_series": not self.slip_series,
            "windows_only": not rules.at_kiosk.value,
            "no_printer": terminal.paper is None,
            "outbox": not terminal.blocks.is_usable,
            "away": not terminal.live,
        }
        return next((code for code, so in bars.items() if so), "")

    def troubles(self) -> tuple[str, ...]:
        return tuple(sorted(self._terminal.troubles | self._missing()))

    def missing(self) -> frozenset[str]:
        """Codes of what is not installed."""
        return self._missing()

    @property
    def volume_percent(self) -> int:
        return self._settings.volume_percent

    # --- what it does

    def print_trial(self) -> None:
        self._trial = f"trial-{self._terminal.new_id()}"
        page = trial(self._hall, self.name, self._terminal.now, self.software)
        self._terminal.slips.print(self._trial, page)
        _log.info("a trial page was asked for in the staff corner")

    def paper_changed(self) -> None:
        """Has the printer asked how it is at once; what waits for it goes on by itself."""
        if self._printer is not None:
            self._printer.look_again()

    def count_slips(self) -> None:
        """Asks the hub how many slips are left; `slips` tells it when it has said."""
        self._unused = None
        self._terminal.ask(CountSlips(), self._counted)

    def ask_slips(self, service: str, count: int) -> None:
        _log.info("%d manual slips of %s were asked for in the staff corner", count, service)
        self._terminal.blocks.ask(service, count, self._terminal.new_id())

    def go_on_with_slips(self) -> None:
        self._terminal.blocks.go_on()

    def stop_slips(self) -> None:
        self._terminal.blocks.stop()

    def give_up_slips(self) -> None:
        _log.info("what is left of a block of manual slips was given up in the staff corner")
        self._terminal.blocks.give_up()

    def set_volume(self, percent: int) -> None:
        self._settings = Settings(volume_percent=percent)
        try:
            settings.save(self._settings_file, self._settings)
        except OSError as wrong:
            _log.error("%s cannot be written: %s; the volume lasts until the next start", self._settings_file, wrong)

    def ring(self) -> None:
        threading.Thread(target=self._ring, args=(self.volume_percent,), name="ring", daemon=True).start()

    def restart(self) -> None:
        _log.info("a restart was asked for in the staff corner")
        self._end(START_AGAIN)

    def _counted(self, answer: Answer | Unanswered) -> None:
        if isinstance(answer, SlipsLeft):
            self._unused = {one.service: one.blank for one in answer.services}

    def _moment(self, at: dt.datetime | None) -> str:
        return f"{at.astimezone(ZoneInfo(self._hall.timezone)):%m-%d %H:%M}" if at else ""
