"""What makes a command's effect single even where its memory is lost: the tables themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Desk


@pytest.mark.parametrize("kind", ["FileComplaint", "TakeTicket"])
def test_a_command_whose_answer_was_forgotten_makes_no_second_case_and_no_second_ticket(desk: Desk, kind: str) -> None:
    command = desk.complaint() if kind == "FileComplaint" else m.TakeTicket(service="general")
    command_id = desk.new_id()
    desk.ask("kiosk-1", command, command_id)
    with desk.store.transaction() as tx:
        tx.execute(delete(schema.command).where(schema.command.c.command_id == command_id))
    kept = desk.kept()
    answer = desk.ask("kiosk-1", command, command_id)
    assert isinstance(answer, m.Rejected)
    assert desk.kept() == kept
