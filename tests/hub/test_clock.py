"""The hub's time: never back, and after no jump that it cannot believe."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, strategies as st
from structlog.testing import capture_logs

from hub.clock import BELIEVED_AT_ONCE, CLOSED_AT_MOST, MUST_STAY, STEP, HubClock, counted_s

NOON = dt.datetime(2026, 11, 23, 4, 0, tzinfo=dt.UTC)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


class Computer:
    """A computer whose clock is set by the test; `passes` lets time pass for both."""

    def __init__(self, newest: dt.datetime | None = None, at: dt.datetime = NOON) -> None:
        self.wall = at
        self.passed_s = 1000.0
        self.clock = HubClock(lambda: self.wall, lambda: self.passed_s)
        self.clock.begin(newest)

    def passes(self, time: dt.timedelta) -> dt.datetime:
        """Time passes, and the hub looks at its clock once a second."""
        self.wall += time
        self.passed_s += time.total_seconds()
        return self.clock.now()

    def runs(self, time: dt.timedelta, look: dt.timedelta = MINUTE) -> dt.datetime:
        for _ in range(time // look):
            self.passes(look)
        return self.clock.now()

    def set_by(self, step: dt.timedelta) -> dt.datetime:
        self.wall += step
        return self.clock.now()

    @property
    def jumps(self) -> list[dt.timedelta]:
        return self.clock.take_jumps()


def test_a_clock_that_nobody_touches_is_followed() -> None:
    computer = Computer()
    assert computer.passes(dt.timedelta(seconds=1)) == NOON + dt.timedelta(seconds=1)
    assert computer.passes(5 * DAY) == NOON + dt.timedelta(seconds=1) + 5 * DAY
    assert computer.jumps == []


def test_the_everyday_trimming_of_a_clock_is_no_jump_and_never_goes_back() -> None:
    computer = Computer()
    assert computer.set_by(-STEP / 2) == NOON
    assert computer.set_by(STEP) == NOON + STEP / 2
    assert computer.jumps == []


# --- back


def test_a_clock_set_back_is_noticed_once_and_logged_with_its_seconds() -> None:
    computer = Computer()
    with capture_logs() as logs:
        computer.set_by(-2 * DAY)
        computer.passes(MINUTE)
    assert [(one["event"], one["seconds"]) for one in logs] == [("clock.went_back", -172800.0)]
    assert computer.jumps == [-2 * DAY]
    assert computer.jumps == []


def test_a_second_jump_back_is_noticed_too() -> None:
    computer = Computer()
    computer.set_by(-DAY)
    computer.passes(MINUTE)
    computer.set_by(-DAY)
    assert computer.jumps == [-DAY, -DAY]


def test_the_hub_goes_at_half_speed_until_the_clock_has_caught_up() -> None:
    computer = Computer()
    assert computer.set_by(-10 * MINUTE) == NOON
    assert computer.passes(8 * MINUTE) == NOON + 4 * MINUTE
    computer.runs(12 * MINUTE)
    assert computer.clock.now() - computer.wall <= STEP
    assert computer.runs(5 * MINUTE) == computer.wall


# --- forward


def test_a_slow_clock_that_is_set_right_is_believed_and_said() -> None:
    computer = Computer()
    assert computer.set_by(BELIEVED_AT_ONCE) == NOON + BELIEVED_AT_ONCE
    assert computer.jumps == [BELIEVED_AT_ONCE]


def test_a_jump_forward_by_days_is_not_believed_before_it_has_stayed() -> None:
    computer = Computer()
    with capture_logs() as logs:
        assert computer.set_by(3 * DAY) == NOON
        assert computer.runs(MUST_STAY - MINUTE) == NOON + MUST_STAY - MINUTE
        assert computer.passes(MINUTE) == NOON + 3 * DAY + MUST_STAY
    assert [one["event"] for one in logs] == ["clock.went_forward", "clock.believed"]
    assert computer.jumps == [3 * DAY]


def test_a_jump_forward_that_was_taken_back_has_changed_nothing() -> None:
    computer = Computer()
    computer.set_by(3 * DAY)
    computer.runs(10 * MINUTE)
    assert computer.set_by(-3 * DAY) == NOON + 10 * MINUTE == computer.wall
    assert computer.jumps == [3 * DAY, -3 * DAY]
    assert computer.runs(60 * MINUTE) == NOON + 70 * MINUTE


def test_a_clock_that_is_set_again_and_again_must_stay_anew() -> None:
    computer = Computer()
    computer.set_by(3 * DAY)
    computer.runs(10 * MINUTE)
    computer.set_by(4 * DAY)
    assert computer.runs(10 * MINUTE) == NOON + 20 * MINUTE


def test_a_process_held_up_between_its_two_clocks_sees_no_jump() -> None:
    computer = Computer()
    stalls = iter([60.0, 0.0])

    def wall() -> dt.datetime:
        shown = computer.wall
        stall = next(stalls, 0.0)
        computer.wall += dt.timedelta(seconds=stall)
        computer.passed_s += stall
        return shown

    clock = HubClock(wall, lambda: computer.passed_s)
    assert clock.now() == computer.wall == NOON + MINUTE
    assert clock.take_jumps() == []


# --- the start


def test_a_new_hall_believes_its_clock() -> None:
    computer = Computer(newest=None)
    assert (computer.clock.now(), computer.jumps) == (NOON, [])


@pytest.mark.parametrize("away", [dt.timedelta(0), 16 * 60 * MINUTE, 9 * DAY, CLOSED_AT_MOST])
def test_a_hall_that_was_closed_opens_at_the_time_it_is(away: dt.timedelta) -> None:
    computer = Computer(newest=NOON - away)
    assert (computer.clock.now(), computer.jumps) == (NOON, [])


def test_a_start_with_a_clock_in_the_past_goes_on_from_the_newest_moment_on_the_disk() -> None:
    computer = Computer(newest=NOON + 400 * DAY)
    assert computer.clock.now() == NOON + 400 * DAY
    assert computer.jumps == [-400 * DAY]
    assert computer.set_by(400 * DAY + MINUTE) == NOON + 400 * DAY + MINUTE  # the network has set it right
    assert computer.runs(60 * MINUTE) == computer.wall


def test_a_start_with_a_clock_far_in_the_future_waits_until_it_has_stayed() -> None:
    newest = NOON - CLOSED_AT_MOST - MINUTE
    computer = Computer(newest=newest)
    assert computer.clock.now() == newest
    assert computer.jumps == [CLOSED_AT_MOST + MINUTE]
    computer.runs(MUST_STAY)
    assert computer.clock.now() == computer.wall


@given(
    steps=st.lists(
        st.tuples(
            st.timedeltas(dt.timedelta(0), 2 * DAY),
            st.one_of(st.just(dt.timedelta(0)), st.timedeltas(-10 * DAY, 10 * DAY)),
        ),
        max_size=30,
    ),
    restarts=st.sets(st.integers(0, 29)),
)
def test_whatever_is_done_to_the_clock_no_moment_comes_twice(
    steps: list[tuple[dt.timedelta, dt.timedelta]], restarts: set[int]
) -> None:
    computer = Computer()
    latest = computer.clock.now()
    for place, (passed, step) in enumerate(steps):
        computer.passes(passed)
        computer.wall += step
        if place in restarts:
            computer.clock.begin(latest)
        now = computer.clock.now()
        assert now >= latest
        latest = now


def test_what_passes_is_counted() -> None:
    first = counted_s()
    assert counted_s() >= first
