import datetime as dt

from hub.wire.messages import (
    BulletinPosted,
    CaseMoved,
    CaseProgress,
    ComplaintFiled,
    Counts,
    DayTurned,
    Snapshot,
    TicketCalled,
    TicketMoved,
    TicketTaken,
    WindowSet,
    WindowView,
    Withheld,
)
from hub.wire.picture import Picture
from tests.factories import CASE_NUMBER, FILED_AT, MONDAY, a_ticket


def a_case(stage="filed"):
    return CaseProgress(case_number=CASE_NUMBER, stage=stage, filed_at=FILED_AT, due_date=MONDAY)


EVENTS = [
    ComplaintFiled(case=a_case(), ticket=a_ticket("F001"), counts=Counts(today=1)),
    TicketTaken(ticket=a_ticket("F002", taken_at=FILED_AT + dt.timedelta(minutes=1))),
    WindowSet(window=WindowView(number=3, open=True)),
    TicketCalled(ticket=a_ticket("F001", state="called", window=3, called_at=FILED_AT, calls=1)),
    Withheld(),
    CaseMoved(move="dispatch", case=a_case("dispatched"), counts=Counts(today=1)),
    BulletinPosted(text="下午三点停电检修"),
]


def laid(events):
    picture = Picture()
    for seq, event in enumerate(events, start=1):
        picture.apply(seq, event)
    return picture


def test_events_are_laid_one_over_the_other():
    picture = laid(EVENTS)
    assert picture.seq == len(EVENTS)
    assert [ticket.number for ticket in picture.waiting()] == ["F002"]
    assert picture.at_window(3).number == "F001"
    assert picture.cases[CASE_NUMBER].stage == "dispatched"
    assert picture.counts.today == 1
    assert picture.windows[3].open
    assert picture.bulletin == "下午三点停电检修"


def test_a_snapshot_is_worth_the_events_before_it():
    before = laid(EVENTS)
    after = Picture()
    after.take(
        Snapshot(
            epoch="e2",
            seq=before.seq,
            at=FILED_AT,
            business_date=MONDAY,
            tickets=tuple(before.tickets.values()),
            windows=tuple(before.windows.values()),
            cases=tuple(before.cases.values()),
            counts=before.counts,
            bulletin=before.bulletin,
        )
    )
    for what in ("seq", "tickets", "windows", "cases", "counts", "bulletin", "waiting_count"):
        assert getattr(after, what) == getattr(before, what), what
    assert after.epoch == "e2"


def test_who_waits_is_counted_as_tickets_move():
    picture = laid([*EVENTS, TicketMoved(move="withdraw", ticket=a_ticket("F002", state="withdrawn"))])
    assert laid(EVENTS).waiting_count["complaint"] == 1
    assert picture.waiting_count["complaint"] == 0


def test_the_same_event_twice_counts_once():
    taken = TicketTaken(ticket=a_ticket("F002"))
    assert laid([taken, taken]).waiting_count["complaint"] == 1


def test_a_new_day_begins_with_an_empty_queue():
    tomorrow = MONDAY + dt.timedelta(days=1)
    picture = laid([*EVENTS, DayTurned(business_date=tomorrow, counts=Counts(month=1))])
    assert picture.waiting() == []
    assert picture.business_date == tomorrow
    assert (picture.counts.today, picture.counts.month) == (0, 1)
    assert CASE_NUMBER in picture.cases


def test_a_window_shows_the_ticket_it_called_last():
    later = FILED_AT + dt.timedelta(minutes=5)
    called = [
        TicketCalled(ticket=a_ticket(number, state="called", window=3, called_at=at))
        for number, at in (("F002", later), ("F001", FILED_AT))
    ]
    assert laid(called).at_window(3).number == "F002"
    assert laid(called).at_window(1) is None
