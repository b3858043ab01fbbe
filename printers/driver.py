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
from printers.conversation import Conversation, Patience
from printers.errors import (
    ConnectionLost,
    CoverOpen,
    FenceUnanswered,
    NonsenseAnswer,
    NotReady,
    PaperOut,
    PrinterFault,
    PrinterSilent,
    WriteTimedOut,
)
from printers.status import ASB_ON, FENCE, Condition, FenceAnswer

LONGEST_STRIP_BYTES = 128 * 72
MEND = bytes(LONGEST_STRIP_BYTES + 16) + b"\x1b@" + b"\x1dVB\x00"
"""After a job that was cut off: zeros fill up the picture the printer still waits for, then ESC @ and a cut (GS V 66)
part the torn piece from what follows. Zeros mean nothing to a printer that waits for no picture."""


class Outcome(Value, frozen=True):
    """What is known of a job that was sent; `reason` is an error's code where it is unknown."""

    state: Literal["confirmed", "unknown"]
    reason: str = ""


class PrinterDriver:
    """One printer. `torn` when an earlier program may have left a job half sent."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        torn: bool = False,
        patience: Patience | None = None,
        stopping: threading.Event | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._torn = torn
        self._patience = patience or Patience()
        self._now = monotonic
        self._talk = Conversation(connect, self._patience, stopping or threading.Event(), monotonic)

    @property
    def condition(self) -> Condition:
        """What the printer last said; may be read from any thread."""
        return self._talk.condition

    def check(self) -> None:
        """Asks the printer how it is; raises `NotReady` with what keeps it from printing."""
        try:
            self._talk.look()
        except (ConnectionLost, WriteTimedOut) as lost:
            self._talk.leave()
            raise PrinterSilent(str(lost)) from lost
        except (PrinterSilent, NonsenseAnswer):
            self._talk.leave()
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
        `Interrupted` when stopped. `learnt` hears of every change of condition while the job is under way.
        """
        self._talk.learnt = learnt
        try:
            self.check()
            self._make_sure_it_listens()
            sending()
            return self._send(data)
        finally:
            self._talk.learnt = lambda condition: None

    def close(self) -> None:
        self._talk.close()

    def _make_sure_it_listens(self) -> None:
        """A fence in front: the printer works through its queue, and no answer to an older fence is still to come."""
        try:
            if self._torn:
                self._talk.write(MEND)
            self._talk.fences.clear()
            self._talk.write(ASB_ON + FENCE)
            self._await_fence()
            if self._torn:
                self._let_settle()
        except (ConnectionLost, WriteTimedOut, FenceUnanswered, PrinterSilent, NonsenseAnswer) as wrong:
            self._torn = True
            self._talk.leave()
            raise PrinterSilent(f"the printer takes no work, nothing of the job was sent: {wrong}") from wrong
        self._torn = False
        self._talk.fences.clear()

    def _let_settle(self) -> None:
        """Old fences may be answered before ours; none may be left to be taken for the next job's."""
        quiet_since = self._now()
        while self._now() - quiet_since < self._patience.settle_s:
            self._talk.fences.clear()
            self._talk.listen()
            if self._talk.fences:
                quiet_since = self._now()

    def _send(self, data: bytes) -> Outcome:
        try:
            self._talk.write(data + FENCE)
            answer = self._await_fence()
        except (NotReady, ConnectionLost, WriteTimedOut, FenceUnanswered) as wrong:
            self._torn = True
            self._talk.leave()
            return Outcome("unknown", wrong.code)
        if answer.paper_out:  # it answered although its paper is out: it has not told whether the end came out
            self._torn = True
            return Outcome("unknown", PaperOut.code)
        return Outcome("confirmed")

    def _await_fence(self) -> FenceAnswer:
        """Reads until a fence is answered, asking the printer how it is meanwhile."""
        waiting_since = heard_at = self._now()
        ask_at = heard_at + self._patience.ask_again_s
        while not self._talk.fences:
            self._talk.listen()
            if self._talk.will_say_when_it_goes_on:
                waiting_since = heard_at = self._now()
                ask_at = heard_at + self._patience.ask_again_s
            if self._talk.fences or (now := self._now()) < ask_at:
                continue
            try:
                self._talk.look()
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
        return self._talk.fences[0]
