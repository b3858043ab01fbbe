"""Numbers of the kiosk's own: when it gives one, that none comes twice, and which one stands in the end."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from hub.domain.numbers import LAST_NUMBER, SeriesFull
from hub.store import schema
from hub.wire.messages import FileComplaint, PrintedNumber
from kiosk.filing import ASK_AGAIN_S
from kiosk.offline import PATIENCE_S, OfflineSeries
from kiosk.outbox import OutboxError
from printers.errors import SpoolUnusable
from tests.factories import FILED_AT, a_complaint, a_hall
from tests.hub.desk import HALLS, Desk, make_database
from tests.kiosk.world import Run, Steps

DAY = dt.timedelta(days=1)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    (tmp_path / "kiosk").mkdir()
    return tmp_path / "kiosk"


@pytest.fixture
def begin(disk: Path) -> Iterator[Callable[..., Run]]:
    """Starts the kiosk's program on its disk, anew each time."""
    runs: list[Run] = []

    def begun(letter: str = "K") -> Run:
        for run in runs:
            run.close()
        runs[:] = [Run(disk, Steps(disk), letter=letter)]
        runs[0].start()
        return runs[0]

    yield begun
    for run in runs:
        run.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(make_database(tmp_path / "hall.db", HALLS["shanting"]))
    yield desk
    desk.close()


def series() -> OfflineSeries:
    hall = a_hall()
    found = OfflineSeries.of(hall, hall.terminal("kiosk-1"))
    assert found is not None
    return found


def said(run: Run) -> list[PrintedNumber | None]:
    """What the frames on the wire say is printed already."""
    return [told.printed_number for _, told in run.wire if isinstance(told, FileComplaint)]


def number_at(run: Run, count: int, now: dt.datetime = FILED_AT) -> str:
    """Files one while the hub is away; the ticket number that its paper has."""
    run.file(count)
    run.wire.clear()
    run.poll(live=False, now=now)
    (printed,) = said(run)
    assert printed is not None
    return printed.ticket_number


# --- when


def test_a_hub_that_is_away_is_not_waited_for(begin: Callable[..., Run]) -> None:
    run = begin()
    run.file(1)
    assert run.shown == []
    run.poll(live=False)
    assert run.shown == ["370406-20261123-011001-5"]
    assert [one.number for one in run.receipts] == ["K001"]


def test_a_hub_that_does_not_answer_is_waited_for_a_moment(begin: Callable[..., Run]) -> None:
    run = begin()
    run.file(1)
    run.poll(live=True)
    run.poll(later_s=PATIENCE_S - 0.01, live=True)
    assert run.shown == []
    run.poll(later_s=0.02, live=True)
    assert run.shown == ["370406-20261123-011001-5"]


def test_an_answer_in_the_very_moment_wins_and_no_number_of_ours_is_used_up(
    begin: Callable[..., Run], desk: Desk
) -> None:
    run = begin()
    run.file(1)
    run.poll(live=True)
    run.now_s += PATIENCE_S
    run.reach(desk)  # a poll takes answers in before it counts
    run.poll(live=False)
    (case,) = desk.rows(schema.case)
    assert run.shown == [case.number]
    assert [(one.case_number, one.offline) for one in run.receipts] == [(case.number, False)]
    assert number_at(run, 2) == "K001"


def test_a_refused_complaint_gets_no_number(begin: Callable[..., Run], desk: Desk) -> None:
    run = begin()
    run.filing.file("1" * 32, replace(a_complaint(), matter="abolished"), FILED_AT)
    run.reach(desk)
    run.poll(later_s=PATIENCE_S, live=False)
    run.poll(later_s=PATIENCE_S, live=False)
    assert (run.shown, run.receipts) == ([], [])
    assert run.filing.troubles == {"complaint_rejected"}


