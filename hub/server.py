"""The hub's loop: poll, drain what waits, decode, authorise and decide, one commit, answer all, publish.

One thread. Draining is the group commit: one terminal is answered after one sync of the disk, fifty share one.
"""

from __future__ import annotations

import datetime as dt
import secrets
import socket
import time
from collections.abc import Callable

import structlog

from hub import keys
from hub.clock import HubClock, counted_s
from hub.config import HallDirectory, load_calendar
from hub.domain.hall import Terminal
from hub.gate import NOBODY, Gate, Letter, ReplyTo
from hub.gauges import Gauges
from hub.logins import WRONG_PIN, PinChecks
from hub.logs import Watch, case_of
from hub.questions import NOT_READ, Question, Questions
from hub.reception import TurnedAway, receive
from hub.service import audience, reading
from hub.service.books import Actor, Asked, Books
from hub.service.day import ClockJumped, TurnDay
from hub.service.opening import open_books
from hub.service.people import PinVerified
from hub.service.permissions import STAFF
from hub.service.printed import digest_of
from hub.service.round import Job, Round
from hub.store import windows
from hub.store.commands import newest_moment
from hub.store.enrolment import enrolled_terminals
from hub.store.failures import StoreBroken, StoreFailed
from hub.store.migrate import migrate
from hub.store.sealing import Sealer
from hub.store.transaction import Store
from hub.wire import codec, messages as m

log = structlog.get_logger()

HEARTBEAT_S = 1.0
IDLE_ROUNDS = 20
"""Rounds within a heartbeat below which the hub has time to tidy its disk, which takes some milliseconds."""
IDLE_LOGOUT = dt.timedelta(minutes=30)
ASKED_WITHOUT_A_HAND = (m.ReportHealth, m.ReportNumbers, m.EventsSince, m.ListNotices, m.ListCases, m.ReadCase)
"""What a counter asks by itself when something happened in the hall: no sign that somebody sits there."""
HUB_ITSELF = Actor(Terminal(name="hub", role="supervisor"))

Waiting = tuple[ReplyTo, Job]
"""A connection to answer and the job whose answer it waits for."""


