"""Power that fails between any two steps after 确认提交: the complaint is there once, with the number on its paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hub.store import schema
from kiosk.offline import PATIENCE_S
from tests.hub.desk import HALLS, Desk, copy_database, make_database
from tests.kiosk.world import PowerLoss, Run, Steps

Way = Callable[[Run, Desk], None]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_database(tmp_path_factory.mktemp("hub") / "hall.db", HALLS["shanting"])


def hub_answers(run: Run, desk: Desk) -> None:
    run.file(1)
    run.reach(desk)
    run.poll(live=True)


def hub_is_away(run: Run, desk: Desk) -> None:
    run.file(1)
    run.poll(live=False)
    run.poll(later_s=PATIENCE_S, live=False)
    run.settle(desk)


def hub_answers_too_late(run: Run, desk: Desk) -> None:
    """It carried the complaint out and gave it a number; the answer comes after the paper."""
    run.file(1)
    run.poll(live=True)
    run.reach(desk, answered=False)
    run.poll(later_s=PATIENCE_S, live=True)
    run.hear(run.late)
    run.settle(desk)


def lost(way: Way, place: Path, database: Path, cut_at: int, delivered: bool) -> Steps:
    """One life: the power fails at a step, the kiosk starts again, the hub is there. What must hold then holds."""
    disk = place / "disk"
    disk.mkdir(parents=True)
    steps = Steps(disk, cut_at)
    copied = place / "hall.db"
    copy_database(database, copied)
    desk = Desk(copied)
    first = Run(disk, steps)
    try:
        first.start()
        way(first, desk)
    except PowerLoss:
        if delivered:  # what had left the kiosk when its power failed reaches the hub all the same
            first.reach(desk, answered=False)
    first.close()
    again = Run(steps.left if cut_at >= 0 and steps.left.exists() else disk, Steps(disk))
    again.start()
    again.settle(desk)
    kept = not again.outbox.waiting() and len(again.outbox.kept())
    cases = [row.number for row in desk.rows(schema.case)]
    assert cases == cases[:kept], "one case for each row of the outbox, and none without"
    receipts = again.receipts
    on_paper = [one.case_number for one in receipts]
    assert len(on_paper) == kept, "one receipt for each complaint"
    assert on_paper == cases
    assert {one for one in (*first.shown, *again.shown) if one} <= set(cases), "the screen said what the paper says"
    if first.shown:
        assert cases, "who read a number has a case"
    second = again.file(2)
    again.poll(live=False)
    printed = next(entry.printed for entry in again.outbox.waiting() if entry.command_id == second)
    assert printed is not None
    assert printed.case_number not in cases, "no number is given twice"
    again.close()
    desk.close()
    return steps


@pytest.mark.parametrize("delivered", [True, False], ids=["sent frames arrive", "sent frames are lost"])
@pytest.mark.parametrize("way", [hub_answers, hub_is_away, hub_answers_too_late])
def test_power_that_fails_between_any_two_steps_leaves_one_case_with_the_number_on_its_paper(
    tmp_path: Path, database: Path, way: Way, delivered: bool
) -> None:
    whole = lost(way, tmp_path / "whole", database, -1, delivered)
    assert {"send", "spool", "write"} <= set(whole.names)
    for cut_at in range(whole.taken):
        lost(way, tmp_path / str(cut_at), database, cut_at, delivered)
