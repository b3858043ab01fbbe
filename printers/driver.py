"""Prints one job at a time and finds out whether it was printed.

A job is sent only to a printer that has just said it is ready and has nothing older waiting, and counts as printed
only when the printer answers the mark behind it. Whatever breaks after the first byte leaves it unknown.
"""

from __future__ import annotations

import secrets
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
    NoAnswer,
    NonsenseAnswer,
    NotReady,
    PaperOut,
    PrinterFault,
    PrinterSilent,
    SwitchedOff,
    Unconfirmed,
    WriteTimedOut,
)
from printers.marks import Answer, Fence, Mark, Process
from printers.profiles import PROFILES, Profile
from printers.status import ASB_ON, ID_LETTERS, Condition, FenceAnswer

LONGEST_STRIP_BYTES = 128 * 72
CUT, PUSH_OUT = b"\x1dVB\x00", b"\x1bJ\xf0"
MEND = bytes(LONGEST_STRIP_BYTES + 16) + b"\x1b@"
"""After a job that was cut off: zeros fill up the picture the printer still waits for, then ESC @; a cut (GS V 66) or
30 mm of blank paper part the torn piece from the next. Zeros mean nothing to a printer that waits for no picture."""
HEAD_ENDS = bytes(8)
"""Before any question after such a job: GS v 0 cut off in its head would take a question's bytes for its size, and the
printer would wait for millions of dots; zeros make that size nothing."""
DOUBTS = 3
"""How often an answer that does not stand alone is asked for anew."""


def _id() -> bytes:
    return bytes(secrets.choice(ID_LETTERS) for _ in range(4))


class Outcome(Value, frozen=True):
    """What is known of a job that was sent; `reason` is an error's code where it is unknown."""

    state: Literal["confirmed", "unknown"]
    reason: str = ""


