"""Wall and LED board while twenty windows call at random: how soon a call is seen, whether each is, what it costs.

Calls are read off the pictures of the screen and the emulated board's dots, never asked of the program. Milliseconds
are from the hub's answer to the window, which follows the commit at once, to changed pixels; the list of the last calls
is what is looked at, for a card may have to wait for its place. `missed` never stood in the list, or on no card, or on
no line of the board.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console

from benchmarks.watching_calls import CALL, POLL_S, Watch
from display.board import LISTED
from tests.many_windows import SERVICE, described, open_all
from tests.processes import Processes, until
from tests.running_hall import DESK, RunningHall
from tests.screen import Screen

OUT = Path("out/bench")
WINDOWS = range(21, 41)
IDLE_S = 20.0
WARM_EVENTS, LOOKS, LOOK_EVERY_S = 1000, 9, 0.5
console = Console(stderr=True)


def measure(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    calls: Annotated[int, typer.Option(help="Calls of the hour; more than 20 a minute wait for a card.")] = 120,
    minutes: Annotated[float, typer.Option(help="The minutes into which the hour is pressed.")] = 6.0,
    events: Annotated[int, typer.Option(help="Events for the memory figure.")] = 10_000,
) -> None:
    """Measure wall and LED board in a hall of twenty windows."""
    OUT.mkdir(parents=True, exist_ok=True)
    with _hall() as (hall, processes, screen):
        result: dict[str, Any] = measure_idle(processes)
        result |= measure_calls(hall, processes, screen, calls, minutes)
        result |= measure_memory(hall, processes, events)
    typer.echo(json.dumps(result, indent=None if json_only else 2))


@contextmanager
def _hall() -> Iterator[tuple[RunningHall, Processes, Screen]]:
    with tempfile.TemporaryDirectory(dir=OUT) as folder, Processes(Path(folder) / "logs") as processes:
        hall = RunningHall(Path(folder) / "hall", processes, more_terminals=described(WINDOWS))
        open_all(hall, WINDOWS)
        hall.start_hub()
        hall.start_board()
        hall.ready_hub()
        hall.ready_device("board")
        screen = Screen(*DESK)
        hall.start_wall(screen)
        hall.start_led()
        hall.ready_window("wall", screen)
        until("the wall's regions", lambda: "recent" in screen.seen()["touch"])
        try:
            yield hall, processes, screen
        finally:
            processes.stop("wall")
            screen.close()


# --- calls


class Called(NamedTuple):
    """One call that the hub answered."""

    number: str
    window: int
    at_s: float


def measure_calls(
    hall: RunningHall, processes: Processes, screen: Screen, calls: int, minutes: float
) -> dict[str, Any]:
    """An hour of twenty windows pressed into minutes, watched until nobody is called any more."""
    watch, lines = Watch(screen, processes.log("board")), b""
    watch.look()
    with _windows(hall, calls=calls, seconds=minutes * 60) as caller:
        os.set_blocking(caller.stdout.fileno(), False)
        while b"ended" not in lines or watch.calling():
            watch.look()
            lines += caller.stdout.read() or b""
            time.sleep(POLL_S)  # the cores are for what is measured
    told = [json.loads(line) for line in lines.splitlines()]
    made = [Called(one["number"], one["window"], one["at"]) for one in told if "number" in one]
    return _verdict(made, watch)


def _verdict(made: list[Called], watch: Watch) -> dict[str, Any]:
    lists, cards = watch.lists(), watch.cards()
    to_list = [_ms_to_list(call, lists) for call in made]
    to_board = [_ms_to_board(call, watch.led) for call in made]
    stood = [_stood_s(call, cards) for call in made]
    at_once = [
        ms for call, ms in zip(made, to_board, strict=True) if ms is not None and _line_was_free(call, watch.led)
    ]
    moved = [ms for ms in to_list if ms]
    return {
        "calls": len(made),
        "calls_missed": sum(ms is None or not stands for ms, stands in zip(to_list, stood, strict=True)),
        "calls_missed_led": sum(ms is None for ms in to_board),
        "call_to_pixels_p50_ms": round(statistics.median(moved), 1),
        "call_to_pixels_p99_ms": round(_p99(moved), 1),
        "card_stood_min_s": round(min(stood), 1),
        "calls_to_free_line": len(at_once),
        "call_to_led_p50_ms": round(statistics.median(at_once), 1) if at_once else None,
        "call_to_led_p99_ms": round(_p99(at_once), 1) if at_once else None,
        "call_to_led_max_s": round(max(ms for ms in to_board if ms is not None) / 1000, 1),
    }


def _ms_to_list(call: Called, lists: list[tuple[float, list[str]]]) -> float | None:
    """Until the list moved for it; 0 for who stood at its head already, and None where it never did.

    Calls of one moment come in one picture, the last of them at the head: none of them is further down than before.
    """
    before = next((numbers for at, numbers in reversed(lists) if at < call.at_s), [])
    place = before.index(call.number) if call.number in before else LISTED
    if place == 0:
        return 0.0
    after = (at for at, numbers in lists if at >= call.at_s and call.number in numbers[: place + 1])
    return next(((at - call.at_s) * 1000 for at in after), None)


def _ms_to_board(call: Called, board: list[tuple[float, list[str]]]) -> float | None:
    line = f"{call.number}{CALL}{call.window}号窗口"
    return next(((at - call.at_s) * 1000 for at, lines in board if at >= call.at_s and line in lines), None)


def _line_was_free(call: Called, board: list[tuple[float, list[str]]]) -> bool:
    lines = next((lines for at, lines in reversed(board) if at < call.at_s), [])
    return any(CALL not in line for line in lines)


def _stood_s(call: Called, cards: list[tuple[float, list[str]]]) -> float:
    """How long a card with number and window was seen after the call."""
    words = f"{call.number}{call.window}"
    seen = [at for at, shown in cards if at >= call.at_s and words in shown]
    return seen[-1] - seen[0] if seen else 0.0


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


@contextmanager
def _windows(hall: RunningHall, **how: float) -> Iterator[subprocess.Popen[bytes]]:
    argv = [sys.executable, "-m", "benchmarks.calling_windows", "--hall", str(hall.directory.path)]
    argv += [f"--window={number}" for number in WINDOWS] + ["--service", SERVICE]
    argv += [f"--{name}={value}" for name, value in how.items()]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as caller:
        assert caller.stdin is not None
        assert caller.stdout is not None
        assert caller.stdout.readline() == b"ready\n"
        caller.stdin.write(b"\n")
        caller.stdin.flush()
        yield caller


# --- what it costs


def measure_idle(processes: Processes) -> dict[str, float]:
    """The wall's part of one core while nothing happens."""
    pid = processes.pid("wall")
    time.sleep(5)  # a program that has just started is not idle
    before = _cpu_s(pid)
    time.sleep(IDLE_S)  # nothing happens: that is what is measured
    return {"idle_cpu_percent": round((_cpu_s(pid) - before) / IDLE_S * 100, 1)}


def measure_memory(hall: RunningHall, processes: Processes, events: int) -> dict[str, float]:
    """The wall's own memory before and after so many events."""
    pid = processes.pid("wall")
    told = []
    for count in (WARM_EVENTS, events):
        with _windows(hall, events=count) as caller:
            assert caller.stdout is not None
            assert "ended" in caller.stdout.read().decode()
        told.append(_at_rest_mb(pid))
    return {"wall_memory_mb": round(told[1], 1), "wall_memory_growth_mb": round(told[1] - told[0], 2)}


def _at_rest_mb(pid: int) -> float:
    looks = []
    for _ in range(LOOKS):
        time.sleep(LOOK_EVERY_S)  # looks are apart, so that one moment does not decide
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        looks.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024)
    return statistics.median(looks)


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    typer.run(measure)
