"""Logins that wait for the worker: few, whoever asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hub import logins, pins
from hub.domain.hall import Terminal
from hub.gate import NOBODY
from hub.logins import CHECKED_AT_ONCE, PIN_TRIES, PinChecks
from hub.service.books import Actor, Asked
from hub.wire.messages import Rejected
from tests import factories


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A worker that checks nothing until it is let go."""
    go = threading.Event()
    monkeypatch.setattr(pins, "is_right", lambda _hash, _pin: go.wait(30) and False)
    yield go
    go.set()


def begin(checks: PinChecks, terminal: str, number: int) -> str:
    asked = Asked(f"{number:032x}", Actor(Terminal(name=terminal, role="window")), factories.FILED_AT)
    refusal = checks.begin(NOBODY, asked, None, "480615")
    return refusal.code if isinstance(refusal, Rejected) else "checked"


def test_a_terminal_has_few_logins_checked_at_a_time(held: threading.Event) -> None:
    checks = PinChecks(wake=lambda: None)
    assert [begin(checks, "window-1", number) for number in range(PIN_TRIES)] == ["checked"] * PIN_TRIES
    assert begin(checks, "window-1", 99) == "pin_locked"
    assert begin(checks, "window-1", 0) == "checked", "a resend joins its first"
    held.set()
    checks.close()


def test_all_terminals_together_have_few_logins_checked_at_a_time(held: threading.Event) -> None:
    woken = threading.Semaphore(0)
    checks = PinChecks(wake=woken.release)
    told = [begin(checks, f"window-{number}", number) for number in range(CHECKED_AT_ONCE + 3)]
    assert told == ["checked"] * CHECKED_AT_ONCE + ["too_many"] * 3
    held.set()
    for _ in range(CHECKED_AT_ONCE):
        assert woken.acquire(timeout=30)
    assert len(checks.done()) == CHECKED_AT_ONCE
    assert begin(checks, "window-99", 99) == "checked"
    checks.close()
    assert logins.WRONG_PIN.code == "wrong_pin"