def test_without_a_series_of_its_own_the_kiosk_gives_no_number_and_the_paper_comes_with_the_answer(
    begin: Callable[..., Run], desk: Desk
) -> None:
    run = begin(letter="")
    run.file(1)
    run.poll(live=False)
    run.poll(later_s=PATIENCE_S, live=False)
    assert (run.shown, run.receipts) == ([], [])
    run.reach(desk)
    (case,) = desk.rows(schema.case)
    assert run.shown == [case.number]
    assert [one.case_number for one in run.receipts] == [case.number]


# --- that none comes twice


def test_numbers_go_on_after_a_restart(begin: Callable[..., Run]) -> None:
    assert [number_at(begin(), 1), number_at(begin(), 2)] == ["K001", "K002"]
    run = begin()
    assert number_at(run, 3) == "K003"
    assert number_at(run, 4) == "K004"


def test_what_an_earlier_run_left_without_a_number_gets_one(begin: Callable[..., Run]) -> None:
    begin().file(1)
    run = begin()
    assert said(run) == [None]
    run.poll(live=False)
    assert run.shown == ["370406-20261123-011001-5"]


def test_a_number_of_an_earlier_run_goes_out_and_its_paper_is_printed_once(begin: Callable[..., Run]) -> None:
    number_at(begin(), 1)
    run = begin()
    run.poll(live=False)
    assert run.shown == []
    assert [one.ticket_number for one in said(run) if one] == ["K001"]
    assert [one.number for one in run.receipts] == ["K001"]


def test_each_business_date_has_numbers_of_its_own_and_a_clock_set_back_finds_none_twice(
    begin: Callable[..., Run],
) -> None:
    run = begin()
    assert number_at(run, 1, FILED_AT) == "K001"
    assert number_at(run, 2, FILED_AT + DAY) == "K001"
    assert number_at(run, 3, FILED_AT) == "K002"
    assert number_at(run, 4, FILED_AT - 9 * DAY) == "K001"
    run = begin()
    assert number_at(run, 5, FILED_AT + DAY) == "K002"
    printed = [one.printed for one in run.outbox.waiting()]
    assert len({one.case_number for one in printed if one}) == 5


@pytest.mark.parametrize(
    ("utc", "begins", "date"),
    [
        ("2026-11-22T15:59:59+00:00", "00:00", "2026-11-22"),
        ("2026-11-22T16:00:00+00:00", "00:00", "2026-11-23"),
        ("2026-11-22T19:59:59+00:00", "04:00", "2026-11-22"),
        ("2026-11-22T20:00:00+00:00", "04:00", "2026-11-23"),
    ],
)
def test_a_day_begins_at_the_hall_s_own_hour_in_the_hall_s_own_time(utc: str, begins: str, date: str) -> None:
    at, own = dt.datetime.fromisoformat(utc), replace(series(), day_begins=dt.time.fromisoformat(begins))
    printed = own.number(at, 7)
    assert (printed.business_date.isoformat(), printed.ticket_number) == (date, "K007")
    assert printed.case_number.startswith(f"370406-{printed.business_date:%Y%m%d}-011007-")


def test_after_999_numbers_have_four_digits_and_the_hub_takes_them_over(
    begin: Callable[..., Run], desk: Desk, disk: Path
) -> None:
    run = begin()
    number_at(run, 1)
    set_count(disk, 998)
    assert [number_at(run, 2), number_at(run, 3)] == ["K999", "K1000"]
    run.reach(desk)
    assert {row.number for row in desk.rows(schema.case)} == {"370406-20261123-0111000-9"}


def test_a_series_that_is_full_leaves_the_complaint_saved_and_says_so(
    begin: Callable[..., Run], desk: Desk, disk: Path
) -> None:
    run = begin()
    number_at(run, 1)
    set_count(disk, LAST_NUMBER)
    run.file(2)
    run.poll(live=False)
    assert len(run.shown) == 1
    assert run.filing.troubles == {"series_full"}
    run.settle(desk)
    assert len(desk.rows(schema.case)) == 2
    with pytest.raises(SeriesFull):
        series().number(FILED_AT, LAST_NUMBER + 1)


