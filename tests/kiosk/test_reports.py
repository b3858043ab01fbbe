"""The printer's word: told until the hub has dealt with it, dropped only when nothing is lost by that."""

from __future__ import annotations

import pytest

from hub.wire.messages import Done, LookupSecrets, Rejected, ReplacePaperCode, ReportPrint
from kiosk.reports import TELL_AGAIN_S, Reports
from printers.spool import Report
from tests.factories import CASE_NUMBER, lookup_keys
from tests.kiosk.bare_kiosk import Paper
from tests.kiosk.filing_desk import FakeHub


class Bench:
    def __init__(self) -> None:
        self.hub, self.paper = FakeHub(), Paper()
        self.heard: list[ReportPrint] = []
        self.reports = Reports(self.paper, self.hub.send, self.heard.append)

    def told(self, command: ReportPrint | ReplacePaperCode) -> Report:
        report = Report(place=7, command_id="9" * 32, command=command)
        self.paper.waiting.append(report)
        self.reports.poll(0.0)
        return report


def confirmed(case_number: str = CASE_NUMBER, detail: str = "") -> ReportPrint:
    return ReportPrint(job_id="0a" * 16, case_number=case_number, state="confirmed", detail=detail)


def replaced() -> ReplacePaperCode:
    keys = lookup_keys()
    return ReplacePaperCode(
        case_number=CASE_NUMBER, lost=keys.token, on_paper=LookupSecrets(token=keys.token, typed=keys.typed)
    )


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("code", ["internal", "store_failed"])
def test_a_report_that_the_hub_could_not_keep_is_told_again_until_it_is(bench: Bench, code: str) -> None:
    report = bench.told(confirmed())
    bench.hub.answer(report.command_id, Rejected(code=code, text="its log says why"))
    assert bench.paper.told == []
    bench.reports.poll(TELL_AGAIN_S - 1)
    assert len(bench.hub.sent) == 1
    bench.reports.poll(TELL_AGAIN_S)
    assert bench.hub.sent == [(report.command_id, report.command)] * 2
    bench.hub.answer(report.command_id, Done())
    assert bench.paper.told == [report]
    assert bench.heard == [report.command]


def test_a_refused_outcome_is_logged_and_dropped(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    report = bench.told(confirmed())
    bench.hub.answer(report.command_id, Rejected(code="unknown_case", text="no case"))
    assert bench.paper.told == [report]
    assert "unknown_case" in caplog.text
    assert bench.reports.troubles == frozenset()


def test_a_refused_code_of_a_lost_paper_is_kept_and_staff_hear_until_it_is_accepted(bench: Bench) -> None:
    report = bench.told(replaced())
    bench.hub.answer(report.command_id, Rejected(code="unknown_case", text="no case"))
    assert bench.paper.told == []
    assert bench.reports.troubles == {"paper_code_kept"}
    bench.reports.poll(TELL_AGAIN_S)
    assert bench.reports.troubles == {"paper_code_kept"}
    bench.hub.answer(report.command_id, Done())
    assert bench.paper.told == [report]
    assert bench.reports.troubles == frozenset()


def test_a_receipt_of_no_known_case_is_told_to_staff_as_a_trouble_of_the_kiosk(bench: Bench) -> None:
    report = bench.told(confirmed(case_number="", detail="row_unreadable"))
    bench.hub.answer(report.command_id, Rejected(code="unknown_case", text="no case"))
    assert bench.paper.told == [report]
    assert bench.reports.troubles == {"row_unreadable"}
