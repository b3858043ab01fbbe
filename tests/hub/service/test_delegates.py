"""AB 岗: who stands in for whom, and that nobody else does."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_triage import under

TUESDAY = dt.date(2026, 11, 24)
AWAY = m.HandOverPost(first_day=TUESDAY, last_day=TUESDAY, note="两件待补材料。")
NAMED = m.NameDelegate(staff="06", delegate="07")


@pytest.fixture
def wuxi(desk: Desk) -> Desk:
    under(desk, "wuxi")
    return desk


def covers(desk: Desk) -> tuple[m.Cover, ...]:
    listed = desk.query("supervisor", m.ListDelegates())
    assert isinstance(listed, m.DelegateList), listed
    return listed.covers


@pytest.mark.rule("R7")
def test_a_post_is_handed_to_the_named_delegate_a_day_ahead_and_they_are_liable(wuxi: Desk) -> None:
    assert wuxi.ask("window-3", AWAY).code == "no_delegate"
    assert wuxi.ask("supervisor", NAMED) == m.Done()
    today = factories.replace(AWAY, first_day=factories.MONDAY)
    assert wuxi.ask("window-3", today).code == "too_late"
    assert wuxi.ask("window-3", factories.replace(AWAY, last_day=factories.MONDAY)).code == "bad_dates"
    assert wuxi.ask("window-3", factories.replace(AWAY, note=" ")).code == "text_missing"
    assert covers(wuxi) == ()
    assert wuxi.ask("window-3", AWAY) == m.Done()
    assert covers(wuxi) == (
        m.Cover(
            absent="06",
            delegate="07",
            first_day=TUESDAY,
            last_day=TUESDAY,
            stepped_in=False,
            liable=True,
            note="两件待补材料。",
        ),
    )


@pytest.mark.rule("R7")
def test_where_there_was_no_time_the_delegate_and_nobody_else_steps_in(wuxi: Desk) -> None:
    step = m.StepIn(absent="06", reason="06突发疾病。")
    assert wuxi.ask("window-1", step).code == "no_authority"
    wuxi.ask("supervisor", NAMED)
    assert wuxi.ask("department-tax", step).code == "no_authority"
    assert wuxi.ask("window-1", factories.replace(step, reason="")).code == "text_missing"
    assert wuxi.ask("window-1", step) == m.Done()
    (cover,) = covers(wuxi)
    assert (cover.absent, cover.delegate, cover.first_day, cover.stepped_in) == ("06", "07", factories.MONDAY, True)


@pytest.mark.rule("R7")
def test_nobody_steps_in_where_the_document_does_not_say_so(desk: Desk) -> None:
    desk.ask("supervisor", NAMED)
    assert desk.ask("window-1", m.StepIn(absent="06", reason="突发。")).code == "not_prescribed"


@pytest.mark.rule("R7")
@pytest.mark.parametrize(("staff", "delegate"), [("06", "06"), ("06", "31"), ("31", "32"), ("06", "nobody")])
def test_a_delegate_is_another_who_does_the_same_work(wuxi: Desk, staff: str, delegate: str) -> None:
    assert wuxi.ask("supervisor", m.NameDelegate(staff=staff, delegate=delegate)).code == "unknown_staff"
    listed = wuxi.query("supervisor", m.ListDelegates())
    assert listed.pairs == ()


@pytest.mark.rule("R5", "R7")
def test_who_covers_hands_cases_over_for_the_owner_and_only_on_those_days(wuxi: Desk) -> None:
    number = wuxi.file(reasons=("other",)).case_number
    wuxi.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    wuxi.ask("supervisor", NAMED)
    wuxi.ask("window-3", AWAY)
    take = m.HandOver(case_number=number, taker="07", reason="06请假")
    assert wuxi.ask("window-1", take).code == "not_owner"
    wuxi.later(days=1)
    assert wuxi.ask("window-1", take) == m.Done()
    assert wuxi.line(number).owner == "name of 07"
    wuxi.later(days=1)
    assert covers(wuxi) == ()


@pytest.mark.rule("R7")
def test_a_hall_without_delegates_names_none(desk: Desk) -> None:
    kept = factories.replace(desk.policy.delegates.kept, value=False)
    under(desk, "shanting", version=9, delegates=factories.replace(desk.policy.delegates, kept=kept))
    assert desk.ask("supervisor", NAMED).code == "not_prescribed"
    assert desk.ask("window-3", AWAY).code == "not_prescribed"
