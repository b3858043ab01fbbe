"""The hub's loop: poll, drain what waits, decode, authorise and decide, one commit, answer all, publish.

One thread. Draining is the group commit: one terminal is answered after one sync of the disk, fifty share one.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import structlog

from hub import keys
from hub.clock import HubClock, counted_s
from hub.config import HallDirectory
from hub.domain.hall import Terminal
from hub.duty import Duty
from hub.gate import NOBODY, Gate, Letter, ReplyTo
from hub.gauges import Gauges
from hub.logins import WRONG_PIN, PinChecks
from hub.logs import Watch, case_of
from hub.questions import NOT_READ, Question, Questions
from hub.reception import TurnedAway, receive
from hub.service import audience, reading, unasked
from hub.service.books import Asked, Books
from hub.service.opening import open_books, rehearse, take_duty
from hub.service.people import PinVerified
from hub.service.permissions import BY_ITSELF, STAFF
from hub.service.printed import digest_of
from hub.service.round import Job, Round
from hub.service.watch import Lookout
from hub.store import windows
from hub.store.commands import newest_moment
from hub.store.failures import StoreBroken, StoreFailed, StoreLost
from hub.store.migrate import migrate
from hub.store.sealing import Sealer
from hub.store.transaction import Store
from hub.wire import codec, messages as m

log = structlog.get_logger()

HEARTBEAT_S = 0.5
IDLE_ROUNDS = 10
"""Rounds within a heartbeat below which the hub has time to tidy its disk, which takes some milliseconds."""

Waiting = tuple[ReplyTo, Job]
"""A connection to answer and the job whose answer it waits for."""


class Hub:
    """One of a hall's hubs: `name` in `hall.toml`, else the first. For the clocks see `hub.clock`.

    `run` serves until `stop` is called, or raises `StoreBroken`.
    """

    def __init__(
        self,
        directory: HallDirectory,
        *,
        name: str = "",
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        counted: Callable[[], float] = counted_s,
        watch: Watch | None = None,
    ) -> None:
        self._clock = HubClock(clock, counted)
        hall, policy, years, database = directory.hall(), directory.policy(), directory.published(), directory.database
        address = hall.hub(name) if name else hall.hubs[0]
        self._name = address.name
        sealer = Sealer(keys.load_hall_secret(directory.data_key), keys.load_hall_secret(directory.pepper))
        own = keys.load_pair(directory.keys, "hub")
        self._duty = Duty(database, hall.code, address.name, wake=lambda: self._gate.wake())
        migrate(database)
        self._books = Books(hall, policy, years, sealer)
        self._store: Store  # from the first duty on
        self._beat_at, self._rounds = time.monotonic(), 0
        self._doubtful = False
        """Whether the books in memory may differ from the disk: they are opened anew before the next round."""
        store = self._duty.taken()  # where it has to be waited for, what would be in the way is said now
        enrolled = self._open(store) if store else rehearse(database, self._books, self._name, self._clock.now())
        self._gauges = Gauges(hall, directory.path, watch)
        self._gate = Gate(address, own, enrolled, self._gauges)
        self._questions = Questions(self._books, self._gauges, directory)
        self._pins = PinChecks(wake=self._gate.wake)
        self._lookout = Lookout(self._books)
        self._stopping = False

    def run(self) -> None:
        self._gauges.serve()
        if self._duty.holds():
            self._ready()
        self._duty.look_out()
        try:
            while not self._stopping:
                self._gate.wait(unasked.rest_s(self._books, self._beat_at - time.monotonic()))
                self._take_over()
                try:
                    letters = self._gate.drain()
                    if not self._duty.holds():  # after draining: what is served had come while this hub had the duty
                        self._stand_by(letters)
                        continue
                    if time.monotonic() >= self._beat_at:
                        self._beat()  # before serving: a hub started in the morning turns the day first
                    self._serve(letters)
                except StoreBroken as wrong:
                    log.critical("store.broken", reason=str(wrong))
                    raise
                except Exception:
                    log.exception("round.failed")  # terminals ask again; the loop lives on
                    self._gauges.failed("round")
                    self._doubtful = True
        finally:
            self._pins.close()
            self._questions.close()
            self._gauges.close()
            self._duty.close()
            self._gate.close()
            log.info("hub.stopped")

    def stop(self) -> None:
        """Ends `run` after the round at hand; may be called from a signal handler."""
        if not self._stopping:
            self._stopping = True
            self._gate.wake()

    # --- duty

    def _take_over(self) -> None:
        """Opens the books of a duty that has just come to this hub. What is wrong with them ends the hub."""
        if store := self._duty.taken():
            try:
                self._gate.let_in(self._open(store))
            except StoreFailed as wrong:
                self._duty.give_up(str(wrong))
                return
            self._pins.done()  # checked for a duty that has ended
            self._ready()

    def _open(self, store: Store) -> dict[bytes, Terminal]:
        """Everything the hub holds in memory, as the database has it; who may connect."""
        with store.transaction() as tx:
            self._clock.begin(newest_moment(tx, self._books.hall.code))
            opened = take_duty(tx, self._books, self._name, self._clock.now())
        self._store, self._doubtful, self._term, self._beat_at = store, False, opened.term, time.monotonic()
        self._logins, self._active = opened.logins, dict.fromkeys(opened.logins, self._clock.now())
        self._books.health.clear()
        return opened.enrolled

    def _ready(self) -> None:
        at = self._books.picture
        log.info("hub.ready", hall=self._books.hall.code, hub=self._name, term=self._term, epoch=at.epoch, seq=at.seq)

    def _stand_by(self, letters: list[Letter]) -> None:
        self._gate.turn_away(letters, m.Rejected(code=StoreLost.code, text=StoreLost.told))
        if time.monotonic() >= self._beat_at:
            self._beat_at, now = time.monotonic() + HEARTBEAT_S, self._clock.now()
            self._gauges.stand_by()
            self._books.pairings.clear()
            self._gate.publish(m.Heartbeat("", 0, at=now, business_date=self._books.date_of(now), active=False))

    # --- one round

    def _serve(self, letters: list[Letter]) -> None:
        now = self._clock.now()
        if self._books.recounts or self._books.date_of(now) > self._books.business_date:
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
            for (reply_to, asked, query), answer in self._questions.answered(self._store, queries):
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
        if actor.role in STAFF and refusal is None and not isinstance(command, BY_ITSELF):
            self._active[actor.terminal.name] = now
        if isinstance(command, reading.Query):
            queries.append((letter.reply_to, asked, command))
        elif isinstance(command, m.LogIn):
            self._check_pin(letter.reply_to, asked, command)
        elif isinstance(command, m.ReportHealth) and self._books.health.is_known(actor.terminal.name, command, now):
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
                refusal = m.Rejected(code=wrong.code, text=wrong.told)
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
            case m.ReportHealth() as told, m.Done():
                self._books.health.keep(name, told, job.asked.at)
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
        found: list[Waiting] = []
        for one in self._pins.done():
            if one.member is None:
                self._answer(one.reply_to, one.asked.command_id, m.LogIn, WRONG_PIN)
            else:
                digest = self._books.sealer.fingerprint("login", one.member.staff.encode())
                found.append((one.reply_to, Job(one.asked, PinVerified(one.member), digest)))
        return found

    # --- twice a second

    def _beat(self) -> None:
        self._beat_at = time.monotonic() + HEARTBEAT_S
        now = self._clock.now()
        self._commit_own(now)
        picture = self._books.picture
        beat = m.Heartbeat(epoch=picture.epoch, seq=picture.seq, at=now, business_date=self._books.business_date)
        self._gate.publish(beat)
        self._gauges.look(self._store, self._books, self._books.health.troubles)
        self._store.tidy(idle=self._rounds < IDLE_ROUNDS)
        self._rounds = 0

    def _commit_own(self, now: dt.datetime) -> None:
        jumps = self._clock.take_jumps()
        own = unasked.due(self._books, self._logins, self._active, jumps, now)
        if self._lookout.is_time(now):
            with self._store.reading() as db:
                own += unasked.watched(self._lookout, db, now)
        if own:
            self._commit([(NOBODY, job) for job in own])
