"""A block of manual slips (R65) on its way from the staff corner to the hub and onto paper: asked for once, never lost.

On the disk before it is asked for, so that a kiosk that dies asks again under the same command id and gets the same
block; its papers are jobs of the spool with ids made of that id and their place, so that each is printed once. One is
handed to the spool when the one before it is settled, and only while somebody stands at the corner: slips that come
out in front of the hall are anybody's, and a receipt must not wait behind fifty of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal, Protocol

from msgspec.structs import replace

from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.slips import ranges
from hub.wire.messages import Answer, Command, PrintSlips, PrintState, Rejected, ReportPrint, SlipBlock
from kiosk.outbox import KeptBlock, Outbox, OutboxError
from kiosk.services.staff_slips import BlockState, BlockStep
from printers import manual_slip
from printers.errors import PrinterError
from printers.papers import Paper

_log = logging.getLogger(__name__)

Send = Callable[[Command, Callable[[Answer], None], str], object]
Fate = Literal["waits", "under_way", "out", "twice", "doubtful", "failed"]
"""Of one paper. `twice`: it may have come out, and came out again with a mark; `doubtful`: the printer has not said."""

UNFINISHED = "slips_unfinished"


class BlockPaper(Protocol):
    """The receipt printer; `printers.station.Station` is one."""

    def print(self, job_id: str, paper: Paper) -> None: ...
    def states(self, job_ids: str) -> dict[str, PrintState]: ...


class SlipBlocks:
    """The block that this kiosk asked for last. `paper` is None at a kiosk that cannot print, `outbox` where it cannot
    be used.

    `seen` is called when paper comes out for somebody who stands there: they are not expected to touch the glass.
    """

    def __init__(
        self,
        outbox: Outbox | None,
        paper: BlockPaper | None,
        send: Send,
        hall: Hall,
        policy: Policy,
        seen: Callable[[], None] = lambda: None,
    ) -> None:
        self._seen = seen
        self._outbox, self._paper, self._send = outbox, paper, send
        self._hall, self._policy = hall, policy
        self._kept: KeptBlock | None = None
        self._papers: tuple[Paper, ...] = ()
        self._fates: tuple[Fate, ...] = ()
        self._going = False
        self._trouble = self._refused = ""
        self.is_usable = outbox is not None
        """Whether a block can be kept, and what was asked for before could be read."""

    def start(self) -> None:
        """Takes up what an earlier run left; what the hub has not answered is asked again.

        What cannot be read keeps no citizen from complaining: no block is printed then.
        """
        try:
            self._kept = self._outbox.block() if self._outbox is not None else None
        except OutboxError:
            _log.exception("the block of manual slips cannot be read")
            self.is_usable = False
        if self._kept is not None and self._kept.block is None:
            self._dispatch(self._kept)
        self._read()

    @property
    def troubles(self) -> frozenset[str]:
        """What staff should know: a block of which slips are left to print, and nobody stands at the corner."""
        return frozenset({UNFINISHED} if self.step == "paused" else ())

    @property
    def step(self) -> BlockStep:
        kept = self._kept
        if kept is None:
            return "none"
        if kept.block is None:
            return "asking"
        if self._fates and "under_way" not in self._fates and ("waits" not in self._fates or kept.given_up):
            return "done"
        return "printing" if self._going and self._fates else "paused"

    @property
    def state(self) -> BlockState:
        """What the corner says of it."""
        kept = self._kept
        block = kept.block if kept is not None else None
        if block is None:
            return BlockState(step=self.step, refused=self._refused)
        numbers = range(block.first, block.last + 1)
        fates = dict(zip(numbers, self._fates[1:], strict=False))

        def those(*kinds: Fate) -> tuple[str, ...]:
            return ranges((number for number, fate in fates.items() if fate in kinds), block.series)

        return BlockState(
            step=self.step,
            block=block.block,
            service=block.service,
            span="".join(ranges(numbers, block.series)),
            total=len(numbers),
            printed=sum(fate in ("out", "twice") for fate in fates.values()),
            left=those("waits", "under_way"),
            twice=those("twice"),
            doubtful=those("doubtful"),
            failed=those("failed"),
            trouble=self._trouble,
            refused=self._refused,
        )

    # --- what staff want

    def ask(self, service: str, count: int, command_id: str) -> None:
        """A new block, once: nothing while an earlier one is not over, nor where it cannot be kept on the disk."""
        if self._paper is None or not self.is_usable or self.step not in ("none", "done"):
            return
        kept = KeptBlock(command_id=command_id, wanted=PrintSlips(service=service, count=count))
        self._trouble = self._refused = ""
        if not self._keep(kept):
            self._refused = "outbox_failed"
            return
        self._kept, self._papers, self._fates, self._going = kept, (), (), True
        self._dispatch(kept)

    def go_on(self) -> None:
        """Prints what is left, as long as somebody stays."""
        self._going = True
        self._read()
        self._hand_on()

    def stop(self) -> None:
        """Nobody stands here any more: what the spool has is the last for now."""
        self._going = False

    def give_up(self) -> None:
        """What is not printed by now never is; staff void its numbers."""
        if self._kept is None or self.step != "paused":
            return
        kept = replace(self._kept, given_up=True)
        if self._keep(kept):
            self._kept = kept
        else:
            self._trouble = "outbox_failed"

    # --- what arrives

    def heard(self, told: ReportPrint) -> bool:
        """The printer's word on a paper of the block; whether it was one. The next one follows what is settled."""
        if self._kept is None or not told.job_id.startswith(self._prefix):
            return False
        if self._going:
            self._seen()
        self._trouble = told.detail if told.state in ("queued", "failed") else ""
        self._read()
        self._hand_on()
        return True

    def _dispatch(self, kept: KeptBlock) -> None:
        self._send(kept.wanted, lambda answer: self._answered(kept, answer), kept.command_id)

    def _answered(self, kept: KeptBlock, answer: Answer) -> None:
        if isinstance(answer, SlipBlock):
            self._kept = replace(kept, block=answer)
            self._keep(self._kept)
        else:
            self._refused = answer.code if isinstance(answer, Rejected) else "internal"
            _log.error("the hub gave no block of slips: %s", self._refused)
            self._kept = None
            self._keep(None)
        self._read()
        self._hand_on()

    def _keep(self, kept: KeptBlock | None) -> bool:
        """On the disk, or off it; whether it is. A row that stays behind the truth asks the hub again for the same."""
        assert self._outbox is not None, "nothing is asked for without one"
        try:
            if kept is None:
                self._outbox.drop_block()
            else:
                self._outbox.keep_block(kept)
        except OutboxError:
            _log.exception("the block of manual slips could not be written down")
            return False
        return True

    # --- paper

    @property
    def _prefix(self) -> str:
        return f"{self._kept.command_id}." if self._kept is not None else ""

    def _read(self) -> None:
        """What the spool knows of each paper."""
        kept = self._kept
        if kept is None or kept.block is None or self._paper is None:
            self._papers = self._fates = ()
            return
        try:
            if not self._papers:
                told = manual_slip.instruction_paper(kept.block, self._hall, self._policy)
                self._papers = (told, *manual_slip.papers(kept.block, self._hall))
            states = self._paper.states(self._prefix)
        except (PrinterError, UnknownCode) as wrong:
            _log.exception("the slips of %s cannot be printed", kept.block.block)
            self._trouble, self._going = wrong.code, False
            return
        fates = [fate_of(f"{self._prefix}{place}", states) for place in range(len(self._papers))]
        known = kept.handed_on  # a spool that was lost has forgotten them: they are not printed again
        self._fates = (*("doubtful" if one == "waits" else one for one in fates[:known]), *fates[known:])

    def _hand_on(self) -> None:
        """The next paper into the spool, when nothing of the block is in it."""
        if self._paper is None or self.step != "printing" or "under_way" in self._fates:
            return
        place = self._fates.index("waits")
        try:
            self._paper.print(f"{self._prefix}{place}", self._papers[place])
        except PrinterError as wrong:
            _log.exception("a slip could not be taken into the spool")
            self._trouble, self._going = wrong.code, False
        else:
            assert self._kept is not None, "it has papers"
            self._kept = replace(self._kept, handed_on=place + 1)
            self._keep(self._kept)
        self._read()


def fate_of(job_id: str, states: dict[str, PrintState]) -> Fate:
    """What became of a paper and of the 补打 that follows one that was lost (`<job id>/...`). Pure."""
    first = states.get(job_id)
    again = [state for one, state in states.items() if one.startswith(f"{job_id}/")]
    if first is None:
        return "waits"
    if {"queued", "sent"} & {first, *again}:
        return "under_way"
    if first == "confirmed":
        return "out"
    if "confirmed" in again:
        return "twice"
    return "failed" if first == "failed" and not again else "doubtful"
