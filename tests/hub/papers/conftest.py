"""A hub that works by whichever of the five documents a test asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hub.desk import Desk
from tests.hub.papers.filled import at_desk

AtDesk = Callable[[str], Desk]


@pytest.fixture
def hub_of(tmp_path: Path) -> Iterator[AtDesk]:
    made: list[Desk] = []

    def of(policy: str) -> Desk:
        made.append(at_desk(tmp_path, policy))
        return made[-1]

    yield of
    for desk in made:
        desk.close()
