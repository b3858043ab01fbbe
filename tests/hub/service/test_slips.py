"""Numbers worked by hand: printed in advance, entered once with both times, and reconciled."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.service.slip_blocks import MARGIN
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Ask, Desk, known, picture_of
from tests.hub.service.test_watch import told

WINDOW, HEAD, KIOSK = "window-3", "supervisor", "kiosk-1"


def clock(time: str, day: int = 23) -> dt.datetime:
    """A moment of that day in November 2026, in the hall's own time."""
    local = dt.datetime.combine(dt.date(2026, 11, day), dt.time.fromisoformat(time), dt.timezone(dt.timedelta(hours=8)))
    return local.astimezone(dt.UTC)


def printed(
    desk: Desk, count: int = 20, service: str = "complaint", terminal: str = HEAD, **changes: Any
) -> m.SlipBlock:
    """A block that was printed before the hub went away."""
    block = desk.ask(terminal, m.PrintSlips(service=service, count=count, **changes))
    assert isinstance(block, m.SlipBlock), block
    return block


def served(number: str, taken: str, called: str, ended: str, **changes: Any) -> m.SlipUse:
    times = {"taken_at": clock(taken), "called_at": clock(called), "ended_at": clock(ended)}
    return m.SlipUse(**({"number": number, "outcome": "served", "window": 3, "staff": "06"} | times | changes))


def waits(number: str, taken: str, **changes: Any) -> m.SlipUse:
    return m.SlipUse(**({"number": number, "outcome": "waiting", "taken_at": clock(taken)} | changes))


def entered(desk: Desk, *uses: m.SlipUse, terminal: str = WINDOW, **changes: Any) -> m.SlipsImported:
    return desk.ask(terminal, m.ImportSlips(uses=uses, **changes))


def after_an_hour_by_hand(desk: Desk) -> None:
    """A block was printed at 09:32; now it is 11:00 and the hub is there again."""
    printed(desk)
    desk.at = clock("11:00")


def report(desk: Desk, day: int = 23) -> m.SlipReport:
    return desk.query(HEAD, m.ReadSlips(date=dt.date(2026, 11, day)))


# --- printing


@pytest.mark.rule("R65")
def test_a_block_has_the_next_numbers_of_a_series_that_is_nobody_s(desk: Desk) -> None:
    first, second = printed(desk, 50), printed(desk, 10, "general", held_by="07")
    assert (first.block, first.series, first.first, first.last, first.service) == ("S-1", "S", 1, 50, "complaint")
    assert (second.block, second.first, second.last, second.held_by) == ("S-2", 51, 60, "07")
    assert (first.held_by, first.printed_by) == ("90", "90")
    desk.reopen()
    assert printed(desk, 1).first == 61


@pytest.mark.rule("R65")
def test_printing_uses_up_no_number_of_the_hall_s_own(desk: Desk) -> None:
    printed(desk, 500)
    assert desk.ask("kiosk-1", m.TakeTicket(service="general")).number == "A001"
    assert desk.file().ticket_number == "F001"


@pytest.mark.rule("R65")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"service": "nails"}, "unknown_code"),
        ({"count": 0}, "bad_block"),
        ({"count": 501}, "bad_block"),
        ({"held_by": "nobody"}, "unknown_staff"),
        ({"first": 10}, "bad_block"),
        ({"first": 5000, "printed_at": clock("08:00")}, "bad_block"),
        ({"first": 10, "printed_at": clock("08:00")}, "bad_block"),
    ],
)
def test_a_block_that_cannot_be_leaves_nothing(desk: Desk, wrong: dict[str, Any], code: str) -> None:
    printed(desk)
    before = desk.kept()
    assert desk.ask(HEAD, m.PrintSlips(**({"service": "general", "count": 5} | wrong))).code == code
    assert desk.kept() == before


@pytest.mark.rule("R65")
def test_a_hall_without_a_series_for_slips_says_how_to_have_one(desk: Desk) -> None:
    desk.hall = factories.replace(desk.hall, slip_series="")
    desk.reopen()
    refused = desk.ask(HEAD, m.PrintSlips(service="general", count=5))
    assert (refused.code, "slip_series" in refused.text) == ("no_slips", True)