class Hub:
    """One hall's hub. `run` serves until `stop` is called, or raises `StoreBroken`; for the clocks see `hub.clock`."""

    def __init__(
        self,
        directory: HallDirectory,
        *,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        counted: Callable[[], float] = counted_s,
        watch: Watch | None = None,
    ) -> None:
        self._clock = HubClock(clock, counted)
        hall, policy = directory.hall(), directory.policy()
        sealer = Sealer(keys.load_hall_secret(directory.data_key), keys.load_hall_secret(directory.pepper))
        self._store = Store(directory.database)
        migrate(directory.database)
        self._books = Books(hall, policy, load_calendar(), sealer)
        with self._store.transaction() as tx:
            self._clock.begin(newest_moment(tx, hall.code))
            open_books(tx, self._books, self._clock.now())
            enrolled = enrolled_terminals(tx, hall)
            self._logins = windows.logins(tx, hall.code)
        self._active = dict.fromkeys(self._logins, self._clock.now())
        self._troubles: dict[str, tuple[str, ...]] = {}
        self._gauges = Gauges(hall, directory.path, watch)
        self._gate = Gate(hall.hub, keys.load_pair(directory.keys, "hub"), enrolled, self._gauges)
        self._questions = Questions(self._store, self._books, self._gauges)
        self._woken, self._waker = socket.socketpair()
        self._woken.setblocking(False)
        self._gate.wake_on(self._woken.fileno())
        self._pins = PinChecks(wake=self._wake)
        self._doubtful = False
        """Whether the books in memory may differ from the disk: they are opened anew before the next round."""
        self._stopping = False
        self._rounds = 0
        self._beat_at = time.monotonic()

    def run(self) -> None:
        self._gauges.serve()
        log.info("hub.ready", hall=self._books.hall.code, epoch=self._books.picture.epoch, seq=self._books.picture.seq)
        try:
            while not self._stopping:
                self._gate.wait(max(0.0, self._beat_at - time.monotonic()))
                try:
                    if time.monotonic() >= self._beat_at:
                        self._beat()  # before serving: a hub started in the morning turns the day first
                    self._serve(self._gate.drain())
                except StoreBroken as wrong:
                    log.critical("store.broken", reason=str(wrong))
                    raise
                except Exception:
                    log.exception("round.failed")  # terminals ask again; the loop lives on
                    self._gauges.failed("round")
                    self._doubtful = True
        finally:
            self._pins.close()
            self._gauges.close()
            self._gate.close()
            self._store.close()
            self._woken.close()
            self._waker.close()
            log.info("hub.stopped")

    def stop(self) -> None:
        """Ends `run` after the round at hand; may be called from a signal handler."""
        if not self._stopping:
            self._stopping = True
            self._wake()

    def _wake(self) -> None:
        """Ends the loop's waiting; called from a worker's thread or a signal handler."""
        self._waker.send(b"\0")

    # --- one round

    def _serve(self, letters: list[Letter]) -> None:
        now = self._clock.now()
        if self._books.date_of(now) > self._books.business_date:
            self._commit_own(now)  # no command after midnight gets yesterday's number
        jobs: list[Waiting] = []
        queries: list[Question] = []
        for letter in letters:
            try:
                self._sort(letter, now, jobs, queries)
            except Exception:  # one terminal's letter: the others' are carried out
                log.exception("letter.failed", terminal=letter.terminal.name)
                self._answer(letter.reply_to, codec.request_id(letter.frame), None, NOT_READ)
        jobs += self._checked_logins()
        if jobs:
            self._rounds += 1
            self._commit(jobs)
        if queries:
            for (reply_to, asked, query), answer in self._questions.answered(queries):
                self._answer(reply_to, asked.command_id, type(query), answer)

    def _sort(self, letter: Letter, now: dt.datetime, jobs: list[Waiting], queries: list[Question]) -> None:
        """Receives one frame and puts it where it belongs; what is turned away is answered at once."""
        try:
            received = receive(letter, self._logins.get(letter.terminal.name, ""), now)
        except TurnedAway as away:
            self._answer(letter.reply_to, away.command_id, away.kind, away.rejection)
            return
        asked, command, refusal = received
        actor = asked.actor
        if actor.role in STAFF and refusal is None and not isinstance(command, ASKED_WITHOUT_A_HAND):
            self._active[actor.terminal.name] = now
        if isinstance(command, reading.Query):
            queries.append((letter.reply_to, asked, command))
        elif isinstance(command, m.LogIn):
            self._check_pin(letter.reply_to, asked, command)
        elif isinstance(command, m.ReportHealth) and self._troubles.get(actor.terminal.name, ()) == command.troubles:
            self._answer(letter.reply_to, asked.command_id, type(command), m.Done())
        else:
            digest = digest_of(self._books.sealer, asked.command_id, command, letter.frame)
            jobs.append((letter.reply_to, Job(asked, command, digest, refusal)))

    def _commit(self, jobs: list[Waiting]) -> None:
        """One transaction for all; answers and events leave only after it is durable."""
        try:
            with self._store.transaction() as tx:
                if self._doubtful:
                    open_books(tx, self._books, self._clock.now())
                deciding = Round(tx, self._books)
                deciding.run([job for _, job in jobs])
                decided_s = time.perf_counter()
        except StoreFailed as wrong:
            log.error("store.failed", reason=str(wrong), commands=len(jobs))
            self._gauges.failed(wrong.code)
            self._doubtful = True
            for reply_to, job in jobs:
                refusal = m.Rejected(code=wrong.code, text="the hub's disk could not keep this; nothing was changed")
                self._answer(reply_to, job.asked.command_id, type(job.command), refusal)
            if isinstance(wrong, StoreBroken):
                raise
            return
        self._gauges.committed(len(jobs), time.perf_counter() - decided_s)
        self._doubtful = False
        outcome = deciding.settle()
        for reply_to, job in jobs:
            assert job.answer is not None, "a round answers every job"
            self._follow(job)
            self._answer(reply_to, job.asked.command_id, type(job.command), job.answer)
        for numbered in outcome.events:
            public = audience.as_published(numbered)
            self._gate.publish(m.Published(epoch=self._books.picture.epoch, numbered=public))

    def _answer(self, reply_to: ReplyTo, command_id: str, kind: type | None, answer: m.Answer) -> None:
        if reply_to is not NOBODY:
            self._gate.answer(reply_to, command_id, answer)
            self._gauges.answered(kind, reply_to.drained_s, answer)

    def _follow(self, job: Job) -> None:
        """What the loop itself remembers of a carried-out command."""
        self._gauges.settled(job)
        name, command_id = job.asked.actor.terminal.name, job.asked.command_id
        if isinstance(job.answer, m.Rejected):
            log.info("command.rejected", terminal=name, command_id=command_id, code=job.answer.code)
        if not job.carried:
            return  # an old answer told again must not undo what came after it
        match job.command, job.answer:
            case PinVerified(), m.LoggedIn(staff=staff):
                self._logins[name] = staff
                self._active[name] = job.asked.at
            case m.LogOut(), m.Done():
                self._logins.pop(name, None)
            case m.ReportHealth(troubles=troubles), m.Done():
                self._troubles[name] = troubles
            case _, m.ComplaintAccepted(case_number=number):
                log.info("complaint.filed", command_id=command_id, case=number)
        if case_number := case_of(job.command):
            log.info("command.done", command_id=command_id, kind=type(job.command).__name__, case=case_number)

    # --- logins: the PIN is checked by a worker, the login joins the next round

    def _check_pin(self, reply_to: ReplyTo, asked: Asked, wanted: m.LogIn) -> None:
        with self._store.reading() as db:
            member = windows.staff_member(db, self._books.hall.code, wanted.staff)
        refusal = self._pins.begin(reply_to, asked, member, wanted.pin)
        if refusal is not None:
            self._answer(reply_to, asked.command_id, m.LogIn, refusal)

    def _checked_logins(self) -> list[Waiting]:
        try:
            self._woken.recv(4096)
        except BlockingIOError:
            return []
        found: list[Waiting] = []
        for one in self._pins.done():
            if one.member is None:
                self._answer(one.reply_to, one.asked.command_id, m.LogIn, WRONG_PIN)
            else:
                digest = self._books.sealer.fingerprint("login", one.member.staff.encode())
                found.append((one.reply_to, Job(one.asked, PinVerified(one.member), digest)))
        return found

    # --- once a second

    def _beat(self) -> None:
        self._beat_at = time.monotonic() + HEARTBEAT_S
        now = self._clock.now()
        self._commit_own(now)
        picture = self._books.picture
        beat = m.Heartbeat(epoch=picture.epoch, seq=picture.seq, at=now, business_date=self._books.business_date)
        self._gate.publish(beat)
        self._gauges.look(self._store, self._books, self._troubles)
        self._store.tidy(idle=self._rounds < IDLE_ROUNDS)
        self._rounds = 0

    def _commit_own(self, now: dt.datetime) -> None:
        """What the hub does by itself: the turn of the day, the end of idle logins, a word about its clock."""
        jumps = [ClockJumped(jump.total_seconds()) for jump in self._clock.take_jumps()]
        own: list[Waiting] = [(NOBODY, _own_job(HUB_ITSELF, jumped, now)) for jumped in jumps]
        today = self._books.date_of(now)
        if today > self._books.business_date:
            own.append((NOBODY, _own_job(HUB_ITSELF, TurnDay(today), now)))
        for name, staff in self._logins.items():
            if now - self._active.get(name, now) > IDLE_LOGOUT:
                log.info("login.idle", terminal=name)
                actor = Actor(self._books.hall.terminal(name), staff)
                own.append((NOBODY, _own_job(actor, m.LogOut(), now)))
        if own:
            self._commit(own)


def _own_job(actor: Actor, command: object, now: dt.datetime) -> Job:
    return Job(Asked(secrets.token_hex(16), actor, now), command)
