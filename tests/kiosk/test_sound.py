"""The test sound of the staff corner."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.sound import say_volume


def test_it_says_how_loud_it_is_at_that_loudness_in_its_turn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Any] = []
    lock = tmp_path / "voice.lock"

    def run(command: list[str], *, input: str, **_: Any) -> subprocess.CompletedProcess[str]:
        with lock.open("a") as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        asked.append((command[command.index("-a") + 1], input))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("kiosk.sound.subprocess", SimpleNamespace(run=run, TimeoutExpired=subprocess.TimeoutExpired))
    say_volume(40, lock)
    ((loudness, said),) = asked
    assert loudness == "80"
    assert "yin1 liang4" in said


def test_a_machine_that_cannot_speak_logs_what_to_do(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    def missing(*_: Any, **__: Any) -> None:
        raise FileNotFoundError("espeak-ng")

    monkeypatch.setattr(subprocess, "run", missing)
    say_volume(40, tmp_path / "voice.lock")
    assert "install espeak-ng" in caplog.text
