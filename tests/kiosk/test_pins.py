"""The lock of the staff corner: how long it makes a guesser wait, and what it keeps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from hub import durable, pins
from kiosk.pins import FAILURES_TO_TELL, Lock

PIN = "480615"
HASH = pins.hash_pin(PIN)


class Worker:
    """Does what it is given when the test says so."""

    def __init__(self) -> None:
        self.given: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []

    def submit(self, what: Callable[..., Any], *argv: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.given.append((future, what, argv))
        return future

    def work(self) -> None:
        for future, what, argv in self.given:
            try:
                future.set_result(what(*argv))
            except Exception as wrong:
                future.set_exception(wrong)
        self.given.clear()


class Door:
    """A lock with a clock and a worker in the test's hand; hashes are compared as they are, for argon2 takes 80 ms."""

    def __init__(self, folder: Path) -> None:
        self.now_s, self.worker = 100.0, Worker()
        self.pin_file = folder / "corner.pin"
        self.start()

    def start(self, is_right: Callable[[str, str], bool] = lambda known, pin: known == f"hash of {pin}") -> None:
        """The program starts (again)."""
        self.lock = Lock(self.pin_file, self.worker, lambda: self.now_s, is_right)  # type: ignore[arg-type]

    def set_pin(self, pin: str = PIN) -> None:
        durable.replace(self.pin_file, f"hash of {pin}\n".encode())

    def give(self, pin: str) -> str | None:
        self.lock.check(pin)
        self.worker.work()
        return self.lock.verdict()


@pytest.fixture
def door(tmp_path: Path) -> Door:
    door = Door(tmp_path)
    door.set_pin()
    return door


def test_the_right_pin_opens_and_a_wrong_one_does_not(door: Door) -> None:
    assert door.give("123456") == "wrong"
    door.now_s += 1
    assert door.give(PIN) == "right"
    assert door.lock.failures == 0
    assert door.lock.verdict() is None


def test_nothing_is_said_before_the_worker_is_done(door: Door) -> None:
    door.lock.check(PIN)
    assert door.lock.checking
    assert door.lock.verdict() is None
    door.lock.check("000000")
    assert len(door.worker.given) == 1
    door.worker.work()
    assert door.lock.verdict() == "right"
    assert not door.lock.checking


def test_a_verdict_that_was_dropped_comes_to_nobody_and_stays_counted(door: Door) -> None:
    door.lock.check(PIN)
    door.lock.drop()
    door.worker.work()
    assert door.lock.verdict() is None
    assert (door.lock.failures, door.lock.wait_s) == (1, 1)


def test_each_failure_doubles_the_wait_up_to_a_minute(door: Door) -> None:
    waits = []
    for _ in range(9):
        assert door.give("000000") == "wrong"
        waits.append(door.lock.wait_s)
        door.now_s += door.lock.wait_s
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_while_it_waits_no_pin_is_looked_at_not_even_the_right_one(door: Door) -> None:
    for _ in range(3):
        door.give("000000")
        door.now_s += door.lock.wait_s
    door.give("000000")
    door.now_s += 7.5
    assert door.lock.wait_s == 1
    assert door.give(PIN) is None
    door.now_s += 0.5
    assert door.give(PIN) == "right"


def test_a_restart_spares_no_wait(door: Door) -> None:
    for _ in range(5):
        door.give("000000")
        door.now_s += door.lock.wait_s
    door.start()
    assert door.lock.failures == 5
    assert door.lock.wait_s == 16
    assert door.give(PIN) is None


def test_a_program_killed_while_it_looks_has_counted_a_failure(door: Door) -> None:
    door.lock.check("000000")
    door.start()
    assert door.lock.failures == 1
    assert door.lock.wait_s == 1


def test_a_damaged_count_is_taken_for_many_failures(door: Door, tmp_path: Path) -> None:
    (tmp_path / "corner.failures").write_text("none")
    door.start()
    assert door.lock.failures == FAILURES_TO_TELL


def test_a_full_disk_keeps_nobody_out_who_knows_the_pin(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "replace", full)
    assert door.give("000000") == "wrong"
    assert door.lock.wait_s == 1
    door.now_s += 1
    assert door.give(PIN) == "right"


def test_many_failures_are_told_until_the_right_pin_comes(door: Door) -> None:
    for _ in range(FAILURES_TO_TELL):
        assert door.lock.troubles == frozenset()
        door.give("000000")
        door.now_s += 60
    assert door.lock.troubles == {"corner_pin_wrong"}
    door.give(PIN)
    assert door.lock.troubles == frozenset()


def test_without_a_pin_nothing_opens(tmp_path: Path) -> None:
    door = Door(tmp_path)
    assert not door.lock.has_pin
    assert door.give("") is None
    assert door.worker.given == []
    door.set_pin("591726")
    assert door.lock.has_pin
    assert door.give("591726") == "right"


def test_a_damaged_pin_opens_nothing_and_says_how_to_set_one(
    door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    door.pin_file.write_text("no argon2\n")
    door.start(pins.is_right)
    assert door.give(PIN) == "no_pin"
    assert "bancheng kiosk pin" in caplog.text


def test_neither_pin_nor_hash_is_ever_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    door = Door(tmp_path)
    for kept in (HASH, HASH[:50]):
        door.pin_file.write_text(f"{kept}\n")
        door.start(pins.is_right)
        for pin in ("591726", PIN):
            door.now_s += 60
            door.give(pin)
    said = " ".join(record.getMessage() + str(record.exc_text or "") + str(record.args) for record in caplog.records)
    assert "wrong PIN" in said
    assert "was opened" in said
    assert "cannot be used" in said
    for secret in (PIN, "591726", HASH, HASH[30:48], HASH[-30:-10]):
        assert secret not in said
        assert secret not in caplog.text


def test_the_count_holds_neither_pin_nor_hash(door: Door, tmp_path: Path) -> None:
    door.give("591726")
    (kept,) = [one for one in tmp_path.iterdir() if one != door.pin_file]
    assert kept.read_text() == "1\n"
    assert kept.stat().st_mode & 0o077 == 0