@pytest.mark.rule("R65")
def test_a_hall_whose_document_works_nothing_by_hand_prints_no_slips(desk: Desk) -> None:
    told = desk.policy.by_hand
    told = factories.replace(told, slips=factories.replace(told.slips, value=False))
    desk.policy = factories.replace(desk.policy, version=7, by_hand=told)
    desk.reopen()
    assert desk.ask(HEAD, m.PrintSlips(service="general", count=5)).code == "not_allowed_here"


@pytest.mark.rule("R65", "R68")
def test_after_a_restore_no_number_is_printed_that_may_lie_in_a_drawer_already(desk: Desk) -> None:
    printed(desk, 20)
    desk.books.picture.epoch = "f" * 32  # as a restore leaves it
    assert printed(desk, 5).first == 20 + MARGIN + 1
    again = printed(desk, 10, first=31, printed_at=clock("09:00"))
    assert (again.first, again.last, again.printed_at) == (31, 40, clock("09:00"))
    assert desk.ask(HEAD, m.PrintSlips(service="general", count=5, first=38, printed_at=clock("09:00"))).code == (
        "bad_block"
    )


# --- at a kiosk


@pytest.mark.rule("R65")
def test_a_block_of_a_kiosk_s_corner_is_kept_by_the_kiosk_and_signed_by_nobody(desk: Desk) -> None:
    block = printed(desk, 20, terminal=KIOSK)
    assert (block.first, block.last, block.held_by, block.printed_by) == (1, 20, KIOSK, KIOSK)
    assert printed(desk, 5).first == 21
    trail = [one for one in desk.rows(schema.audit) if one.kind == "PrintSlips"]
    assert [(one.terminal, one.staff, one.subject) for one in trail] == [(KIOSK, "", "S-1"), (HEAD, "90", "S-2")]
    assert [one.block.printed_by for one in report(desk).blocks] == [KIOSK, "90"]


@pytest.mark.rule("R65")
def test_asked_again_for_the_same_block_a_kiosk_gets_the_same_one(desk: Desk) -> None:
    wanted = m.PrintSlips(service="complaint", count=5)
    first = desk.ask(KIOSK, wanted, "b" * 32)
    desk.reopen()
    assert desk.ask(KIOSK, wanted, "b" * 32) == first
    assert len(desk.rows(schema.slip_block)) == 1


@pytest.mark.rule("R65", "R69")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"count": 51}, "bad_block"),
        ({"held_by": "06"}, "not_permitted"),
        ({"held_by": "kiosk-1"}, "not_permitted"),
        ({"first": 10}, "not_permitted"),
        ({"printed_at": clock("08:00")}, "not_permitted"),
    ],
)
def test_a_kiosk_names_no_keeper_no_number_and_no_more_than_the_policy_allows(
    desk: Desk, wrong: dict[str, Any], code: str
) -> None:
    assert desk.policy.by_hand.at_kiosk.value == 50
    before = desk.kept()
    assert desk.ask(KIOSK, m.PrintSlips(**({"service": "general", "count": 5} | wrong))).code == code
    assert desk.kept() == before


@pytest.mark.rule("R65")
def test_what_was_refused_to_a_kiosk_is_not_carried_out_when_it_comes_late(desk: Desk) -> None:
    desk.hall, hall = factories.replace(desk.hall, slip_series=""), desk.hall
    desk.reopen()
    wanted = m.PrintSlips(service="general", count=5)
    assert desk.ask(KIOSK, wanted, "b" * 32).code == "no_slips"
    desk.books.hall = hall
    assert desk.ask(KIOSK, wanted, "b" * 32).code == "no_slips"


@pytest.mark.rule("R65")
def test_a_hall_may_have_its_kiosks_print_none(desk: Desk) -> None:
    told = factories.replace(desk.policy.by_hand, at_kiosk=factories.replace(desk.policy.by_hand.at_kiosk, value=0))
    desk.policy = factories.replace(desk.policy, version=7, by_hand=told)
    desk.reopen()
    assert desk.ask(KIOSK, m.PrintSlips(service="general", count=5)).code == "not_allowed_here"
    assert printed(desk, 5).first == 1


