"""Small files that survive a power cut."""

from __future__ import annotations

import stat
from pathlib import Path

from hub import durable


def test_a_file_is_replaced_whole_and_with_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "made" / "kept"
    durable.replace(path, b"one", 0o600)
    durable.replace(path, b"two", 0o600)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["kept"]


def test_what_a_power_cut_left_half_written_is_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    durable.replace(path, b"one")
    (tmp_path / "kept.new").write_bytes(b"tw")
    assert path.read_bytes() == b"one"
    durable.replace(path, b"two")
    assert path.read_bytes() == b"two"
