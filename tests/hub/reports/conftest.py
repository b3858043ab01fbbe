"""Halls after a month, made once a run; reports only read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.config import HallDirectory
from tests.hub.reports.filled import filled


@pytest.fixture(autouse=True)
def _as_fast_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report makes its own process gentle, and here that is everybody's."""
    monkeypatch.setattr("os.nice", lambda _: 0)


@pytest.fixture(scope="session")
def shanting(tmp_path_factory: pytest.TempPathFactory) -> HallDirectory:
    return filled(tmp_path_factory.mktemp("reports") / "shanting")


@pytest.fixture(scope="session")
def wuxi(tmp_path_factory: pytest.TempPathFactory) -> HallDirectory:
    return filled(Path(tmp_path_factory.mktemp("reports")) / "wuxi", "wuxi")
