"""What the hall is shown, at which moment."""

import datetime as dt

import pytest
from msgspec.structs import replace

from display.board import LISTED, STANDS_S, Board, View
from hub.domain.estimate import Wait
from hub.wire.messages import Counts, DayTurned, TicketCalled, WindowSet, WindowView
from hub.wire.picture import Picture
from tests.display.factories import LONG_NAME, MORE_SERVICES, MORNING, TODAY, case, hall, picture, ticket


class Hall:
    """A board with its picture; `at` seconds after the morning began."""

    def __init__(self, seen: Picture | None = None, places: int = 3) -> None:
        self.board = Board(hall(), places=places)
        self.picture = seen or picture()
        self.seq = 1

    def call(self, number: int, at: float, window: int = 3, calls: int = 1, age_s: float = 0) -> None:
        event = TicketCalled(ticket=ticket("F", number, window=window, called=MORNING, calls=calls))
        self.seq += 1
        self.picture.apply(self.seq, event)
        now = MORNING + dt.timedelta(seconds=at)
        self.board.apply(event, now - dt.timedelta(seconds=age_s), now, at)

    def view(self, at: float, *, live: bool = True) -> View:
        now = MORNING + dt.timedelta(seconds=at)
        return self.board.view(self.picture, now, at, live=live, heard=now if live else MORNING)

    def standing(self, at: float) -> list[str]:
        return [standing.call.number for standing in self.view(at).calls]

    def recent(self, at: float) -> list[str]:
        return [call.number for call in self.view(at).recent]

    def speech(self) -> list[str]:
        said = []
        while (call := self.board.next_speech()) is not None:
            said.append(call.number)
        return said


def test_three_calls_stand_at_once_newest_first():
    seen = Hall()
    for number in (1, 2, 3):
        seen.call(number, at=0.1 * number)
    assert seen.standing(0.4) == ["F003", "F002", "F001"]


def test_a_fourth_call_is_listed_at_once_and_waits_for_a_place():
    seen = Hall()
    for number in (1, 2, 3, 4):
        seen.call(number, at=0.0)
    assert seen.recent(0.0) == ["F004", "F003", "F002", "F001"]
    assert seen.standing(STANDS_S - 0.1) == ["F003", "F002", "F001"]
    assert seen.standing(STANDS_S)[0] == "F004"


def test_every_call_of_a_rush_stands_at_least_eight_seconds_and_none_vanishes():
    seen = Hall()
    since: dict[str, float] = {}
    stood: dict[str, float] = {}
    for tick in range(0, 600):
        at = tick / 10
        if tick < 12:
            seen.call(tick + 1, at)
        shown = [standing.call.number for standing in seen.view(at).calls if standing.flashing]
        assert len(shown) <= 3
        for number in shown:
            since.setdefault(number, at)
            stood[number] = at - since[number]
    assert sorted(stood) == [f"F{number:03d}" for number in range(1, 13)]
    assert min(stood.values()) >= STANDS_S - 0.2
    assert seen.speech() == [f"F{number:03d}" for number in range(1, 13)]


def test_the_newest_call_stays_still_when_its_time_is_over():
    seen = Hall()
    seen.call(1, at=0)
    seen.call(2, at=1)
    assert seen.standing(9) == ["F002"]
    last = seen.view(300).calls
    assert [(one.call.number, one.flashing, one.lit) for one in last] == [("F002", False, True)]


def test_a_call_flashes_in_hard_steps_of_half_a_second():
    seen = Hall()
    seen.call(1, at=0)
    assert [seen.view(at).calls[0].lit for at in (0, 0.4, 0.5, 0.9, 1.0, 7.5, 8.0, 8.5)] == [
        *(True, True, False, False, True, False, True, True)
    ]


def test_a_recall_stands_on_top_anew_and_is_said_again():
    seen = Hall()
    seen.call(1, at=0)
    seen.call(2, at=1)
    seen.call(1, at=6, calls=2)
    assert seen.standing(6) == ["F001", "F002"]
    assert seen.view(6).calls[0].call.calls == 2
    assert seen.recent(6) == ["F001", "F002"]
    assert seen.standing(13) == ["F001"]
    assert seen.speech() == ["F001", "F002", "F001"]


