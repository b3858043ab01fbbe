"""Prints one job at a time and finds out whether it was printed.

A job is sent only to a printer that has just said it is ready and has nothing older waiting, and counts as printed
only when the printer answers the fence behind it (GS r 1). Whatever breaks after the first byte leaves it unknown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

from hub.domain.hall import Value
from printers.connection import Connection
from printers.errors import (
    ConnectionLost,
    CoverOpen,
    FenceUnanswered,
    Interrupted,
    NonsenseAnswer,
    NotReady,
    PaperOut,
    PrinterFault,
    PrinterSilent,
    WriteTimedOut,
)
from printers.status import (
    ASB_ON,
    ASK_OFFLINE_CAUSE,
    ASK_PAPER,
    ASK_PRINTER,
    FENCE,
    AsbBlock,
    Condition,
    Demultiplexer,
    FenceAnswer,
    OfflineCause,
    PaperSensor,
    PrinterStatus,
    RealTime,
    ask,
)

LONGEST_STRIP_BYTES = 128 * 72
MEND = bytes(LONGEST_STRIP_BYTES + 16) + b"\x1b@" + b"\x1dVB\x00"
"""After a job that was cut off: zeros fill up the picture the printer still waits for, then ESC @ and a cut (GS V 66)
part the torn piece from what follows. Zeros mean nothing to a printer that waits for no picture."""

CHUNK_BYTES = 4096
TICK_S = 0.2
STUCK: frozenset[Condition] = frozenset({"paper_out", "cover_open", "fault"})
"""Conditions in which a printer keeps what it has and goes on when somebody has helped it."""


class Patience(Value, frozen=True):
    """How long each kind of silence is borne, in seconds.

    `fence_s` counts only while the printer says it is ready; a printer that says why it waits is waited for.
    """

    answer_s: float = 1.0
    ask_again_s: float = 1.0
    silence_s: float = 10.0
    write_s: float = 15.0
    fence_s: float = 60.0
    settle_s: float = 2.0


class Outcome(Value, frozen=True):
    """What is known of a job that was sent; `reason` is an error's code where it is unknown."""

    state: Literal["confirmed", "unknown"]
    reason: str = ""


