"""What holds for every test: nothing is judged by how long it took; one PostgreSQL is enough for a run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Cluster

os.environ.pop("COLUMNS", None)  # how wide whoever runs the tests has it says nothing about what commands print
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this run's own; started by the first test that asks for it."""
    made = Cluster()
    yield made
    made.close()
