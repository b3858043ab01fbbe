"""What the kiosk tells of itself: changes at once, the rest regularly, a call for staff with an answer."""

from __future__ import annotations

from collections.abc import Callable

from hub.wire.messages import Answer, Done, Rejected, ReportHealth
from kiosk.health import CALL_LASTS_S, EVERY_S, Health


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
