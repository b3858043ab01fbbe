"""A complaint becomes a case, and a ticket when its window is open."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.numbers import is_case_number
from hub.store import schema, views
from hub.store.transaction import StoreFailed
from hub.wire import messages as m
from hub.wire.picture import CASES_SHOWN
from tests import factories
from tests.hub.desk import Ask, Desk, secrets_of


def test_a_filed_complaint_gets_a_case_number_with_its_check_digit(desk: Desk) -> None:
    first, second = desk.file(), desk.file()
    assert first.case_number.startswith("370406-20261123-0001-")
    assert second.case_number.startswith("370406-20261123-0002-")
    assert is_case_number(first.case_number)
    assert is_case_number(second.case_number)


def test_the_case_is_kept_as_it_was_told(desk: Desk) -> None:
    told = desk.complaint(name="王秀兰", phone="13800000000", text="䶮𠮷，跑了三趟。", since="今年三月", visits=3)
    number = desk.ask("kiosk-1", told).case_number
    kept = desk.ask("window-3", m.ReadCase(case_number=number))
    assert (kept.name, kept.phone, kept.text, kept.since) == (told.name, told.phone, told.text, told.since)
    assert (kept.line.matter, kept.line.reasons, kept.line.visits) == (told.matter, told.reasons, told.visits)
    assert (kept.channel, kept.language, kept.line.stage) == ("kiosk", "zh_Hans", "filed")


def test_an_open_window_gives_a_ticket_of_its_series_too(desk: Desk) -> None:
    accepted = desk.file()
    ticket = desk.books.picture.tickets[accepted.ticket_id]
    assert accepted.ticket_number == "F001"
    assert accepted.window == 3
    assert (ticket.number, ticket.state, ticket.case_number) == ("F001", "waiting", accepted.case_number)


def test_a_closed_window_gives_no_ticket_and_still_a_case(empty_desk: Desk) -> None:
    accepted = empty_desk.file()
    assert (accepted.ticket_number, accepted.ticket_id, accepted.ahead) == ("", "", 0)
    assert empty_desk.books.picture.tickets == {}
    assert accepted.case_number in empty_desk.books.picture.cases


@pytest.mark.rule("R8")
def test_a_paused_window_gives_no_ticket(desk: Desk) -> None:
    desk.ask("window-3", m.SetWindow(open=False))
    assert desk.file().ticket_number == ""
    desk.ask("window-3", m.SetWindow(open=True))
    assert desk.file().ticket_number == "F001"


def test_another_window_s_opening_gives_a_complaint_no_ticket(empty_desk: Desk) -> None:
    empty_desk.log_in("window-1", "07")
    assert empty_desk.file().ticket_number == ""


def test_ahead_counts_who_waits_in_the_same_queue(desk: Desk) -> None:
    assert [desk.file().ahead for _ in range(3)] == [0, 1, 2]
    desk.ask("window-3", m.CallNext())
    assert desk.file().ahead == 2
    assert desk.ask("kiosk-1", m.TakeTicket(service="general")).ahead == 0


def test_ahead_counts_those_of_the_same_round_as_well(desk: Desk) -> None:
    desk.file()
    answers = desk.round(*(Ask("kiosk-1", desk.complaint()) for _ in range(3)))
    assert [answer.ahead for answer in answers] == [1, 2, 3]
    assert [answer.ticket_number for answer in answers] == ["F002", "F003", "F004"]


@pytest.mark.rule("R25")
def test_the_clock_of_shanting_starts_at_filing(desk: Desk) -> None:
    due = desk.file().due
    assert due.date == dt.date(2026, 11, 30)  # five working days: its longest class
    assert (due.start, due.wd, due.provisional) == (factories.MONDAY, 5, False)


@pytest.mark.rule("R25")
def test_the_date_of_yueyang_is_provisional_until_the_work_order_arrives(yueyang: Desk) -> None:
    due = yueyang.file().due
    assert due.provisional_because == ("clock_not_started",)
    assert due.date == dt.date(2026, 12, 1)  # one working day of triage and five of its work orders


def test_the_due_date_starts_on_the_hall_s_day_and_not_on_that_of_utc(desk: Desk) -> None:
    desk.at = dt.datetime(2026, 11, 23, 16, 30, tzinfo=dt.UTC)  # half past midnight in 山亭
    assert desk.file().due.start == dt.date(2026, 11, 24)


@pytest.mark.parametrize("matter", ["other", "unknown"])
def test_who_cannot_name_their_matter_can_still_file(desk: Desk, matter: str) -> None:
    assert desk.line(desk.file(matter=matter).case_number).matter == matter


WRONG = {
    "matter": ({"matter": "no-such-matter"}, "unknown_code"),
    "reason": ({"reasons": ("repeated", "no-such-reason")}, "unknown_code"),
    "scope": ({"scope": "no-such-exclusion"}, "unknown_code"),
    "text": ({"text": "字" * 4001}, "too_long"),
    "name": ({"name": "字" * 61}, "too_long"),
    "phone": ({"phone": "1" * 41}, "too_long"),
    "since": ({"since": "字" * 41}, "too_long"),
    "language": ({"language": "zh_Hans" * 3}, "too_long"),
    "token": ({"on_paper": m.LookupSecrets(token="short", typed=secrets_of("x").typed)}, "bad_secret"),
    "typed": ({"on_paper": m.LookupSecrets(token=secrets_of("x").token, typed="7K3MQ9XF2VTD8HNWP")}, "wrong_code"),
    "screen": ({"on_screen": m.LookupSecrets(token="", typed="")}, "bad_secret"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_a_terminal_got_wrong_is_refused_and_nothing_is_written(desk: Desk, wrong: str) -> None:
    changes, code = WRONG[wrong]
    before, seq = desk.kept(), desk.books.picture.seq
    answer = desk.ask("kiosk-1", desk.complaint(**changes))
    assert isinstance(answer, m.Rejected)
    assert answer.code == code
    assert desk.kept() == before
    assert desk.books.picture.seq == seq
    assert desk.file().case_number.startswith("370406-20261123-0001-")


@pytest.mark.rule("R3")
def test_an_excluded_matter_can_be_filed_all_the_same(desk: Desk) -> None:
    number = desk.file(scope="litigation").case_number
    assert desk.ask("window-3", m.ReadCase(case_number=number)).scope == "litigation"


def test_the_longest_text_that_is_allowed_is_kept_whole(desk: Desk) -> None:
    text = "龘" * 4000
    number = desk.file(text=text).case_number
    assert desk.ask("window-3", m.ReadCase(case_number=number)).text == text


@pytest.mark.rule("R55")
def test_each_service_has_a_series_of_its_own(desk: Desk) -> None:
    taken = [desk.ask("kiosk-1", m.TakeTicket(service=s)) for s in ("general", "inquiry", "general", "real-estate")]
    assert [ticket.number for ticket in taken] == ["A001", "C001", "A002", "B001"]


def test_an_unknown_service_has_no_tickets(desk: Desk) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", m.TakeTicket(service="teleport")).code == "unknown_code"
    assert desk.kept() == before


@pytest.mark.rule("R55")
def test_numbers_are_unique_and_gapless_however_they_arrive(desk: Desk) -> None:
    answers = []
    for size in (1, 7, 40, 2, 150):
        answers += desk.round(*(Ask("kiosk-1", desk.complaint()) for _ in range(size)))
        answers += desk.round(Ask("kiosk-1", m.TakeTicket(service="general")))
    serials = [int(a.case_number.split("-")[2]) for a in answers if isinstance(a, m.ComplaintAccepted)]
    tickets = [a.ticket_number for a in answers if isinstance(a, m.ComplaintAccepted)]
    assert serials == list(range(1, 201))
    assert tickets == [f"F{n:03d}" for n in range(1, 201)]
    assert [a.number for a in answers if isinstance(a, m.TicketIssued)] == [f"A{n:03d}" for n in range(1, 6)]
    assert {row.last for row in desk.rows(schema.counter)} == {200, 5}


def test_numbers_go_on_where_they_stood_after_the_hub_was_stopped(desk: Desk) -> None:
    desk.file()
    desk.reopen()
    accepted = desk.file()
    assert accepted.case_number.startswith("370406-20261123-0002-")
    assert accepted.ticket_number == "F002"
    assert accepted.ahead == 1


@pytest.mark.parametrize("visits", [0, -3, 6, 1 << 63])
def test_visits_outside_one_to_five_are_refused(desk: Desk, visits: int) -> None:
    before = desk.kept()
    assert desk.ask("kiosk-1", desk.complaint(visits=visits)).code == "bad_visits"
    assert desk.kept() == before


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_full_disk_in_the_middle_of_a_round_keeps_nothing_of_it_and_the_next_round_works(desk: Desk) -> None:
    desk.file()
    before = desk.kept()
    with desk.store.reading() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit_pages(desk, pages + 40)
    asks = [Ask("kiosk-1", desk.complaint(text="长" * 3900)) for _ in range(400)]
    with pytest.raises(StoreFailed):
        desk.round(*asks)
    assert desk.kept() == before
    limit_pages(desk, 1 << 30)
    assert isinstance(desk.file(), m.ComplaintAccepted)


def limit_pages(desk: Desk, pages: int) -> None:
    """As large as the database may grow: what lies beyond is a full disk to it."""
    with desk.store.transaction() as tx:
        tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_list_of_cases_has_an_end_the_most_urgent_first_and_of_all_the_newest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "LIST_AT_MOST", 3)
    numbers = []
    for _ in range(5):
        numbers.append(desk.file().case_number)
        desk.later(minutes=1)
    still_open = desk.query("window-3", m.ListCases()).cases
    assert [line.case_number for line in still_open] == numbers[:3]
    everything = desk.query("window-3", m.ListCases(only_open=False)).cases
    assert [line.case_number for line in everything] == numbers[2:]


def test_the_public_picture_carries_the_newest_cases_only(desk: Desk) -> None:
    numbers = [desk.file().case_number for _ in range(CASES_SHOWN + 5)]
    assert sorted(desk.books.picture.cases) == numbers[5:]
    desk.reopen()
    assert sorted(desk.books.picture.cases) == numbers[5:]


@pytest.mark.rule("R9")
def test_each_channel_of_the_hall_is_registered_at_a_window_and_no_other(desk: Desk) -> None:
    for channel in desk.policy.channels.value:
        number = desk.file("kiosk-1" if channel == "kiosk" else "window-3", channel=channel).case_number
        assert desk.ask("window-3", m.ReadCase(case_number=number)).channel == channel
    refused = desk.ask("window-3", desk.complaint(channel="box"))
    assert (refused.code, "box" in refused.text) == ("unknown_code", True)


@pytest.mark.rule("R9")
def test_a_kiosk_takes_in_what_came_to_the_kiosk_alone(desk: Desk) -> None:
    assert desk.ask("kiosk-1", desk.complaint(channel="phone")).code == "wrong_channel"


@pytest.mark.rule("R9", "R55")
def test_who_rings_up_takes_no_place_in_the_line(desk: Desk) -> None:
    desk.ask("window-3", m.SetWindow(open=True))
    assert desk.file("window-3", channel="window").ticket_number
    assert not desk.file("window-3", channel="phone").ticket_number
    assert not desk.file("window-3", channel="wechat").ticket_number
