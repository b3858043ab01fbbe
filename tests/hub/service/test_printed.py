"""What a paper says already: adopted where it can be, else void with what stands instead; no complaint is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from hub.domain.numbers import case_number, ticket_number
from hub.service.printed import REACH
from hub.store import schema
from hub.store.commands import verify_audit
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Ask, Desk, known, picture_of, secrets_of

ID = "c0ffee" + "0" * 26
MONDAY = factories.MONDAY
TUESDAY = MONDAY + dt.timedelta(days=1)


def offline(desk: Desk, number: int = 7, *, series: str = "K", **changes: Any) -> m.PrintedNumber:
    """What kiosk-1 prints by itself: case and ticket of its own series."""
    said = {
        "business_date": desk.books.business_date,
        "printed_at": desk.at,
        "case_number": case_number(desk.hall.code, desk.books.business_date, number, series),
        "ticket_number": ticket_number(series, number),
    }
    return m.PrintedNumber(**(said | changes))


def as_answered(answer: m.ComplaintAccepted, day: dt.date = MONDAY) -> m.PrintedNumber:
    """What the paper of an answered complaint says."""
    return m.PrintedNumber(
        business_date=day,
        printed_at=answer.filed_at,
        case_number=answer.case_number,
        ticket_number=answer.ticket_number,
    )


def voids(desk: Desk) -> list[tuple[str, str, str]]:
    """Number, what stands instead and why; a case's number before its ticket's."""
    return sorted(((row.number, row.stands, row.reason) for row in desk.rows(schema.void_number)), reverse=True)


def collisions(desk: Desk) -> list[tuple[str, str]]:
    waiting = desk.query("supervisor", m.ListNotices()).notices
    return [(one.subject, one.detail) for one in waiting if one.kind == "number_collision"]


def with_paper(told: Any, said: m.PrintedNumber) -> Any:
    return replace(told, printed_number=said)


# --- a command that the hub hears of for the first time


def test_the_hub_adopts_what_the_paper_says(desk: Desk) -> None:
    said = offline(desk)
    desk.later(minutes=40)
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said), ID)
    assert (accepted.case_number, accepted.ticket_number) == (said.case_number, "K007")
    assert accepted.ticket_id == "20261123-K007"
    assert accepted.filed_at == desk.at
    detail = desk.ask("window-3", m.ReadCase(case_number=said.case_number))
    assert (detail.line.filed_at, detail.printed_at) == (desk.at, said.printed_at)
    assert detail.line.ticket_number == "K007"
    assert detail.void_numbers == ()
    assert voids(desk) == []


def test_the_hub_s_own_numbers_go_on_as_if_nothing_had_been(desk: Desk) -> None:
    desk.file()
    desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk)))
    accepted = desk.file()
    assert accepted.case_number.split("-")[2] == "0002"
    assert accepted.ticket_number == "F002"


@pytest.mark.rule("R55")
def test_who_has_waited_with_a_paper_is_called_before_who_came_later(desk: Desk) -> None:
    desk.file()
    said = offline(desk, printed_at=desk.at + dt.timedelta(minutes=1))
    desk.later(minutes=2)
    desk.file()
    desk.later(minutes=2)
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert accepted.ahead == 1
    assert [one.number for one in desk.books.picture.waiting("complaint")] == ["F001", "K007", "F002"]


@pytest.mark.parametrize("minutes", [-60 * 24, 5])
def test_a_terminal_s_wrong_clock_lets_nobody_jump_the_line(desk: Desk, minutes: int) -> None:
    desk.file()
    desk.later(minutes=2)
    said = offline(desk, printed_at=desk.at + dt.timedelta(minutes=minutes))
    desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert [one.number for one in desk.books.picture.waiting("complaint")] == ["F001", "K007"]


def test_a_paper_without_a_ticket_takes_none(desk: Desk) -> None:
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk, ticket_number="")))
    assert (accepted.ticket_number, accepted.ticket_id) == ("", "")
    assert desk.books.picture.tickets == {}


def test_a_paper_with_a_ticket_stands_in_line_though_the_window_is_closed(empty_desk: Desk) -> None:
    accepted = empty_desk.ask("kiosk-1", empty_desk.complaint(printed_number=offline(empty_desk)))
    assert accepted.ticket_number == "K007"
    assert [one.number for one in empty_desk.books.picture.waiting()] == ["K007"]


def test_a_ticket_alone_is_adopted_too(desk: Desk) -> None:
    said = offline(desk, case_number="")
    issued = desk.ask("kiosk-1", m.TakeTicket(service="general", printed_number=said), ID)
    assert (issued.number, issued.ticket_id, issued.service) == ("K007", "20261123-K007", "general")
    assert desk.ask("kiosk-1", m.TakeTicket(service="general", printed_number=said), ID) == issued
    assert desk.ask("window-1", m.CallNext()).ticket.number == "K007"


def test_the_due_date_counts_from_the_day_on_the_paper(desk: Desk) -> None:
    said = offline(desk)
    same_day = desk.file().due
    desk.later(days=1)
    desk.turn_day(TUESDAY)
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert accepted.due == same_day
    assert desk.file().due.date > same_day.date


def test_yesterday_s_paper_keeps_its_date_and_stands_in_no_line_that_was_closed(desk: Desk) -> None:
    said = offline(desk)
    desk.later(days=1)
    desk.turn_day(TUESDAY)
    before = desk.books.picture.counts
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert (accepted.case_number, accepted.ticket_id) == (said.case_number, "20261123-K007")
    assert [(row.ticket_id, row.state, row.business_date) for row in desk.rows(schema.ticket)] == [
        ("20261123-K007", "withdrawn", MONDAY)
    ]
    assert desk.rows(schema.case)[0].business_date == MONDAY
    counts = desk.books.picture.counts
    assert (counts.today, counts.month) == (before.today, before.month + 1)
    picture = known(desk.books.picture)
    desk.reopen()
    assert known(desk.books.picture) == picture


def test_a_resend_of_an_adopted_paper_gets_the_first_answer(desk: Desk) -> None:
    told = desk.complaint(printed_number=offline(desk))
    first = desk.ask("kiosk-1", told, ID)
    desk.later(minutes=5)
    desk.reopen()
    before = desk.kept()
    assert desk.ask("kiosk-1", told, ID) == first
    assert desk.ask("kiosk-1", replace(told, printed_number=None), ID) == first
    assert desk.kept() == before


# --- the hub had answered, and the answer was lost


def test_the_paper_s_number_stands_and_the_hub_s_is_void(desk: Desk) -> None:
    told = desk.complaint(text="跑了三趟。", since="今年三月")
    lost = desk.ask("kiosk-1", told, ID)
    desk.later(minutes=3)
    said = offline(desk)
    accepted = desk.ask("kiosk-1", with_paper(told, said), ID)
    assert (accepted.case_number, accepted.ticket_number) == (said.case_number, "K007")
    assert (accepted.filed_at, accepted.due) == (lost.filed_at, lost.due)
    assert desk.count(schema.case) == desk.count(schema.ticket) == 1
    assert voids(desk) == [
        (lost.case_number, said.case_number, "paper_says_other"),
        (lost.ticket_id, "20261123-K007", "paper_says_other"),
    ]
    assert collisions(desk) == []


def test_the_renumbered_case_is_whole(desk: Desk) -> None:
    told = desk.complaint(text="跑了三趟。", since="今年三月", name="王秀兰", phone="13800000000")
    lost = desk.ask("kiosk-1", told, ID)
    sent = desk.ask("window-3", m.DispatchCase(case_number=lost.case_number, department="tax", case_class="general"))
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=sent.work_order_id))
    desk.ask("kiosk-1", m.ReportPrint(job_id="1", case_number=lost.case_number, state="unknown"))
    said = offline(desk)
    desk.ask("kiosk-1", with_paper(told, said), ID)
    detail = desk.ask("window-3", m.ReadCase(case_number=said.case_number))
    assert (detail.text, detail.since, detail.name, detail.phone) == (told.text, told.since, told.name, told.phone)
    assert [step.move for step in detail.steps] == ["file", "dispatch", "accept"]
    assert (detail.line.stage, detail.line.work_order_id) == ("accepted", sent.work_order_id)
    assert detail.print_state == "unknown"
    replied = desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text="已办好。"))
    assert replied == m.Done()
    about = {one.subject for one in desk.query("window-3", m.ListNotices()).notices}
    assert about == {said.case_number}


def test_the_citizen_s_keys_open_the_renumbered_case(desk: Desk) -> None:
    told = desk.complaint(on_paper=secrets_of("paper"), on_screen=secrets_of("screen"))
    desk.ask("kiosk-1", told, ID)
    said = offline(desk)
    desk.ask("kiosk-1", with_paper(told, said), ID)
    for keys in (told.on_paper, told.on_screen):
        progress = desk.query("kiosk-1", m.LookUp(secret=keys.token))
        assert progress.case_number == said.case_number
        assert progress.ticket.number == "K007"


def test_who_looks_the_void_number_up_finds_the_case_and_why(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    said = offline(desk)
    desk.ask("kiosk-1", with_paper(told, said), ID)
    for number in (lost.case_number, said.case_number):
        detail = desk.ask("window-3", m.ReadCase(case_number=number))
        assert detail.line.case_number == said.case_number
        assert {(one.number, one.stands, one.reason, one.at) for one in detail.void_numbers} == {
            (lost.case_number, said.case_number, "paper_says_other", desk.at),
            (lost.ticket_id, "20261123-K007", "paper_says_other", desk.at),
        }
    answered = desk.ask("window-3", m.AnswerOnTheSpot(case_number=lost.case_number, text="已讲清。"))
    assert answered == m.Done()
    assert desk.line(said.case_number).stage == "answered_on_the_spot"


def test_the_audit_tells_which_number_is_void(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    said = offline(desk)
    desk.ask("kiosk-1", with_paper(told, said), ID)
    subjects = [row.subject for row in desk.rows(schema.audit) if row.command_id == ID]
    assert subjects == [lost.case_number, f"{lost.case_number} void, {said.case_number}"]
    with desk.store.reading() as db:
        assert verify_audit(db, desk.hall.code) is None


def test_a_void_number_is_given_to_nobody_else(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    desk.ask("kiosk-1", with_paper(told, offline(desk)), ID)
    again = desk.ask("kiosk-1", desk.complaint(printed_number=as_answered(lost)))
    assert again.case_number.split("-")[2] == "0002"
    assert again.ticket_number == "F002"
    assert {reason for number, _, reason in voids(desk) if number == lost.case_number} == {"paper_says_other", "taken"}
    desk.reopen()
    assert desk.file().ticket_number == "F003"


def test_everybody_s_picture_has_the_paper_s_number_instead(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    early, heard = desk.query("wall", m.EventsSince()), len(desk.events)
    said = offline(desk)
    desk.ask("kiosk-1", with_paper(told, said), ID)
    replaced = desk.events[heard].event
    assert isinstance(replaced, m.NumberReplaced)
    assert (replaced.void_case, replaced.void_ticket) == (lost.case_number, lost.ticket_id)
    picture = desk.books.picture
    assert list(picture.tickets) == ["20261123-K007"]
    assert list(picture.cases) == [said.case_number]
    assert picture.waiting_count["complaint"] == 1
    assert known(picture_of(early, desk.events[heard:])) == known(picture)
    desk.reopen()
    assert known(desk.books.picture) == known(picture)


@pytest.mark.rule("R55")
def test_a_call_of_a_number_that_nobody_held_was_no_call(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    desk.later(minutes=1)
    desk.file()
    assert desk.ask("window-3", m.CallNext()).ticket.ticket_id == lost.ticket_id
    desk.ask("window-3", m.MarkNoShow(ticket_id=lost.ticket_id))
    desk.ask("kiosk-1", with_paper(told, offline(desk)), ID)
    called = desk.ask("window-3", m.CallNext()).ticket
    assert (called.number, called.calls) == ("K007", 1)


def test_a_ticket_that_the_paper_has_not_leaves_the_line(desk: Desk) -> None:
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    accepted = desk.ask("kiosk-1", with_paper(told, offline(desk, ticket_number="")), ID)
    assert accepted.ticket_id == ""
    assert (lost.ticket_id, "", "paper_says_other") in voids(desk)
    assert desk.ask("window-3", m.CallNext()).code == "queue_empty"
    assert desk.line(accepted.case_number).ticket_number == ""


def test_a_ticket_that_the_paper_has_alone_joins_the_line(desk: Desk) -> None:
    desk.ask("window-3", m.SetWindow(open=False))
    told = desk.complaint()
    assert desk.ask("kiosk-1", told, ID).ticket_id == ""
    accepted = desk.ask("kiosk-1", with_paper(told, offline(desk)), ID)
    assert accepted.ticket_number == "K007"
    assert desk.line(accepted.case_number).ticket_number == "K007"
    assert [one.number for one in desk.books.picture.waiting()] == ["K007"]


def test_a_lost_ticket_is_replaced_too(desk: Desk) -> None:
    lost = desk.ask("kiosk-1", m.TakeTicket(service="general"), ID)
    said = offline(desk, case_number="")
    issued = desk.ask("kiosk-1", m.TakeTicket(service="general", printed_number=said), ID)
    assert issued.number == "K007"
    assert voids(desk) == [(lost.ticket_id, "20261123-K007", "paper_says_other")]
    assert list(desk.books.picture.tickets) == ["20261123-K007"]


def test_both_forms_of_one_command_in_one_round_are_one_case_with_the_paper_s_number(desk: Desk) -> None:
    told = desk.complaint()
    said = offline(desk)
    answers = desk.round(
        Ask("kiosk-1", told, ID), Ask("kiosk-1", with_paper(told, said), ID), Ask("kiosk-1", with_paper(told, said), ID)
    )
    assert {answer.case_number for answer in answers} == {said.case_number}
    assert desk.count(schema.case) == 1
    assert [one.seq for one in desk.events] == list(range(1, len(desk.events) + 1))
    assert list(desk.books.picture.cases) == [said.case_number]


def test_every_later_resend_is_told_what_stands(desk: Desk) -> None:
    told = desk.complaint()
    desk.ask("kiosk-1", told, ID)
    accepted = desk.ask("kiosk-1", with_paper(told, offline(desk)), ID)
    before = desk.kept()
    desk.reopen()
    assert desk.ask("kiosk-1", told, ID) == accepted
    assert desk.ask("kiosk-1", with_paper(told, offline(desk)), ID) == accepted
    assert desk.kept() == before


def test_a_second_paper_of_one_command_is_refused(desk: Desk) -> None:
    told = desk.complaint()
    accepted = desk.ask("kiosk-1", with_paper(told, offline(desk, 7)), ID)
    assert desk.ask("kiosk-1", with_paper(told, offline(desk, 8)), ID).code == "command_id_reused"
    assert desk.ask("kiosk-1", told, ID) == accepted


def test_another_complaint_or_terminal_under_the_id_is_refused_whatever_its_paper_says(desk: Desk) -> None:
    told = desk.complaint()
    desk.ask("kiosk-1", told, ID)
    said = offline(desk)
    before = desk.kept()
    assert desk.ask("kiosk-1", desk.complaint(printed_number=said), ID).code == "command_id_reused"
    assert desk.ask("window-3", with_paper(told, said), ID).code == "command_id_reused"
    assert desk.kept() == before


# --- a hub restored from a backup


def test_what_the_restored_hub_still_has_is_answered_as_before(desk: Desk) -> None:
    told = desk.complaint()
    first = desk.ask("kiosk-1", told, ID)
    before = desk.kept()
    assert desk.ask("kiosk-1", with_paper(told, as_answered(first)), ID) == first
    assert desk.kept() == before


def test_a_number_that_the_restored_counters_have_not_reached_is_adopted_and_passed_by(desk: Desk) -> None:
    forgotten = case_number(desk.hall.code, MONDAY, 5)
    said = offline(desk, case_number=forgotten, ticket_number="F005")
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert (accepted.case_number, accepted.ticket_number) == (forgotten, "F005")
    assert desk.file().case_number.split("-")[2] == "0006"
    desk.reopen()
    after = desk.file()
    assert (after.case_number.split("-")[2], after.ticket_number) == ("0007", "F007")


def test_a_number_that_the_restored_counters_jumped_over_is_adopted(desk: Desk) -> None:
    reached = offline(desk, case_number=case_number(desk.hall.code, MONDAY, 200), ticket_number="F200")
    desk.ask("kiosk-1", desk.complaint(printed_number=reached))
    said = offline(desk, case_number=case_number(desk.hall.code, MONDAY, 42), ticket_number="F042")
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert (accepted.case_number, accepted.ticket_number) == (said.case_number, "F042")
    assert desk.file().ticket_number == "F201"


def test_a_number_of_an_earlier_day_is_adopted_as_long_as_it_is_free(desk: Desk) -> None:
    desk.later(days=1)
    desk.turn_day(TUESDAY)
    number = case_number(desk.hall.code, MONDAY, 42)
    said = offline(desk, business_date=MONDAY, case_number=number, ticket_number="")
    assert desk.ask("kiosk-1", desk.complaint(printed_number=said)).case_number == number
    assert desk.file().case_number.split("-")[1:3] == ["20261124", "0001"]


# --- what cannot be adopted


def forged(desk: Desk, kind: str) -> m.PrintedNumber:
    code = desk.hall.code
    match kind:
        case "not_a_number":
            good = case_number(code, MONDAY, 7, "K")
            return offline(desk, case_number=f"{good[:-1]}{(int(good[-1]) + 1) % 10}", ticket_number="K7")
        case "other_hall":
            return offline(desk, case_number=case_number("430621", MONDAY, 7, "K"), ticket_number="")
        case "other_series":
            return offline(desk, series="L")
        case "other_date":
            number = case_number(code, TUESDAY, 7, "K")
            return offline(desk, business_date=TUESDAY, case_number=number)
        case _:
            far = REACH + 1
            return offline(desk, case_number=case_number(code, MONDAY, far), ticket_number=f"F{far}")


@pytest.mark.parametrize("kind", ["not_a_number", "other_hall", "other_series", "other_date", "beyond_reach"])
def test_what_cannot_be_adopted_is_filed_under_a_number_of_the_hub_s_and_recorded(desk: Desk, kind: str) -> None:
    said = forged(desk, kind)
    told = desk.complaint(printed_number=said)
    accepted = desk.ask("kiosk-1", told, ID)
    assert accepted.case_number.startswith("370406-20261123-0001-")
    assert accepted.ticket_number == ("F001" if said.ticket_number else "")
    assert (said.case_number, accepted.case_number, kind) in voids(desk)
    if said.ticket_number:
        number = f"{said.business_date:%Y%m%d}-{said.ticket_number}"
        assert (number, accepted.ticket_id, kind) in voids(desk)
    assert collisions(desk) == [(accepted.case_number, kind)]
    before = desk.kept()
    assert desk.ask("kiosk-1", told, ID) == accepted
    assert desk.kept() == before
    assert desk.file().case_number.split("-")[2] == "0002"


def test_a_number_that_another_command_has_stays_its_own(desk: Desk) -> None:
    owner = desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk)))
    late = desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk), name="王秀兰"))
    assert late.case_number.split("-")[2] == "0001"
    assert late.ticket_number == "F001"
    assert collisions(desk) == [(late.case_number, "taken")]
    detail = desk.ask("window-3", m.ReadCase(case_number=owner.case_number))
    assert detail.line.case_number == owner.case_number
    assert (owner.case_number, late.case_number, "taken") in [
        (one.number, one.stands, one.reason) for one in detail.void_numbers
    ]


def test_two_papers_with_one_number_in_one_round_are_two_cases(desk: Desk) -> None:
    first, second = desk.round(
        Ask("kiosk-1", desk.complaint(printed_number=offline(desk))),
        Ask("kiosk-1", desk.complaint(printed_number=offline(desk))),
    )
    assert first.case_number == offline(desk).case_number
    assert second.case_number.split("-")[2] == "0001"


def test_a_forged_number_keeps_its_rightful_terminal_from_nothing(desk: Desk) -> None:
    desk.ask("window-3", desk.complaint(printed_number=offline(desk)))  # a window has no series of its own
    rightful = desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk)))
    assert (rightful.case_number, rightful.ticket_number) == (offline(desk).case_number, "K007")


def test_a_lost_answer_s_number_stays_where_the_paper_s_cannot_stand(desk: Desk) -> None:
    desk.ask("kiosk-1", desk.complaint(printed_number=offline(desk)))
    told = desk.complaint()
    lost = desk.ask("kiosk-1", told, ID)
    kept = desk.ask("kiosk-1", with_paper(told, offline(desk)), ID)
    assert kept == lost
    assert (offline(desk).case_number, lost.case_number, "taken") in voids(desk)
    before = desk.kept()
    assert desk.ask("kiosk-1", with_paper(told, offline(desk)), ID) == lost
    assert desk.kept() == before


def test_a_ticket_of_another_service_s_letter_is_none_of_this_line(desk: Desk) -> None:
    said = offline(desk, ticket_number="A001")
    accepted = desk.ask("kiosk-1", desk.complaint(printed_number=said))
    assert (accepted.case_number, accepted.ticket_number) == (said.case_number, "F001")
    assert voids(desk) == [("20261123-A001", "20261123-F001", "other_series")]


@pytest.mark.parametrize(
    "command",
    [
        m.TakeTicket(
            service="general",
            printed_number=m.PrintedNumber(business_date=MONDAY, printed_at=factories.FILED_AT, case_number="x"),
        ),
        m.TakeTicket(
            service="general",
            printed_number=m.PrintedNumber(
                business_date=MONDAY, printed_at=factories.FILED_AT, ticket_number="K" + "0" * 32
            ),
        ),
    ],
)
def test_a_paper_without_its_number_is_a_mistake_of_the_terminal(desk: Desk, command: m.TakeTicket) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", command, ID).code == "bad_printed_number"
    assert desk.kept() == before


def test_what_is_no_complaint_is_refused_with_a_paper_too(desk: Desk) -> None:
    before = desk.kept()
    told = desk.complaint(matter="no-such-matter", printed_number=offline(desk))
    assert desk.ask("kiosk-1", told, ID).code == "unknown_code"
    assert desk.kept() == before
