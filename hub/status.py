"""`bancheng status`: how the hall is, for somebody on duty at the hub's machine. Needs no PIN and no terminal's key.

What the hub tells is read from its metrics on loopback. Where it tells nothing, its database is looked into instead,
and the text says what to do.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
import urllib.error
import urllib.request
from collections import Counter as Tally
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import field
from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from hub import hubs
from hub.config import HallDirectory
from hub.domain.hall import Hall, Value
from hub.errors import HubError
from hub.gauges import LOOPBACK, View, terminal_state
from hub.hubs import HubState, HubStatus, Serving
from hub.store import feed, tallies, wall_counts
from hub.store.transaction import one_transaction

ASK_TIMEOUT_S = 2.0
HANGS_AFTER_S = 5.0
"""The loop turns to its own affairs every second; after so long without that it hangs."""
LOW_DISK_BYTES = 1 << 30


_SPARE: dict[HubState, str] = {
    "listens": "{} runs, but has no connection to the database: look into its log for duty.away",
    "away": "{} does not stand by: start it on its machine",
}
"""What is wrong with a hub while another one serves."""


class TerminalStatus(Value, frozen=True):
    """A terminal: `live`, `silent`, `troubled` or `never` heard since the hub started."""

    name: str
    role: str
    state: str
    heard_s_ago: float | None = None
    troubles: tuple[str, ...] = ()


class Status(Value, frozen=True):
    """The hall now. Where the hub is not `serving`, what its database says: `terminals` is then empty."""

    hall: str
    serving: Serving
    remedy: str = ""
    """What to do, when something is to be done about the hub itself."""
    hubs: tuple[HubStatus, ...] = ()
    """All hubs of the hall's file."""
    epoch: str = ""
    seq: int = 0
    business_date: dt.date | None = None
    terminals: tuple[TerminalStatus, ...] = ()
    notices_waiting: dict[str, int] = field(default_factory=dict)
    print_jobs: dict[str, int] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    """This month's `filed`, of those with a promised date `answered` and `on_time`; and what is `overdue` now."""
    disk_free_bytes: int = 0
    last_trouble: str = ""
    last_trouble_at: dt.datetime | None = None

    @property
    def concerns(self) -> list[str]:
        """What needs somebody, a sentence each; empty when all is well."""
        found = [self.remedy] if self.remedy else []
        if self.serving in ("yes", "elsewhere"):
            found += [_SPARE[one.state].format(one.name) for one in self.hubs if one.state in _SPARE]
        found += [f"{one.name} reports {', '.join(one.troubles)}" for one in self.terminals if one.troubles]
        found += [
            f"{one.name} has been silent for {one.heard_s_ago or 0:.0f} s: is it switched off, or its cable out?"
            for one in self.terminals
            if one.state == "silent"
        ]
        if self.disk_free_bytes < LOW_DISK_BYTES:
            found.append(f"only {self.disk_free_bytes >> 20} MiB are free where the hall's directory is: make room")
        return found


def read(place: HallDirectory) -> Status:
    """The status of the hall in that directory; raises `BadHall` when there is none."""
    hall = place.hall()
    try:
        samples = _metrics(hall)
    except OSError as wrong:
        return _from_database(place, hall, wrong)
    view = _view(samples)
    if view is None:
        return _from_database(place, hall, None)
    told = Status(
        hall=hall.code,
        serving="yes",
        epoch=view.epoch,
        seq=view.seq,
        business_date=view.business_date,
        terminals=tuple(_terminals(hall, view)),
        notices_waiting=dict(view.notices),
        print_jobs=dict(view.print_jobs),
        cases=dict(view.cases),
        disk_free_bytes=view.disk_free_bytes,
    )
    for name, labels, value in samples:
        if name == "last_trouble_timestamp_seconds":
            told = replace(told, last_trouble=labels["event"], last_trouble_at=dt.datetime.fromtimestamp(value, dt.UTC))
    hung_s = time.time() - view.at_s
    if hung_s > HANGS_AFTER_S and hall.database:  # another hub may serve by now
        return _from_database(place, hall, TimeoutError())
    if hung_s > HANGS_AFTER_S:
        remedy = f"the hub has not moved for {hung_s:.0f} s: look into its log, then restart it"
        return replace(told, serving="hangs", remedy=remedy)
    try:
        return replace(told, hubs=_hubs(place, hall))
    except HubError as wrong:
        return replace(told, remedy=f"{wrong}; the hub goes on by itself when its database is back")


