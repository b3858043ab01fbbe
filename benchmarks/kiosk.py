"""The kiosk under Xvfb, touched by real touches: how soon a screen answers, how soon it starts, what it keeps.

Touch to screen is from the finger's release to the changed picture in the display's own memory. An empty Kivy window of
the same size is started in turn with the kiosk, both from bytecode, as they are installed. Memory is the window's own
(`Private_Dirty` of its smaps: pages of libraries and fonts are the file's, and count as private or shared by
who else has them open), before and after. Citizens touch as fast as the screen answers, one after another in a second.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from benchmarks.fingers import Fingers
from benchmarks.input_methods import handwriting_times, pinyin_times
from tests.processes import Processes, until
from tests.running_hall import KIOSK, RunningHall
from tests.screen import Screen

SHORTEST = ("start", "matter.transfer-sale", "reason.not_accepted", "next", "next", "anonymous", "submit")
"""Touch by touch to a filed complaint: nothing typed."""
AFTER = {"start": "matter", "matter.transfer-sale": "reason", "anonymous": "check", "submit": "done"}
STARTS, TIMED_SESSIONS, TURNS = 5, 40, 60
SUBMIT_EVERY = 20
WALKS_UP_S = 1.0
WARM_SESSIONS, LOOKS, AT_REST_S = 50, 9, 2.0
"""Memory is compared once everything has been used; single looks differ by ten megabytes either way."""
REHEARSED_S = 4.0
"""So long after its start a kiosk has made its screens once; nobody stands before it in that moment of the morning."""
LETTERS = "shi"
"""A syllable with several pages of candidates."""
OUT = Path("out/bench")
progress = Console(stderr=True)


def measure(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    sessions: Annotated[int, typer.Option(help="Sessions for the memory figure; each takes about a second.")] = 1000,
) -> None:
    """Measure the kiosk by real touches: answers, start, memory, candidates."""
    OUT.mkdir(parents=True, exist_ok=True)
    result: dict[str, Any] = {}
    with _hall() as (hall, processes):
        result |= measure_start(hall, processes)
        with _kiosk(hall, processes) as (screen, fingers):
            result |= measure_touches(screen, fingers)
            result |= measure_candidates(screen, fingers)
            result |= measure_memory(screen, fingers, processes, sessions)
    result |= pinyin_times() | handwriting_times()
    typer.echo(json.dumps(result, indent=None if json_only else 2))


@contextmanager
def _hall() -> Iterator[tuple[RunningHall, Processes]]:
    with tempfile.TemporaryDirectory(dir=OUT) as folder, Processes(Path(folder) / "logs") as processes:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder).absolute() / "bytecode")
        hall = RunningHall(Path(folder) / "hall", processes)
        hall.start_hub()
        hall.start_printer()
        hall.ready_hub()
        hall.ready_device("printer")
        yield hall, processes


@contextmanager
def _kiosk(hall: RunningHall, processes: Processes) -> Iterator[tuple[Screen, Fingers]]:
    screen = Screen(*KIOSK)
    hall.start_kiosk(screen)
    hall.ready_window("kiosk-1", screen)
    until("the waiting numbers", lambda: screen.seen().get("state") == "live")
    time.sleep(REHEARSED_S)  # nothing that is measured here begins before it has
    fingers = Fingers(screen)
    try:
        yield screen, fingers
    finally:
        fingers.close()
        processes.stop("kiosk-1")
        screen.close()


# --- start


def measure_start(hall: RunningHall, processes: Processes) -> dict[str, float]:
    """From the program's start to its first picture, in turn with an empty window; medians."""
    empty, kiosk = [], []
    for _ in track(range(1 + STARTS), "starts", console=progress):
        empty.append(_first_frame_s(processes, "empty", lambda screen: _start_empty(processes, screen)))
        kiosk.append(_first_frame_s(processes, "kiosk-1", hall.start_kiosk))
    del empty[0], kiosk[0]  # the first start compiles
    return {
        "empty_start_ms": round(statistics.median(empty) * 1000),
        "start_ms": round(statistics.median(kiosk) * 1000),
        "start_ratio": round(statistics.median(kiosk) / statistics.median(empty), 2),
    }


def _start_empty(processes: Processes, screen: Screen) -> None:
    processes.start("empty", "-m", "benchmarks.empty_window", *(str(px) for px in screen.size), env=screen.env)


