"""What the kiosk tells of itself: changes at once, the rest regularly, a call for staff with an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.wire.messages import Answer, Done, Rejected, ReportHealth
from kiosk.health import CALL_LASTS_S, EVERY_S, STANDS_S, Health, PrinterHealth
from printers.status import Condition


class Sent:
    def __init__(self) -> None:
        self.reports: list[ReportHealth] = []
        self._then: list[Callable[[Answer], None]] = []
        self.health = Health(self._send)

    def _send(self, report: ReportHealth, then: Callable[[Answer], None]) -> None:
        self.reports.append(report)
        self._then.append(then)

    def answer(self, answer: Answer) -> None:
        self._then.pop(0)(answer)


NONE: frozenset[str] = frozenset()


def none() -> int:
    return 0


def test_a_report_goes_out_at_once_and_then_regularly() -> None:
    sent = Sent()
    sent.health.poll(0.0, NONE, none)
    sent.answer(Done())
    sent.health.poll(EVERY_S - 0.1, NONE, none)
    assert len(sent.reports) == 1
    sent.health.poll(EVERY_S, NONE, lambda: 2)
    assert sent.reports[-1] == ReportHealth(troubles=(), outbox=2)


def test_a_changed_trouble_is_reported_at_once_but_never_before_the_last_answer() -> None:
    sent = Sent()
    sent.health.poll(0.0, NONE, none)
    sent.health.poll(0.1, frozenset({"spool_failed"}), none)
    assert len(sent.reports) == 1
    sent.answer(Done())
    sent.health.poll(0.2, frozenset({"spool_failed"}), none)
    assert sent.reports[-1].troubles == ("spool_failed",)


def test_a_call_for_staff_is_a_trouble_and_is_heard_when_the_hub_has_it() -> None:
    sent, heard = Sent(), []
    sent.health.poll(0.0, NONE, none)
    sent.health.call_staff(1.0, lambda: heard.append("heard"))
    sent.answer(Done())
    assert heard == []  # that was the answer to the report before
    sent.health.poll(1.1, NONE, none)
    assert sent.reports[-1].troubles == ("staff_called",)
    sent.answer(Done())
    assert heard == ["heard"]


def test_a_refused_report_does_not_claim_that_staff_were_told() -> None:
    sent, heard = Sent(), []
    sent.health.call_staff(0.0, lambda: heard.append("heard"))
    sent.health.poll(0.1, NONE, none)
    sent.answer(Rejected(code="not_permitted", text=""))
    assert heard == []


def test_a_call_ends_after_a_while_so_that_the_next_one_calls_anew() -> None:
    sent = Sent()
    sent.health.call_staff(0.0, lambda: None)
    sent.health.poll(0.1, NONE, none)
    sent.answer(Done())
    sent.health.poll(CALL_LASTS_S, NONE, none)
    assert sent.reports[-1].troubles == ()


class Printing:
    """A printer that is as it is told to be."""

    def __init__(self) -> None:
        self.condition: Condition = "ready"
        self.now_s = 0.0
        self.health = PrinterHealth(lambda: self.condition, lambda: self.now_s)


@pytest.mark.parametrize("condition", ["paper_out", "paper_near_end"])
def test_paper_that_ends_is_told_at_once(condition: Condition) -> None:
    printing = Printing()
    printing.condition = condition
    assert printing.health.troubles == {condition}
    printing.condition = "ready"
    assert printing.health.troubles == NONE


@pytest.mark.parametrize(
    ("condition", "code"), [("silent", "printer_silent"), ("fault", "printer_fault"), ("cover_open", "cover_open")]
)
def test_what_passes_by_itself_is_told_when_it_does_not(condition: Condition, code: str) -> None:
    printing = Printing()
    printing.condition = condition
    assert printing.health.troubles == NONE
    printing.now_s = STANDS_S - 0.1
    assert printing.health.troubles == NONE
    printing.now_s = STANDS_S
    assert printing.health.troubles == {code}
    printing.condition = "ready"
    assert printing.health.troubles == NONE
    printing.condition = condition
    assert printing.health.troubles == NONE  # it begins anew
