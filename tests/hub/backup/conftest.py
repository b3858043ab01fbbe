"""Founded halls, made once a run and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hub.config import HallDirectory
from tests.hub.backup.hall import back_up, file, found


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """山亭 with three cases; copy it, do not write to it."""
    place = found(tmp_path_factory.mktemp("backup") / "hall")
    file(place, 3)
    return place.path


@pytest.fixture
def place(founded: Path, tmp_path: Path) -> HallDirectory:
    """A hall of this test's own with three cases."""
    return HallDirectory(shutil.copytree(founded, tmp_path / "hall"))


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    """A folder on another disk, as it were."""
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(place: HallDirectory, backups: Path) -> Path:
    """A backup of the three cases."""
    return back_up(place, backups)[0]
