"""The hub's loop on a clock of the test's: what it does by itself, in this process and over real sockets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hub.link import Link
from hub.logins import PIN_LOCK, PIN_TRIES
from hub.service.unasked import IDLE_LOGOUT
from hub.wire import messages as m, pairing
from tests import factories
from tests.hub.desk import secrets_of
from tests.hub.running import Running
from tests.processes import Processes, until
from tests.running_hall import RunningHall

pytestmark = pytest.mark.e2e

PIN = "480615"
CALL = "ca11" + "0" * 28


@pytest.fixture
def hall(tmp_path: Path) -> RunningHall:
    made = RunningHall(tmp_path / "hall", Processes(tmp_path / "logs"))
    made.staff("06", "王芳", "window", PIN)
    return made


@pytest.fixture
def founded(hall: RunningHall) -> dt.datetime:
    """Noon in the hall on the day after it was founded."""
    tomorrow = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(4, 0), dt.UTC)


@pytest.fixture
def hub(hall: RunningHall, founded: dt.datetime) -> Iterator[Running]:
    made = Running(hall, founded)
    yield made
    made.close()


def heard(link: Link, what: str, condition: Callable[[], object]) -> None:
    until(what, lambda: link.wait(0.05) or condition())


def test_the_first_command_of_a_morning_gets_the_new_day_s_number(hub: Running) -> None:
    kiosk = hub.link("kiosk-1")
    first = kiosk.ask(factories.a_complaint(on_paper=secrets_of("first")), timeout_s=30).case_number
    answers: list[m.Answer] = []
    next_day = hub.now + dt.timedelta(days=1)
    kiosk.send(m.TakeTicket(service="general"), answers.append)  # the link waits with these for the hub
    heard(kiosk, "the answer", lambda: answers)
    hub.restart(next_day)
    kiosk.send(m.TakeTicket(service="general"), answers.append)
    second = kiosk.ask(factories.a_complaint(on_paper=secrets_of("second")), timeout_s=30).case_number
    heard(kiosk, "the ticket", lambda: len(answers) == 2)
    assert [number.split("-")[1] for number in (first, second)] == [
        f"{hub.now - dt.timedelta(days=1):%Y%m%d}",
        f"{hub.now:%Y%m%d}",
    ]
    assert [answer.number for answer in answers] == ["A001", "A001"]  # type: ignore[union-attr]


def test_midnight_in_the_hall_turns_the_day_for_everybody(hub: Running) -> None:
    wall = hub.link("wall")
    heard(wall, "the picture", lambda: wall.picture.business_date == hub.now.date())
    evening = dt.datetime.combine(hub.now.date(), dt.time(15, 59, 58), dt.UTC)  # two seconds before midnight there
    hub.now = evening
    heard(wall, "the evening", lambda: wall.heard_at == evening)
    assert wall.picture.business_date == evening.date()
    hub.now = evening + dt.timedelta(seconds=3)
    heard(wall, "the new day", lambda: wall.picture.business_date == evening.date() + dt.timedelta(days=1))


@pytest.mark.rule("R55")
def test_the_first_command_after_midnight_gets_the_first_number_of_the_new_day(hub: Running) -> None:
    kiosk = hub.link("kiosk-1")
    before = kiosk.ask(m.TakeTicket(service="general"), timeout_s=30)
    hub.now += dt.timedelta(days=1)
    after = kiosk.ask(m.TakeTicket(service="general"), timeout_s=30)
    assert before.ticket_id == f"{hub.now - dt.timedelta(days=1):%Y%m%d}-A001"
    assert after.ticket_id == f"{hub.now:%Y%m%d}-A001"


def test_a_round_that_was_kept_though_the_disk_said_no_is_told_as_kept_and_no_number_comes_twice(
    hub: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk = hub.link("kiosk-1")
    heard(kiosk, "the picture", lambda: kiosk.picture.business_date == hub.now.date())
    hub.fail_after_the_next_commit(monkeypatch)
    tickets = [kiosk.ask(m.TakeTicket(service="general"), timeout_s=30) for _ in range(2)]
    assert [one.number for one in tickets] == ["A001", "A002"]
    heard(kiosk, "both tickets", lambda: len(kiosk.picture.tickets) == 2)


def test_a_clock_set_back_turns_no_day(hub: Running) -> None:
    wall = hub.link("wall")
    today = hub.now.date()
    heard(wall, "the picture", lambda: wall.picture.business_date == today)
    kiosk = hub.link("kiosk-1")
    first = kiosk.ask(m.TakeTicket(service="inquiry"), timeout_s=30)
    hub.set_clock(hub.now - dt.timedelta(days=2))
    second = kiosk.ask(m.TakeTicket(service="inquiry"), timeout_s=30)
    heard(wall, "both tickets", lambda: len(wall.picture.tickets) == 2)
    assert [one.number for one in wall.picture.waiting()] == [first.number, second.number]
    assert wall.picture.business_date == today
    ticket = kiosk.ask(m.TakeTicket(service="general"), timeout_s=30)
    assert ticket.ticket_id == f"{today:%Y%m%d}-A001"


def jumps(link: Link) -> list[str]:
    """What supervisors are told about the clock."""
    return [one.detail for one in link.ask(m.ListNotices(), timeout_s=30).notices if one.kind == "clock_jumped"]  # type: ignore[union-attr]


def test_supervisors_hear_of_a_clock_that_was_set(hub: Running) -> None:
    supervisor = hub.link("supervisor")
    hub.set_clock(hub.now - dt.timedelta(days=2))
    until("the notice", lambda: jumps(supervisor) == ["-172800 s"])
    hub.set_clock(hub.now + dt.timedelta(days=2))
    until("both notices", lambda: jumps(supervisor) == ["-172800 s", "+172800 s"])


def test_a_clock_set_forward_by_days_and_back_again_gives_no_number_of_a_day_to_come(hub: Running) -> None:
    today = hub.now.date()
    kiosk, supervisor = hub.link("kiosk-1"), hub.link("supervisor")
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{today:%Y%m%d}-A001"
    hub.set_clock(hub.now + dt.timedelta(days=3))
    until("the notice", lambda: jumps(supervisor) == ["+259200 s"])
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{today:%Y%m%d}-A002"
    hub.set_clock(hub.now - dt.timedelta(days=3))
    until("both notices", lambda: len(jumps(supervisor)) == 2)
    hub.now += dt.timedelta(days=1)
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{hub.now:%Y%m%d}-A001"


def test_a_hub_restarted_with_a_clock_in_the_past_goes_on_from_what_is_on_its_disk(hub: Running) -> None:
    today = hub.now.date()
    kiosk = hub.link("kiosk-1")
    kiosk.ask(m.TakeTicket(service="general"), timeout_s=30)
    hub.restart(hub.now - dt.timedelta(days=400))
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{today:%Y%m%d}-A002"
    heard(kiosk, "both in the order of taking", lambda: len(kiosk.picture.waiting()) == 2)
    assert [one.number for one in kiosk.picture.waiting()] == ["A001", "A002"]
    until("the notice", lambda: jumps(hub.link("supervisor")) == ["-34560000 s"])


@pytest.mark.rule("R55")
def test_the_business_date_turns_at_the_hall_s_own_hour(hub: Running) -> None:
    file = hub.hall.directory.file
    file.write_text("day_begins = 04:00:00\n" + file.read_text())
    evening = dt.datetime.combine(hub.now.date(), dt.time(16, 30), dt.UTC)  # half past midnight in the hall
    hub.restart(evening)
    kiosk = hub.link("kiosk-1")
    night = kiosk.ask(factories.a_complaint(on_paper=secrets_of("night")), timeout_s=30)
    assert night.case_number.split("-")[1] == f"{evening:%Y%m%d}"
    hub.now = evening + dt.timedelta(hours=3, minutes=29, seconds=59)
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{evening:%Y%m%d}-A001"
    hub.now += dt.timedelta(seconds=1)
    tomorrow = evening + dt.timedelta(days=1)
    assert kiosk.ask(m.TakeTicket(service="general"), timeout_s=30).ticket_id == f"{tomorrow:%Y%m%d}-A001"


def test_a_login_at_a_terminal_that_the_hall_no_longer_lists_ends_with_the_hub_s_start(hub: Running) -> None:
    window = hub.link("window-3")
    assert isinstance(window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30), m.LoggedIn)
    file = hub.hall.directory.file
    file.write_text(file.read_text().replace('name = "window-3"', 'name = "window-9"'))
    hub.restart()
    hub.now += IDLE_LOGOUT * 2
    wall = hub.link("wall")
    heard(wall, "a heartbeat long after", lambda: wall.heard_at == hub.now)


@pytest.mark.rule("R71")
def test_a_login_that_nobody_uses_ends_and_closes_the_window(hub: Running) -> None:
    window = hub.link("window-3")
    assert isinstance(window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30), m.LoggedIn)
    heard(window, "the open window", lambda: 3 in window.picture.windows and window.picture.windows[3].open)
    hub.now += IDLE_LOGOUT / 2
    assert window.ask(m.CallNext()).code == "queue_empty"  # type: ignore[union-attr]
    hub.now += IDLE_LOGOUT / 2 + dt.timedelta(minutes=1)
    for question in (m.ReportHealth(), m.ListNotices(), m.EventsSince(), m.ListCases()):
        window.ask(question)  # what a terminal asks by itself keeps nobody logged in
    heard(window, "a heartbeat", lambda: window.heard_at == hub.now)
    assert window.picture.windows[3].open
    hub.now += IDLE_LOGOUT / 2
    heard(window, "the closed window", lambda: not window.picture.windows[3].open)
    assert window.ask(m.CallNext()).code == "login_needed"  # type: ignore[union-attr]


def test_a_call_resent_after_the_login_has_ended_gets_its_first_answer(hub: Running) -> None:
    window, kiosk = hub.link("window-3"), hub.link("kiosk-1")
    window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30)
    kiosk.ask(factories.a_complaint(), timeout_s=30)
    first = window.ask(m.CallNext(), timeout_s=30, command_id=CALL)
    assert isinstance(first, m.TicketAnswer)
    window.ask(m.LogOut(), timeout_s=30)
    assert window.ask(m.CallNext(), timeout_s=30, command_id=CALL) == first
    hub.restart()
    assert window.ask(m.CallNext(), timeout_s=30, command_id=CALL) == first
    assert window.ask(m.CallNext(), timeout_s=30).code == "login_needed"  # type: ignore[union-attr]
    assert kiosk.ask(m.CallNext(), timeout_s=30, command_id=CALL).code == "command_id_reused"  # type: ignore[union-attr]


def test_a_locked_terminal_opens_again_after_its_time(hub: Running) -> None:
    window = hub.link("window-3")
    for _ in range(PIN_TRIES):
        window.ask(m.LogIn(staff="06", pin="000000"), timeout_s=30)
    assert window.ask(m.LogIn(staff="06", pin=PIN)).code == "pin_locked"  # type: ignore[union-attr]
    hub.now += PIN_LOCK
    assert isinstance(window.ask(m.LogIn(staff="06", pin=PIN), timeout_s=30), m.LoggedIn)


@pytest.mark.rule("R47")
def test_the_hub_itself_tells_a_step_up_of_a_complaint_that_nobody_takes(hall: RunningHall) -> None:
    working = factories.a_calendar().due(dt.datetime.now(dt.UTC).date(), 1).date
    hub = Running(hall, dt.datetime.combine(working, dt.time(2, 0), dt.UTC))  # ten in the morning there
    try:
        number = hub.link("kiosk-1").ask(factories.a_complaint(), timeout_s=30).case_number
        hub.now += dt.timedelta(minutes=3)
        supervisor = hub.link("supervisor")

        def told() -> bool:
            listed = supervisor.ask(m.ListNotices(), timeout_s=30).notices
            return ("unattended", number) in [(one.kind, one.subject) for one in listed]

        heard(supervisor, "the notice", told)
    finally:
        hub.close()


def test_a_form_on_the_phone_outlives_no_hub(hub: Running) -> None:
    token, draft = "p" * 22, pairing.PhoneDraft(text="窗口说系统升级，让我下周再来。")
    kiosk, web = hub.link("kiosk-1"), hub.link("web")
    assert kiosk.ask(pairing.OpenPairing(token=token), timeout_s=30) == pairing.PairingWaits(seconds_left=300)
    assert web.ask(pairing.SendDraft(token=token, draft=draft), timeout_s=30) == pairing.PairingDone()
    assert kiosk.ask(pairing.CollectDraft(token=token)) == draft
    hub.restart()
    gone = kiosk.ask(pairing.CollectDraft(token=token), timeout_s=30)
    assert isinstance(gone, m.Rejected)
    assert gone.code == "pairing_over"


def test_a_hub_that_has_lost_its_duty_keeps_no_form_in_memory(hub: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk, web = hub.link("kiosk-1"), hub.link("web")
    assert isinstance(kiosk.ask(pairing.OpenPairing(token="p" * 22), timeout_s=30), pairing.PairingWaits)
    assert web.ask(pairing.SendDraft(token="p" * 22, draft=pairing.PhoneDraft()), timeout_s=30) == pairing.PairingDone()
    pairings = hub._hub._books.pairings
    assert len(pairings) == 1
    monkeypatch.setattr(hub._hub._duty, "holds", lambda: False)
    until("nothing left", lambda: len(pairings) == 0)
