"""Talking with one printer: bytes out, frames in, and what it says about itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from hub.domain.hall import Value
from printers.connection import Connection
from printers.errors import (
    CoverOpen,
    CutterJam,
    Interrupted,
    NoAnswer,
    NonsenseAnswer,
    NotReady,
    Overheated,
    PaperOut,
    PrinterFault,
    PrinterSilent,
    WriteTimedOut,
)
from printers.pieces import pieces
from printers.status import (
    ASK_ERROR,
    ASK_OFFLINE_CAUSE,
    ASK_PAPER,
    ASK_PRINTER,
    AsbBlock,
    Condition,
    Demultiplexer,
    ErrorCause,
    FenceAnswer,
    OfflineCause,
    PaperSensor,
    PrinterStatus,
    ProcessId,
    RealTime,
    ask,
)

CHUNK_BYTES = 4096
TICK_S = 0.2
TROUBLES: dict[Condition, tuple[type[NotReady], str]] = {
    "cover_open": (CoverOpen, "the printer's cover is open; close it"),
    "paper_out": (PaperOut, "the printer has no paper; put in a new roll"),
    "cutter_jam": (CutterJam, "the printer's knife is stuck; switch it off, take out the paper, switch it on"),
    "overheated": (Overheated, "the printer's head is too hot; it goes on when it has cooled"),
    "fault": (PrinterFault, "the printer reports a fault; open it, look at knife and paper, switch it off and on"),
}
"""Conditions in which a printer keeps what it has and goes on when somebody has helped it, and what to say of each."""


class Patience(Value, frozen=True):
    """How long each kind of silence is borne, in seconds.

    `fence_s` counts only while the printer says it is ready; a printer that says why it waits is waited for, and asked
    every `ask_stuck_s`. `settle_s` is how long nothing more may come before old answers count as all in, `beside_s`
    how long an answer must stand alone to be believed, `calm_s` how long a line that was just opened must be quiet.
    """

    answer_s: float = 1.0
    ask_again_s: float = 1.0
    ask_stuck_s: float = 15.0
    silence_s: float = 10.0
    write_s: float = 15.0
    fence_s: float = 60.0
    settle_s: float = 2.0
    beside_s: float = 0.03
    calm_s: float = 0.3


class Conversation:
    """One printer's line, opened when needed.

    `condition` is what the printer last said, and may be read from any thread; all else belongs to one thread. Every
    change of it is told to `learnt`. `answers` are those to GS r 1 and GS ( H that have come and nobody took yet;
    `strange_bytes` counts what was no answer at all, over the line's life.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        patience: Patience,
        stopping: threading.Event,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.condition: Condition = "silent"
        self.answers: list[FenceAnswer | ProcessId] = []
        self.learnt: Callable[[Condition], None] = lambda condition: None
        self.now = monotonic
        self.fresh = True
        """Whether the line was opened anew, and may still bring what an earlier one was answered."""
        self.ever_answered = False
        self.ran_out = False
        """Whether the paper was out since somebody last said that it is not."""
        self._connect = connect
        self._patience = patience
        self._stopping = stopping
        self._connection: Connection | None = None
        self._demultiplexer = Demultiplexer()
        self._real_time: list[RealTime] = []
        self._pulses = self._asked = self._answered = 0
        """Since a job began: questions within it, other questions that were answered, and answers."""
        self._reported: Condition | None = None
        """What its automatic status last said on this line; None while it has said nothing by itself."""

    @property
    def will_say_when_it_goes_on(self) -> bool:
        """Stuck, and known to report every change: many questions would only fill a buffer that is full already."""
        return self._reported is not None and self.condition in TROUBLES

    @property
    def reported_stuck(self) -> bool:
        """Whether its own last report is that it cannot go on."""
        return self._reported in TROUBLES

    @property
    def strange_bytes(self) -> int:
        return self._demultiplexer.nonsense_bytes

    def look(self) -> None:
        """Asks DLE EOT 1, 4 and 2, and 3 for what error it is.

        Raises the `NotReady` that keeps the printer from printing, or `ConnectionLost`.
        """
        status, paper, cause = self._ask_all()
        if status.offline and not (paper.out or cause.cover_open or cause.paper_end or cause.error):
            status, paper, cause = self._ask_all()  # it may have been helped between two questions
        found: Condition = "paper_near_end" if paper.near_end else "ready"
        if cause.cover_open:
            found = "cover_open"
        elif paper.out or cause.paper_end:
            found = "paper_out"
        elif cause.error or status.offline:
            found = self._error()
        self._learn(found)
        if found in TROUBLES:
            kind, said = TROUBLES[found]
            raise kind(said)

    def write(self, data: bytes) -> None:
        """All of it, in the pieces that the line takes; a printer that said why it takes none is waited for.

        Raises `WriteTimedOut`, `ConnectionLost`, `Interrupted`.
        """
        sent, moved_at = 0, self.now()
        while sent < len(data):
            written = self._exchange(data[sent : sent + CHUNK_BYTES])
            sent += written
            if written or self.condition in TROUBLES:
                moved_at = self.now()
            elif self.now() - moved_at > self._patience.write_s:
                raise WriteTimedOut(f"the printer took {sent} of {len(data)} bytes and then no more")

    def send(self, job: bytes) -> None:
        """A job, with a question between its pieces that a printer which is on answers at once (`kept_answering`)."""
        self._pulses = self._asked = self._answered = 0
        for piece in pieces(job):
            self.write(piece + ask(ASK_PRINTER))
            self._pulses += 1

    @property
    def kept_answering(self) -> bool:
        """Whether every question within the job was answered: a printer that was switched off meanwhile missed one.

        On a serial line nothing else tells, and the rest of a job is answered for by a printer that lost its beginning.
        """
        return self._answered - self._asked >= self._pulses

    def catch_up(self) -> None:
        """Lets the answers to a job's own questions come, lest one be taken for another's."""
        until = self.now() + self._patience.answer_s
        while not self.kept_answering and self.now() < until:
            self.listen()

    def listen(self, timeout_s: float = TICK_S) -> None:
        """Takes in what comes within a tick."""
        self._exchange(b"", timeout_s)

    def drain(self, quiet_s: float) -> None:
        """Lets answers come and go until there was none for so long."""
        quiet_since = self.now()
        while self.now() - quiet_since < quiet_s:
            strange = self.strange_bytes
            self.answers.clear()
            self.listen(min(TICK_S, quiet_s))
            if self.answers or self.strange_bytes != strange:
                quiet_since = self.now()
        self.answers.clear()

    def leave(self) -> None:
        """Hangs up on a printer that is not to be understood; the next use opens the line anew."""
        if self._connection is not None:
            self._connection.abandon()
            self._connection = None
        self._learn("silent")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask_all(self) -> tuple[PrinterStatus, PaperSensor, OfflineCause]:
        return (
            PrinterStatus.parse(self._ask(ASK_PRINTER)),
            PaperSensor.parse(self._ask(ASK_PAPER)),
            OfflineCause.parse(self._ask(ASK_OFFLINE_CAUSE)),
        )

    def _error(self) -> Condition:
        """What error it is; some printers do not say."""
        try:
            return ErrorCause.parse(self._ask(ASK_ERROR)).condition
        except PrinterSilent:
            return "fault"

    def _ask(self, n: int) -> bytes:
        """The answer to `DLE EOT n`; asked twice, for one byte is easily lost."""
        self._open()
        strange = self.strange_bytes
        self.catch_up()
        for _ in range(2):
            self._real_time.clear()
            self.write(ask(n))
            until = self.now() + self._patience.answer_s
            while not self._real_time and self.now() < until:
                self.listen()
            if self._real_time:
                self.ever_answered = True
                self._asked += 1
                return self._real_time[-1].to_bytes()
        if strange := self.strange_bytes - strange:
            raise NonsenseAnswer(f"{strange} bytes came that no receipt printer sends; check baud rate and address")
        raise NoAnswer("the printer does not answer; check its power and cable")

    def _learn(self, condition: Condition) -> None:
        if condition != self.condition:
            self.condition = condition
            self.ran_out |= condition == "paper_out"
            self.learnt(condition)

    def _exchange(self, data: bytes, timeout_s: float = TICK_S) -> int:
        if self._stopping.is_set():
            raise Interrupted("the program ends while the printer works")
        written, read = self._open().exchange(data, timeout_s)
        for heard in self._demultiplexer.feed(read):
            match heard:
                case RealTime():
                    self._answered += 1
                    self._real_time.append(heard)
                case FenceAnswer() | ProcessId():
                    self.answers.append(heard)
                case AsbBlock():
                    self._reported = heard.condition
                    self._learn(heard.condition)
        return written

    def _open(self) -> Connection:
        """The line, opened if it is not."""
        if self._connection is None:
            self._connection = self._connect()
            self._demultiplexer = Demultiplexer()
            self._reported = None
            self.answers.clear()
            self.fresh = True
        return self._connection
