"""What is wrong with a case's time, in every hall that counts it."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.breach import Record, breaches
from hub.domain.policy.clock import BreachCode
from tests import factories

HALLS = ("yueyang", "shanting", "dahepingxiang", "yunfu", "wuxi")
DUE = dt.date(2026, 11, 25)
BEFORE, AFTER = DUE - dt.timedelta(days=1), DUE + dt.timedelta(days=1)


def record(answered: dt.date | None = None, *, told: bool = False, extended: bool = False) -> Record:
    return Record(due=DUE, answered=answered, told=told, extended=extended)


@pytest.mark.rule("R28")
@pytest.mark.parametrize("hall", HALLS)
@pytest.mark.parametrize(
    ("kept", "today", "codes"),
    [
        (record(), DUE, ()),
        (record(), AFTER, ("late", "late_without_extension", "no_reply")),
        (record(extended=True), AFTER, ("late", "no_reply")),
        (record(BEFORE), DUE, ()),
        (record(BEFORE), AFTER, ("result_not_delivered",)),
        (record(BEFORE, told=True), AFTER, ()),
        (record(AFTER, told=True), AFTER, ("late", "late_without_extension")),
        (record(AFTER, extended=True), AFTER, ("late", "result_not_delivered")),
    ],
)
def test_every_hall_that_counts_a_breach_finds_it_in_the_record(
    hall: str, kept: Record, today: dt.date, codes: tuple[BreachCode, ...]
) -> None:
    counted = factories.a_policy(hall).clock.breaches.value
    assert counted == ("late", "late_without_extension", "result_not_delivered", "no_reply")
    assert breaches(factories.a_policy(hall), kept, today) == codes
