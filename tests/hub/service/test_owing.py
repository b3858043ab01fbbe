"""What is owed about a case beside its answer: said when it falls due, again when it is late, and struck off."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.service.watch import Lookout
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_clocks import under
from tests.hub.service.test_closing import archive, follow_up, rate
from tests.hub.service.test_watch import at, look, told

FOLLOW_UP = ("follow_up_owed", "follow_up_overdue")
TELL = ("tell_owed", "tell_overdue")


def owed(desk: Desk, number: str) -> dict[str, dt.date | None]:
    return {one.what: one.due_date for one in desk.line(number).owed}


def answered(desk: Desk) -> str:
    """On the spot, after a look at the registration."""
    number = desk.file().case_number
    desk.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。")) == m.Done()
    return number


def replied(desk: Desk, **changes: Any) -> str:
    """By the department, who had a work order."""
    line = desk.dispatched("tax", **changes)
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=line.work_order_id))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=line.work_order_id, text="已办结。"))
    return line.case_number


# --- 回访 (R34)


@pytest.mark.rule("R34")
def test_dahepingxiangs_window_is_asked_for_a_follow_up_within_a_working_day(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    number = answered(desk)  # on Monday
    assert owed(desk, number) == {"follow_up": dt.date(2026, 11, 24)}
    for day in (23, 24, 25, 26):
        at(desk, 11, day, "10:00")
        look(desk)
    assert told(desk, "window-3", *FOLLOW_UP) == [
        ("follow_up_owed", number, "2026-11-24"),
        ("follow_up_owed", number, "2026-11-24"),
        ("follow_up_overdue", number, "2026-11-24"),
        ("follow_up_overdue", number, "2026-11-24"),
    ]
    assert follow_up(desk, number) == m.Done()
    assert owed(desk, number) == {}
    at(desk, 11, 27, "10:00")
    look(desk)
    assert len(told(desk, "window-3", *FOLLOW_UP)) == 4


@pytest.mark.rule("R34")
def test_shantings_centre_is_asked_at_the_answer_and_promised_no_date(desk: Desk) -> None:
    number = answered(desk)
    assert owed(desk, number) == {"follow_up": None}
    at(desk, 12, 23, "10:00")
    look(desk)
    assert told(desk, "supervisor", *FOLLOW_UP) == [("follow_up_owed", number, "")]
    assert told(desk, "window-3", *FOLLOW_UP) == []


@pytest.mark.rule("R33", "R34")
def test_yueyang_follows_up_what_was_rated_badly_and_nothing_else(desk: Desk) -> None:
    under(desk, "yueyang")
    number = answered(desk)
    assert owed(desk, number) == {}
    rate(desk, number, "unsatisfied", "还是没有办成")
    assert "follow_up" not in owed(desk, number)
    sent = desk.ask("window-3", m.DispatchCase(case_number=number, department="tax", case_class="work_order"))
    desk.ask("department-tax", m.AcceptWorkOrder(work_order_id=sent.work_order_id))
    desk.ask("department-tax", m.ReplyToWorkOrder(work_order_id=sent.work_order_id, text="重新办结。"))
    assert "follow_up" in owed(desk, number)
    assert [one[:2] for one in told(desk, "window-3", *FOLLOW_UP)] == [("follow_up_owed", number)]


@pytest.mark.rule("R33", "R34")
def test_what_was_owed_of_an_answer_goes_with_it_when_the_case_is_sent_back(desk: Desk) -> None:
    number = replied(desk)
    assert set(owed(desk, number)) == {"follow_up", "tell"}
    rate(desk, number, "unsatisfied", "没有办好")
    assert owed(desk, number) == {}


@pytest.mark.rule("R34")
def test_a_follow_up_that_nobody_takes_goes_a_step_up(desk: Desk) -> None:
    number = answered(desk)
    desk.later(minutes=5)
    look(desk)
    assert ("unattended", number, "follow_up_owed") in told(desk, "supervisor", "unattended")


@pytest.mark.rule("R34", "R40")
def test_an_archived_case_owes_nothing(desk: Desk) -> None:
    number = answered(desk)
    follow_up(desk, number)
    assert archive(desk, number) == m.Done()
    assert owed(desk, number) == {}


# --- dual notice (R24, R28)


@pytest.mark.rule("R24", "R28")
def test_the_result_is_owed_to_the_citizen_until_the_day_the_answer_was(desk: Desk) -> None:
    number = replied(desk)  # due on Wednesday
    assert owed(desk, number)["tell"] == dt.date(2026, 11, 25)
    for day in (24, 25, 26):
        at(desk, 11, day, "10:00")
        look(desk)
    assert told(desk, "window-3", *TELL) == [
        ("tell_owed", number, "2026-11-25"),
        ("tell_owed", number, "2026-11-25"),
        ("tell_overdue", number, "2026-11-25"),
    ]
    assert desk.query("supervisor", m.ReadBreaches(case_number=number)).codes == ("result_not_delivered",)
    desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    assert "tell" not in owed(desk, number)
    assert desk.query("supervisor", m.ReadBreaches(case_number=number)).codes == ()


@pytest.mark.rule("R24")
@pytest.mark.parametrize(("to", "told_of"), [(("citizen",), set()), (("window",), {"replied"})])
def test_who_hears_the_result_is_who_the_policy_names(desk: Desk, to: tuple[str, ...], told_of: set[str]) -> None:
    goes_to = factories.replace(desk.policy.handling.result_goes_to, value=to)
    desk.policy = factories.replace(
        desk.policy, version=2, handling=factories.replace(desk.policy.handling, result_goes_to=goes_to)
    )
    desk.reopen()
    number = replied(desk)
    assert ("tell" in owed(desk, number)) == ("citizen" in to)
    assert {kind for kind, *_ in told(desk, "window-3", "replied")} == told_of


@pytest.mark.rule("R24", "R30")
def test_what_was_written_is_not_answered_by_word_of_mouth_at_the_window(desk: Desk) -> None:
    channels = factories.replace(desk.policy.channels, value=("window", "mail"))
    desk.policy = factories.replace(desk.policy, version=2, channels=channels)
    desk.reopen()
    number = desk.file("window-3", channel="mail").case_number
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert "tell" in owed(desk, number)
    follow_up(desk, number)
    assert archive(desk, number).code == "result_not_told"
    assert desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral")).code == "wrong_medium"
    assert desk.ask("window-3", m.TellCitizen(case_number=number, medium="written")) == m.Done()
    assert archive(desk, number) == m.Done()


# --- the leader's periodic look (R73)


@pytest.mark.rule("R73")
def test_an_open_case_that_its_leader_has_not_looked_at_is_brought_before_him_every_five_working_days(
    desk: Desk,
) -> None:
    number = desk.file().case_number  # on Monday
    for month, day in ((11, 27), (11, 30), (12, 1), (12, 7)):
        at(desk, month, day, "10:00")
        look(desk)
    assert told(desk, "supervisor", "look_owed") == [("look_owed", number, "2026-11-30")] * 2
    assert told(desk, "window-3", "look_owed") == []


@pytest.mark.rule("R73")
def test_the_leader_s_note_counts_as_his_look_and_stands_in_the_case(desk: Desk) -> None:
    number = desk.file().case_number
    at(desk, 11, 27, "10:00")
    assert desk.ask("supervisor", m.SuperviseCase(case_number=number, text="请抓紧。")) == m.Done()
    assert owed(desk, number)["look"] == dt.date(2026, 12, 4)
    kept = desk.ask("supervisor", m.ReadCase(case_number=number)).facts
    assert [(one.kind, one.who) for one in kept] == [("LookedAt", "name of 90")]
    at(desk, 11, 30, "10:00")
    look(desk)
    assert told(desk, "supervisor", "look_owed") == []


@pytest.mark.rule("R73")
def test_the_window_s_own_note_is_no_look_of_the_leader(desk: Desk) -> None:
    number = desk.file().case_number
    at(desk, 11, 27, "10:00")
    desk.ask("window-3", m.SuperviseCase(case_number=number, text="已催办。"))
    at(desk, 11, 30, "10:00")
    look(desk)
    assert owed(desk, number)["look"] == dt.date(2026, 11, 30)
    assert desk.ask("supervisor", m.ReadCase(case_number=number)).facts == ()


@pytest.mark.rule("R73")
def test_nobody_looks_periodically_where_the_policy_says_so(desk: Desk) -> None:
    every = factories.replace(desk.policy.supervision.every_wd, value=0)
    supervision = factories.replace(desk.policy.supervision, every_wd=every)
    desk.policy = factories.replace(desk.policy, version=2, supervision=supervision)
    desk.reopen()
    desk.file()
    at(desk, 12, 7, "10:00")
    look(desk)
    assert told(desk, "supervisor", "look_owed") == []


@pytest.mark.rule("R73")
def test_when_all_was_said_there_is_nothing_to_look_around_for(desk: Desk) -> None:
    number = desk.file().case_number
    at(desk, 11, 30, "10:00")
    look(desk)
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。"))
    assert "look" not in owed(desk, number)
    desk.later(minutes=5)
    look(desk)
    before = desk.count(schema.audit)
    desk.later(minutes=2)
    assert look(desk, Lookout(desk.books)) == 0
    assert desk.count(schema.audit) == before
