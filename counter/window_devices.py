"""What hangs on a window beside its screen: the scanner that opens cases and the pad on which a closed one is rated."""

from __future__ import annotations

import time
from collections.abc import Callable

from counter.pad_rating import PadRating, State, asks_after
from counter.steps.shape import ActionCode
from counter.wording import Wording
from hub.config import BadHall
from hub.domain import pads as tables
from hub.domain.hall import Terminal
from hub.wire.messages import CaseLine, RateCase, TicketView
from printers import pads, scanners
from printers.pads import RatingPad
from printers.scanners import SerialScanner


class WindowDevices:
    """Those that `hall.toml` gives this terminal, if any. `rate` sends what was pressed.

    Raises `BadHall` for a pad whose keys mean levels that the hall's policy has not.
    """

    def __init__(
        self,
        terminal: Terminal,
        say: Wording,
        rate: Callable[[RateCase], None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._say, self._policy, self._rate, self._now_s = say, say.policy, rate, now_s
        self._scanner: SerialScanner | None = None
        self._pad: RatingPad | None = None
        if terminal.scanner is not None:
            self._scanner = SerialScanner(scanners.connector(terminal.scanner), now_s)
        if terminal.pad is not None:
            if unknown := tables.unknown_levels(terminal.pad, say.policy):
                known = ", ".join(one.code for one in say.policy.rating.levels.value)
                raise BadHall(
                    f"terminal {terminal.name}: pad.presses means {', '.join(unknown)}, which {say.policy.name} has "
                    f"not; its levels are {known}: mend that in hall.toml and start again"
                )
            self._pad = RatingPad(terminal.pad, pads.connector(terminal.pad), now_s)
            self._rating = PadRating(terminal.pad.within_s)
        for device in self._all:
            device.start()

    @property
    def troubles(self) -> tuple[str, ...]:
        """Codes of what cannot be heard just now."""
        return tuple(sorted(one.trouble for one in self._all if one.trouble))

    @property
    def asks(self) -> State:
        """Whether the pad waits for a press, or has just taken one."""
        return self._rating.state(self._now_s()) if self._pad is not None else ""

    def codes(self) -> list[str]:
        """What was scanned since the last time."""
        return self._scanner.codes() if self._scanner is not None else []

    def poll(self, staff: bool) -> None:
        """Takes in what was pressed; without anybody logged in (`staff`) it is nobody's."""
        if self._pad is None:
            return
        for level in self._pad.heard():
            case_number = self._rating.press(self._now_s()) if staff else ""
            if case_number:
                self._rate(self._rating_of(case_number, level))

    def done(self, code: ActionCode, line: CaseLine, current: TicketView | None) -> None:
        """A step of a case was carried out here, with that ticket at the window. A case that it closed may be rated.

        While somebody stands here, only their own case: who hears an answer by phone is not the one at the pad.
        """
        if self._pad is None:
            return
        if code == "rate":
            self._rating.rated(line.case_number)
        elif asks_after(code, line.stage, self._policy) and (
            current is None or current.case_number == line.case_number
        ):
            self._rating.closed(line.case_number, self._now_s())
            self._pad.ask()

    def gone(self) -> None:
        """Whoever stood here is gone: another was called, or the shift is over."""
        if self._pad is not None:
            self._rating.forget()

    def _rating_of(self, case_number: str, level: str) -> RateCase:
        """A pad takes no words: what stands in the timeline, and goes with a case that is sent back, says so."""
        name = next(one.name for one in self._policy.rating.levels.value if one.code == level)
        return RateCase(case_number=case_number, level=level, text=self._say.words("pad.remark", level=name))

    def close(self) -> None:
        for device in self._all:
            device.stop()

    @property
    def _all(self) -> list[SerialScanner | RatingPad]:
        return [one for one in (self._scanner, self._pad) if one is not None]
