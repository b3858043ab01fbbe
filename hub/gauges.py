"""What the hub tells of itself: counters beside the loop, and once a second a view of the whole hall.

Served as Prometheus text on this machine's loopback alone, by a thread of the library's that never touches the loop:
it reads counters, and a view that the loop has put down. No personal data: numbers, names of terminals, codes.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from hub.domain.hall import Hall
from hub.logs import Watch
from hub.service.books import Books
from hub.service.people import PinVerified
from hub.service.round import Job
from hub.store import tallies
from hub.store.failures import StoreFailed
from hub.store.transaction import Store
from hub.wire import messages as m
from hub.wire.picture import Picture

log = structlog.get_logger()

LOOPBACK = "127.0.0.1"
SILENT_AFTER_S = 75.0
"""Terminals report at least every 30 s; who left out two reports is silent."""
PRINT_JOBS_AT_MOST = 10_000
"""Print jobs remembered that are not confirmed yet."""
UNREADABLE = "unreadable"
"""Kind of what came that is no command."""
LATENCY_S = (0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 4.096)
COMMIT_S = (0.0001, 0.00025, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.512, 2.048)
BATCH = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
BEHIND = (0, 1, 5, 20, 100, 500, 5000)


@dataclass(frozen=True)
class View:
    """The hall as the loop last saw it. Times are seconds since 1970."""

    at_s: float
    epoch: str
    seq: int
    business_date: dt.date
    heard_s: Mapping[str, float] = field(default_factory=dict)
    """Terminal → when it last sent anything; those not heard since the hub started are missing."""
    troubles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notices: Mapping[str, int] = field(default_factory=dict)
    print_jobs: Mapping[str, int] = field(default_factory=dict)
    cases: Mapping[str, int] = field(default_factory=dict)
    disk_free_bytes: int = 0


class Gauges(Collector):
    """Counts for one hub. The loop calls its methods; another thread collects."""

    def __init__(
        self, hall: Hall, disk: Path, watch: Watch | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._hall, self._disk, self._watch, self._clock = hall, disk, watch or Watch(), clock
        self.heard: dict[str, float] = {}
        """Terminal → `time.perf_counter` when it last sent anything; set by the gate for each frame."""
        self._view: View | None = None
        self._jobs: dict[str, str] | None = None
        self._server: Any = None
        self._thread: Thread | None = None
        self.registry = CollectorRegistry()
        self.registry.register(self)
        made = self._counter
        self._latency = Histogram(
            "bancheng_answer_seconds",
            "From a frame taken off the socket to its answer handed back, by kind of command.",
            ["command"],
            buckets=LATENCY_S,
            registry=self.registry,
        )
        self._latencies: dict[type | None, Callable[[float], None]] = {}
        self._batch = self._histogram("batch_commands", "Commands that shared one commit.", BATCH)
        self._commit = self._histogram("commit_seconds", "A commit, until the disk has it.", COMMIT_S)
        self._behind = self._histogram("feed_behind_events", "Events a terminal lacked that asked for them.", BEHIND)
        self._rejected = made("rejections", "Answers that refuse, by code.", "code")
        self._rejections: dict[str, Callable[[], None]] = {}
        self._failures = made("round_failures", "Rounds of which nothing was kept, by what failed.", "what")
        self._dropped = made("frames_dropped", "Frames without an enrolled key.").inc
        self._cut = made("connections_cut", "Connections the hub ended while a frame came that was too large.").inc
        self._refused = made("connections_refused", "Connections refused at the handshake, by why.", "why")
        self.resent = made("resends", "Commands answered with the answer they had before.").inc
        self.printed_total = made("print_outcomes", "Outcomes of printing that terminals reported, by state.", "state")

    # --- what the loop and the gate call

    def answered(self, kind: type | None, drained_s: float, answer: m.Answer) -> None:
        """An answer was handed to the socket; `kind` is the command's, None where it could not be read."""
        observe = self._latencies.get(kind)
        if observe is None:
            name = UNREADABLE if kind is None else "LogIn" if kind is PinVerified else kind.__name__
            observe = self._latencies[kind] = self._latency.labels(name).observe
        observe(time.perf_counter() - drained_s)
        if type(answer) is m.Rejected:
            self.rejected(answer.code)

    def behind(self, picture: Picture, asked: m.EventsSince) -> None:
        """A terminal asks for what it missed; one of another epoch, or ahead of the hub, lacks everything."""
        same = asked.epoch == picture.epoch and 0 <= asked.seq <= picture.seq
        self._behind.observe(picture.seq - asked.seq if same else picture.seq)

    def rejected(self, code: str) -> None:
        count = self._rejections.get(code)
        if count is None:
            count = self._rejections[code] = self._rejected.labels(code).inc
        count()

    def committed(self, commands: int, took_s: float) -> None:
        self._batch.observe(commands)
        self._commit.observe(took_s)

    def failed(self, what: str) -> None:
        self._failures.labels(what).inc()

    def dropped(self) -> None:
        self._dropped()

    def cut(self) -> None:
        self._cut()

    def refused(self, why: str) -> None:
        self._refused.labels(why).inc()

    def settled(self, job: Job) -> None:
        """A committed command: told again what it was told before, or carried out now."""
        if not job.carried:
            if not isinstance(job.answer, m.Rejected):
                self.resent()
        elif isinstance(job.command, m.ReportPrint):
            self._printed(job.command)

    def look(self, store: Store, books: Books, troubles: Mapping[str, tuple[str, ...]]) -> None:
        """Puts the hall's view down; called once a second. What cannot be read is as it was."""
        try:
            with store.reading() as db:
                notices = tallies.notices_waiting(db, books.hall.code)
                if self._jobs is None:
                    self._jobs = tallies.print_jobs(db, books.hall.code, books.business_date)
        except StoreFailed as wrong:
            log.warning("gauges.stale", reason=str(wrong))
            return
        if self._view is not None and self._view.business_date != books.business_date:
            self._jobs = {job: state for job, state in self._jobs.items() if state != "confirmed"}
        now_s, clock_s = self._clock(), time.perf_counter()
        self._view = View(
            at_s=now_s,
            epoch=books.picture.epoch,
            seq=books.picture.seq,
            business_date=books.business_date,
            heard_s={name: now_s - (clock_s - heard) for name, heard in self.heard.items()},
            troubles=dict(troubles),
            notices=notices,
            print_jobs=Tally(self._jobs.values()),
            cases=books.picture.counts.by_state,
            disk_free_bytes=shutil.disk_usage(self._disk).free,
        )

    def stand_by(self) -> None:
        """The hall is another hub's to tell of; what this one knows of it grows old."""
        self._view = self._jobs = None

    # --- served

    def serve(self) -> None:
        """Serves on the hall's metrics port of this machine; a port that is taken costs the metrics, not the hub."""
        if not self._hall.metrics_port:
            return
        try:
            self._server, self._thread = start_http_server(self._hall.metrics_port, LOOPBACK, self.registry)
        except OSError as wrong:
            log.error("metrics.unavailable", port=self._hall.metrics_port, reason=str(wrong))

    def close(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def collect(self) -> Iterable[Metric]:
        """The newest view as metrics; called from the server's thread."""
        view = self._view
        if view is None:
            return
        last = self._watch.last
        about = {"epoch": view.epoch, "business_date": view.business_date.isoformat()}
        yield _gauge("hub", "The feed's epoch and the hall's date.", [({**about, "hall": self._hall.code}, 1)])
        yield _gauge("beat_timestamp_seconds", "When the loop last turned to its own affairs.", [({}, view.at_s)])
        yield _gauge("feed_seq", "Number of the newest event.", [({}, view.seq)])
        yield _gauge("terminals", "Terminals by role and state.", self._terminals(view))
        heard = [({"terminal": one, "role": self._role(one)}, at) for one, at in sorted(view.heard_s.items())]
        yield _gauge("terminal_heard_timestamp_seconds", "When a terminal last sent anything.", heard)
        troubles = [({"terminal": one, "trouble": what}, 1) for one, all_ in view.troubles.items() for what in all_]
        yield _gauge("terminal_trouble", "Troubles that terminals report.", troubles)
        notices = [({"kind": kind}, count) for kind, count in view.notices.items()]
        yield _gauge("notices_waiting", f"Unacknowledged notices, up to {tallies.COUNT_AT_MOST} in all.", notices)
        jobs = [({"state": state}, count) for state, count in view.print_jobs.items()]
        yield _gauge("print_jobs", "Today's print jobs by their newest state.", jobs)
        cases = [({"state": state}, count) for state, count in view.cases.items()]
        yield _gauge("cases", "Cases filed this month, answered of these, and open past their date.", cases)
        yield _gauge("disk_free_bytes", "Room where the database is.", [({}, view.disk_free_bytes)])
        lines = [({"event": event}, count) for event, count in dict(self._watch.counts).items()]
        yield _gauge("log_lines", "Warnings and errors since the start, by event.", lines)
        trouble = [({"event": last.event}, last.at_s)] if last else []
        yield _gauge("last_trouble_timestamp_seconds", "The last of them.", trouble)

    # --- inside

    def _terminals(self, view: View) -> list[tuple[dict[str, str], float]]:
        found = Tally((one.role, terminal_state(one.name, view)) for one in self._hall.terminals)
        return [({"role": role, "state": state}, count) for (role, state), count in sorted(found.items())]

    def _role(self, terminal: str) -> str:
        return next((one.role for one in self._hall.terminals if one.name == terminal), "")

    def _printed(self, told: m.ReportPrint) -> None:
        self.printed_total.labels(told.state).inc()
        if self._jobs is not None and (told.job_id in self._jobs or len(self._jobs) < PRINT_JOBS_AT_MOST):
            self._jobs[told.job_id] = told.state

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"bancheng_{name}", words, labels, registry=self.registry)

    def _histogram(self, name: str, words: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"bancheng_{name}", words, buckets=buckets, registry=self.registry)


def terminal_state(name: str, view: View) -> str:
    """`never` since the hub started, `silent`, `troubled` or `live`."""
    heard = view.heard_s.get(name)
    if heard is None:
        return "never"
    if view.at_s - heard > SILENT_AFTER_S:
        return "silent"
    return "troubled" if view.troubles.get(name) else "live"


def _gauge(name: str, words: str, samples: Sequence[tuple[dict[str, str], float]]) -> Metric:
    family = GaugeMetricFamily(f"bancheng_{name}", words)
    for labels, value in samples:
        family.add_sample(f"bancheng_{name}", labels, value)
    return family
