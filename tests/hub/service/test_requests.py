"""上门服务 and 网上预审: answered in the time of the hall's document, reminded of, and done as it says."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_attachments import attached
from tests.hub.service.test_restoring import restore
from tests.hub.service.test_slips import clock
from tests.hub.service.test_watch import look, told

WINDOW, HEAD = "window-3", "supervisor"
NAME, ADDRESS = "李桂英", "云城区河滨路12号3单元"


def under(desk: Desk, name: str) -> Desk:
    """From now on by that hall's policy."""
    desk.policy = factories.a_policy(name)
    desk.reopen()
    return desk


def asks(desk: Desk, **changes: Any) -> Any:
    wish = {"ground": "bedridden", "name": NAME, "phone": "13900001111", "address": ADDRESS, "channel": "phone"}
    return desk.ask(WINDOW, m.AskVisit(**(wish | changes)))


def applied(desk: Desk, reference: str = "YF2026112300017", **changes: Any) -> Any:
    return desk.ask(WINDOW, m.ReceivePreReview(reference=reference, name=NAME, **changes))


def listed(desk: Desk, only_open: bool = True) -> list[m.RequestLine]:
    return list(desk.query(HEAD, m.ListRequests(only_open=only_open)).requests)


# --- visits (R59)


@pytest.mark.rule("R59")
def test_a_visit_is_answered_within_a_working_day_and_late_after_it(desk: Desk) -> None:
    under(desk, "yunfu")
    line = asks(desk)
    assert (line.number, line.state, line.due_date) == ("SM-20261123-001", "asked", dt.date(2026, 11, 24))
    assert told(desk, WINDOW, "visit_owed") == [("visit_owed", line.number, "2026-11-24")]
    for day in (23, 24, 25, 26):
        desk.at = clock("10:00", day)
        look(desk)
        look(desk)
    owed, overdue = ("visit_owed", line.number, "2026-11-24"), ("visit_overdue", line.number, "2026-11-24")
    assert told(desk, WINDOW, "visit_owed", "visit_overdue") == [owed, owed, overdue, overdue]
    assert told(desk, HEAD, "visit_owed", "visit_overdue") == [overdue, overdue]
    assert [one.late for one in listed(desk)] == [True]


@pytest.mark.rule("R59")
def test_two_go_and_file_what_they_took_down(desk: Desk) -> None:
    under(desk, "wuxi")
    number = asks(desk, ground="registration").number
    agreed = desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=True, visit_at=clock("15:00", 24)))
    assert (agreed.state, agreed.visit_at, agreed.late) == ("agreed", clock("15:00", 24), False)
    desk.at = clock("16:30", 24)
    case = desk.file().case_number
    visited = {"number": number, "visited_at": clock("15:10", 24), "case_number": case}
    alone = desk.ask(WINDOW, m.RecordVisit(staff=("06", "06"), **visited))
    assert (alone.code, "2 of the staff go together" in alone.text) == ("still_missing", True)
    refused = desk.ask(WINDOW, m.RecordVisit(staff=("06", "07"), **visited))
    assert (refused.code, "attach" in refused.text) == ("still_missing", True)
    attached(desk, case)
    done = desk.ask(WINDOW, m.RecordVisit(staff=("06", "07"), **visited))
    assert (done.state, done.done_at, done.case_number) == ("done", clock("15:10", 24), case)
    assert listed(desk) == []
    detail = desk.ask(WINDOW, m.ReadRequest(number=number))
    assert (detail.name, detail.address, detail.staff) == (NAME, ADDRESS, ("06", "07"))
    desk.at = clock("10:00", 27)
    look(desk)
    assert told(desk, HEAD, "visit_overdue") == []


@pytest.mark.rule("R59")
def test_a_paper_from_before_the_visit_is_none_of_the_visit_s(desk: Desk) -> None:
    under(desk, "wuxi")
    case = desk.file().case_number
    attached(desk, case)
    number = asks(desk, ground="registration", case_number=case).number
    desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=True, visit_at=clock("15:00")))
    desk.at = clock("16:30")
    answer = desk.ask(WINDOW, m.RecordVisit(number=number, staff=("06", "07"), visited_at=clock("15:00")))
    assert answer.code == "still_missing"


