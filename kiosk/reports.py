"""The printer's word on its way to the hub: each report is off the spool only when the hub has dealt with it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

from hub.wire.messages import Answer, Command, Rejected, ReplacePaperCode, ReportPrint
from printers.errors import SpoolUnusable
from printers.spool import Report

_log = logging.getLogger(__name__)

Send = Callable[[Command, Callable[[Answer], None], str], object]

TELL_AGAIN_S = 30.0
ABOUT_THE_HUB = frozenset({"internal", "store_failed"})
"""Refusals that say nothing about a report: it is told again."""


class Reporting(Protocol):
    """What prints and reports; `printers.station.Station` is one."""

    spool_failed: bool

    def reports(self, timeout_s: float = 0.0) -> list[Report]: ...
    def delivered(self, report: Report) -> None: ...


class Reports:
    """One printer's reports. `heard` gets each outcome of a job, for the citizen who may still stand here."""

    def __init__(self, paper: Reporting, send: Send, heard: Callable[[ReportPrint], None]) -> None:
        self._paper = paper
        self._send = send
        self._heard = heard
        self._again: list[Report] = []
        self._told_s = float("-inf")
        self._stuck: dict[int, str] = {}
        """What went wrong with a report that is told again, by its place, as a trouble's code."""
        self._lost: set[str] = set()

    @property
    def troubles(self) -> frozenset[str]:
        """What staff should know: `spool_failed`, `paper_code_kept` (a lost paper's code still opens its case), or why
        a receipt of no known case was lost."""
        failed = {"spool_failed"} if self._paper.spool_failed else set()
        return frozenset(self._stuck.values()) | failed | self._lost

    def poll(self, now_s: float) -> None:
        """New reports at once, and every half minute those that were not dealt with."""
        for report in self._paper.reports():
            self._tell(report)
            if isinstance(report.command, ReportPrint):
                self._heard(report.command)
        if now_s - self._told_s >= TELL_AGAIN_S:
            self._told_s = now_s
            again, self._again = self._again, []
            for report in again:
                self._tell(report)

    def _tell(self, report: Report) -> None:
        self._send(report.command, lambda answer: self._answered(report, answer), report.command_id)

    def _answered(self, report: Report, answer: Answer) -> None:
        told = report.command
        if isinstance(answer, Rejected):
            _log.error("the hub refused a report on %s: %s (%s)", told.case_number, answer.code, answer.text)
            if isinstance(told, ReplacePaperCode):
                self._tell_again(report, "paper_code_kept")
                return
            if answer.code in ABOUT_THE_HUB:
                self._tell_again(report)
                return
            if not told.case_number:
                self._lost.add(told.detail)
        try:
            self._paper.delivered(report)
        except SpoolUnusable:
            _log.exception("report %s cannot be taken off the spool; it is told again", report.place)
            self._tell_again(report, "spool_failed")
        else:
            self._stuck.pop(report.place, None)

    def _tell_again(self, report: Report, trouble: str = "") -> None:
        self._again.append(report)
        if trouble:
            self._stuck[report.place] = trouble
