"""What people must react to: durable, told to their roles, kept until somebody acknowledges it by name."""

from __future__ import annotations

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk


def waiting(desk: Desk, terminal: str) -> list[tuple[str, str, str]]:
    listed = desk.query(terminal, m.ListNotices()).notices
    return [(notice.kind, notice.subject, notice.detail) for notice in listed]


def test_a_new_complaint_is_told_to_the_window_without_saying_which(desk: Desk) -> None:
    number = desk.file().case_number
    raised = [one.event for one in desk.events if isinstance(one.event, m.NoticeRaised)]
    assert raised == [m.NoticeRaised(notice_id=1, kind="new_complaint", roles=("window",))]
    assert waiting(desk, "window-3") == [("new_complaint", number, "")]
    assert waiting(desk, "supervisor") == []


def test_notices_are_redelivered_until_they_are_acknowledged(desk: Desk) -> None:
    first, second = desk.file().case_number, desk.file().case_number
    desk.reopen()
    assert [subject for _, subject, _ in waiting(desk, "window-3")] == [first, second]
    assert desk.ask("window-3", m.AcknowledgeNotice(notice_id=1)) == m.Done()
    assert [subject for _, subject, _ in waiting(desk, "window-3")] == [second]
    desk.reopen()
    assert [subject for _, subject, _ in waiting(desk, "window-3")] == [second]


def test_an_acknowledgement_is_kept_by_name_and_told_to_all_who_were_told(desk: Desk) -> None:
    desk.file()
    desk.later(minutes=2)
    desk.ask("window-1", m.AcknowledgeNotice(notice_id=1))
    kept = desk.rows(schema.notice)[0]
    assert (kept.acknowledged_by, kept.acknowledged_at) == ("07", desk.at)
    assert desk.events[-1].event == m.NoticeAcknowledged(notice_id=1, roles=("window",))


def test_acknowledging_twice_is_harmless_and_the_first_name_stays(desk: Desk) -> None:
    desk.file()
    desk.ask("window-1", m.AcknowledgeNotice(notice_id=1))
    seq = desk.books.picture.seq
    assert desk.ask("window-3", m.AcknowledgeNotice(notice_id=1)) == m.Done()
    assert desk.rows(schema.notice)[0].acknowledged_by == "07"
    assert desk.books.picture.seq == seq


def test_who_a_notice_is_not_for_cannot_take_it_away(desk: Desk) -> None:
    desk.dispatched("real-estate")
    (own,) = desk.query("department-real-estate", m.ListNotices()).notices
    for terminal in ("supervisor", "window-3", "department-tax"):
        assert desk.ask(terminal, m.AcknowledgeNotice(notice_id=own.notice_id)).code == "not_permitted"
    assert desk.query("department-real-estate", m.ListNotices()).notices == (own,)
    assert desk.ask("department-real-estate", m.AcknowledgeNotice(notice_id=own.notice_id)) == m.Done()


def test_an_unknown_notice_is_said(desk: Desk) -> None:
    assert desk.ask("window-3", m.AcknowledgeNotice(notice_id=77)).code == "unknown_notice"


def test_notices_keep_counting_after_a_restart(desk: Desk) -> None:
    desk.file()
    desk.reopen()
    desk.file()
    assert [row.notice_id for row in desk.rows(schema.notice)] == [1, 2]


def test_a_trouble_is_noticed_once_until_it_is_acknowledged(desk: Desk) -> None:
    silent = m.ReportHealth(troubles=("board_silent",))
    trouble = ("terminal_trouble", "led", "board_silent")
    for _ in range(3):
        assert desk.ask("led", silent) == m.Done()
    assert waiting(desk, "window-3") == waiting(desk, "supervisor") == [trouble]
    (notice,) = desk.query("supervisor", m.ListNotices()).notices
    desk.ask("supervisor", m.AcknowledgeNotice(notice_id=notice.notice_id))
    assert waiting(desk, "window-3") == []
    desk.ask("led", silent)
    assert waiting(desk, "window-3") == [trouble]


def test_each_trouble_of_each_terminal_is_a_notice_of_its_own(desk: Desk) -> None:
    desk.ask("kiosk-1", m.ReportHealth(troubles=("paper_out", "cover_open")))
    desk.ask("led", m.ReportHealth(troubles=("board_silent",)))
    assert waiting(desk, "supervisor") == [
        ("terminal_trouble", "kiosk-1", "paper_out"),
        ("terminal_trouble", "kiosk-1", "cover_open"),
        ("terminal_trouble", "led", "board_silent"),
    ]


def test_a_terminal_without_troubles_raises_nothing(desk: Desk) -> None:
    assert desk.ask("wall", m.ReportHealth(outbox=2)) == m.Done()
    assert desk.count(schema.notice) == 0


@pytest.mark.rule("R13")
def test_what_the_feed_says_of_notices_names_no_case(desk: Desk) -> None:
    line = desk.dispatched()
    told = [repr(one.event) for one in desk.events if isinstance(one.event, m.NoticeRaised)]
    assert len(told) == 2
    assert not any(line.case_number in one for one in told)
