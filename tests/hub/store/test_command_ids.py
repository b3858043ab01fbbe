"""What makes a command's effect single even where its memory is lost: the tables themselves."""

from __future__ import annotations

from sqlalchemy import delete

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk

COMMAND_ID = "c0ffee" + "0" * 26


def forget(desk: Desk) -> None:
    with desk.store.transaction() as tx:
        tx.execute(delete(schema.command).where(schema.command.c.command_id == COMMAND_ID))


def test_a_complaint_whose_answer_was_forgotten_makes_no_second_case(empty_desk: Desk) -> None:
    assert isinstance(empty_desk.ask("kiosk-1", empty_desk.complaint(), COMMAND_ID), m.ComplaintAccepted)
    forget(empty_desk)
    kept = empty_desk.kept()
    assert isinstance(empty_desk.ask("kiosk-1", empty_desk.complaint(), COMMAND_ID), m.Rejected)
    assert empty_desk.kept() == kept


def test_a_ticket_whose_answer_was_forgotten_makes_no_second_ticket(desk: Desk) -> None:
    assert isinstance(desk.ask("kiosk-1", m.TakeTicket(service="general"), COMMAND_ID), m.TicketIssued)
    forget(desk)
    kept = desk.kept()
    assert isinstance(desk.ask("kiosk-1", m.TakeTicket(service="general"), COMMAND_ID), m.Rejected)
    assert desk.kept() == kept