class PrinterDriver:
    """One printer on its line, opened when needed. `torn` when an earlier program may have left a job half sent.

    `condition` is what the printer last said, and may be read from any thread; all else belongs to one thread.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        torn: bool = False,
        patience: Patience | None = None,
        stopping: threading.Event | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.condition: Condition = "silent"
        self._connect = connect
        self._connection: Connection | None = None
        self._torn = torn
        self._patience = patience or Patience()
        self._stopping = stopping or threading.Event()
        self._now = monotonic
        self._demultiplexer = Demultiplexer()
        self._answers: list[RealTime] = []
        self._fences: list[FenceAnswer] = []
        self._learnt: Callable[[Condition], None] = lambda condition: None

    def check(self) -> None:
        """Asks the printer how it is; raises `NotReady` with what keeps it from printing."""
        try:
            self._look()
        except ConnectionLost as lost:
            self._leave()
            raise PrinterSilent(str(lost)) from lost
        except (PrinterSilent, NonsenseAnswer):
            self._leave()
            raise

    def print_job(
        self,
        data: bytes,
        *,
        sending: Callable[[], None] = lambda: None,
        learnt: Callable[[Condition], None] = lambda condition: None,
    ) -> Outcome:
        """Prints one job that ends with its cut, and waits until its fate is known.

        `sending` is called when the printer is ready and before the first byte; raises `NotReady` before that, and
        `Interrupted` when stopped after it. `learnt` hears of every change of condition while the job is under way.
        """
        self._learnt = learnt
        try:
            self.check()
            self._make_sure_it_listens()
            sending()
            return self._send(data)
        finally:
            self._learnt = lambda condition: None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # --- before a job

    def _make_sure_it_listens(self) -> None:
        """A fence in front: the printer works through its queue, and no answer to an older fence is still to come."""
        try:
            if self._torn:
                self._write(MEND)
            self._fences.clear()
            self._write(ASB_ON + FENCE)
            self._await_fence()
            if self._torn:
                self._let_settle()
        except (ConnectionLost, WriteTimedOut, FenceUnanswered, PrinterSilent, NonsenseAnswer) as wrong:
            self._torn = True
            self._leave()
            raise PrinterSilent(f"the printer takes no work, nothing of the job was sent: {wrong}") from wrong
        self._torn = False
        self._fences.clear()

    def _let_settle(self) -> None:
        """Old fences may be answered before ours; none may be left to be taken for the next job's."""
        quiet_since = self._now()
        while self._now() - quiet_since < self._patience.settle_s:
            self._fences.clear()
            self._exchange(b"")
            if self._fences:
                quiet_since = self._now()

    # --- a job

    def _send(self, data: bytes) -> Outcome:
        try:
            self._write(data + FENCE)
            return self._outcome(self._await_fence())
        except (NotReady, ConnectionLost, WriteTimedOut, FenceUnanswered) as wrong:
            self._torn = True
            self._leave()
            return Outcome("unknown", wrong.code)

    def _await_fence(self) -> FenceAnswer:
        """Reads until a fence is answered, asking the printer how it is meanwhile."""
        waiting_since = heard_at = self._now()
        ask_at = heard_at + self._patience.ask_again_s
        while not self._fences:
            self._exchange(b"")
            if self._fences or (now := self._now()) < ask_at:
                continue
            try:
                self._look()
                heard_at = self._now()
            except (PaperOut, CoverOpen, PrinterFault):
                waiting_since = heard_at = self._now()
            except (PrinterSilent, NonsenseAnswer):
                if now - heard_at > self._patience.silence_s:
                    raise
            ask_at = self._now() + self._patience.ask_again_s
            if self._now() - waiting_since > self._patience.fence_s:
                raise FenceUnanswered(
                    "the printer says it is ready but does not answer GS r 1; it must be one that does, "
                    "or was switched off and on in the middle"
                )
        return self._fences[0]

    def _outcome(self, answer: FenceAnswer) -> Outcome:
        """A printer that answers although its paper is out has not told whether the end came out."""
        if answer.paper_out:
            self._torn = True
            return Outcome("unknown", PaperOut.code)
        return Outcome("confirmed")

    # --- asking

    def _look(self) -> None:
        """Asks DLE EOT 1, 4 and 2; raises what keeps the printer from printing."""
        status = PrinterStatus.parse(self._ask(ASK_PRINTER))
        paper = PaperSensor.parse(self._ask(ASK_PAPER))
        cause = OfflineCause.parse(self._ask(ASK_OFFLINE_CAUSE))
        if cause.cover_open:
            self._learn("cover_open")
            raise CoverOpen("the printer's cover is open; close it")
        if paper.out or cause.paper_end:
            self._learn("paper_out")
            raise PaperOut("the printer has no paper; put in a new roll")
        if cause.error or status.offline:
            self._learn("fault")
            raise PrinterFault("the printer reports a fault; open it, look at knife and paper, switch it off and on")
        self._learn("paper_near_end" if paper.near_end else "ready")

    def _ask(self, n: int) -> bytes:
        """The answer to `DLE EOT n`; asked twice, for one byte is easily lost."""
        nonsense = self._demultiplexer.nonsense_bytes
        for _ in range(2):
            self._answers.clear()
            self._write(ask(n))
            until = self._now() + self._patience.answer_s
            while not self._answers and self._now() < until:
                self._exchange(b"")
            if self._answers:
                return self._answers[-1].to_bytes()
        if strange := self._demultiplexer.nonsense_bytes - nonsense:
            raise NonsenseAnswer(f"{strange} bytes came that no receipt printer sends; check baud rate and address")
        raise PrinterSilent("the printer does not answer; check its power and cable")

    def _learn(self, condition: Condition) -> None:
        if condition != self.condition:
            self.condition = condition
            self._learnt(condition)

    # --- the line

    def _write(self, data: bytes) -> None:
        """All of it, in the pieces that the line takes; a printer that said why it takes none is waited for."""
        sent, moved_at = 0, self._now()
        while sent < len(data):
            written = self._exchange(data[sent : sent + CHUNK_BYTES])
            sent += written
            if written or self.condition in STUCK:
                moved_at = self._now()
            elif self._now() - moved_at > self._patience.write_s:
                raise WriteTimedOut(f"the printer took {sent} of {len(data)} bytes and then no more")

    def _exchange(self, data: bytes) -> int:
        if self._stopping.is_set():
            raise Interrupted("the program ends while the printer works")
        if self._connection is None:
            self._connection = self._connect()
            self._demultiplexer = Demultiplexer()
        written, read = self._connection.exchange(data, TICK_S)
        for heard in self._demultiplexer.feed(read):
            match heard:
                case RealTime():
                    self._answers.append(heard)
                case FenceAnswer():
                    self._fences.append(heard)
                case AsbBlock():
                    self._learn(_condition_of(heard))
        return written

    def _leave(self) -> None:
        """Hangs up on a printer that is not to be understood; the next use opens the line anew."""
        self.close()
        self._learn("silent")


def _condition_of(block: AsbBlock) -> Condition:
    if block.cover_open:
        return "cover_open"
    if block.paper_out:
        return "paper_out"
    if block.error or block.offline:
        return "fault"
    return "paper_near_end" if block.near_end else "ready"
