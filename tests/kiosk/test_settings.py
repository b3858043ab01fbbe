"""What is set for one kiosk."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import settings
from kiosk.settings import VOLUMES, Settings


def test_what_was_set_is_there_at_the_next_start(tmp_path: Path) -> None:
    settings.save(tmp_path / "settings.json", Settings(volume_percent=100))
    assert settings.load(tmp_path / "settings.json") == Settings(volume_percent=100)


def test_nothing_set_is_what_the_program_ships_with(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "settings.json").volume_percent in VOLUMES


@pytest.mark.parametrize("content", ["", "{", '{"volume_percent": 3000}', '{"loud": 3}'])
def test_a_damaged_file_makes_no_noise(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert settings.load(tmp_path / "settings.json") == Settings()
