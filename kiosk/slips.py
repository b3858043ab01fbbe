"""Slips of numbers, times and notices on their way to paper: one for each job, however often its answer comes.

A slip is for who stands here now: one that cannot be printed is said so on the screen, where the number stays, and is
not tried again behind the citizen's back.
"""

from __future__ import annotations

import logging
from typing import Protocol

from hub.domain.hall import Value
from hub.wire.messages import PrintState, ReportPrint
from kiosk.filed import PaperState, on_paper
from printers.errors import PrinterError
from printers.notice_slip import NoticeSlip
from printers.number_slip import NumberSlip, TimeSlip
from printers.trial import Trial

_log = logging.getLogger(__name__)

Slip = NumberSlip | TimeSlip | NoticeSlip | Trial


class SlipPrinter(Protocol):
    """What takes a slip durably, the same job id once; `printers.station.Station` is one."""

    def print(self, job_id: str, paper: Slip) -> None: ...


class Printed(Value, frozen=True):
    """How far a slip is, by the printer's own word; `trouble` keeps it from the paper."""

    state: PrintState | None = None
    trouble: str = ""

    @property
    def paper(self) -> PaperState:
        """What the screen says of it."""
        return on_paper(self.state, self.trouble)


NO_PAPER = Printed(state="failed", trouble="no_printer")


class Slips:
    """The slips of the citizen who stands here; `printer` is None where the kiosk has none."""

    def __init__(self, printer: SlipPrinter | None) -> None:
        self._printer = printer
        self._under_way: dict[str, Printed] = {}
        self.troubles: frozenset[str] = frozenset()
        """What staff should know: `spool_failed`."""

    def print(self, job_id: str, slip: Slip) -> None:
        """Takes a slip into the spool; what becomes of it is told by `of`."""
        if self._printer is None:
            return
        try:
            self._printer.print(job_id, slip)
        except PrinterError as wrong:
            _log.exception("the slip %s could not be taken into the spool", job_id)
            self._under_way[job_id] = Printed(state="failed", trouble=wrong.code)
            self.troubles = frozenset({"spool_failed"})
        else:
            self._under_way.setdefault(job_id, Printed())
            self.troubles = frozenset()

    def heard(self, told: ReportPrint) -> bool:
        """Takes in the printer's word on this citizen's slip, or on its 补打 (`<job id>/...`); whether it was one."""
        job_id = told.job_id.partition("/")[0]
        if job_id not in self._under_way:
            return False
        self._under_way[job_id] = Printed(state=told.state, trouble=told.detail)
        return True

    def of(self, job_id: str) -> Printed:
        return self._under_way.get(job_id, NO_PAPER)

    def forget(self) -> None:
        """The next citizen: what the printer still says is about nobody here."""
        self._under_way.clear()
