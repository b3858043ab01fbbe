"""The town of a story: `HALLS` and `FIRST_DAY` of its module say which halls, and when it begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Cluster
from tests.stories.town import Town, a_town


@pytest.fixture
def town(request: pytest.FixtureRequest, cluster: Cluster, tmp_path: Path) -> Iterator[Town]:
    made = a_town(cluster, tmp_path, request.module.FIRST_DAY, *request.module.HALLS)
    yield made
    made.close()
