"""The feed: gapless, told again to who missed some of it, and the same picture for everybody."""

from __future__ import annotations

import pytest

from hub.service.audience import as_told
from hub.service.books import CATCH_UP_AT_MOST
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import EPOCH, Ask, Desk, known, picture_of


def busy(desk: Desk) -> None:
    """A little of everything that changes the picture."""
    desk.file()
    desk.round(*(Ask("kiosk-1", desk.complaint()) for _ in range(3)))
    desk.ask("kiosk-1", m.TakeTicket(service="general"))
    ticket = desk.ask("window-3", m.CallNext()).ticket
    desk.ask("window-3", m.RecallTicket(ticket_id=ticket.ticket_id))
    desk.ask("window-3", m.FinishTicket(ticket_id=ticket.ticket_id))
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=ticket.case_number, text="已讲清。"))
    desk.dispatched()
    desk.ask("window-1", m.SetWindow(open=False))
    desk.ask("supervisor", m.PostBulletin(text="今天下午三点停电。"))


def test_the_sequence_has_no_gap_and_no_end_at_a_restart(desk: Desk) -> None:
    busy(desk)
    desk.reopen()
    busy(desk)
    assert [one.seq for one in desk.events] == list(range(1, len(desk.events) + 1))
    assert [(row.epoch, row.seq) for row in desk.rows(schema.event)] == [(EPOCH, one.seq) for one in desk.events]
    assert desk.rows(schema.hall)[0].seq == desk.books.picture.seq == desk.events[-1].seq


def test_a_refused_command_leaves_no_hole(desk: Desk) -> None:
    desk.round(
        Ask("kiosk-1", desk.complaint()),
        Ask("kiosk-1", desk.complaint(matter="no-such-matter")),
        Ask("window-1", m.CallNext()),
        Ask("kiosk-1", desk.complaint()),
    )
    assert [one.seq for one in desk.events] == list(range(1, len(desk.events) + 1))


def test_who_missed_some_is_told_exactly_those(desk: Desk) -> None:
    busy(desk)
    for seq in (0, 1, 7, desk.books.picture.seq - 1):
        missed = desk.query("wall", m.EventsSince(epoch=EPOCH, seq=seq))
        assert isinstance(missed, m.Events)
        told = tuple(as_told(one, desk.hall.terminal("wall")) for one in desk.events[seq:])
        assert missed == m.Events(epoch=EPOCH, events=told, last=desk.books.picture.seq)


def test_who_missed_nothing_is_told_so(desk: Desk) -> None:
    busy(desk)
    told = desk.query("wall", m.EventsSince(epoch=EPOCH, seq=desk.books.picture.seq))
    assert told == m.Events(epoch=EPOCH, events=(), last=desk.books.picture.seq)


@pytest.mark.parametrize("epoch", ["", "f" * 32])
def test_another_epoch_gets_a_snapshot(desk: Desk, epoch: str) -> None:
    busy(desk)
    told = desk.query("wall", m.EventsSince(epoch=epoch, seq=1))
    assert isinstance(told, m.Snapshot)
    assert (told.epoch, told.seq) == (EPOCH, desk.books.picture.seq)
    assert known(picture_of(told, ())) == known(desk.books.picture)


def test_who_is_ahead_of_the_hub_gets_a_snapshot(desk: Desk) -> None:
    assert isinstance(desk.query("wall", m.EventsSince(epoch=EPOCH, seq=desk.books.picture.seq + 1)), m.Snapshot)


def test_who_is_too_far_behind_gets_a_snapshot(desk: Desk) -> None:
    desk.round(*(Ask("kiosk-1", m.TakeTicket(service="general")) for _ in range(CATCH_UP_AT_MOST)))
    seq = desk.books.picture.seq
    assert isinstance(desk.query("wall", m.EventsSince(epoch=EPOCH, seq=seq - CATCH_UP_AT_MOST)), m.Events)
    assert isinstance(desk.query("wall", m.EventsSince(epoch=EPOCH, seq=seq - CATCH_UP_AT_MOST - 1)), m.Snapshot)


def test_a_snapshot_and_what_came_after_it_is_the_hub_s_own_picture(desk: Desk) -> None:
    busy(desk)
    early = desk.query("wall", m.EventsSince())
    heard = len(desk.events)
    busy(desk)
    assert known(picture_of(early, desk.events[heard:])) == known(desk.books.picture)


def test_a_restarted_hub_has_the_same_picture(desk: Desk) -> None:
    busy(desk)
    before = known(desk.books.picture)
    desk.reopen()
    assert known(desk.books.picture) == before


def test_events_carry_the_time_of_their_round(desk: Desk) -> None:
    desk.later(minutes=7)
    desk.file()
    assert {one.at for one in desk.events[-2:]} == {desk.at}


def test_the_day_s_counts_follow_each_complaint(desk: Desk) -> None:
    for expected in (1, 2, 3):
        desk.file()
        assert desk.books.picture.counts == m.Counts(today=expected, month=expected)


def test_a_bulletin_is_shown_and_taken_down(desk: Desk) -> None:
    desk.ask("supervisor", m.PostBulletin(text="䶮𠮷：今天下午三点停电。"))
    desk.reopen()
    assert desk.books.picture.bulletin == "䶮𠮷：今天下午三点停电。"
    desk.ask("supervisor", m.PostBulletin(text=""))
    assert desk.books.picture.bulletin == ""


def test_a_bulletin_too_long_for_any_wall_is_refused(desk: Desk) -> None:
    assert desk.ask("supervisor", m.PostBulletin(text="停" * 501)).code == "too_long"
    assert desk.ask("supervisor", m.PostBulletin(text="停" * 500)) == m.Done()