Sample = tuple[str, Mapping[str, str], float]
"""A metric's name without `bancheng_`, its labels, its value."""


def _metrics(hall: Hall) -> list[Sample]:
    """What the hub on this machine tells; raises `OSError` when it tells nothing."""
    if not hall.metrics_port:
        raise OSError("metrics_port is 0 in hall.toml")
    address = f"http://{LOOPBACK}:{hall.metrics_port}/metrics"
    with urllib.request.urlopen(address, timeout=ASK_TIMEOUT_S) as answer:
        text = answer.read().decode()
    return [
        (sample.name.removeprefix("bancheng_"), sample.labels, sample.value)
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    ]


def _view(samples: list[Sample]) -> View | None:
    """The loop's view, back from its metrics; None before its first."""
    plain = {name: value for name, labels, value in samples if not labels}
    about = next((labels for name, labels, _ in samples if name == "hub"), None)
    if about is None:
        return None
    troubles: dict[str, tuple[str, ...]] = {}
    for name, labels, _ in samples:
        if name == "terminal_trouble":
            troubles[labels["terminal"]] = (*troubles.get(labels["terminal"], ()), labels["trouble"])
    return View(
        at_s=plain["beat_timestamp_seconds"],
        epoch=about["epoch"],
        seq=int(plain["feed_seq"]),
        business_date=dt.date.fromisoformat(about["business_date"]),
        heard_s=_by(samples, "terminal_heard_timestamp_seconds", "terminal"),
        troubles=troubles,
        notices={kind: int(count) for kind, count in _by(samples, "notices_waiting", "kind").items()},
        print_jobs={state: int(count) for state, count in _by(samples, "print_jobs", "state").items()},
        cases={state: int(count) for state, count in _by(samples, "cases", "state").items()},
        disk_free_bytes=int(plain["disk_free_bytes"]),
    )


def _by(samples: list[Sample], metric: str, label: str) -> dict[str, float]:
    return {labels[label]: value for name, labels, value in samples if name == metric}


def _terminals(hall: Hall, view: View) -> Iterator[TerminalStatus]:
    for one in hall.terminals:
        heard = view.heard_s.get(one.name)
        yield TerminalStatus(
            name=one.name,
            role=one.role,
            state=terminal_state(one.name, view),
            heard_s_ago=None if heard is None else round(max(0.0, time.time() - heard), 1),
            troubles=view.troubles.get(one.name, ()),
        )


def _from_database(place: HallDirectory, hall: Hall, silence: OSError | None) -> Status:
    """What is known when no hub tells of the hall here: who serves, what the database says, and what to do."""
    database = place.database
    in_file = isinstance(database, Path)
    seen = hubs.of_file(place, hall, silence) if in_file else hubs.of_server(place, hall, str(database), silence)
    told = Status(
        hall=hall.code,
        serving=seen.serving,
        remedy=seen.remedy,
        hubs=seen.hubs,
        disk_free_bytes=shutil.disk_usage(place.path).free,
    )
    try:
        with one_transaction(database, read_only=True) as db:
            state = feed.state(db, hall.code)
            if state is None:
                return told
            return replace(
                told,
                epoch=state.epoch,
                seq=state.seq,
                business_date=state.business_date,
                notices_waiting=tallies.notices_waiting(db, hall.code),
                print_jobs=dict(Tally(tallies.print_jobs(db, hall.code, state.business_date).values())),
                cases=wall_counts.counts(db, hall.code, state.business_date, ZoneInfo(hall.timezone)).by_state,
            )
    except HubError as unreadable:
        return replace(told, remedy=f"{seen.remedy}; and {unreadable}" if in_file else seen.remedy)


def _hubs(place: HallDirectory, hall: Hall) -> tuple[HubStatus, ...]:
    """All hubs of a hall of which one tells of itself here."""
    database = place.database
    if isinstance(database, Path):
        return tuple(HubStatus(one.name, one.commands, "on duty") for one in hall.hubs)
    return hubs.states(hall, hubs.present(database, hall))