@pytest.mark.rule("R59")
@pytest.mark.parametrize(("least", "filed"), [(3, True), (1, False)])
def test_how_many_go_and_whether_it_is_filed_is_the_policy_s(desk: Desk, least: int, filed: bool) -> None:
    visits = factories.a_policy("wuxi").visits
    visits = factories.replace(
        visits,
        staff_at_least=factories.replace(visits.staff_at_least, value=least),
        materials_filed=factories.replace(visits.materials_filed, value=filed),
    )
    desk.policy = factories.replace(desk.policy, version=7, visits=visits)
    desk.reopen()
    number = asks(desk, ground="registration").number
    desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=True, visit_at=clock("15:00")))
    desk.at = clock("16:30")
    alone = desk.ask(WINDOW, m.RecordVisit(number=number, staff=("06",), visited_at=clock("15:00")))
    assert getattr(alone, "code", "") == ("still_missing" if filed else "")


@pytest.mark.rule("R59")
def test_the_day_on_which_somebody_comes_is_reminded_of_too(desk: Desk) -> None:
    under(desk, "yunfu")
    number = asks(desk).number
    desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=True, visit_at=clock("09:30", 26)))
    for day in (24, 25, 26, 27):
        desk.at = clock("10:00", day)
        look(desk)
    assert told(desk, WINDOW, "visit_owed", "visit_overdue")[1:] == [
        ("visit_owed", number, "2026-11-26"),
        ("visit_overdue", number, "2026-11-26"),
    ]


@pytest.mark.rule("R59")
def test_a_visit_that_nobody_makes_says_why(desk: Desk) -> None:
    under(desk, "yunfu")
    number = asks(desk).number
    assert desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=False, text=" ")).code == "text_missing"
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    for visit_at in (None, clock("09:00"), never):
        answer = desk.ask(WINDOW, m.AnswerVisit(number=number, agreed=True, visit_at=visit_at))
        assert answer.code == "request_incomplete"
    said = m.AnswerVisit(number=number, agreed=False, text="不属于登记事项，请由家属到税务窗口办理。")
    assert desk.ask(HEAD, said).state == "refused"
    assert desk.ask(WINDOW, said).code == "move_not_allowed"
    assert desk.ask(WINDOW, m.ReadRequest(number=number)).answer.startswith("不属于")


@pytest.mark.rule("R59")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"ground": "lazy"}, "unknown_code"),
        ({"name": " "}, "request_incomplete"),
        ({"address": ""}, "request_incomplete"),
        ({"address": "x" * 201}, "too_long"),
        ({"matter": "nails"}, "unknown_code"),
        ({"case_number": "370406-20261123-0099-1"}, "unknown_case"),
        ({"received_at": clock("23:00")}, "bad_times"),
        ({"received_at": dt.datetime(2000, 1, 1, tzinfo=dt.UTC)}, "bad_times"),
    ],
)
def test_a_visit_that_cannot_be_leaves_nothing(desk: Desk, wrong: dict[str, Any], code: str) -> None:
    under(desk, "yunfu")
    before = desk.kept()
    assert asks(desk, **wrong).code == code
    assert desk.kept() == before


@pytest.mark.rule("R59", "R61")
def test_a_hall_whose_document_knows_neither_offers_neither(desk: Desk) -> None:
    assert asks(desk).code == "not_allowed_here"
    assert applied(desk).code == "not_allowed_here"


# --- pre-reviews (R61)


@pytest.mark.rule("R61")
def test_yunfu_tells_the_result_within_24_hours_day_and_night(desk: Desk) -> None:
    under(desk, "yunfu")
    line = applied(desk, received_at=clock("21:30", 20))  # on Friday evening, entered on Monday
    assert (line.number, line.due_at, line.outlet) == ("YS-20261123-001", clock("21:30", 21), "本大厅")
    assert line.late
    fresh = applied(desk, "YF2")
    assert (fresh.due_at, fresh.late) == (desk.at + dt.timedelta(hours=24), False)
    desk.later(hours=24)
    assert [one.late for one in listed(desk)] == [True, False]
    desk.later(seconds=1)
    look(desk)
    assert [one[:2] for one in told(desk, HEAD, "pre_review_overdue")] == [
        ("pre_review_overdue", line.number),
        ("pre_review_overdue", fresh.number),
    ]


