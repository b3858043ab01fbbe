"""How terminals say that they are: the newest word of each, told whole to who supervises and to nobody else."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.service.health import SILENT_AFTER, Health
from hub.wire import messages as m
from tests.factories import a_hall
from tests.hub.desk import Desk

AT = dt.datetime(2026, 11, 23, 1, 31, tzinfo=dt.UTC)
SOON = AT + dt.timedelta(seconds=30)
HALL = a_hall()
BAD = m.ReportHealth(troubles=("paper_out",), outbox=2)


@pytest.fixture
def health() -> Health:
    return Health()


def kiosk(health: Health, now: dt.datetime) -> m.TerminalHealth:
    (one,) = health.listed(HALL, HALL.terminal("kiosk-1"), "", now).terminals
    return one


def test_a_terminal_is_what_it_said_last(health: Health) -> None:
    assert kiosk(health, AT) == m.TerminalHealth(name="kiosk-1", state="never")
    health.keep("kiosk-1", BAD, AT)
    expected = m.TerminalHealth(
        name="kiosk-1", state="troubled", heard_at=AT, since=AT, troubles=("paper_out",), outbox=2
    )
    assert kiosk(health, AT) == expected
    health.keep("kiosk-1", m.ReportHealth(), SOON)
    assert kiosk(health, SOON).state == "live"


def test_one_that_is_not_heard_any_more_is_silent_and_its_troubles_are_still_known(health: Health) -> None:
    health.keep("kiosk-1", BAD, AT)
    assert kiosk(health, AT + SILENT_AFTER).state == "troubled"
    gone = kiosk(health, AT + SILENT_AFTER + dt.timedelta(seconds=1))
    assert (gone.state, gone.troubles) == ("silent", ("paper_out",))


def test_since_when_a_trouble_lasts_is_kept_while_it_lasts(health: Health) -> None:
    health.keep("kiosk-1", BAD, AT)
    assert health.is_known("kiosk-1", BAD, SOON)
    assert (kiosk(health, SOON).heard_at, kiosk(health, SOON).since) == (SOON, AT)
    assert not health.is_known("kiosk-1", m.ReportHealth(troubles=("cover_open",)), SOON)
    health.keep("kiosk-1", m.ReportHealth(troubles=("cover_open",)), SOON)
    assert kiosk(health, SOON).since == SOON


def test_a_first_word_without_trouble_is_no_news_but_is_heard(health: Health) -> None:
    assert health.is_known("kiosk-1", m.ReportHealth(), AT)
    assert kiosk(health, AT).state == "live"


def test_a_duty_begins_without_what_was_said_to_another(health: Health) -> None:
    health.keep("kiosk-1", BAD, AT)
    health.clear()
    assert (kiosk(health, AT).state, dict(health.troubles)) == ("never", {})


@pytest.mark.rule("R48")
def test_who_supervises_sees_every_terminal_and_others_themselves(desk: Desk) -> None:
    desk.books.health.keep("kiosk-1", BAD, AT)
    names = [one.name for one in desk.books.hall.terminals]
    assert [one.name for one in desk.query("supervisor", m.ReadTerminals()).terminals] == names
    for terminal in ("kiosk-1", "window-3", "wall", "web"):
        assert [one.name for one in desk.query(terminal, m.ReadTerminals()).terminals] == [terminal]


def test_at_a_supervisor_s_terminal_without_a_login_nobody_sees_more_than_that_terminal(desk: Desk) -> None:
    desk.staff.pop("supervisor", None)
    assert [one.name for one in desk.query("supervisor", m.ReadTerminals()).terminals] == ["supervisor"]
