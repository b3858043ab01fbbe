"""The log's own rules: what is left out, what is counted, what is remembered."""

from __future__ import annotations

import io
import json
import sqlite3
from typing import Any

import pytest
import structlog

from hub.errors import HubError, Refused
from hub.logs import LINES_AT_ONCE, QUIET_S, Throttle, Watch, case_of
from hub.wire import messages as m

TELEPHONE = "13987654321"


@pytest.fixture
def log(hub_log: tuple[io.BytesIO, Watch]) -> tuple[Any, io.BytesIO, Watch]:
    """A logger, what it wrote, and its watch."""
    return structlog.get_logger(), *hub_log


def lines(written: io.BytesIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.rule("R69")
@pytest.mark.parametrize(
    "wrong",
    [KeyError(TELEPHONE), ValueError(f"{TELEPHONE} is no number"), Refused("unknown_case", f"no case {TELEPHONE}")],
    ids=lambda wrong: type(wrong).__name__,
)
def test_an_exception_is_told_with_its_place_and_without_its_words(log: Any, wrong: Exception) -> None:
    logger, written, _ = log

    def handler(phone: str) -> None:
        try:
            raise wrong
        except Exception as first:
            raise RuntimeError(phone) from first

    try:
        handler(TELEPHONE)
    except RuntimeError:
        logger.exception("command.failed", command_id="c0ffee")
    (line,) = lines(written)
    assert TELEPHONE.encode() not in written.getvalue()
    assert "builtins.RuntimeError" in line["exception"]
    assert f"caused by {type(wrong).__module__}.{type(wrong).__qualname__}" in line["exception"]
    assert "in handler" in line["exception"]
    assert __file__ in line["exception"]
    assert line["command_id"] == "c0ffee"


@pytest.mark.parametrize(
    "wrong", [OSError(28, "No space left on device"), sqlite3.OperationalError("disk I/O error"), HubError("no key")]
)
def test_what_machine_and_database_say_is_kept(log: Any, wrong: Exception) -> None:
    logger, written, _ = log
    try:
        raise wrong
    except Exception:
        logger.exception("round.failed")
    assert str(wrong) in lines(written)[0]["exception"]


def test_a_line_that_a_terminal_repeats_is_written_a_few_times_and_then_counted() -> None:
    now = 0.0
    throttle = Throttle(lambda: now)

    def written(terminal: str) -> dict[str, Any] | None:
        try:
            return dict(throttle(None, "warning", {"event": "frame.rejected", "terminal": terminal}))
        except structlog.DropEvent:
            return None

    said = [written("kiosk-1") for _ in range(1000)]
    assert [line is not None for line in said] == [True] * LINES_AT_ONCE + [False] * (1000 - LINES_AT_ONCE)
    assert written("wall") is not None, "another terminal's lines are its own"
    now = QUIET_S
    assert written("kiosk-1") == {
        "event": "frame.rejected",
        "terminal": "kiosk-1",
        "unsaid": 1000 - LINES_AT_ONCE,
    }


def test_what_the_hub_says_of_itself_is_never_left_out() -> None:
    throttle = Throttle(lambda: 0.0)
    for _ in range(1000):
        assert throttle(None, "info", {"event": "complaint.filed"})


def test_warnings_and_errors_are_counted_though_they_are_left_out_and_the_last_is_remembered(log: Any) -> None:
    logger, written, watch = log
    for _ in range(100):
        logger.warning("frame.rejected", terminal="kiosk-1")
    logger.error("store.failed")
    logger.info("complaint.filed")
    assert watch.counts == {"frame.rejected": 100, "store.failed": 1}
    assert watch.last is not None
    assert watch.last.event == "store.failed"
    assert len(lines(written)) == LINES_AT_ONCE + 2


def test_a_command_s_case_is_the_one_it_names() -> None:
    number = "370406-20261123-0007-3"
    assert case_of(m.AnswerOnTheSpot(case_number=number, text="已办。")) == number
    assert case_of(m.AcceptWorkOrder(work_order_id=f"{number}/2")) == number
    assert case_of(m.CallNext()) == ""