def set_count(disk: Path, count: int) -> None:
    with sqlite3.connect(disk / "outbox.db") as db:
        db.execute("UPDATE series SET last = ?", (count,))


def test_a_number_and_the_row_that_has_it_are_one_transaction(
    begin: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin()
    run.file(1)
    change = run.outbox._change

    def full(statement: str, *values: object) -> None:
        if statement.startswith("UPDATE outbox"):
            raise OutboxError("the disk is full")
        change(statement, *values)

    with monkeypatch.context() as broken:
        broken.setattr(run.outbox, "_change", full)
        run.poll(live=False)
    assert (run.shown, run.receipts) == ([], [])
    assert run.filing.troubles == {"outbox_failed"}
    assert number_at(run, 2) == "K001"


def test_asked_twice_for_one_complaint_the_outbox_gives_the_same_number(begin: Callable[..., Run]) -> None:
    run = begin()
    command_id = run.file(1)
    numbers = [
        run.outbox.number(command_id, "K", FILED_AT.date(), lambda count: series().number(FILED_AT, count)).printed
        for _ in range(2)
    ]
    assert [one.ticket_number for one in numbers if one] == ["K001", "K001"]


# --- which one stands


def test_the_hub_takes_the_number_over_and_nothing_is_printed_again(begin: Callable[..., Run], desk: Desk) -> None:
    run = begin()
    run.file(1)
    run.poll(live=False)
    run.settle(desk)
    assert [row.number for row in desk.rows(schema.case)] == ["370406-20261123-011001-5"]
    assert [one.case_number for one in run.receipts] == ["370406-20261123-011001-5"]
    assert set(run.shown) == {"370406-20261123-011001-5"}
    assert run.filing.waiting == 0


def test_a_late_answer_with_another_number_is_shown_to_nobody_and_the_paper_s_number_stands(
    begin: Callable[..., Run], desk: Desk
) -> None:
    run = begin()
    run.file(1)
    run.poll(live=True)
    run.reach(desk, answered=False)
    run.poll(later_s=PATIENCE_S, live=True)
    run.hear(run.late)
    assert set(run.shown) == {"370406-20261123-011001-5"}
    assert run.filing.waiting == 1  # until the hub has said the paper's number
    run.settle(desk)
    assert [row.number for row in desk.rows(schema.case)] == ["370406-20261123-011001-5"]
    assert set(run.shown) == {"370406-20261123-011001-5"}
    assert run.filing.troubles == frozenset()


def test_a_number_that_the_hub_cannot_take_over_is_asked_for_once_more_and_then_let_be(
    begin: Callable[..., Run], desk: Desk, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    twin = Run(other, Steps(other))  # a disk that was lost: the same numbers once more
    twin.filing.file("e" * 32, a_complaint(), FILED_AT)
    twin.poll(live=False)
    twin.reach(desk)
    twin.close()
    run = begin()
    run.file(1)
    run.poll(live=False)
    run.reach(desk)
    assert run.filing.waiting == 1
    run.poll(later_s=ASK_AGAIN_S, live=True)
    run.reach(desk)
    assert run.filing.waiting == 0
    assert len(desk.rows(schema.case)) == 2
    assert "taken" in {row.reason for row in desk.rows(schema.void_number)}


def test_a_spool_that_is_broken_says_so_at_once_and_prints_when_it_is_mended(
    begin: Callable[..., Run], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise SpoolUnusable("the disk is full")

    run = begin()
    run.poll(live=True)
    run.file(1)
    run.wire.clear()
    with monkeypatch.context() as full:
        full.setattr(run.printer, "print", broken)
        run.poll(live=False)
        assert run.shown == [SpoolUnusable.code, "370406-20261123-011001-5"]
        assert run.filing.troubles == {"spool_failed"}
        run.reach(desk)
        assert run.filing.waiting == 1  # not settled before its paper is in the spool
    run.settle(desk)
    assert [one.number for one in run.receipts] == ["K001"]
    assert run.filing.troubles == frozenset()
    assert run.filing.waiting == 0
