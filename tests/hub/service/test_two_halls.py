"""Two halls in one PostgreSQL: neither sees, counts, opens or blocks anything of the other's, even by guessing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from hub.store import commands, schema
from hub.wire import messages as m
from tests.hub.desk import HALLS, Ask, Desk, make_database, secrets_of
from tests.postgres import Cluster


@dataclass
class Halls:
    """山亭, which is at work, and 岳阳 beside it in the same database."""

    shanting: Desk
    yueyang: Desk


@pytest.fixture
def halls(cluster: Cluster) -> Iterator[Halls]:
    address = cluster.address(cluster.new_database())
    for name in ("shanting", "yueyang"):
        make_database(address, HALLS[name])
    both = Halls(Desk(address, "shanting"), Desk(address, "yueyang"))
    for desk in (both.shanting, both.yueyang):
        desk.log_in("window-3", "06")
    both.shanting.log_in("department-real-estate", "31")
    yield both
    both.shanting.close()
    both.yueyang.close()


def own_rows(desk: Desk) -> dict[str, list[Any]]:
    """All rows of a hall, by table."""
    with desk.store.reading() as db:
        return {
            name: list(db.execute(select(table).where(table.c.hall == desk.hall.code).order_by(*table.primary_key)))
            for name, table in schema.metadata.tables.items()
        }


def busy(desk: Desk) -> m.CaseLine:
    """A case with all that belongs to it: ticket, work order, steps, notices, a print."""
    line = desk.dispatched()
    desk.ask("kiosk-1", m.ReportPrint(job_id="1", case_number=line.case_number, state="confirmed"))
    return line


def test_what_one_hall_does_leaves_every_row_of_the_other_as_it_was(halls: Halls) -> None:
    halls.yueyang.file()
    before = own_rows(halls.yueyang)
    busy(halls.shanting)
    halls.shanting.turn_day(halls.shanting.books.business_date.replace(day=24))
    halls.shanting.reopen()
    busy(halls.shanting)
    assert own_rows(halls.yueyang) == before


def test_lists_counts_and_pictures_are_each_hall_s_own(halls: Halls) -> None:
    ours = busy(halls.shanting)
    halls.yueyang.reopen()
    assert halls.yueyang.query("window-3", m.ListCases(only_open=False)).cases == ()
    assert halls.yueyang.query("window-3", m.ListNotices()).notices == ()
    picture = halls.yueyang.books.picture
    assert (picture.cases, picture.tickets, picture.counts.today) == ({}, {}, 0)
    assert halls.yueyang.file().case_number.split("-")[2] == "0001"
    assert [line.case_number for line in halls.shanting.query("window-3", m.ListCases()).cases] == [ours.case_number]


@pytest.mark.rule("R47")
def test_guessed_numbers_ids_and_codes_open_nothing_of_the_other_hall(halls: Halls) -> None:
    keys = secrets_of("the citizen's paper")
    ours = halls.shanting.file(on_paper=keys)
    order = halls.shanting.ask(
        "window-3",
        m.DispatchCase(case_number=ours.case_number, department="real-estate", case_class="general", note=""),
    )
    notice = halls.shanting.query("window-3", m.ListNotices()).notices[0]
    before = own_rows(halls.shanting)
    yueyang = halls.yueyang
    for terminal, command, code in (
        ("window-3", m.ReadCase(case_number=ours.case_number), "unknown_case"),
        ("window-3", m.AnswerOnTheSpot(case_number=ours.case_number, text="好"), "unknown_case"),
        ("window-3", m.ServeTicket(ticket_id=ours.ticket_id), "unknown_ticket"),
        ("window-3", m.AcknowledgeNotice(notice_id=notice.notice_id), "unknown_notice"),
        ("kiosk-1", m.ReportPrint(job_id="1", case_number=ours.case_number, state="failed"), "unknown_case"),
        (
            "kiosk-1",
            m.ReplacePaperCode(case_number=ours.case_number, lost=keys.token, on_paper=secrets_of("another")),
            "unknown_secret",
        ),
    ):
        assert yueyang.ask(terminal, command).code == code, command
    for secret in (keys.token, keys.typed):
        assert yueyang.query("web", m.LookUp(secret=secret)).code == "not_found"
        assert halls.shanting.query("web", m.LookUp(secret=secret)).case_number == ours.case_number
    answer = yueyang.query("wall", m.EventsSince(epoch=halls.shanting.books.picture.epoch, seq=0))
    assert isinstance(answer, m.Events | m.Snapshot)
    assert ours.case_number not in repr(answer)
    assert order.work_order_id not in repr(answer)
    assert own_rows(halls.shanting) == before


def test_the_same_command_id_in_both_halls_is_two_commands(halls: Halls) -> None:
    command_id = "c" * 32
    told = halls.shanting.complaint()
    ours = halls.shanting.ask("kiosk-1", told, command_id)
    theirs = halls.yueyang.ask("kiosk-1", halls.yueyang.complaint(), command_id)
    assert isinstance(theirs, m.ComplaintAccepted)
    assert theirs.case_number != ours.case_number
    assert halls.shanting.ask("kiosk-1", told, command_id) == ours


def test_both_halls_number_at_once_without_waiting_for_each_other(halls: Halls) -> None:
    with halls.shanting.store.transaction() as tx:
        commands.audit_tail(tx, halls.shanting.hall.code)
        tx.execute(schema.hall.update().where(schema.hall.c.hall == halls.shanting.hall.code).values(seq=99))
        numbers = [
            answer.case_number
            for answer in halls.yueyang.round(*(Ask("kiosk-1", halls.yueyang.complaint()) for _ in range(3)))
        ]
        tx.rollback()
    assert [number.split("-")[2] for number in numbers] == ["0001", "0002", "0003"]


def test_each_hall_s_audit_chain_is_whole_by_itself(halls: Halls) -> None:
    for desk in (halls.shanting, halls.yueyang, halls.shanting):
        desk.file()
    for desk in (halls.shanting, halls.yueyang):
        with desk.store.reading() as db:
            assert commands.verify_audit(db, desk.hall.code) is None