def test_who_is_called_again_has_the_next_place():
    seen = Hall(places=1)
    for number in (1, 2, 3):
        seen.call(number, at=number - 1)
    seen.call(3, at=3, calls=2)
    assert seen.standing(8) == ["F003"]
    assert seen.view(8).calls[0].call.calls == 2
    assert seen.standing(16) == ["F002"]
    assert seen.speech() == ["F001", "F002", "F003", "F003"]


def test_a_recall_stays_on_top_of_newer_calls_while_it_flashes():
    seen = Hall()
    seen.call(1, at=0)
    seen.call(1, at=1, calls=2)
    seen.call(2, at=2)
    assert seen.standing(2) == ["F001", "F002"]
    assert seen.standing(9) == ["F002"]


def test_the_list_has_the_last_five():
    seen = Hall()
    for number in range(1, 9):
        seen.call(number, at=0)
    assert seen.recent(0) == ["F008", "F007", "F006", "F005", "F004"]
    assert len(seen.view(0).recent) == LISTED


def test_an_old_call_that_arrives_late_is_listed_but_not_called_out():
    seen = Hall()
    seen.call(1, at=0, age_s=61)
    assert seen.recent(0) == ["F001"]
    assert seen.standing(0) == []
    assert seen.speech() == []


def test_a_fresh_start_lists_what_was_called_and_calls_out_what_is_fresh():
    old = ticket("F", 1, window=3, state="serving", called=MORNING - dt.timedelta(minutes=5))
    fresh = ticket("F", 2, window=2, called=MORNING - dt.timedelta(seconds=4))
    seen = Hall(picture(old, fresh))
    seen.board.begin(seen.picture, MORNING, 0.0)
    assert seen.recent(0) == ["F002", "F001"]
    assert seen.standing(0) == ["F002"]
    seen.board.begin(seen.picture, MORNING, 1.0)
    assert seen.speech() == ["F002"]


def test_a_snapshot_calls_out_nothing_twice_however_many_calls_stood_before_it():
    called = [
        ticket("F", number, window=3, called=MORNING + dt.timedelta(milliseconds=number)) for number in range(1, 13)
    ]
    seen = Hall(picture(*called))
    seen.board.begin(seen.picture, MORNING + dt.timedelta(seconds=1), 0)
    assert len(seen.speech()) == 12
    for at in range(1, 50):
        seen.view(at)
    seen.board.begin(seen.picture, MORNING + dt.timedelta(seconds=50), 50)
    assert seen.speech() == []


def test_a_new_day_begins_empty():
    seen = Hall()
    seen.call(1, at=0)
    event = DayTurned(business_date=TODAY + dt.timedelta(days=1), counts=Counts())
    seen.picture.apply(9, event)
    seen.board.apply(event, MORNING, MORNING, 1.0)
    assert seen.view(1).recent == ()
    assert seen.standing(STANDS_S - 0.1) == ["F001"], "who is called at the turn of the day is called out like anybody"
    assert seen.speech() == ["F001"]
    assert seen.standing(STANDS_S) == []


def test_a_day_that_turned_while_nobody_heard_the_hub_begins_as_empty():
    seen = Hall(picture(ticket("F", 1, window=3, called=MORNING)))
    seen.board.begin(seen.picture, MORNING, 0)
    tomorrow = picture()
    tomorrow.business_date = TODAY + dt.timedelta(days=1)
    seen.picture = tomorrow
    seen.board.begin(tomorrow, MORNING + dt.timedelta(days=1), 86_400)
    assert (seen.recent(86_400), seen.standing(86_400)) == ([], [])


def test_each_queue_counts_its_waiting_and_estimates():
    waiting = [ticket("F", number) for number in range(1, 3)]
    waiting += [ticket("A", number, "register") for number in range(1, 5)]
    complaint, register, inquiry = Hall(picture(*waiting)).view(0).queues
    assert (complaint.service, complaint.waiting, complaint.wait) == ("办不成事反映", 2, Wait(7, 25))
    assert (register.waiting, register.wait) == (4, Wait(30, 85))
    assert (inquiry.waiting, inquiry.wait) == (0, Wait(0, 0))


