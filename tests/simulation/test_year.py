"""A large hall through the real service and store: a few days here, a year by `python -m benchmarks.year`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random

import pytest

from tests.hub.desk import HALLS, make_database
from tests.simulation.real import Year

MONDAY = dt.date(2026, 3, 2)


@pytest.mark.rule("R55")
def test_each_day_of_a_full_hall_is_explained_by_its_tables(tmp_path: Path) -> None:
    database = make_database(tmp_path / "hall.db", HALLS["shanting"], day=MONDAY - dt.timedelta(days=1))
    year = Year(database, 6, MONDAY)
    try:
        for number in range(2):
            year.day(MONDAY + dt.timedelta(days=number), 90, Random(number))
            assert year.wrong == []
    finally:
        year.close()
    assert year.refused.keys() <= {"queue_empty", "no_second_chance"}
    assert year.tickets > 150
    assert year.calls >= year.tickets * 0.9
    assert year.exceptions > 0
    assert max(year.passed) <= 3
