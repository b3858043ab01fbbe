"""Power that fails between any two steps of a block of manual slips: one block in the books, and each slip once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hub.domain.lookup import make_keys
from hub.store import schema
from hub.wire.messages import Answer, Command, ReportPrint
from kiosk.outbox import Outbox
from kiosk.slip_blocks import SlipBlocks
from printers.jobs import Job
from printers.manual_slip import ManualSlip
from printers.papers import Paper
from printers.spool import Report, Spool
from tests.factories import a_hall, a_policy
from tests.hub.desk import HALLS, Desk, copy_database, make_database
from tests.kiosk.world import KEY, PowerLoss, Steps

pytestmark = pytest.mark.rule("R65")

ID, COUNT = "b" * 32, 3


class Life:
    """One run of the kiosk's program on a disk, with its spool and a printer that says yes to every paper."""

    def __init__(self, disk: Path, steps: Steps, desk: Desk) -> None:
        self.steps, self.desk = steps, desk
        self.out: list[Paper] = []
        self._answers: list[tuple[str, Answer]] = []
        self.spool = Spool(disk / "spool.db", KEY, on_report=self._report)
        self.outbox = Outbox(disk / "outbox.db", KEY)
        self.outbox._change = steps.around("write", self.outbox._change)  # type: ignore[method-assign]
        self.blocks = SlipBlocks(self.outbox, self, steps.around("send", self._send), a_hall(), a_policy())
        for left in self.spool.sent():
            self.spool.lose(left.job_id, "interrupted", make_keys(bytes))
        self.blocks.start()
        self.hear()

    def print(self, job_id: str, paper: Paper) -> None:
        self.steps.step("spool")
        self.spool.add(job_id, paper)

    def states(self, job_ids: str) -> dict[str, str]:
        return self.spool.states(job_ids)

    def hear(self) -> None:
        """The hub's answer comes."""
        while self._answers:
            _, answer = self._answers.pop(0)
            self.steps.step("hear")
            self._then(answer)

    def prints(self) -> None:
        """The printer works until it has nothing left."""
        while job := self.spool.next_queued():
            self.steps.step("move")
            self.spool.move(job.job_id, "send")
            self.steps.step("paper")
            self._comes_out(job)
            self.steps.step("move")
            self.spool.move(job.job_id, "confirm")

    def close(self) -> None:
        self.outbox.close()
        self.spool.close()

    def _comes_out(self, job: Job) -> None:
        self.out.append(job.paper)

    def _send(self, command: Command, then: object, command_id: str) -> None:
        """The frame reaches the hub at once; its answer comes when the program next looks."""
        self._then = then  # type: ignore[assignment]
        self._answers.append((command_id, self.desk.ask("kiosk-1", command, command_id)))

    def _report(self, report: Report) -> None:
        if isinstance(report.command, ReportPrint):
            self.blocks.heard(report.command)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("hub") / "hall.db", HALLS["shanting"])


def lost(place: Path, database: Path, cut_at: int) -> Steps:
    """Asked for, answered, printed; the power fails at a step, the kiosk starts again, staff go on. What must hold
    then holds."""
    disk = place / "disk"
    disk.mkdir(parents=True)
    copied = place / "hall.db"
    copy_database(database, copied)
    desk, steps = Desk(copied), Steps(disk, cut_at)
    out: list[Paper] = []
    first: Life | None = None
    try:
        first = Life(disk, steps, desk)
        first.blocks.ask("general", COUNT, ID)
        first.hear()
        first.prints()
    except PowerLoss:
        pass
    assert first is not None, "a start takes no step"
    out += first.out
    first.close()
    again = Life(steps.left if steps.left.exists() else disk, Steps(disk), desk)
    was_asked = again.blocks.step != "none"
    again.blocks.go_on()
    again.prints()
    out += again.out
    if not was_asked:
        assert desk.rows(schema.slip_block) == [], "what the kiosk does not know, the hub has not given"
        again.blocks.ask("general", COUNT, ID)
        again.hear()
        again.prints()
        out += again.out
    (row,) = desk.rows(schema.slip_block)
    assert (row.first, row.last, row.held_by) == (1, COUNT, "kiosk-1")
    assert again.blocks.step == "done"
    slips = [one for one in out if isinstance(one, ManualSlip)]
    plain = Counter(one.number for one in slips if not one.reprint)
    assert {one.number for one in slips} == {"S001", "S002", "S003"}, "every slip came out"
    assert all(count == 1 for count in plain.values()), "and none a second time without its mark"
    assert len([one for one in slips if one.reprint]) <= 1, "nor any but the one that was under way"
    again.close()
    desk.close()
    return steps


def test_power_that_fails_between_any_two_steps_leaves_one_block_and_every_slip_on_paper(
    tmp_path: Path, database: Path
) -> None:
    whole = lost(tmp_path / "whole", database, -1)
    assert {"send", "hear", "spool", "paper", "write", "move"} == set(whole.names)
    for cut_at in range(whole.taken):
        lost(tmp_path / str(cut_at), database, cut_at)
