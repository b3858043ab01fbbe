"""A hall after years: look-up, list of overdue cases, month's figures and the hub's start on a million cases.

Everything is read by the hub's own functions, on a store that `benchmarks.large_store` builds once and keeps. A look-up
is timed twice for each case: the first one reads what it needs from the disk (`lookup_first_p50_ms`), the second is
what counts, for the cases that people ask for are in the machine's memory.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.large_store import EVENTS_A_CASE, large_store, token
from hub import keys
from hub.__main__ import log_as_json
from hub.config import HallDirectory
from hub.domain.hall import Terminal
from hub.service import reading
from hub.service.books import Actor, Asked, Books
from hub.service.opening import open_books
from hub.store import figures, grievances, views
from hub.store.sealing import Sealer
from hub.store.sqlite import SqliteStore
from hub.wire import messages as m

OUT = Path("out/bench")
CASES = 1_000_000
TIMES = 500
screen = Console(stderr=True)


def measure_scale(cases: int = CASES, out: Path = OUT) -> dict[str, float | int]:
    """Milliseconds and seconds by name; the store is built first when it is not there."""
    place = large_store(out, cases, screen)
    began = time.perf_counter()
    store, books = _opened(place)
    opening_s = time.perf_counter() - began
    now = dt.datetime.now(dt.UTC)
    hall, day = books.hall.code, books.business_date
    month = (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    chosen = random.Random(11).sample(range(cases), min(TIMES, cases))
    asked = Asked("0" * 32, Actor(Terminal(name="web", role="web")), now)
    with store.reading() as db:

        def look_up(secret: str) -> m.Answer:
            return reading.answer(db, books, asked, m.LookUp(secret=secret))

        from_disk = [_took_ms(lambda n=n: _found(look_up(token(n)))) for n in chosen]
        look_ups = [_took_ms(lambda n=n: _found(look_up(token(n)))) for n in chosen]
        unknown = [_took_ms(lambda: look_up("x" * 22)) for _ in range(TIMES)]
        overdue = [_took_ms(lambda: views.overdue(db, hall, day)) for _ in range(TIMES)]
        hidden = grievances.hidden_from(hall, "06", "")
        listed = [_took_ms(lambda: views.lines(db, hall, hidden=hidden)) for _ in range(50)]
        newest = [_took_ms(lambda: views.lines(db, hall, only_open=False, hidden=hidden)) for _ in range(50)]
        report_s = [_took_ms(lambda: figures.of_month(db, hall, month, books.zone)) / 1000 for _ in range(10)]
        result = {
            "scale_cases": cases,
            "scale_events": cases * EVENTS_A_CASE,
            "scale_gb": round(place.database.stat().st_size / 1e9, 2),
            "lookup_p99_ms": round(_p99(look_ups), 3),
            "lookup_p50_ms": round(statistics.median(look_ups), 3),
            "lookup_first_p50_ms": round(statistics.median(from_disk), 3),
            "lookup_unknown_p99_ms": round(_p99(unknown), 3),
            "overdue_p99_ms": round(_p99(overdue), 3),
            "overdue_p50_ms": round(statistics.median(overdue), 3),
            "overdue_listed": len(views.overdue(db, hall, day)),
            "open_list_p50_ms": round(statistics.median(listed), 2),
            "newest_list_p50_ms": round(statistics.median(newest), 2),
            "month_report_s": round(max(report_s), 4),
            "month_report_cases": figures.of_month(db, hall, month, books.zone).filed,
            "opening_s": round(opening_s, 3),
        }
    store.close()
    return result


def _opened(place: HallDirectory) -> tuple[SqliteStore, Books]:
    """As the hub opens its books before it is ready."""
    store = SqliteStore(place.database)
    sealer = Sealer(keys.load_secret(place.data_key), keys.load_secret(place.pepper))
    books = Books(place.hall(), place.policy(), place.published(), sealer)
    with store.transaction() as tx:
        open_books(tx, books, dt.datetime.now(dt.UTC))
    return store, books


def _found(answer: m.Answer) -> None:
    assert isinstance(answer, m.Progress), answer


def _took_ms(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def run(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    cases: Annotated[int, typer.Option(help="Fewer of them, for a trial.")] = CASES,
) -> None:
    """Build the large store when it is not there, and measure how fast the hub reads it."""
    log_as_json()  # on standard error: standard output is the result's
    typer.echo(json.dumps(measure_scale(cases), indent=None if json_only else 2))


if __name__ == "__main__":
    typer.run(run)
