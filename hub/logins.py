"""Logins whose PIN a worker thread checks beside the loop, and the lock after too many wrong ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue

import structlog

from hub import pins
from hub.gate import ReplyTo
from hub.service.books import Asked
from hub.store.windows import StaffMember
from hub.wire.messages import Rejected

log = structlog.get_logger()

WRONG_PIN = Rejected(code="wrong_pin", text="staff code or PIN is wrong")
PIN_TRIES = 5
PIN_LOCK = dt.timedelta(minutes=1)
CHECKED_AT_ONCE = 30
"""Logins of all terminals that may wait for the worker: three seconds of its time."""
WRONG_PIN = Rejected(code="wrong_pin", text="staff code or PIN is wrong")


@dataclass(frozen=True)
class Checked:
    """A login that was checked; `member` is None when staff code or PIN is wrong."""

    reply_to: ReplyTo
    asked: Asked
    member: StaffMember | None


class PinChecks:
    """One worker for all terminals. `wake` is called on its thread when a check is done."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pin")
        self._done: SimpleQueue[Checked] = SimpleQueue()
        self._wrong: dict[str, list[dt.datetime]] = {}
        self._checking: dict[str, set[str]] = {}
        """Terminal → ids of its logins that are being checked now."""

    def begin(self, reply_to: ReplyTo, asked: Asked, member: StaffMember | None, pin: str) -> Rejected | None:
        """Hands a login to the worker; answers at once where the terminal is locked. A resend joins its first."""
        name = asked.actor.terminal.name
        recent = [at for at in self._wrong.get(name, []) if asked.at - at < PIN_LOCK]
        self._wrong[name] = recent
        checking = self._checking.setdefault(name, set())
        if asked.command_id in checking:
            return None
        if len(recent) + len(checking) >= PIN_TRIES:
            log.warning("login.locked", terminal=name)
            return Rejected(code="pin_locked", text="too many wrong PINs here; try again in a minute")
        if sum(map(len, self._checking.values())) >= CHECKED_AT_ONCE:
            log.warning("login.too_many", terminal=name)
            return Rejected(code="too_many", text="too many log in at once; ask again in a moment")
        checking.add(asked.command_id)
        future = self._worker.submit(pins.is_right, member.pin_hash if member else None, pin)
        future.add_done_callback(partial(self._finished, reply_to, asked, member))
        return None

    def done(self) -> list[Checked]:
        """Those checked since the last call, in order; wrong ones count towards the lock."""
        found: list[Checked] = []
        while True:
            try:
                one = self._done.get_nowait()
            except Empty:
                return found
            name = one.asked.actor.terminal.name
            self._checking[name].discard(one.asked.command_id)
            if one.member is None:
                log.warning("login.refused", terminal=name)
                self._wrong[name].append(one.asked.at)
            found.append(one)

    def close(self) -> None:
        self._worker.shutdown()

    def _finished(self, reply_to: ReplyTo, asked: Asked, member: StaffMember | None, future: Future[bool]) -> None:
        broken = future.exception()
        if broken is not None:
            log.error("pin.unreadable", terminal=asked.actor.terminal.name, reason=type(broken).__name__)
        right = broken is None and future.result()
        self._done.put(Checked(reply_to, asked, member if right else None))
        self._wake()
