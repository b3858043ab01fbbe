"""Which of a hall's hubs is on duty and which stands by, seen without them: by their addresses and the database."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from hub.config import HallDirectory
from hub.domain.hall import Hall, HubAddress, Value
from hub.errors import HubError
from hub.store import duties, presence
from hub.store.presence import Present
from hub.store.transaction import one_transaction

CONNECT_TIMEOUT_S = 2.0
BEATS_WITHIN_S = 2.0
"""The hub on duty renews its row every 0.4 s; after so long the others take over."""
LOOK_S = 0.2

Serving = Literal["yes", "elsewhere", "hangs", "silent", "no"]
"""`elsewhere`: a hub is on duty, but tells nothing of itself here; `silent`: something listens, no more is known."""
HubState = Literal["on duty", "stands by", "listens", "away"]
"""`listens`: something takes connections at its address, and no more is known."""


class HubStatus(Value, frozen=True):
    """One of the hall's hubs."""

    name: str
    commands: str
    state: HubState


class Seen(Value, frozen=True):
    """Whether anybody serves the hall; `remedy` says what to do where something is to be done."""

    serving: Serving
    remedy: str = ""
    hubs: tuple[HubStatus, ...] = ()


def of_file(place: HallDirectory, hall: Hall, silence: OSError | None) -> Seen:
    """The only hub of a hall in SQLite, whose metrics were silent for that reason; None: it has no view yet."""
    (own,) = hall.hubs
    listens = _listens(own)
    hubs = (HubStatus(own.name, own.commands, "listens" if listens else "away"),)
    if is_overdue(silence):
        return Seen("hangs", "the hub's process is there but does not answer: look into its log, then restart it", hubs)
    if not listens:
        return Seen("no", f"no hub answers at {own.commands}: start it with: bancheng-hub --hall {place.path}", hubs)
    if not hall.metrics_port:
        remedy = f"the hub runs, but tells nothing of itself: set metrics_port in {place.file} and restart it"
    elif silence is None:
        remedy = "the hub is just starting: ask again in a moment"
    else:
        remedy = (
            f"something listens at {own.commands}, but on port {hall.metrics_port} of this machine no hub tells "
            f"of itself ({_why(silence)}): ask on the hub's machine, and look into its log for metrics.unavailable"
        )
    return Seen("silent", remedy, hubs)


def of_server(place: HallDirectory, hall: Hall, address: str, silence: OSError | None) -> Seen:
    """The hubs of a hall in PostgreSQL, when none of them tells of itself on this machine."""
    try:
        there, moves = _watch(address, hall.code)
    except HubError as wrong:
        return Seen(
            "no",
            f"{wrong}; see to the database's server, and to this machine's network: hubs take the duty by themselves "
            "when it is back, kiosks print numbers of their own series until then",
            states(hall, ()),
        )
    hubs = states(hall, there)
    on_duty = next((one for one in there if one.on_duty), None)
    waiting = ", ".join(one.hub for one in there if not one.on_duty)
    if on_duty is None:
        return Seen("no", _nobody(place, hubs, waiting), hubs)
    if on_duty.restores:
        return Seen("no", "a restore of the hall is at work: wait until it is done, then start the hubs", hubs)
    if moves:
        hung = "the hub on this machine does not answer: look into its log, then restart it"
        return Seen("elsewhere", hung if is_overdue(silence) else "", hubs)
    then = f"{waiting} takes over within 3 s: ask again" if waiting else "no other hub stands by: restart it"
    return Seen("hangs", f"{on_duty} (backend {on_duty.backend}) has the duty and does not move; {then}", hubs)


def present(address: str, hall: Hall) -> Sequence[Present]:
    """Who is connected to the hall's database; raises `StoreFailed`."""
    with one_transaction(address, read_only=True) as db:
        return presence.present(db, hall.code)


def states(hall: Hall, there: Sequence[Present]) -> tuple[HubStatus, ...]:
    """What each hub of the hall's file does; one that the database does not know may still listen."""
    known: dict[str, HubState] = {one.application: "on duty" if one.on_duty else "stands by" for one in there}
    return tuple(
        HubStatus(
            one.name,
            one.commands,
            known.get(presence.of_hub(hall.code, one.name)) or ("listens" if _listens(one) else "away"),
        )
        for one in hall.hubs
    )


def is_overdue(silence: OSError | None) -> bool:
    """Whether metrics were asked for and their answer did not come."""
    return isinstance(_why(silence), TimeoutError)


def _nobody(place: HallDirectory, hubs: Sequence[HubStatus], waiting: str) -> str:
    if waiting:
        return f"nobody is on duty; {waiting} takes over within 3 s: ask again, and if it stays so look into its log"
    if cut_off := ", ".join(one.name for one in hubs if one.state == "listens"):
        return f"{cut_off} runs, but without the database, so nobody is on duty: look into its log for duty.away"
    commands = "; ".join(f"bancheng-hub --hall {place.path} --name {one.name}" for one in hubs)
    return f"no hub runs; start each on its machine: {commands}"


def _watch(address: str, hall: str) -> tuple[Sequence[Present], bool]:
    """Who is connected, and whether the hub on duty shows a new beat within the time it has."""
    ends, first = time.monotonic() + BEATS_WITHIN_S, None
    while True:
        with one_transaction(address, read_only=True) as db:
            there, state = presence.present(db, hall), duties.state(db, hall)
        first = first or state
        on_duty = any(one.on_duty and not one.restores for one in there)
        if state != first or not on_duty or time.monotonic() > ends:
            return there, state != first
        time.sleep(LOOK_S)  # a command that looks twice and ends: nobody waits for it in a loop


def _listens(hub: HubAddress) -> bool:
    """Whether anything takes connections at its address."""
    address = urlsplit(hub.commands)
    with contextlib.suppress(OSError):
        socket.create_connection((address.hostname, address.port), CONNECT_TIMEOUT_S).close()
        return True
    return False


def _why(silence: OSError | None) -> object:
    """The cause behind `urllib`'s own error."""
    return getattr(silence, "reason", silence)
