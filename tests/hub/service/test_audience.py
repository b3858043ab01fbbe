"""Who may know of an event, on PUB and in an answer: one table for both."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest

from hub.domain.hall import Role
from hub.service import audience
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import EPOCH, HALLS, Desk

HALL = HALLS["shanting"]
FOR_A_DEPARTMENT = m.NoticeRaised(notice_id=1, kind="work_order", roles=("department",), department="tax")
EACH_ROLE: dict[Role, str] = {
    "kiosk": "kiosk-1",
    "window": "window-3",
    "department": "department-tax",
    "supervisor": "supervisor",
    "display": "wall",
    "web": "web",
}


def numbered(event: m.Event, seq: int = 1) -> m.Numbered:
    return m.Numbered(seq=seq, at=factories.FILED_AT, event=event)


def test_the_table_has_each_event_that_a_hub_publishes() -> None:
    assert set(audience.AUDIENCES) == set(get_args(m.Event)) - {m.Withheld}


def test_what_the_table_does_not_have_is_told_to_nobody() -> None:
    with pytest.raises(KeyError):
        audience.as_published(numbered(m.Withheld()))


def test_what_is_for_all_goes_out_whole() -> None:
    event = numbered(m.BulletinPosted(text="今天下午三点停电。"))
    assert audience.as_published(event) == event


@pytest.mark.rule("R11")
def test_a_notice_goes_out_as_a_number_and_the_roles_that_may_ask() -> None:
    told = audience.as_published(numbered(FOR_A_DEPARTMENT, seq=7))
    assert told == numbered(m.Withheld(roles=("department",)), seq=7)
    assert b"tax" not in msgspec.msgpack.encode(told)
    assert b"work_order" not in msgspec.msgpack.encode(told)


@pytest.mark.rule("R11")
@pytest.mark.parametrize("terminal", [*EACH_ROLE.values(), "department-approval"])
@pytest.mark.parametrize("made", [m.NoticeRaised, m.NoticeAcknowledged])
def test_a_department_s_notice_is_told_to_its_own_terminals_alone(terminal: str, made: Any) -> None:
    event = FOR_A_DEPARTMENT
    if made is m.NoticeAcknowledged:
        event = m.NoticeAcknowledged(notice_id=1, roles=("department",), department="tax")
    told = audience.as_told(numbered(event), HALL.terminal(terminal))
    assert told == (numbered(event) if terminal == "department-tax" else numbered(m.Withheld()))


@pytest.mark.rule("R11")
@pytest.mark.parametrize("role", EACH_ROLE)
def test_catching_up_is_answered_by_the_asker_s_role(desk: Desk, role: Role) -> None:
    accepted = desk.file()
    notice = desk.query("window-3", m.ListNotices()).notices[0].notice_id
    desk.ask("window-3", m.AcknowledgeNotice(notice_id=notice))
    seq = desk.books.picture.seq - 3
    for _ in range(2):  # from memory, then from the disk
        told = desk.query(EACH_ROLE[role], m.EventsSince(epoch=EPOCH, seq=seq))
        assert [one.seq for one in told.events] == [seq + 1, seq + 2, seq + 3]
        kinds = [type(one.event) for one in told.events]
        mine = role == "window"
        assert kinds[0] is m.ComplaintFiled
        assert kinds[1:] == ([m.NoticeRaised, m.NoticeAcknowledged] if mine else [m.Withheld, m.Withheld])
        assert accepted.case_number.encode() in msgspec.msgpack.encode(told)
        desk.reopen()


def test_memory_and_disk_tell_the_same(desk: Desk) -> None:
    for _ in range(3):
        desk.file()
    questions = [m.EventsSince(epoch=EPOCH, seq=seq) for seq in range(desk.books.picture.seq + 1)]
    remembered = [desk.query("window-3", question) for question in questions]
    desk.reopen()
    assert [desk.query("window-3", question) for question in questions] == remembered
    desk.file()  # memory reaches back a little way again
    assert [desk.query("window-3", question).events[: -2 or None] for question in questions] == [
        one.events for one in remembered
    ]


@pytest.mark.rule("R13")
def test_who_asked_for_secrecy_is_not_told_apart_by_where_the_case_went(desk: Desk) -> None:
    heard = len(desk.events)
    open_line, secret_line = desk.dispatched("tax"), desk.dispatched("tax", confidential=True)
    shown = desk.books.picture.cases
    assert shown[open_line.case_number].department == "tax"
    assert shown[secret_line.case_number].department == ""
    public = [audience.as_published(one).event for one in desk.events[heard:]]
    about = [one for one in public if isinstance(one, m.CaseMoved) and one.case.case_number == secret_line.case_number]
    assert {one.case.department for one in about} == {""}
    desk.reopen()
    assert desk.books.picture.cases[secret_line.case_number].department == ""
    assert desk.line(secret_line.case_number).department == "tax"
