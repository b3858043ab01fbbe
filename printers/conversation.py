"""Talking with one printer: bytes out, frames in, and what it says about itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from hub.domain.hall import Value
from printers.connection import Connection
from printers.errors import (
    CoverOpen,
    Interrupted,
    NonsenseAnswer,
    PaperOut,
    PrinterFault,
    PrinterSilent,
    WriteTimedOut,
)
from printers.status import (
    ASK_OFFLINE_CAUSE,
    ASK_PAPER,
    ASK_PRINTER,
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

CHUNK_BYTES = 4096
TICK_S = 0.2
STUCK: frozenset[Condition] = frozenset({"paper_out", "cover_open", "fault"})
"""Conditions in which a printer keeps what it has and goes on when somebody has helped it."""


class Patience(Value, frozen=True):
    """How long each kind of silence is borne, in seconds.

    `fence_s` counts only while the printer says it is ready; a printer that says why it waits is waited for.
    `settle_s` is how long nothing more may come before old answers count as all in.
    """

    answer_s: float = 1.0
    ask_again_s: float = 1.0
    silence_s: float = 10.0
    write_s: float = 15.0
    fence_s: float = 60.0
    settle_s: float = 2.0


class Conversation:
    """One printer's line, opened when needed.

    `condition` is what the printer last said, and may be read from any thread; all else belongs to one thread. Every
    change of it is told to `learnt`. `fences` are the answers to GS r 1 that have come and nobody took yet.
    """

    def __init__(
        self,
        connect: Callable[[], Connection],
        patience: Patience,
        stopping: threading.Event,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.condition: Condition = "silent"
        self.fences: list[FenceAnswer] = []
        self.learnt: Callable[[Condition], None] = lambda condition: None
        self.now = monotonic
        self._connect = connect
        self._patience = patience
        self._stopping = stopping
        self._connection: Connection | None = None
        self._demultiplexer = Demultiplexer()
        self._answers: list[RealTime] = []
        self._reports_itself = False

    @property
    def will_say_when_it_goes_on(self) -> bool:
        """Stuck, and known to report every change: questions would only fill up a buffer that is full already."""
        return self._reports_itself and self.condition in STUCK

    def look(self) -> None:
        """Asks DLE EOT 1, 4 and 2; raises the `NotReady` that keeps the printer from printing, or `ConnectionLost`."""
        status, paper, cause = self._ask_all()
        if status.offline and not (paper.out or cause.cover_open or cause.paper_end or cause.error):
            status, paper, cause = self._ask_all()  # it may have been helped between two questions
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

    def write(self, data: bytes) -> None:
        """All of it, in the pieces that the line takes; a printer that said why it takes none is waited for.

        Raises `WriteTimedOut`, `ConnectionLost`, `Interrupted`.
        """
        sent, moved_at = 0, self.now()
        while sent < len(data):
            written = self._exchange(data[sent : sent + CHUNK_BYTES])
            sent += written
            if written or self.condition in STUCK:
                moved_at = self.now()
            elif self.now() - moved_at > self._patience.write_s:
                raise WriteTimedOut(f"the printer took {sent} of {len(data)} bytes and then no more")

    def listen(self) -> None:
        """Takes in what comes within a tick."""
        self._exchange(b"")

    def leave(self) -> None:
        """Hangs up on a printer that is not to be understood; the next use opens the line anew."""
        self.close()
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

    def _ask(self, n: int) -> bytes:
        """The answer to `DLE EOT n`; asked twice, for one byte is easily lost."""
        self._open()
        nonsense = self._demultiplexer.nonsense_bytes
        for _ in range(2):
            self._answers.clear()
            self.write(ask(n))
            until = self.now() + self._patience.answer_s
            while not self._answers and self.now() < until:
                self.listen()
            if self._answers:
                return self._answers[-1].to_bytes()
        if strange := self._demultiplexer.nonsense_bytes - nonsense:
            raise NonsenseAnswer(f"{strange} bytes came that no receipt printer sends; check baud rate and address")
        raise PrinterSilent("the printer does not answer; check its power and cable")

    def _learn(self, condition: Condition) -> None:
        if condition != self.condition:
            self.condition = condition
            self.learnt(condition)

    def _exchange(self, data: bytes) -> int:
        if self._stopping.is_set():
            raise Interrupted("the program ends while the printer works")
        written, read = self._open().exchange(data, TICK_S)
        for heard in self._demultiplexer.feed(read):
            match heard:
                case RealTime():
                    self._answers.append(heard)
                case FenceAnswer():
                    self.fences.append(heard)
                case AsbBlock():
                    self._reports_itself = True
                    self._learn(heard.condition)
        return written

    def _open(self) -> Connection:
        """The line, opened if it is not."""
        if self._connection is None:
            self._connection = self._connect()
            self._demultiplexer = Demultiplexer()
            self._reports_itself = False
        return self._connection
