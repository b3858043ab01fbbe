"""What holds for every test: nothing is judged by how long it took; one PostgreSQL for a run; long modules first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Cluster
from tests.processes import Processes

os.environ.pop("COLUMNS", None)  # how wide whoever runs the tests has it says nothing about what commands print
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # each of a thousand started programs would compile all modules anew
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """Programs of one test; the end of it stops them all, and `logs/` has what they said."""
    with Processes(tmp_path / "logs") as running:
        yield running


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this run's own; started by the first test that asks for it."""
    made = Cluster()
    yield made
    made.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Modules with real processes come first: one of them begun last would keep one core busy and the others idle."""
    long = {item.path for item in items if item.get_closest_marker("e2e")}
    items.sort(key=lambda item: item.path not in long)