class PrinterDriver:
    """One printer. `torn` when an earlier program may have left a job half sent."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        profile: Profile = PROFILES[80],
        *,
        torn: bool = False,
        patience: Patience | None = None,
        stopping: threading.Event | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        fresh_id: Callable[[], bytes] = _id,
    ) -> None:
        self._profile = profile
        self._torn = self._head_open = torn
        self._patience = patience or Patience()
        self._now = monotonic
        self._fresh_id = fresh_id
        self._talk = Conversation(connect, self._patience, stopping or threading.Event(), monotonic)

    @property
    def condition(self) -> Condition:
        """What the printer last said; may be read from any thread."""
        return self._talk.condition

    def check(self) -> None:
        """Asks the printer how it is; raises `NotReady` with what keeps it from printing."""
        try:
            if self._head_open:
                self._talk.write(HEAD_ENDS)
                self._head_open = False
            self._talk.look()
            self._calm()
        except (ConnectionLost, WriteTimedOut) as lost:
            self._talk.leave()
            raise PrinterSilent(str(lost)) from lost
        except NoAnswer:
            if self._is_mute:
                return
            self._talk.leave()
            raise
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

    def _tear(self) -> None:
        """A job was cut off, perhaps in the head of a picture."""
        self._torn = self._head_open = True

    @property
    def _is_mute(self) -> bool:
        """Whether its silence says nothing: it was never asked to confirm, and has never answered a question."""
        return self._profile.confirmation == "none" and not self._talk.ever_answered

    def _mark(self) -> Mark:
        return Process(self._fresh_id()) if self._profile.confirmation == "process_id" else Fence()

    def _calm(self) -> None:
        """A line that was just opened may bring answers to an earlier program's questions, or the rest of a block."""
        if self._talk.fresh:
            self._talk.drain(self._patience.calm_s)
            self._talk.fresh = False

    def _make_sure_it_listens(self) -> None:
        """A mark in front: the printer works through its queue, and no answer to an older one is still to come."""
        try:
            if self._torn:
                self._talk.write(MEND + (CUT if self._profile.ending == "cut" else PUSH_OUT))
            if self._profile.confirmation != "none":
                self._talk.write(ASB_ON)
                alone = self._marked(self._mark())
                if self._torn or alone is None:
                    self._talk.drain(self._patience.settle_s)
        except (ConnectionLost, WriteTimedOut, FenceUnanswered, SwitchedOff, PrinterSilent, NonsenseAnswer) as wrong:
            self._tear()
            self._talk.leave()
            raise PrinterSilent(f"the printer takes no work, nothing of the job was sent: {wrong}") from wrong
        self._torn = False

    def _send(self, data: bytes) -> Outcome:
        """A roll that ends within a job parts it in two, whatever the printer says when the rest is on the next one."""
        self._talk.ran_out = False
        try:
            if self._profile.confirmation == "none":
                self._talk.write(data)
                self._await_ready()
                return Outcome("unknown", Unconfirmed.code)
            self._talk.send(data)
            answer = self._confirmation()
            self._talk.catch_up()
            if not self._talk.kept_answering:
                raise SwitchedOff("the printer missed a question within the job: it was switched off and on")
        except (NotReady, ConnectionLost, WriteTimedOut, FenceUnanswered, SwitchedOff) as wrong:
            self._tear()
            self._talk.leave()
            return Outcome("unknown", wrong.code)
        if self._talk.ran_out:
            return Outcome("unknown", PaperOut.code)
        if isinstance(answer, FenceAnswer) and answer.paper_out:
            self._tear()  # it answered although its paper is out: it has not told whether the end came out
            return Outcome("unknown", PaperOut.code)
        return Outcome("confirmed")

    def _confirmation(self) -> Answer:
        for _ in range(DOUBTS):
            answer = self._marked(self._mark())
            if answer is not None:
                return answer
            self._talk.drain(self._patience.settle_s)
        raise NonsenseAnswer("the printer's answers do not stand alone; check baud rate, cable and earth")

    def _marked(self, mark: Mark) -> Answer | None:
        """Sends a mark and waits for its answer; None where what came may be something else.

        A fence's answer is one byte, as a piece of a status block is whose beginning was lost: it is believed only
        when nothing came beside it, and no answer counts that came before the question.
        """
        self._talk.answers.clear()
        strange = self._talk.strange_bytes
        self._talk.write(mark.to_bytes())
        answer = self._await(mark)
        if isinstance(mark, Fence):
            self._talk.listen(self._patience.beside_s)
            if len(self._talk.answers) > 1 or self._talk.strange_bytes != strange:
                return None
        if self._talk.reported_stuck and not (isinstance(answer, FenceAnswer) and answer.paper_out):
            raise SwitchedOff("the printer answers, but never said that it goes on: it was switched off and on")
        return answer

    def _await(self, mark: Mark) -> Answer:
        """Reads until the mark is answered, asking the printer how it is meanwhile."""
        waiting_since = heard_at = self._now()
        ask_at = heard_at + self._patience.ask_again_s
        contradictions = 0
        while (answer := mark.answer(self._talk.answers)) is None:
            self._talk.listen()
            if self._talk.will_say_when_it_goes_on:
                waiting_since = heard_at = self._now()
            if mark.answer(self._talk.answers) is not None or (now := self._now()) < ask_at:
                continue
            try:
                self._talk.look()
                heard_at = self._now()
                contradictions += self._talk.reported_stuck
            except (PaperOut, CoverOpen, PrinterFault):
                waiting_since = heard_at = self._now()
            except (PrinterSilent, NonsenseAnswer):
                if now - heard_at > self._patience.silence_s:
                    raise
            if contradictions > 1:
                raise SwitchedOff("the printer has forgotten why it waited: it was switched off and on")
            patience_s = self._patience.ask_again_s
            if self._talk.will_say_when_it_goes_on:
                patience_s = self._patience.ask_stuck_s
            ask_at = self._now() + patience_s
            if self._now() - waiting_since > self._patience.fence_s:
                raise FenceUnanswered(
                    f"the printer says it is ready but does not answer {mark.name}; bancheng printer probe shows "
                    "what it answers, or it was switched off and on in the middle"
                )
        return answer

    def _await_ready(self) -> None:
        """As far as a printer can be asked that confirms nothing: until it says that nothing keeps it."""
        heard_at = self._now()
        while not self._is_mute:
            try:
                self._talk.look()
                return
            except (PaperOut, CoverOpen, PrinterFault):
                heard_at = self._now()
            except (PrinterSilent, NonsenseAnswer):
                if self._now() - heard_at > self._patience.silence_s:
                    raise
            self._talk.listen(self._patience.ask_again_s)