def _first_frame_s(processes: Processes, name: str, start: Any) -> float:
    screen = Screen(*KIOSK)
    try:
        blank, began = screen.glance(), time.perf_counter()
        start(screen)
        until(f"the first frame of {name}", lambda: screen.glance() != blank, timeout_s=60, every_s=0.002)
        return time.perf_counter() - began
    finally:
        processes.stop(name)
        screen.close()


# --- touches


def measure_touches(screen: Screen, fingers: Fingers) -> dict[str, float | int]:
    """Every touch of the shortest way, again and again; choosing a reason changes little of the picture."""
    took: list[float] = []
    taps = 0
    for _ in track(range(TIMED_SESSIONS), "touches", console=progress):
        before = fingers.taps
        took += [_step(screen, fingers, key) for key in SHORTEST]
        taps = fingers.taps - before
        until("the receipt in the citizen's hand", lambda: screen.seen().get("state") == "answered.confirmed")
        took.append(fingers.touch("finish"))
        screen.at("home")
        time.sleep(WALKS_UP_S)  # the next citizen
    return {
        "touch_to_screen_p50_ms": round(statistics.median(took), 1),
        "touch_to_screen_p99_ms": round(_p99(took), 1),
        "touches": len(took),
        "taps_min": taps,
    }


def _step(screen: Screen, fingers: Fingers, key: str) -> float:
    where = screen.seen().get("screen")
    took = fingers.touch(key, part=0.002 if key.startswith("reason.") else 0.02)
    wanted = AFTER.get(key) or ({"reason": "words", "words": "contact"}.get(str(where)) if key == "next" else None)
    if wanted:
        until(f"the screen {wanted}", lambda: screen.seen().get("screen") == wanted, every_s=0.002)
    return took


def measure_candidates(screen: Screen, fingers: Fingers) -> dict[str, float]:
    """Pages of candidates turned as fast as they are drawn; the slowest page as frames a second."""
    for key in SHORTEST[:4]:
        _step(screen, fingers, key)
    for letter in LETTERS:
        fingers.touch(f"key.{letter}", part=0.0)
    took: list[float] = []
    turning = "candidates.after"
    for _ in track(range(TURNS), "candidates", console=progress):
        if not screen.has(turning):
            turning = "candidates.before" if turning == "candidates.after" else "candidates.after"
        page = screen.seen()["state"]
        took.append(fingers.touch(turning, part=0.0005))
        _turned(screen, page)
    _abandon(screen, fingers)
    return {"turn_p50_ms": round(statistics.median(took), 1), "fps_min": round(1000 / max(took), 1)}


def _turned(screen: Screen, page: str) -> None:
    """Until the map speaks of another page."""
    until("the next page", lambda: screen.seen().get("state") != page, every_s=0.002)


def _abandon(screen: Screen, fingers: Fingers) -> None:
    fingers.touch("abandon")
    fingers.touch("leave")
    screen.at("home")


# --- memory


def measure_memory(screen: Screen, fingers: Fingers, processes: Processes, sessions: int) -> dict[str, float | int]:
    """Sessions through the whole form; one in twenty is submitted, the others are given up at the check."""
    pid = processes.pid("kiosk-1")
    for _ in range(WARM_SESSIONS):
        _session(screen, fingers, submit=True)
    before = _at_rest_mb(screen, fingers, pid)
    for number in track(range(sessions), "sessions", console=progress):
        _session(screen, fingers, submit=number % SUBMIT_EVERY == 0)
    after = _at_rest_mb(screen, fingers, pid)
    return {
        "sessions": sessions,
        "memory_mb": round(after, 1),
        "memory_growth_mb": round(after - before, 2),
    }


def _session(screen: Screen, fingers: Fingers, *, submit: bool) -> None:
    for key in SHORTEST[:-1]:
        _step(screen, fingers, key)
    if submit:
        _step(screen, fingers, SHORTEST[-1])
        fingers.touch("finish")
        screen.at("home")
    else:
        _abandon(screen, fingers)


def _at_rest_mb(screen: Screen, fingers: Fingers, pid: int) -> float:
    """The median of some looks, each when nobody has touched for a moment: by then what went is collected."""
    looks = []
    for _ in range(LOOKS):
        _session(screen, fingers, submit=True)
        time.sleep(AT_REST_S)  # what went is collected half a second after the last touch
        looks.append(_private_mb(pid))
    return statistics.median(looks)


def _private_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


if __name__ == "__main__":
    typer.run(measure)