def test_the_estimate_follows_what_the_last_citizens_took():
    took = [
        ticket("F", number, state="done", called=MORNING, ended=MORNING + dt.timedelta(minutes=2))
        for number in range(1, 9)
    ]
    slow, quick = Hall(picture(ticket("F", 9), ticket("F", 10))), Hall(picture(*took, ticket("F", 9), ticket("F", 10)))
    assert quick.view(0).queues[0].wait.high_min < slow.view(0).queues[0].wait.high_min / 2


def test_nobody_can_say_how_long_it_takes_where_no_window_is_open():
    board = Board(hall(services=MORE_SERVICES[:2], windows=2))
    codes = {window.number: window.services for window in board.hall.windows}
    assert codes == {1: ("complaint",), 2: ("register",)}
    seen = picture(*[ticket("F", number) for number in range(1, 2)], opened=(1,))
    view = board.view(seen, MORNING, 0, live=True, heard=MORNING)
    assert [(queue.windows, queue.wait is None) for queue in view.queues] == [(1, False), (0, True)]


@pytest.mark.rule("R8")
def test_an_absent_window_is_shown():
    seen = Hall(picture(opened=(1, 3)))
    assert seen.view(0).paused == (2, 4)
    seen.picture.apply(2, WindowSet(window=WindowView(number=2, open=True)))
    assert seen.view(0).paused == (4,)
    assert seen.view(0).open_windows == 3


@pytest.mark.rule("R67")
def test_a_window_where_something_is_broken_is_said_to_be_mended():
    seen = Hall(picture(opened=(1, 3)))
    seen.picture.apply(2, WindowSet(window=WindowView(number=3, open=False, why="fault")))
    assert (seen.view(0).paused, seen.view(0).faulty, seen.view(0).open_windows) == ((2, 4), (3,), 1)
    seen.picture.apply(3, WindowSet(window=WindowView(number=3, open=False, why="closed")))
    assert (seen.view(0).paused, seen.view(0).faulty) == ((2, 3, 4), ())


def test_cases_are_shown_by_serial_newest_first_with_their_step():
    cases = (case(4, "rework"), case(7, "accepted"), case(6, "replied"), case(5, "rated"))
    shown = Hall(picture(cases=cases, counts=Counts(today=4, month=86))).view(0)
    assert [(one.serial, one.stage, one.done) for one in shown.cases] == [
        ("0007", "accepted", 1),
        ("0006", "replied", 2),
        ("0005", "rated", 4),
        ("0004", "rework", 1),
    ]
    assert shown.counts.month == 86


def test_an_open_case_after_its_day_is_overdue_and_an_answered_one_is_not():
    yesterday = TODAY - dt.timedelta(days=1)
    cases = (case(1, "accepted", yesterday), case(2, "replied", yesterday), case(3, "accepted", TODAY))
    assert {one.serial: one.overdue for one in Hall(picture(cases=cases)).view(0).cases} == {
        **{"0001": True, "0002": False, "0003": False}
    }


@pytest.mark.rule("R25", "R27")
def test_a_case_without_a_promised_date_is_never_overdue():
    without = replace(case(1, "accepted", TODAY - dt.timedelta(days=9)), due_date=None)
    assert [one.overdue for one in Hall(picture(cases=(without,))).view(0).cases] == [False]


def test_without_the_hub_the_view_says_since_when_it_is_stale():
    view = Hall().view(200, live=False)
    assert view.stale
    assert view.stale_since == "09:42"
    assert f"{view.at:%H:%M}" == "09:45"
    tomorrow = Hall().view(86_400, live=False)
    assert tomorrow.stale_since == "11-23 09:42", "a time alone would pass for today's"
    never = Board(hall()).view(Picture(), MORNING, 0, live=False, heard=None)
    assert (never.stale, never.stale_since) == (True, "")


def test_two_views_of_an_unchanged_hall_are_equal():
    seen = Hall(picture(cases=(case(1, "filed"),)))
    assert seen.view(1) == seen.view(2)


def test_a_long_name_of_a_service_is_carried_whole():
    board = Board(hall(services=MORE_SERVICES))
    assert LONG_NAME in [queue.service for queue in board.view(picture(), MORNING, 0, live=True, heard=MORNING).queues]
