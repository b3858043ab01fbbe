"""A command is carried out once, however often it arrives; what fails takes back only itself."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from hub.domain.numbers import case_number
from hub.store import schema
from hub.wire import messages as m
from tests.hub.desk import Ask, Desk, secrets_of

ID = "c0ffee" + "0" * 26


def test_a_resend_in_a_later_round_gets_the_first_answer(desk: Desk) -> None:
    told = desk.complaint()
    first = desk.ask("kiosk-1", told, ID)
    desk.file()
    desk.later(minutes=5)
    before = desk.kept()
    assert desk.ask("kiosk-1", told, ID) == first
    assert desk.kept() == before


def test_the_same_command_twice_in_one_round_is_one_case(desk: Desk) -> None:
    told = desk.complaint()
    first, other, again = desk.round(
        Ask("kiosk-1", told, ID), Ask("kiosk-1", desk.complaint()), Ask("kiosk-1", told, ID)
    )
    assert first == again
    assert other.case_number != first.case_number
    assert desk.count(schema.case) == desk.count(schema.ticket) == 2


def test_a_resend_after_the_hub_was_restarted_gets_the_first_answer(desk: Desk) -> None:
    told = desk.complaint()
    first = desk.ask("kiosk-1", told, ID)
    desk.reopen()
    assert desk.ask("kiosk-1", told, ID) == first
    assert desk.count(schema.case) == 1


CONTENDING: dict[str, tuple[str, Any]] = {
    "call": ("window-3", m.CallNext()),
    "bulletin": ("supervisor", m.PostBulletin(text="今天下午三点停电。")),
    "window": ("window-3", m.SetWindow(open=False)),
}


@pytest.mark.parametrize("which", CONTENDING)
def test_a_contending_command_is_carried_out_once_too(desk: Desk, which: str) -> None:
    terminal, command = CONTENDING[which]
    desk.file()
    desk.file()
    first = desk.ask(terminal, command, ID)
    published = len(desk.events)
    assert not isinstance(first, m.Rejected)
    assert desk.ask(terminal, command, ID) == first
    assert desk.round(Ask(terminal, command, ID), Ask(terminal, command, ID)) == [first, first]
    assert len(desk.events) == published


def test_the_same_id_with_other_bytes_is_refused_and_the_first_stands(desk: Desk) -> None:
    first = desk.ask("kiosk-1", desk.complaint(), ID)
    before = desk.kept()
    assert desk.ask("kiosk-1", desk.complaint(), ID).code == "command_id_reused"
    assert desk.ask("kiosk-1", m.TakeTicket(service="general"), ID).code == "command_id_reused"
    assert desk.kept() == before
    assert list(desk.books.picture.cases) == [first.case_number]


def test_the_same_id_with_other_bytes_in_one_round_is_refused_too(desk: Desk) -> None:
    first, second = desk.round(Ask("kiosk-1", desk.complaint(), ID), Ask("kiosk-1", desk.complaint(), ID))
    assert isinstance(first, m.ComplaintAccepted)
    assert second.code == "command_id_reused"
    assert desk.count(schema.case) == 1


def test_another_terminal_cannot_use_the_id_to_read_the_first_one_s_answer(desk: Desk) -> None:
    told = desk.complaint()
    first = desk.ask("kiosk-1", told, ID)
    stolen = desk.ask("window-3", told, ID)
    assert stolen.code == "command_id_reused"
    assert first.case_number not in stolen.text


def test_another_terminal_in_the_same_round_cannot_either(desk: Desk) -> None:
    told = desk.complaint()
    answers = desk.round(Ask("kiosk-1", told, ID), Ask("window-3", told, ID))
    assert isinstance(answers[0], m.ComplaintAccepted)
    assert answers[1].code == "command_id_reused"
    assert desk.count(schema.case) == 1


def test_what_was_refused_to_a_program_may_be_asked_again_with_the_same_id(desk: Desk) -> None:
    number = case_number(desk.hall.code, desk.books.business_date, 1)
    printed = m.ReportPrint(job_id="receipt", case_number=number, state="confirmed")
    assert desk.ask("kiosk-1", printed, ID).code == "unknown_case"
    assert desk.file().case_number == number
    assert isinstance(desk.ask("kiosk-1", printed, ID), m.Done)


def test_a_command_that_cannot_be_written_takes_back_only_itself(desk: Desk) -> None:
    first = desk.complaint()
    impossible = desk.complaint(on_paper=first.on_paper)  # two cases cannot open with the same secret
    with capture_logs() as logs:
        good, bad, also_good = desk.round(
            Ask("kiosk-1", first), Ask("kiosk-1", impossible, ID), Ask("kiosk-1", desk.complaint())
        )
    assert bad.code == "internal"
    assert isinstance(good, m.ComplaintAccepted)
    assert isinstance(also_good, m.ComplaintAccepted)
    assert {row.number for row in desk.rows(schema.case)} == {good.case_number, also_good.case_number}
    assert desk.count(schema.person) == desk.count(schema.ticket) == 2
    assert ID not in {row.command_id for row in desk.rows(schema.command)}
    assert ID not in {row.command_id for row in desk.rows(schema.audit)}
    assert {(one["event"], one.get("command_id")) for one in logs} >= {("command.failed", ID)}


def test_a_command_that_failed_uses_up_no_number_no_place_and_no_count(desk: Desk) -> None:
    first = desk.complaint()
    answers = desk.round(
        Ask("kiosk-1", first),
        Ask("kiosk-1", desk.complaint(on_paper=first.on_paper)),
        Ask("kiosk-1", desk.complaint()),
    )
    assert [a.case_number.split("-")[2] for a in (answers[0], answers[2])] == ["0001", "0002"]
    assert [a.ticket_number for a in (answers[0], answers[2])] == ["F001", "F002"]
    assert [a.ahead for a in (answers[0], answers[2])] == [0, 1]
    assert desk.books.picture.counts.today == 2
    assert desk.file().case_number.split("-")[2] == "0003"


def test_a_failed_complaint_can_be_filed_again_under_its_id_once_it_is_mended(desk: Desk) -> None:
    first = desk.file(on_paper=secrets_of("taken"))
    assert desk.ask("kiosk-1", desk.complaint(on_paper=secrets_of("taken")), ID).code == "internal"
    mended = desk.ask("kiosk-1", desk.complaint(on_paper=secrets_of("fresh")), ID)
    assert isinstance(mended, m.ComplaintAccepted)
    assert mended.case_number != first.case_number


def test_a_contending_command_that_fails_keeps_nothing_and_the_round_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.file()
    number = desk.file().case_number

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr("hub.service.casework.stored_notices.add", broken)
    before = desk.kept()
    answers = desk.round(
        Ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="general")),
        Ask("window-3", m.CallNext()),
    )
    assert answers[0].code == "internal"
    assert answers[1].ticket.number == "F001"
    after = desk.kept()
    assert (after["work_order"], after["step"], after["notice"]) == (0, before["step"], before["notice"])
    assert desk.line(number).stage == "filed"


RESENT: dict[str, tuple[str, Any]] = {
    "a call": ("window-3", m.CallNext()),
    "a pause": ("window-3", m.SetWindow(open=False)),
    "a bulletin": ("supervisor", m.PostBulletin(text="今天下午三点停电。")),
}


@pytest.mark.parametrize("which", RESENT)
def test_what_was_carried_out_is_recognised_after_the_login_has_ended(desk: Desk, which: str) -> None:
    terminal, command = RESENT[which]
    desk.file()
    first = desk.ask(terminal, command, ID)
    assert not isinstance(first, m.Rejected)
    desk.staff.pop(terminal)
    desk.reopen()
    before = desk.kept()
    assert desk.ask(terminal, command, ID) == first
    assert desk.round(Ask(terminal, command, ID), Ask(terminal, command, ID)) == [first, first]
    assert desk.kept() == before


def test_what_was_not_carried_out_still_needs_the_login(desk: Desk) -> None:
    desk.file()
    desk.ask("window-3", m.CallNext(), ID)
    desk.staff.pop("window-3")
    assert desk.ask("window-3", m.CallNext(), "f" * 32).code == "login_needed"
    assert desk.ask("window-3", m.CallNext(service="complaint"), ID).code == "command_id_reused"


def test_a_colleague_s_terminal_is_not_told_what_was_answered(desk: Desk) -> None:
    desk.file()
    desk.ask("window-3", m.CallNext(), ID)
    desk.staff.pop("window-1")
    assert desk.ask("window-1", m.CallNext(), ID).code == "command_id_reused"
    assert desk.ask("kiosk-1", m.CallNext(), ID).code == "command_id_reused"


def test_a_role_s_refusal_leaves_nothing(desk: Desk) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", m.CallNext(), ID).code == "not_permitted"
    assert (
        desk.round(Ask("kiosk-1", m.CallNext(), ID), Ask("kiosk-1", m.CallNext(), ID))
        == [desk.ask("kiosk-1", m.CallNext(), ID)] * 2
    )
    assert desk.kept() == before


def test_a_login_that_is_asked_for_again_binds_nobody_again(desk: Desk) -> None:
    first = desk.log_in("window-3", "06", ID)
    desk.ask("window-3", m.LogOut())
    desk.staff.pop("window-3")
    before = desk.kept()
    assert desk.log_in("window-3", "06", ID) == first
    assert desk.kept() == before
    assert desk.count(schema.login) == len(desk.staff) - 1


def test_what_was_refused_to_a_person_is_not_carried_out_by_a_duplicate_that_comes_late(desk: Desk) -> None:
    desk.log_in("window-3", "06")
    refused = desk.ask("window-3", m.CallNext(), "ca11" * 8)
    assert refused.code == "queue_empty"
    desk.file()
    assert desk.ask("window-3", m.CallNext(), "ca11" * 8) == refused
    assert isinstance(desk.ask("window-3", m.CallNext()), m.TicketAnswer)