@pytest.mark.rule("R65")
def test_a_kiosk_is_told_how_many_slips_are_left_and_nothing_else_of_them(desk: Desk) -> None:
    printed(desk, 20)
    printed(desk, 10, terminal=KIOSK)
    printed(desk, 5, "general")
    desk.at = clock("11:00")
    entered(desk, waits("S003", "09:40"))
    left = desk.query(KIOSK, m.CountSlips())
    assert [(one.service, one.blank) for one in left.services] == [("complaint", 27), ("general", 5)]
    assert desk.ask(KIOSK, m.ReadSlips(date=dt.date(2026, 11, 23))).code == "not_permitted"
    assert desk.ask(WINDOW, m.CountSlips()).code == "not_permitted"


# --- entering


@pytest.mark.rule("R65", "R66")
def test_what_was_worked_by_hand_is_entered_with_both_times_and_who(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    answer = entered(desk, served("S001", "09:40", "09:45", "09:55"), waits("S002", "09:50"), because="ticket_machine")
    assert (answer.taken, answer.waiting, answer.faults) == (2, 1, ())
    one, other = report(desk).entries
    assert (one.number, one.taken_at, one.called_at, one.ended_at) == ("S001", *map(clock, ("09:40", "09:45", "09:55")))
    assert (one.window, one.staff, one.because, one.block) == (3, "06", "ticket_machine", "S-1")
    assert (one.entered_at, one.entered_by, one.state) == (desk.at, "06", "done")
    assert (other.number, other.state, other.called_at) == ("S002", "waiting", None)


@pytest.mark.rule("R65")
def test_who_still_waits_with_a_slip_stands_in_line_at_the_time_on_it(desk: Desk) -> None:
    desk.file()  # F001 at 09:32
    after_an_hour_by_hand(desk)
    desk.ask("kiosk-1", desk.complaint())  # F002 at 11:00
    entered(desk, waits("S002", "09:50"), waits("S001", "09:40"))
    numbers = []
    for _ in range(4):
        called = desk.ask(WINDOW, m.CallNext()).ticket
        numbers.append(called.number)
        desk.ask(WINDOW, m.FinishTicket(ticket_id=called.ticket_id))
    assert numbers == ["F001", "S001", "S002", "F002"]


@pytest.mark.rule("R65")
def test_a_number_on_paper_is_adopted_exactly_once(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    sheet = m.ImportSlips(uses=(served("S001", "09:40", "09:45", "09:55"), waits("S002", "09:50")))
    first = desk.ask(WINDOW, sheet, "a" * 32)
    kept = desk.kept()
    assert desk.ask(WINDOW, sheet, "a" * 32) == first
    assert desk.kept() == kept
    desk.reopen()
    again = desk.ask(WINDOW, sheet)
    assert [(one.line, one.number, one.why) for one in again.faults] == [(1, "S001", "used"), (2, "S002", "used")]
    assert again.faults[0].about == "2026-11-23 11:00 06"
    assert (again.taken, desk.count(schema.ticket), desk.count(schema.slip_use)) == (0, 2, 2)


@pytest.mark.rule("R65")
def test_two_sheets_with_the_same_slip_in_one_round_are_one_use(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    answers = desk.round(
        Ask(WINDOW, m.ImportSlips(uses=(waits("S001", "09:40"),))),
        Ask(HEAD, m.ImportSlips(uses=(waits("S001", "09:41"),))),
    )
    assert [one.taken for one in answers] == [1, 0]
    assert desk.count(schema.ticket) == 1


@pytest.mark.rule("R65", "R66")
@pytest.mark.parametrize(
    ("use", "why"),
    [
        (waits("S021", "09:40"), "no_such_block"),
        (waits("X001", "09:40"), "not_a_number"),
        (waits("S1", "09:40"), "not_a_number"),
        (served("F001", "09:40", "09:45", "09:55"), "no_such_ticket"),
        (served("F" * 99, "09:40", "09:45", "09:55"), "not_a_number"),
        (served("F001", "09:40", "09:45", "09:55", called_at=dt.datetime.max.replace(tzinfo=dt.UTC)), "in_future"),
        (waits("S001", "11:01"), "in_future"),
        (waits("S001", "09:31"), "before_printed"),
        (waits("S001", "09:40", called_at=clock("09:41")), "time_missing"),
        (served("S001", "09:40", "09:45", "09:55", window=0), "time_missing"),
        (served("S001", "09:40", "09:45", "09:55", ended_at=None), "time_missing"),
        (served("S001", "09:45", "09:40", "09:55"), "not_in_order"),
        (served("S001", "09:40", "09:56", "09:55"), "not_in_order"),
        (served("S001", "09:40", "09:45", "09:55", window=9), "unknown_window"),
        (served("S001", "09:40", "09:45", "09:55", staff="99"), "unknown_staff"),
        (m.SlipUse(number="S001", outcome="void", taken_at=clock("09:40")), "time_missing"),
        (waits("S002", "09:41"), "twice"),
    ],
)
def test_one_wrong_line_is_named_and_nothing_of_the_sheet_is_kept(desk: Desk, use: m.SlipUse, why: str) -> None:
    after_an_hour_by_hand(desk)
    tables = {name: count for name, count in desk.kept().items() if name not in ("command", "audit")}
    answer = entered(desk, waits("S002", "09:40"), use, waits("S003", "09:42"))
    assert [(one.line, one.number, one.why) for one in answer.faults] == [(2, use.number[:24], why)]
    assert answer.taken == 0
    assert {name: count for name, count in desk.kept().items() if name not in ("command", "audit")} == tables
    assert entered(desk, waits("S002", "09:40"), waits("S003", "09:42")).taken == 2


@pytest.mark.rule("R66")
def test_times_of_two_days_are_refused_and_each_day_s_own_are_taken(desk: Desk) -> None:
    printed(desk)
    desk.turn_day(dt.date(2026, 11, 24))
    desk.at = clock("10:00", day=24)
    wrong = served("S001", "17:00", "17:10", "17:20", ended_at=clock("09:00", day=24))
    assert [one.why for one in entered(desk, wrong).faults] == ["other_day"]
    late, today = served("S001", "17:00", "17:10", "17:20"), waits("S002", "00:00", taken_at=clock("09:30", day=24))
    assert entered(desk, late, today).taken == 2
    assert [one.number for one in report(desk, 23).entries] == ["S001"]
    assert [one.number for one in report(desk, 24).entries] == ["S002"]


@pytest.mark.rule("R65")
def test_a_line_that_was_closed_with_its_day_stays_closed_to_a_slip(desk: Desk) -> None:
    printed(desk)
    desk.turn_day(dt.date(2026, 11, 24))
    desk.at = clock("10:00", day=24)
    assert entered(desk, waits("S001", "16:50")).waiting == 0
    assert report(desk).entries[0].state == "withdrawn"
    assert desk.ask(WINDOW, m.CallNext()).code == "queue_empty"


@pytest.mark.rule("R65", "R66")
def test_a_number_that_the_hub_gave_is_entered_when_it_was_called_by_hand(desk: Desk) -> None:
    desk.file()
    desk.file()
    after_an_hour_by_hand(desk)
    use = served("F001", "09:00", "09:45", "09:55", taken_at=None)
    assert entered(desk, use).taken == 1
    assert desk.ask(WINDOW, m.CallNext()).ticket.number == "F002"
    assert [one.why for one in entered(desk, use).faults] == ["used"]
    assert [one.why for one in entered(desk, served("F002", "09:00", "09:45", "09:55")).faults] == ["ended"]


@pytest.mark.rule("R66")
def test_paper_knows_no_seconds_and_no_time_runs_backwards_for_it(desk: Desk) -> None:
    desk.at = clock("09:40:37")
    desk.file()
    after_an_hour_by_hand(desk)
    assert entered(desk, served("F001", "09:00", "09:40", "09:40", taken_at=None)).faults == ()
    (one,) = report(desk).entries
    assert one.taken_at == one.called_at == one.ended_at == clock("09:40:37")


def test_a_sheet_of_no_line_or_of_a_thousand_is_sent_in_parts(desk: Desk) -> None:
    assert entered(desk).code == "too_many_lines"
    assert entered(desk, *[waits("S001", "09:40")] * 501).code == "too_many_lines"


def test_terminals_know_what_the_hub_knows_after_a_sheet(desk: Desk) -> None:
    desk.file()
    snapshot = desk.books.snapshot(desk.at)
    seen = len(desk.events)
    after_an_hour_by_hand(desk)
    entered(
        desk,
        served("F001", "09:00", "09:45", "09:55", taken_at=None),
        served("S001", "09:40", "09:56", "10:10"),
        waits("S002", "09:50"),
        m.SlipUse(number="S003", outcome="void"),
    )
    followed = known(picture_of(snapshot, desk.events[seen:]))
    assert followed == known(desk.books.picture)
    desk.reopen()
    assert {one.ticket_id: one for one in desk.books.picture.tickets.values()} == followed["tickets"]


@pytest.mark.rule("R55", "R65")
def test_each_call_by_hand_is_a_step_with_who_called_and_whom_it_passed(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    entered(
        desk,
        served("S002", "09:50", "09:55", "10:05"),
        served("S001", "09:40", "10:05", "10:15", staff=""),
    )
    steps = [
        (row.ticket_id[9:], row.move, row.at, row.staff, row.because, row.passed)
        for row in desk.rows(schema.ticket_step)
    ]
    assert sorted(steps) == [
        ("S001", "call", clock("10:05"), "06", "by_hand", 0),
        ("S001", "finish", clock("10:15"), "06", "by_hand", 0),
        ("S001", "join", desk.at, "06", "printed", 0),
        ("S002", "call", clock("09:55"), "06", "by_hand", 1),
        ("S002", "finish", clock("10:05"), "06", "by_hand", 0),
        ("S002", "join", desk.at, "06", "printed", 0),
    ]


# --- the head


@pytest.mark.rule("R66")
def test_the_head_hears_which_window_worked_by_hand_from_when_to_when(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    entered(
        desk,
        served("S001", "09:40", "09:45", "09:55"),
        served("S002", "09:41", "09:56", "10:20"),
        served("S003", "09:42", "09:50", "10:00", window=1),
    )
    assert told(desk, HEAD, "worked_by_hand") == [
        ("worked_by_hand", "window-1", "2026-11-23 09:50 – 10:00 hub"),
        ("worked_by_hand", "window-3", "2026-11-23 09:45 – 10:20 hub"),
    ]
    (one, _) = [one for one in desk.query(HEAD, m.ListNotices()).notices if one.kind == "worked_by_hand"]
    assert one.post == "hall_head"


@pytest.mark.rule("R66")
def test_a_window_whose_computer_broke_is_reported_at_once(desk: Desk) -> None:
    broke = m.ReportByHand(window=1, since=clock("09:30"), because="window_computer")
    assert desk.ask(WINDOW, broke) == m.Done()
    assert told(desk, HEAD, "worked_by_hand") == [("worked_by_hand", "window-1", "2026-11-23 09:30 –  window_computer")]
    assert desk.ask(WINDOW, m.ReportByHand(window=1, since=clock("12:30"), because="power")).code == "bad_times"
    assert desk.ask(WINDOW, m.ReportByHand(window=8, since=clock("09:30"), because="power")).code == "unknown_code"


@pytest.mark.rule("R66")
def test_in_wuxi_the_head_of_the_outlet_is_told(desk: Desk) -> None:
    desk.policy = factories.a_policy("wuxi")
    desk.reopen()
    desk.ask(WINDOW, m.ReportByHand(window=1, since=clock("09:30"), until=clock("09:31"), because="power"))
    (one,) = [one for one in desk.query(HEAD, m.ListNotices()).notices if one.kind == "worked_by_hand"]
    assert one.post == "outlet_head"


# --- complaints taken in by hand


def by_hand(desk: Desk, time: str, slip: str = "", **changes: Any) -> Any:
    """A complaint that was taken in on paper, entered now at the window."""
    said = m.PrintedNumber(business_date=dt.date(2026, 11, 23), printed_at=clock(time), ticket_number=slip)
    return desk.ask(WINDOW, desk.complaint(channel="window", printed_number=said, **changes))


@pytest.mark.rule("R66")
def test_a_complaint_taken_in_by_hand_keeps_both_times_and_its_date_counts_from_the_paper(desk: Desk) -> None:
    desk.turn_day(dt.date(2026, 11, 24))
    desk.at = clock("11:00", day=24)
    accepted = by_hand(desk, "15:40")
    assert (accepted.ticket_number, accepted.filed_at) == ("", desk.at)
    assert accepted.due.start == dt.date(2026, 11, 23)
    case = desk.ask(WINDOW, m.ReadCase(case_number=accepted.case_number))
    assert (case.printed_at, case.line.filed_at) == (clock("15:40"), desk.at)


@pytest.mark.rule("R65", "R66")
def test_a_complaint_with_a_slip_has_the_slip_s_number_and_place(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    accepted = by_hand(desk, "09:50", "S003")
    assert accepted.ticket_number == "S003"
    called = desk.ask(WINDOW, m.CallNext()).ticket
    assert (called.number, called.taken_at, called.case_number) == ("S003", clock("09:50"), accepted.case_number)
    (one,) = report(desk).entries
    assert (one.number, one.state, one.case_number) == ("S003", "called", accepted.case_number)
    assert [one.why for one in entered(desk, waits("S003", "09:50")).faults] == ["used"]


@pytest.mark.rule("R65", "R66")
def test_a_slip_that_was_entered_with_its_sheet_gets_its_complaint(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    entered(desk, served("S003", "09:50", "09:55", "10:05"))
    accepted = by_hand(desk, "09:50", "S003")
    assert accepted.ticket_number == "S003"
    assert desk.count(schema.ticket) == 1
    assert report(desk).entries[0].case_number == accepted.case_number
    assert desk.line(accepted.case_number).ticket_number == "S003"
    assert by_hand(desk, "09:50", "S003").code == "bad_slip"


@pytest.mark.rule("R66")
@pytest.mark.parametrize(
    ("time", "slip", "code"),
    [
        ("11:30", "", "bad_printed_number"),
        ("09:40", "S400", "bad_slip"),
        ("09:00", "S001", "bad_slip"),
    ],
)
def test_a_complaint_by_hand_that_cannot_have_been_so_is_refused(desk: Desk, time: str, slip: str, code: str) -> None:
    after_an_hour_by_hand(desk)
    before = desk.kept()
    assert by_hand(desk, time, slip).code == code
    assert desk.kept() == before


@pytest.mark.rule("R65")
def test_a_slip_of_another_service_or_at_a_kiosk_is_nobody_s_complaint(desk: Desk) -> None:
    printed(desk, 5, "general")
    desk.at = clock("11:00")
    assert by_hand(desk, "09:50", "S001").code == "bad_slip"
    said = m.PrintedNumber(business_date=dt.date(2026, 11, 23), printed_at=clock("09:50"), ticket_number="S001")
    assert desk.ask("kiosk-1", m.TakeTicket(service="general", printed_number=said)).code == "bad_slip"
    assert desk.ask("kiosk-1", desk.complaint(printed_number=said)).code == "bad_printed_number"


# --- reconciliation


@pytest.mark.rule("R65")
def test_used_void_missing_and_blank_add_up_to_the_block(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    entered(
        desk,
        served("S001", "09:40", "09:45", "09:55"),
        m.SlipUse(number="S002", outcome="void"),
        m.SlipUse(number="S006", outcome="no_show", taken_at=clock("09:50"), called_at=clock("10:00"), window=3),
        waits("S009", "10:30"),
    )
    (state,) = report(desk).blocks
    assert (state.used, state.void, state.missing, state.blank, state.blank_from) == (
        3,
        1,
        ("S003–S005", "S007–S008"),
        11,
        10,
    )
    entered(desk, *(m.SlipUse(number=f"S{n:03d}", outcome="void") for n in (3, 4, 5, 7, 8, *range(10, 21))))
    assert [(one.used, one.void, one.missing, one.blank) for one in report(desk).blocks] == [(3, 17, (), 0)]
    assert report(desk, 22).blocks == ()


@pytest.mark.rule("R55", "R65")
def test_calls_out_of_order_and_two_at_one_window_at_once_are_said(desk: Desk) -> None:
    desk.file()  # F001 at 09:32, called by nobody
    after_an_hour_by_hand(desk)
    entered(
        desk,
        served("S001", "09:40", "10:00", "10:10"),
        served("S002", "09:42", "09:50", "10:05"),
    )
    found = report(desk)
    assert [(one.number, one.passed) for one in found.out_of_order] == [("S002", ("F001", "S001")), ("S001", ("F001",))]
    assert [(one.window, one.first, one.second) for one in found.overlaps] == [(3, "S002", "S001")]


@pytest.mark.rule("R65")
def test_a_day_worked_by_hand_in_order_has_nothing_to_say(desk: Desk) -> None:
    after_an_hour_by_hand(desk)
    entered(desk, *(served(f"S{n:03d}", f"09:{39 + n}", f"09:{49 + n}", f"09:{50 + n}") for n in range(1, 9)))
    found = report(desk)
    assert (found.out_of_order, found.overlaps, len(found.entries)) == ((), (), 8)
