"""The time that a kiosk dates by."""

from __future__ import annotations

import datetime as dt

from kiosk.hall_time import HallTime
from tests.factories import FILED_AT

YEAR = dt.timedelta(days=365)


def test_the_computer_s_clock_counts_until_the_hub_is_heard() -> None:
    time = HallTime(lambda: FILED_AT, lambda: 0.0)
    time.hear(None)
    assert time.now() == FILED_AT


def test_once_the_hub_was_heard_no_clock_that_is_set_moves_the_time() -> None:
    wall, counted_s = [FILED_AT - YEAR], [10.0]
    time = HallTime(lambda: wall[0], lambda: counted_s[0])
    time.hear(FILED_AT)
    counted_s[0] = 70.0
    wall[0] = FILED_AT + YEAR
    assert time.now() == FILED_AT + dt.timedelta(seconds=60)
    time.hear(FILED_AT)  # the same word of the hub's, asked for again at each poll
    assert time.now() == FILED_AT + dt.timedelta(seconds=60)
    time.hear(FILED_AT + dt.timedelta(seconds=61))
    assert time.now() == FILED_AT + dt.timedelta(seconds=61)
