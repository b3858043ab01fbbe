"""How soon a window sees what is like its case, among a hundred thousand closed ones, and what it costs the hub's loop.

Texts are put together from what citizens say in the demonstration's complaints, each with a few words of its own; the
questions are some of them with one character in ten written wrong, every other one in Traditional script.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from opencc import OpenCC
from rich.console import Console
from rich.progress import track

from hub import keys
from hub.domain.numbers import case_number
from hub.knowledge.beside import Beside
from hub.store.sealing import Person, Sealer
from tests import factories
from tests.hub.archive.conftest import Kept
from tests.hub.desk import HALLS
from tests.hub.knowledge.test_searching import answered

CASES_A_DAY = 400
OWN_WORDS, WRONG = range(4, 13), 0.1
POLL_S = 0.001
progress = Console(stderr=True)


def measure(
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    cases: Annotated[int, typer.Option(help="Closed cases to look through.")] = 100_000,
    questions: Annotated[int, typer.Option(help="How many are asked.")] = 400,
) -> None:
    """Build a hall of closed cases, and ask beside it what is like others."""
    Path("out/bench").mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir="out/bench") as folder:
        kept = Kept(Path(folder))
        chance = random.Random(38)
        first = kept.at_desk(answered)
        texts = list(_texts(chance, cases))
        taught = _fill(kept, first, texts)
        chosen = chance.sample(range(cases), questions)
        asked = _ask_about(kept, first, [_misspelt(chance, texts[one], odd) for odd, one in enumerate(chosen)])
        result = _measured(kept, asked, [taught[one] for one in chosen])
        kept.close()
    typer.echo(json.dumps({"cases": cases, **result}, indent=None if json_only else 2))


def _measured(kept: Kept, asked: list[str], taught: list[str]) -> dict[str, float | int]:
    beside = Beside(kept.place.path)
    loop_ms: list[float] = []
    answer_ms: list[float] = []
    nearest = shown = 0
    began = time.perf_counter()
    _until(beside, asked[0], loop_ms)
    ready_s = time.perf_counter() - began
    loop_ms.clear()  # the first call starts the process
    before_ms = _cpu_ms(beside)
    for number, wanted in zip(asked[1:], taught[1:], strict=True):
        began = time.perf_counter()
        found = [one.case_number for one in _until(beside, number, loop_ms)]
        answer_ms.append((time.perf_counter() - began) * 1000)
        nearest += found[:1] == [wanted]
        shown += wanted in found
    cpu_ms = (_cpu_ms(beside) - before_ms) / len(answer_ms)
    beside.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "ready_s": round(ready_s, 1),
        "answer_median_ms": _share(answer_ms, 0.5),
        "answer_p99_ms": _share(answer_ms, 0.99),
        "answer_cpu_ms": round(cpu_ms, 1),
        "loop_median_ms": _share(loop_ms, 0.5),
        "loop_p99_ms": _share(loop_ms, 0.99),
        "loop_most_ms": _share(loop_ms, 1.0),
        "nearest_percent": round(100 * nearest / len(answer_ms), 1),
        "shown_percent": round(100 * shown / len(answer_ms), 1),
        "memory_mb": children.ru_maxrss // 1024,
        "load": round(os.getloadavg()[0], 1),
    }


def _until(beside: Beside, number: str, loop_ms: list[float]) -> tuple[Any, ...]:
    while True:
        began = time.perf_counter()
        found = beside.near(number)
        loop_ms.append((time.perf_counter() - began) * 1000)
        if found is not None:
            return found
        time.sleep(POLL_S)  # as the hub does between two turns; the search runs beside it


def _cpu_ms(beside: Beside) -> float:
    """What the process beside has computed so far."""
    assert beside._running is not None
    fields = Path(f"/proc/{beside._running.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _share(took: list[float], share: float) -> float:
    return round(sorted(took)[min(len(took) - 1, int(len(took) * share))], 3)


def _texts(chance: random.Random, count: int) -> Iterator[str]:
    said = [one.text for hall in HALLS for one in factories.complaints(hall)]
    phrases = sorted({part for text in said for part in re.split("[，。；？！、：]", text) if len(part) > 3})
    letters = _letters()
    for _ in range(count):
        parts = chance.sample(phrases, chance.randint(3, 12))
        parts.insert(chance.randrange(len(parts)), "".join(chance.choices(letters, k=chance.choice(OWN_WORDS))))
        yield "，".join(parts)


def _letters() -> list[str]:
    """The characters of GB2312's first level: what people write."""
    return [bytes((high, low)).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]


def _misspelt(chance: random.Random, text: str, odd: int) -> str:
    letters = _letters()
    wrong = "".join(chance.choice(letters) if chance.random() < WRONG else one for one in text)
    return OpenCC("s2t").convert(wrong) if odd % 2 else wrong


def _fill(kept: Kept, first: str, texts: list[str]) -> list[str]:
    """Closed cases as the one that was answered at a desk, each with a text of its own; their numbers."""
    return _copies(kept, first, texts, 2001, closed=True)


def _ask_about(kept: Kept, first: str, texts: list[str]) -> list[str]:
    return _copies(kept, first, texts, 2024, closed=False)


def _copies(kept: Kept, first: str, texts: list[str], year: int, *, closed: bool) -> list[str]:
    sealer = Sealer(keys.load_hall_secret(kept.place.data_key), keys.load_hall_secret(kept.place.pepper))
    numbers = []
    with closing(sqlite3.connect(kept.place.database_file)) as db:
        db.row_factory = sqlite3.Row
        held = {table: [dict(row) for row in db.execute(_of(table), (first,))] for table in _TABLES}
        for at, text in enumerate(track(texts, f"{len(texts)} cases", console=progress)):
            day = factories.MONDAY.replace(year=year, month=1, day=1) + (at // CASES_A_DAY) * _A_DAY
            number = case_number(kept.hall.hall.code, day, at % CASES_A_DAY + 1)
            numbers.append(number)
            for table, rows in held.items():
                for row in rows if closed or table in ("case", "person") else []:
                    _insert(db, table, _copied(row, table, first, number, text, sealer, closed=closed))
        db.commit()
    return numbers


def _copied(
    row: dict[str, Any], table: str, first: str, number: str, text: str, sealer: Sealer, *, closed: bool
) -> dict[str, Any]:
    copied = {**row, _TABLES[table]: number}
    match table:
        case "case":
            copied |= {"command_id": number, "ticket_id": ""}
            copied |= {} if closed else {"stage": "filed", "answered_at": None}
        case "person":
            copied["sealed"] = sealer.seal_person(Person("", "", text), number)
        case _ if row["sealed"] is not None:
            plain = sealer.open(row["sealed"], f"{table}/{first}/{row['ordinal']}")
            copied["sealed"] = sealer.seal(plain, f"{table}/{number}/{row['ordinal']}")
    return copied


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', tuple(row.values()))


def _of(table: str) -> str:
    return f'SELECT * FROM "{table}" WHERE {_TABLES[table]} = ?'


_TABLES = {"case": "number", "person": "case_number", "step": "case_number", "fact": "case_number"}
"""By their columns with the number of the case."""
_A_DAY = dt.timedelta(days=1)

if __name__ == "__main__":
    typer.run(measure)
