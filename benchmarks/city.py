"""A city: several halls with two hubs each on one PostgreSQL, under the load of many more halls.

Only a few halls run for real, as many as two cores bear; between them they file what all halls of the city file in
their busiest hour, so that the database sees the whole city's writing. What a hall costs while nothing happens (the
duty that one hub renews and the other watches) is measured per real hall and multiplied.
"""

from __future__ import annotations

import json
import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from hub.link import Link
from hub.wire.messages import Answer, ComplaintAccepted, LoggedIn, LogIn
from tests import factories
from tests.hub.desk import secrets_of
from tests.postgres import Cluster
from tests.processes import Processes, until
from tests.running_hall import RunningHall

FIRST_CODE = 370401
PIN = "135792"
progress = Console(stderr=True)


@dataclass(frozen=True)
class Load:
    """What the city does: halls, complaints a day and terminals of each, and the busiest hour's share of a day."""

    halls: int
    complaints_a_day: int
    terminals: int
    busiest_hour: float

    @property
    def busiest_per_s(self) -> float:
        return self.halls * self.complaints_a_day * self.busiest_hour / 3600


class Filing:
    """The kiosks of all real halls, filing by the clock whether or not the last one was answered."""

    def __init__(self, links: list[Link]) -> None:
        self._links = links
        self.took_ms: list[float] = []
        self.answered_at: list[float] = []

    def at_rate(self, per_s: float, seconds: float) -> None:
        began, sent = time.monotonic(), 0
        while time.monotonic() - began < seconds or any(link.pending for link in self._links):
            now = time.monotonic()
            while now - began < seconds and sent < (now - began) * per_s:
                sent += 1
                self._send(self._links[sent % len(self._links)])
            for link in self._links:
                link.poll()
            time.sleep(0.0005)  # many links in one thread: leaves the cores to the hubs that are measured

    def _send(self, link: Link) -> None:
        sent = time.perf_counter()

        def heard(answer: Answer) -> None:
            assert isinstance(answer, ComplaintAccepted), answer
            self.took_ms.append((time.perf_counter() - sent) * 1000)
            self.answered_at.append(time.monotonic())

        link.send(factories.a_complaint(on_paper=secrets_of(secrets.token_hex(16))), heard)


def simulate(
    halls: Annotated[int, typer.Option(help="Halls of the city whose load is simulated.")] = 100,
    complaints: Annotated[int, typer.Option(help="Complaints a day in each.")] = 300,
    terminals: Annotated[int, typer.Option(help="Terminals of each.")] = 20,
    busiest: Annotated[float, typer.Option(help="The busiest hour's share of a day.")] = 0.25,
    real: Annotated[int, typer.Option(help="Halls that really run, two hubs each.")] = 3,
    seconds: Annotated[float, typer.Option(help="How long each stage lasts.")] = 15.0,
    json_only: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Simulate a city on one PostgreSQL and print what it costs."""
    load = Load(halls, complaints, terminals, busiest)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = Cluster()
        stack.callback(cluster.close)
        processes = stack.enter_context(Processes(folder / "logs"))
        database = cluster.new_database()
        running = [
            _hall(folder, processes, cluster.address(database), number)
            for number in track(range(real), "founding halls", console=progress)
        ]
        links = [hall.link("kiosk-1", feed=False) for hall in running]
        stack.callback(lambda: [link.close() for link in links])
        result = _stages(load, cluster, database, links, seconds) | _take_over(running[0], links[0])
    told = {"load": asdict(load), "real_halls": real, "real_hubs": 2 * real, **result, **_city(load, real, result)}
    typer.echo(json.dumps(told, indent=None if json_only else 2))


def _hall(folder: Path, processes: Processes, address: str, number: int) -> RunningHall:
    """One more hall with both its hubs at work and a clerk at the window."""
    code = str(FIRST_CODE + number)
    hall = RunningHall(folder / code, processes, database=address, hubs=2, code=code)
    hall.staff("06", "王芳", "window", PIN)
    for hub, said in (("hub-1", "hub.ready"), ("hub-2", "duty.standby")):
        hall.start_hub(hub, called=f"{code}-{hub}")
        until(f"{hub} of {code}", lambda hub=hub, said=said: processes.said(f"{code}-{hub}", said))
    window = hall.link("window-3", feed=False)
    assert isinstance(window.ask(LogIn(staff="06", pin=PIN)), LoggedIn)
    window.close()
    return hall


def _stages(load: Load, cluster: Cluster, database: str, links: list[Link], seconds: float) -> dict[str, float]:
    """Nothing to do; the city's busiest hour; ten times that."""
    result: dict[str, float] = {}
    for stage, per_s in (("idle", 0.0), ("busiest", load.busiest_per_s), ("tenfold", 10 * load.busiest_per_s)):
        progress.print(f"{stage}: {per_s:.1f} complaints/s for {seconds:g} s")
        filing = Filing(links)
        wal, cpu, began = _wal_bytes(cluster, database), _server_cpu_s(), time.monotonic()
        filing.at_rate(per_s, seconds)
        took_s = time.monotonic() - began
        result[f"{stage}_server_cores"] = round((_server_cpu_s() - cpu) / took_s, 4)
        if filing.took_ms:
            ordered = sorted(filing.took_ms)
            result[f"{stage}_complaints_per_s"] = round(len(ordered) / took_s, 1)
            result[f"{stage}_p50_ms"] = round(statistics.median(ordered), 2)
            result[f"{stage}_p99_ms"] = round(ordered[int(len(ordered) * 0.99)], 2)
            result[f"{stage}_wal_kb_per_complaint"] = round(
                (_wal_bytes(cluster, database) - wal) / 1000 / len(ordered), 1
            )
    return result


def _take_over(hall: RunningHall, link: Link) -> dict[str, float]:
    """Seconds from the last answer of a killed hub to the first of the other one."""
    filing = Filing([link])
    filing.at_rate(20, 1)
    last = filing.answered_at[-1]
    hall.processes.kill(f"{hall.hall.code}-hub-1")
    filing.at_rate(20, 5)
    return {"take_over_s": round(min(at for at in filing.answered_at if at > last) - last, 2)}


def _city(load: Load, real: int, measured: dict[str, float]) -> dict[str, float]:
    """The arithmetic: what a hall and a complaint cost the server, what this city needs, what one core bears."""
    per_hall = measured["idle_server_cores"] / real
    per_complaint_s = (measured["tenfold_server_cores"] - measured["idle_server_cores"]) / (
        measured["tenfold_complaints_per_s"]
    )
    busiest_of_a_hall = per_hall + load.busiest_per_s / load.halls * per_complaint_s
    return {
        "server_ms_per_complaint": round(per_complaint_s * 1000, 2),
        "server_cores_per_standing_hall": round(per_hall, 5),
        "city_server_cores": round(load.halls * busiest_of_a_hall, 2),
        "halls_per_server_core": int(1 / busiest_of_a_hall),
        "city_connections": load.halls * 3,
        "city_terminals": load.halls * load.terminals,
        "city_complaints_a_day": load.halls * load.complaints_a_day,
    }


def _wal_bytes(cluster: Cluster, database: str) -> int:
    return int(cluster.order("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn", database)[0][0])


def _server_cpu_s() -> float:
    """Processor time of all of the database server's processes."""
    return sum(_cpu_s_of("postgres"))


def _cpu_s_of(program: str) -> Iterator[float]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().rpartition(")")
            if name.endswith(f"({program}"):
                fields = rest.split()
                yield (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except FileNotFoundError:
            continue  # it has just ended


if __name__ == "__main__":
    typer.run(simulate)
