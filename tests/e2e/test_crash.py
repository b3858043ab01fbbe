"""A hub killed fifty times under fifty clients keeps every answered command once."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.e2e.crash import crash

pytestmark = pytest.mark.e2e

CYCLES = 50


def test_a_hub_killed_fifty_times_keeps_every_answered_command_once_and_no_other_twice(tmp_path: Path) -> None:
    seed = secrets.token_hex(4)
    outcome = crash(tmp_path, CYCLES, seed)
    print(f"seed {seed}: {outcome.summary()}")
    assert outcome.faults == [], f"seed {seed}"
    asked = outcome.verdict["asked"]
    assert asked.keys() == {"FileComplaint", "TakeTicket", "CallNext", "ServeTicket", "FinishTicket"}
    assert outcome.verdict["answered"] > 10 * CYCLES
    assert outcome.verdict["unanswered"] > 0
