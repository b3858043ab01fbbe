"""One round of the hub: what waits is decided, written in one commit, and only then answered and published.

Commands that only add are decided in memory and written together, one `executemany` a table; should that fail they
are replayed singly. Contending commands run singly. Each has a savepoint of its own: a failure takes back only itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import structlog

from hub.domain.errors import DomainError
from hub.errors import Refused
from hub.service import giving, grievances, line_rules, posts, printed
from hub.service.books import Asked, Books, Decision, Draft
from hub.service.handlers import ADDITIVE, CONTENDING, NOT_REMEMBERED
from hub.service.permissions import BY_HAND
from hub.service.refusals import rejection
from hub.store import additions, commands, feed
from hub.store.commands import AuditRecord
from hub.store.prepared import savepoint
from hub.store.transaction import Transaction, concerns_one_command
from hub.wire import codec, messages as m

log = structlog.get_logger()


@dataclass
class Job:
    """A command in a round. `digest` recognises a resend of the same command; `answer` is there after the round.

    `refusal` is why it may not be carried out now; a resend of what was carried out before is answered all the same.
    `first` is the answer it had before, where its paper is news. `carried` says that this round carried it out.
    """

    asked: Asked
    command: Any
    digest: bytes = b""
    refusal: Refused | None = None
    first: m.Answer | None = None
    answer: m.Answer | None = None
    carried: bool = False

    @property
    def asked_by(self) -> tuple[str, bytes]:
        """The terminal and the digest: who may be told what became of this command id."""
        return self.asked.actor.terminal.name, self.digest


@dataclass
class Outcome:
    """What a committed round changed: its events, numbered, in order."""

    events: list[m.Numbered] = field(default_factory=list)


class Round:
    """Decides and writes one round inside a transaction that the caller commits; `settle` then changes the books."""

    def __init__(self, tx: Transaction, books: Books) -> None:
        self._tx = tx
        self._books = books
        self._draft = Draft(books)
        self._carried: list[tuple[Job, Decision]] = []
        self._events: list[m.Numbered] = []
        self._audit: list[tuple[AuditRecord, bytes]] = []
        self._jobs: list[Job] = []

    def run(self, jobs: list[Job]) -> None:
        """Gives every job its answer; raises nothing but what makes the whole transaction impossible."""
        self._jobs = jobs
        fresh = self._without_resends(jobs)
        self._add([job for job in fresh if self._only_adds(job.command)])
        for job in fresh:
            if not self._only_adds(job.command):
                self._contend(job)
        self._answer_twins(jobs)
        self._write_feed_and_chain()

    def settle(self) -> Outcome:
        """After the commit: what was given out is given out, what happened is in the picture."""
        books = self._books
        books.counters.update(self._draft.counters)
        books.next_notice = self._draft.next_notice
        books.turn_to(self._draft.edition, recounts=self._draft.recounts)
        books.happened(self._events)
        for job in self._jobs:
            if type(job.command) in BY_HAND:
                books.refusals.note(job.asked.command_id, job.asked_by, job.answer)
        if self._audit:
            books.audit_ordinal, books.audit_hash = self._audit[-1][0].ordinal, self._audit[-1][1]
        return Outcome(self._events)

    # --- exactly once

    def _without_resends(self, jobs: list[Job]) -> list[Job]:
        """What is still to be carried out; resends have their answer, and so has what may not be asked."""
        known = commands.remembered(self._tx, self._books.hall.code, [job.asked.command_id for job in jobs])
        fresh: dict[str, Job] = {}
        for job in jobs:
            first = known.get(job.asked.command_id)
            if first is not None:
                same = (first.terminal, first.digest) == job.asked_by
                self._answer_again(job, codec.decode_answer(first.answer) if same else _reused(job))
            else:
                job.answer = self._books.refusals.of(job.asked.command_id, job.asked_by)
            if job.answer is None and (first is not None or job.refusal is None):
                fresh.setdefault(job.asked.command_id, job)
        return list(fresh.values())

    def _answer_again(self, job: Job, first: m.Answer) -> None:
        """The first answer; none yet where the command's paper is news."""
        job.answer = printed.settled(self._tx, self._books, job.asked, job.command, first)
        job.first = first if job.answer is None else None

    def _answer_twins(self, jobs: list[Job]) -> None:
        """The same command twice in one round: the second gets the first's answer."""
        carried: dict[str, Job] = {}
        for job in jobs:
            if job.answer is not None:
                carried.setdefault(job.asked.command_id, job)
        for job in jobs:
            if job.answer is not None:
                continue
            twin = carried.get(job.asked.command_id)
            if twin is not None and twin.answer is not None:
                same = (twin.asked.actor.terminal, twin.digest) == (job.asked.actor.terminal, job.digest)
                self._answer_again(job, twin.answer if same else _reused(job))
                if job.answer is None:
                    self._contend(job)
                    if job.carried:  # the numbers given a moment ago are void: nobody is told of them
                        twin.answer = job.answer
            elif job.refusal is not None:
                job.answer = rejection(job.refusal)

    # --- commands that only add

    def _only_adds(self, command: object) -> bool:
        """Whether a command can be decided in memory; what its paper says, and what hours allow, is looked up."""
        free = printed.said_by(command) is None and not giving.has_hours(self._books, command)
        return type(command) in ADDITIVE and free

    def _add(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        before = self._draft.marked()
        decided = [(job, decision) for job in jobs if (decision := self._decide(job)) is not None]
        try:
            with savepoint(self._tx):
                self._write([decision for _, decision in decided], [job for job, _ in decided])
        except Exception as wrong:
            if not concerns_one_command(wrong):
                raise
            log.exception("batch.failed", commands=len(decided))
            self._draft = before
            for job, _ in decided:
                self._add_singly(job)
            return
        for job, decision in decided:
            self._carry(job, decision)

    def _add_singly(self, job: Job) -> None:
        before = self._draft.marked()
        decision = self._decide(job)
        if decision is None:
            return
        try:
            with savepoint(self._tx):
                self._write([decision], [job])
        except Exception as wrong:
            if not concerns_one_command(wrong):
                raise
            self._draft = before
            job.answer = _internal(job)
            return
        self._carry(job, decision)

    def _decide(self, job: Job) -> Decision | None:
        try:
            return ADDITIVE[type(job.command)](self._books, self._draft, job.asked, job.command)
        except (Refused, DomainError) as refusal:
            job.answer = rejection(refusal)
        except Exception:  # nothing was written yet: this command's own mistake, logged whole
            job.answer = _internal(job)
        return None

    def _write(self, decisions: list[Decision], jobs: list[Job]) -> None:
        """All rows of these decisions, table by table in the order their keys need, and the counters behind them."""
        code = self._books.hall.code
        additions.add_rows(self._tx, code, [decision.rows for decision in decisions])
        self._remember(zip(jobs, decisions, strict=True))
        additions.save_counters(self._tx, code, self._draft.counters)

    # --- contending commands

    def _contend(self, job: Job) -> None:
        before = self._draft.marked()
        try:
            with savepoint(self._tx):
                decision = self._decided(job)
                if job.first is not None:
                    self._remember_anew(job, decision)
                elif type(job.command) not in NOT_REMEMBERED:
                    self._remember([(job, decision)])
        except (Refused, DomainError) as refusal:
            self._draft = before
            job.answer = rejection(refusal)
        except Exception as wrong:
            if not concerns_one_command(wrong):
                raise
            self._draft = before
            job.answer = _internal(job)
        else:
            self._carry(job, decision)

    def _decided(self, job: Job) -> Decision:
        if printed.said_by(job.command) is not None:
            return printed.carry_out(self._tx, self._books, self._draft, job.asked, job.command, job.first)
        if isinstance(job.command, m.TakeTicket):
            return giving.take_ticket(self._tx, self._books, self._draft, job.asked, job.command)
        grievances.keep_out(self._tx, self._books, job.asked.actor, job.command)
        job.asked = posts.authorised(self._tx, self._books, job.asked, job.command)
        handler = CONTENDING[type(job.command)]
        return handler(self._tx, self._books, self._draft, job.asked, job.command)

    # --- what every command leaves behind

    def _remember(self, carried: Iterable[tuple[Job, Decision]]) -> None:
        rows = [
            {
                "command_id": job.asked.command_id,
                "terminal": job.asked.actor.terminal.name,
                "kind": type(job.command).__name__,
                "digest": job.digest,
                "answer": codec.encode_answer(decision.answer),
                "at": job.asked.at,
            }
            for job, decision in carried
        ]
        if rows:
            commands.remember(self._tx, self._books.hall.code, rows)

    def _remember_anew(self, job: Job, decision: Decision) -> None:
        """What stands is what every later resend is told."""
        commands.answer_anew(
            self._tx, self._books.hall.code, job.asked.command_id, codec.encode_answer(decision.answer)
        )

    def _carry(self, job: Job, decision: Decision) -> None:
        job.answer, job.carried = decision.answer, True
        self._carried.append((job, decision))

    def _write_feed_and_chain(self) -> None:
        books = self._books
        seq, ordinal, previous = books.picture.seq, books.audit_ordinal, books.audit_hash
        for job, decision in self._carried:
            asked = job.asked
            for happened in decision.events:
                seq += 1
                self._events.append(m.Numbered(seq=seq, at=asked.at, event=happened))
            ordinal += 1
            record = AuditRecord(
                ordinal=ordinal,
                at=asked.at,
                terminal=asked.actor.terminal.name,
                staff=asked.actor.staff,
                kind=type(job.command).__name__,
                subject=posts.told_for_whom(decision.subject, asked.actor),
                command_id=asked.command_id,
            )
            previous = record.chained(previous)
            self._audit.append((record, previous))
        if self._events:
            feed.append(self._tx, books.hall.code, books.picture.epoch, self._events)
        if self._audit:
            commands.append_audit(self._tx, books.hall.code, self._audit)
        line_rules.note_turn(self._tx, books, self._events, self._audit)


def _reused(job: Job) -> m.Rejected:
    return m.Rejected(
        code="command_id_reused", text="this command id was used for something else; make a fresh one for each command"
    )


def _internal(job: Job) -> m.Rejected:
    """An unknown mistake: logged whole, nothing of the command kept, and the hub goes on."""
    log.exception("command.failed", kind=type(job.command).__name__, command_id=job.asked.command_id)
    return m.Rejected(code="internal", text="the hub could not do this and kept nothing of it; its log says why")
