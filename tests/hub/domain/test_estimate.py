"""How long somebody will wait: a range that is right as often as it says, over many days of several kinds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from hub.domain.estimate import Line, Wait, pace, say, told
from hub.domain.hall import Hall
from hub.domain.words import Words
from hub.wire import waits
from hub.wire.messages import Snapshot, WindowView
from hub.wire.picture import Picture
from tests.factories import FILED_AT, MONDAY, a_hall, a_ticket
from tests.hub.domain.days import Day, Kind

KINDS: tuple[Kind, ...] = ("quiet", "rush", "one window closes", "slow clerk")
HALL = a_hall("wuxi")
WORDS = Words("hub", "zh_Hans")
DAYS = 60


def line(took: dict[str, tuple[float, ...]] | None = None, opened: tuple[int, ...] = (1, 2, 3, 4)) -> Line:
    return Line(HALL, opened, took or {})


def said_and_waited(kind: Kind) -> Iterator[tuple[Wait, float]]:
    """Of those who had to wait: what they were told and what it was."""
    for seed in range(DAYS):
        for one in Day(HALL, kind, seed).run():
            if one.said is not None and one.said.high_min and one.waited >= 0:
                yield one.said, one.waited


@pytest.mark.parametrize("kind", KINDS)
def test_over_many_days_the_range_is_right_about_as_often_as_it_says(kind: Kind) -> None:
    seen = list(said_and_waited(kind))
    within = sum(wait.low_min <= waited <= wait.high_min for wait, waited in seen) / len(seen)
    sooner = sum(waited < wait.low_min for wait, waited in seen) / len(seen)
    print(f"{kind}: of {len(seen)} {within:.0%} within, {sooner:.0%} sooner, {1 - within - sooner:.0%} later")
    assert 0.55 <= within <= 0.85
    assert sooner <= 0.25
    assert 1 - within - sooner <= 0.3


SERVICES = st.sampled_from([one.code for one in HALL.services])
TOOK = st.dictionaries(SERVICES, st.lists(st.floats(0.0, 600.0), max_size=40).map(tuple))


@given(
    TOOK, st.lists(SERVICES, max_size=60), st.sets(st.integers(1, 4)), st.lists(st.tuples(SERVICES, st.floats(0, 300)))
)
def test_more_people_ahead_never_make_a_wait_shorter_and_none_is_below_nought(
    took: dict[str, tuple[float, ...]], ahead: list[str], opened: set[int], later: list[tuple[str, float]]
) -> None:
    grows = Line(HALL, opened, took)
    for service, in_min in later:
        grows.expects(service, in_min)
    before = {one.code: grows.wait(one.code) for one in HALL.services}
    for joins in ahead:
        grows.add(joins)
        for one in HALL.services:
            now, then = grows.wait(one.code), before[one.code]
            if now is None or then is None:
                assert now is then, "who waits opens no window"
                continue
            assert 0 <= then.low_min <= now.low_min <= now.high_min
            assert then.high_min <= now.high_min
            before[one.code] = now


def test_without_an_open_window_nobody_can_say() -> None:
    assert line(opened=(1, 2)).wait("complaint") is None
    assert line(opened=()).rough("complaint", {"complaint": 500}) is None


def test_who_finds_a_free_window_does_not_wait() -> None:
    assert line().wait("complaint") == Wait(0, 0)


def test_the_less_the_day_has_told_the_wider_is_the_range() -> None:
    def width(of: Line) -> int:
        for _ in range(8):
            of.add("complaint")
        found = of.wait("complaint")
        assert found is not None
        return found.high_min - found.low_min

    steady = {"complaint": (11.0, 12.0, 13.0, 12.0) * 6}
    assert width(line(steady)) < width(line())


def test_what_today_s_took_counts_for_more_the_more_there_are() -> None:
    usual, three, thirty = pace(12, ()), pace(12, (4.0,) * 3), pace(12, (4.0,) * 30)
    assert usual.mean == 12 > three.mean > thirty.mean > 4
    assert usual.doubt > three.doubt > thirty.doubt


def test_one_who_was_forgotten_at_a_window_says_little_of_the_others() -> None:
    assert pace(12, (12.0,) * 10 + (600.0,)).mean < 18


def test_a_window_that_serves_several_is_shared_with_them() -> None:
    alone, shared = line(opened=(1, 3)), line(opened=(1, 3))
    for _ in range(4):
        alone.add("one-window")
        shared.add("one-window")
        shared.add("green")
    short, long = alone.wait("one-window"), shared.wait("one-window")
    assert short is not None
    assert long is not None
    assert short.high_min < long.high_min


def test_whose_time_is_near_goes_before_who_comes_now() -> None:
    free, taken = line(opened=(4,)), line(opened=(4,))
    for one in (free, taken):
        one.add("complaint")
    taken.expects("complaint", 5)
    soon, later = free.wait("complaint"), taken.wait("complaint")
    assert soon is not None
    assert later is not None
    assert soon.low_min < later.low_min


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Wait(15, 25), "约 15—25 分钟"),
        (Wait(0, 5), "5 分钟以内"),
        (Wait(0, 0), "不用等候"),
        (Wait(7, 7), "约 7 分钟"),
        (None, "暂时说不准要等多久"),
    ],
)
def test_a_range_is_said_in_words(wait: Wait | None, words: str) -> None:
    assert say(wait, WORDS) == words


def test_from_ten_minutes_on_a_range_is_told_in_fives() -> None:
    assert told(40, 100) == Wait(30, 50)
    assert told(4, 1) == Wait(3, 5)


# --- from the public picture


def a_picture(hall: Hall, waiting: int, *, opened: tuple[int, ...]) -> Picture:
    picture = Picture()
    tickets = tuple(
        a_ticket(f"F{place + 1:03d}", ticket_id=f"F{place + 1:03d}", taken_at=FILED_AT + dt.timedelta(seconds=place))
        for place in range(waiting)
    )
    windows = tuple(WindowView(number=one.number, open=one.number in opened) for one in hall.windows)
    picture.take(Snapshot(epoch="e" * 32, seq=1, at=FILED_AT, business_date=MONDAY, tickets=tickets, windows=windows))
    return picture


def test_each_in_line_is_told_of_those_before_them_alone() -> None:
    picture = a_picture(HALL, 5, opened=(4,))
    told = [waits.for_ticket(HALL, picture, one, FILED_AT) for one in picture.waiting("complaint")]
    highs = [one.high_min for one in told if one is not None]
    assert highs[0] == 0
    assert highs == sorted(set(highs))
    newcomer = waits.for_newcomers(HALL, picture, FILED_AT)["complaint"]
    assert newcomer is not None
    assert newcomer.high_min > highs[-1]


def test_whose_time_was_given_is_not_told_that_it_is_sooner() -> None:
    picture = a_picture(HALL, 1, opened=(4,))
    early = a_ticket("F009", ticket_id="F009", lane="appointment", not_before=FILED_AT + dt.timedelta(minutes=20))
    assert waits.for_ticket(HALL, picture, early, FILED_AT) == Wait(20, 20)


def test_a_crowd_is_counted_and_not_placed_one_by_one() -> None:
    placed = waits.for_newcomers(HALL, a_picture(HALL, waits.EXACT_UP_TO, opened=(4,)), FILED_AT)["complaint"]
    counted = waits.for_newcomers(HALL, a_picture(HALL, waits.EXACT_UP_TO + 1, opened=(4,)), FILED_AT)["complaint"]
    assert placed is not None
    assert counted is not None
    assert counted.low_min <= (placed.low_min + placed.high_min) / 2 <= counted.high_min