@pytest.mark.rule("R61")
def test_wuxi_tells_it_within_a_working_day_and_the_local_branch_reviews_what_names_no_outlet(desk: Desk) -> None:
    under(desk, "wuxi")
    desk.at = clock("10:00", 27)  # a Friday
    line, chosen = applied(desk), applied(desk, "WX2", outlet="滨湖网点")
    assert (line.due_date, line.due_at, line.outlet) == (dt.date(2026, 11, 30), None, "属地分局网点")
    assert chosen.outlet == "滨湖网点"
    desk.at = clock("10:00", 30)
    assert not any(one.late for one in listed(desk))


@pytest.mark.rule("R61")
def test_what_did_not_pass_says_what_is_missing_and_how_it_was_told(desk: Desk) -> None:
    under(desk, "yunfu")
    number = applied(desk).number
    assert desk.ask(WINDOW, m.TellPreReview(number=number, passed=False, way="sms")).code == "text_missing"
    told_them = m.TellPreReview(number=number, passed=False, way="sms", text="缺少申请书第二页。")
    assert desk.ask(WINDOW, told_them).state == "refused"
    assert desk.ask(WINDOW, told_them).code == "move_not_allowed"
    detail = desk.ask(WINDOW, m.ReadRequest(number=number))
    assert (detail.told_by, detail.answer, detail.channel) == ("sms", "缺少申请书第二页。", "web")
    passed = desk.ask(WINDOW, m.TellPreReview(number=applied(desk, "YF2").number, passed=True, way="phone"))
    assert (passed.state, passed.late) == ("done", False)


@pytest.mark.rule("R61")
def test_an_online_application_is_taken_once_under_its_reference(desk: Desk) -> None:
    under(desk, "yunfu")
    number = applied(desk).number
    again = applied(desk)
    assert (again.code, number in again.text) == ("known_reference", True)
    assert applied(desk, " ").code == "request_incomplete"
    visit = m.AnswerVisit(number=number, agreed=False, text="-")
    assert desk.ask(WINDOW, visit).code == "unknown_request"
    assert desk.ask(WINDOW, m.ReadRequest(number="YS-1")).code == "unknown_request"


# --- what is personal


@pytest.mark.rule("R69", "R71")
def test_who_asked_is_sealed_read_by_name_and_in_no_event(desk: Desk) -> None:
    under(desk, "yunfu")
    number = asks(desk, text="瘫痪在床，子女在外地").number
    (row,) = desk.rows(schema.request)
    plain = b"".join(repr(value).encode() for value in row)
    for secret in (NAME, ADDRESS, "13900001111", "瘫痪"):
        assert secret.encode() not in plain
        assert all(secret not in repr(one) for one in desk.events)
        assert secret not in repr(listed(desk))
    desk.ask(HEAD, m.ReadRequest(number=number))
    last = desk.rows(schema.audit)[-1]
    assert (last.kind, last.staff, last.subject) == ("ReadRequest", "90", number)


@pytest.mark.rule("R71")
def test_who_asked_for_a_visit_is_forgotten_with_the_citizen_of_its_case(desk: Desk) -> None:
    under(desk, "yunfu")
    case = desk.file().case_number
    number = asks(desk, case_number=case).number
    desk.ask(WINDOW, m.AnswerOnTheSpot(case_number=case, text="已讲清。"))
    assert desk.ask(HEAD, m.ErasePerson(case_number=case, because="本人要求")) == m.Done()
    detail = desk.ask(WINDOW, m.ReadRequest(number=number))
    assert (detail.name, detail.phone, detail.address, detail.text) == ("", "", "", "")


@pytest.mark.rule("R68")
def test_numbers_go_on_beyond_what_a_restored_hub_may_have_given(desk: Desk) -> None:
    under(desk, "yunfu")
    asks(desk)
    restore(desk)
    desk.log_in(WINDOW, "06")
    assert asks(desk).number == "SM-20261123-1002"
