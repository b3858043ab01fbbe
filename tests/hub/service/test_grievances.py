"""投诉: what it says, who handles it, and who does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hub.service import audience
from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import EPOCH, HALLS, Desk, make_database, secrets_of
from tests.hub.service.test_watch import at, look, told

WHOLE: dict[str, Any] = {
    "ground": "service",
    "text": "窗口说材料不全，三次都不肯说缺哪一样。",
    "respondent": "民政窗口当班的人",
    "department": "civil",
    "happened": "11月20日上午",
    "place": "大厅一楼民政窗口",
}


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Desk]:
    """大合坪: 06 and 07 at windows, 90 at the centre."""
    made = Desk(make_database(tmp_path / "centre.db", HALLS["dahepingxiang"]), "dahepingxiang")
    for terminal, staff in (("window-3", "06"), ("window-1", "07"), ("supervisor", "90")):
        made.log_in(terminal, staff)
    yield made
    made.close()


def lodged(desk: Desk, terminal: str = "window-3", **changes: Any) -> str:
    answer = desk.ask(terminal, grievance(desk, **changes))
    assert isinstance(answer, m.ComplaintAccepted), answer
    return answer.case_number


def grievance(desk: Desk, **changes: Any) -> m.LodgeGrievance:
    return m.LodgeGrievance(**(WHOLE | {"on_paper": secrets_of(desk.new_id())} | changes))


@pytest.mark.rule("R10", "R11")
def test_a_grievance_is_a_case_with_all_that_was_said(centre: Desk) -> None:
    number = lodged(centre)
    found = centre.ask("window-3", m.ReadCase(case_number=number))
    assert (found.line.kind, found.text, found.line.owner) == ("grievance", WHOLE["text"], "name of 06")
    assert found.grievance == m.GrievanceView(
        ground="service",
        weight=(),
        respondent=WHOLE["respondent"],
        respondent_staff="",
        department="civil",
        happened=WHOLE["happened"],
        place=WHOLE["place"],
    )


@pytest.mark.rule("R11")
@pytest.mark.parametrize("field", ["respondent", "department", "text", "happened", "place"])
def test_what_the_document_asks_of_a_grievance_cannot_be_left_out(centre: Desk, field: str) -> None:
    before = centre.kept()
    assert centre.ask("window-3", grievance(centre, **{field: ""})).code == "grievance_incomplete"
    assert centre.kept() == before


@pytest.mark.rule("R10")
def test_a_ground_that_the_document_does_not_have_is_refused(centre: Desk) -> None:
    assert centre.ask("window-3", grievance(centre, ground="weather")).code == "unknown_code"


@pytest.mark.rule("R9")
@pytest.mark.parametrize(("channel", "taken"), [("box", True), ("mail", True), ("phone", True), ("wechat", False)])
def test_a_grievance_comes_by_the_ways_of_the_document(centre: Desk, channel: str, taken: bool) -> None:
    answer = centre.ask("window-3", grievance(centre, channel=channel))
    assert isinstance(answer, m.ComplaintAccepted) is taken


@pytest.mark.rule("R9")
def test_a_complaint_comes_by_the_ways_of_the_document(desk: Desk) -> None:
    assert desk.file("window-3", channel="phone").case_number
    assert desk.ask("window-3", desk.complaint(channel="box")).code == "unknown_code"


@pytest.mark.rule("R10")
def test_its_answer_is_due_within_the_promise_however_many_departments_have_it(centre: Desk) -> None:
    number = lodged(centre)
    assert centre.line(number).due.date == dt.date(2026, 11, 26)
    centre.later(days=2)
    centre.ask("window-3", m.TriageCase(case_number=number, finding="登记属实。"))
    sent = centre.ask("window-3", m.DispatchCase(case_number=number, department="land", case_class="complex"))
    assert sent.due.date == dt.date(2026, 11, 26)


@pytest.mark.rule("R10")
def test_the_centre_is_told_and_follows_it(centre: Desk) -> None:
    number = lodged(centre)
    told = centre.query("supervisor", m.ListNotices()).notices
    assert [(one.kind, one.subject) for one in told] == [("grievance", number)]


@pytest.mark.rule("R11", "R13")
def test_no_wall_and_no_count_knows_of_a_grievance(centre: Desk) -> None:
    heard, seq = len(centre.events), centre.books.picture.seq
    counts = centre.books.picture.counts
    number = lodged(centre)
    centre.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    assert centre.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当面道歉并受理。")) == m.Done()
    published = [audience.as_published(one) for one in centre.events[heard:]]
    assert number.encode() not in msgspec.msgpack.encode(published)
    for terminal in ("wall", "kiosk-1", "department-civil"):
        told = centre.query(terminal, m.EventsSince(epoch=EPOCH, seq=seq))
        assert {type(one.event) for one in told.events} == {m.Withheld}
    for _ in range(2):
        snapshot = centre.query("wall", m.EventsSince())
        assert number not in [one.case_number for one in snapshot.cases]
        assert centre.books.picture.counts == counts
        centre.reopen()


# --- the respondent


@pytest.mark.rule("R11")
def test_nobody_handles_a_grievance_about_themselves(centre: Desk) -> None:
    number = lodged(centre, respondent_staff="07")
    for command in (
        m.ReadCase(case_number=number),
        m.AnswerOnTheSpot(case_number=number, text="不属实。"),
        m.DispatchCase(case_number=number, department="land", case_class="complex"),
        m.NameRespondent(case_number=number, staff="06"),
    ):
        assert centre.ask("window-1", command).code == "unknown_case"
    assert centre.line(number).stage == "filed"
    assert centre.query("window-1", m.ListCases(only_open=False)).cases == ()
    assert centre.query("window-1", m.ListNotices()).notices == ()
    centre.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    seq = centre.books.picture.seq
    centre.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当面道歉。"))
    for terminal, kind in (("window-1", m.Withheld), ("window-3", m.CaseMoved)):
        told = centre.query(terminal, m.EventsSince(epoch=EPOCH, seq=seq))
        assert [type(one.event) for one in told.events] == [kind, m.Withheld]  # and the centre's notice


@pytest.mark.rule("R11")
def test_the_receipt_of_a_grievance_opens_nothing_for_whom_it_is_about(centre: Desk) -> None:
    paper = secrets_of("paper")
    number = lodged(centre, respondent_staff="07", on_paper=paper)
    found = centre.query("window-3", m.LookUp(secret=paper.token))
    assert isinstance(found, m.Progress)
    assert found.case_number == number
    assert centre.query("window-1", m.LookUp(secret=paper.token)).code == "not_found"


@pytest.mark.rule("R11")
def test_a_terminal_without_a_login_is_told_of_no_grievance_that_names_somebody(centre: Desk) -> None:
    number = lodged(centre, respondent_staff="07")
    centre.ask("window-1", m.LogOut())
    centre.staff.pop("window-1")
    assert number not in [one.subject for one in centre.query("window-1", m.ListNotices()).notices]


@pytest.mark.rule("R11")
def test_it_does_not_go_to_the_department_that_it_is_about(centre: Desk) -> None:
    number = lodged(centre)
    centre.ask("window-3", m.TriageCase(case_number=number, finding="登记属实。"))
    to_them = m.DispatchCase(case_number=number, department="civil", case_class="complex")
    assert centre.ask("window-3", to_them).code == "respondent_unit"
    assert centre.ask("window-3", m.NameRespondent(case_number=number, staff="31")) == m.Done()
    assert isinstance(centre.ask("window-3", to_them), m.WorkOrderSent)


@pytest.mark.rule("R5", "R11")
def test_a_receiver_who_turns_out_to_be_the_respondent_owns_it_no_more(centre: Desk) -> None:
    number = lodged(centre, terminal="window-1")
    assert centre.ask("window-1", m.NameRespondent(case_number=number, staff="07")).code == "bad_respondent"
    assert centre.ask("window-3", m.NameRespondent(case_number=number, staff="07")) == m.Done()
    assert centre.line(number).owner == "name of 06"
    assert centre.ask("window-1", m.ReadCase(case_number=number)).code == "unknown_case"


@pytest.mark.rule("R11")
def test_who_turns_out_to_be_the_respondent_is_told_of_what_happened_before_no_more(centre: Desk) -> None:
    seq = centre.books.picture.seq
    number = lodged(centre, terminal="window-1")
    centre.ask("window-1", m.TriageCase(case_number=number, finding="属实。"))
    assert centre.ask("window-3", m.NameRespondent(case_number=number, staff="07")) == m.Done()
    for terminal, kinds in (("window-1", {m.NoticeRaised, m.Withheld}), ("window-3", {m.NoticeRaised, m.CaseMoved})):
        told = centre.query(terminal, m.EventsSince(epoch=EPOCH, seq=seq))
        assert {type(one.event) for one in told.events} == kinds


@pytest.mark.rule("R11")
def test_it_is_given_to_nobody_whom_it_is_about(centre: Desk) -> None:
    number = lodged(centre, terminal="window-1", respondent_staff="07")
    assert centre.line(number).owner == ""
    appoint = m.AppointAgent(case_number=number, staff="07", consent="")
    assert centre.ask("window-3", appoint).code == "bad_respondent"


def test_a_respondent_is_somebody_who_works_here(centre: Desk, desk: Desk) -> None:
    assert centre.ask("window-3", grievance(centre, respondent_staff="99")).code == "unknown_code"
    number = desk.file().case_number
    assert desk.ask("window-3", m.NameRespondent(case_number=number, staff="07")).code == "unknown_case"


# --- who complains


@pytest.mark.rule("R13")
def test_who_signs_is_shown_to_who_took_it_and_who_follows_it_alone(centre: Desk) -> None:
    number = lodged(centre, name="向小芳", phone="13900000000")
    shown = {
        terminal: centre.ask(terminal, m.ReadCase(case_number=number))
        for terminal in ("window-3", "window-1", "supervisor")
    }
    assert [found.name for found in shown.values()] == ["向小芳", "", "向小芳"]
    assert [found.phone for found in shown.values()] == ["13900000000", "", "13900000000"]
    logged = [(row.terminal, row.subject) for row in centre.rows(schema.audit) if row.kind == "ReadCase"]
    assert logged == [(terminal, number) for terminal in shown]


@pytest.mark.rule("R13")
def test_neither_side_stands_readable_in_the_database(centre: Desk) -> None:
    lodged(centre, name="向小芳", respondent="石主任")
    kept = repr([centre.rows(table) for table in schema.metadata.tables.values()])
    assert not any(told in kept for told in ("向小芳", "石主任", WHOLE["text"], WHOLE["place"]))


# --- in writing


@pytest.mark.rule("R12")
@pytest.mark.parametrize("weight", ["major", "wide_impact"])
def test_a_major_grievance_waits_for_its_written_form(centre: Desk, weight: Any) -> None:
    number = lodged(centre, weight=(weight,))
    answer = m.AnswerOnTheSpot(case_number=number, text="已道歉。")
    assert centre.ask("window-3", answer).code == "not_written"
    sent = m.DispatchCase(case_number=number, department="land", case_class="complex")
    assert centre.ask("window-3", sent).code == "not_written"
    assert centre.ask("window-3", m.ReadCase(case_number=number)).grievance.must_be_written
    assert centre.line(number).stage == "filed"


@pytest.mark.rule("R12")
def test_where_no_document_asks_for_writing_it_goes_on(desk: Desk) -> None:
    policy = factories.a_policy("shanting")
    assert policy.complaints.written_when.value == ()
    number = lodged(desk, weight=("major",), ground="attitude", department="tax")
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。")) == m.Done()


@pytest.mark.rule("R11", "R20")
def test_nobody_of_the_department_that_it_is_about_is_called_to_the_window(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="tax")
    assert desk.ask("window-3", m.CallToWindow(case_number=number, department="tax")).code == "respondent_unit"


@pytest.mark.rule("R5", "R11", "R12")
def test_what_waits_for_its_writing_is_handed_over_and_supervised_but_not_to_its_respondent(centre: Desk) -> None:
    number = lodged(centre, weight=("major",), respondent_staff="07")
    to_them = m.HandOver(case_number=number, taker="07", reason="轮岗")
    assert centre.ask("supervisor", to_them).code == "bad_respondent"
    assert centre.ask("supervisor", m.SuperviseCase(case_number=number, text="请尽快取得书面材料。")) == m.Done()
    assert centre.ask("window-3", m.TriageCase(case_number=number, finding="属实。")).code == "not_written"


# --- investigated at once, tracked to the end (R10)


@pytest.mark.rule("R10")
def test_a_grievance_is_looked_into_before_anything_else(centre: Desk) -> None:
    number = lodged(centre)
    (owing,) = centre.line(number).owed
    assert (owing.what, owing.due_date) == ("investigate", dt.date(2026, 11, 23))
    for command in (
        m.AnswerOnTheSpot(case_number=number, text="已道歉。"),
        m.DispatchCase(case_number=number, department="land", case_class="complex"),
    ):
        assert centre.ask("window-3", command).code == "not_investigated"
    assert centre.ask("window-3", m.TriageCase(case_number=number, finding="已向双方了解。")) == m.Done()
    assert centre.line(number).owed == ()
    begun = centre.ask("window-3", m.ReadCase(case_number=number)).facts
    assert [(one.kind, one.who, one.at) for one in begun] == [("Verified", "name of 06", centre.at)]
    assert centre.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。")) == m.Done()


@pytest.mark.rule("R10")
def test_a_grievance_that_nobody_looks_into_is_brought_before_who_tracks_it(centre: Desk) -> None:
    number = lodged(centre)
    at(centre, 11, 24, "10:00")
    look(centre)
    assert told(centre, "supervisor", "investigation_overdue") == [("investigation_overdue", number, "2026-11-23")]
    assert told(centre, "window-3", "investigation_overdue") == []


@pytest.mark.rule("R10")
def test_a_hall_whose_document_does_not_ask_for_it_answers_at_once(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="tax")
    assert desk.line(number).owed == ()
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。")) == m.Done()


@pytest.mark.rule("R10")
def test_the_centre_tracks_a_grievance_to_its_end(centre: Desk) -> None:
    number = lodged(centre)
    centre.ask("window-3", m.TriageCase(case_number=number, finding="属实。"))
    centre.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已道歉。"))
    assert told(centre, "supervisor", "follow_up_owed") == [("follow_up_owed", number, "2026-11-24")]
    centre.ask("supervisor", m.FollowUpCase(case_number=number, text="投诉人认可。"))
    refused = centre.ask("window-3", m.ArchiveCase(case_number=number))
    assert (refused.code, "便民服务中心" in refused.text) == ("not_permitted", True)
    assert centre.ask("supervisor", m.ArchiveCase(case_number=number)) == m.Done()


@pytest.mark.rule("R10")
@pytest.mark.parametrize("explained", [True, False])
def test_a_delayed_grievance_is_explained_where_the_policy_says_so(desk: Desk, *, explained: bool) -> None:
    wanted = factories.replace(desk.policy.complaints.delay_explained, value=explained)
    complaints = factories.replace(desk.policy.complaints, delay_explained=wanted)
    desk.policy = factories.replace(desk.policy, version=2, complaints=complaints)
    desk.reopen()
    number = lodged(desk, ground="attitude", department="tax")  # due on the 30th
    at(desk, 12, 1, "10:00")
    look(desk)
    assert bool(told(desk, "window-3", "explain_late")) == explained
    assert desk.query("window-3", m.ReadBreaches(case_number=number)).explanation_owed == explained
    told_them = m.ExplainLateness(case_number=number, text="当事人出差，已说明。")
    assert desk.ask("window-3", told_them) == m.Done()
    assert not desk.query("window-3", m.ReadBreaches(case_number=number)).explanation_owed


@pytest.mark.rule("R10", "R25")
def test_several_departments_still_answer_within_the_promise(centre: Desk) -> None:
    number = lodged(centre)
    promised = centre.line(number).due.date
    centre.ask("window-3", m.TriageCase(case_number=number, finding="涉及两个部门。"))
    centre.later(days=1)
    for department in ("land", "insurance"):
        sent = centre.ask("window-3", m.DispatchCase(case_number=number, department=department, case_class="complex"))
        assert sent.due.date == promised


@pytest.mark.rule("R11")
def test_the_respondent_is_heard_through_somebody_else(centre: Desk) -> None:
    number = lodged(centre, respondent_staff="07")
    said = m.RecordStatement(case_number=number, text="当时已按清单告知。")
    assert centre.ask("window-1", said).code == "unknown_case"
    assert centre.ask("window-3", said) == m.Done()
    (kept,) = centre.ask("supervisor", m.ReadCase(case_number=number)).facts
    assert (kept.kind, kept.who) == ("StatementRecorded", "name of 06")
    assert [(one.name, one.value) for one in kept.fields] == [("text", "当时已按清单告知。")]
    blank = m.RecordStatement(case_number=number, text=" ")
    assert centre.ask("window-3", blank).code == "text_missing"
    matter = m.RecordStatement(case_number=centre.books.hall.code, text="不属实。")
    assert centre.ask("window-3", matter).code == "unknown_case"


@pytest.mark.rule("R9")
def test_a_kiosk_lodges_for_the_kiosk_alone(centre: Desk) -> None:
    assert centre.ask("kiosk-1", grievance(centre, channel="phone")).code == "wrong_channel"
    for channel in centre.policy.complaints.channels.value:
        lodged(centre, "kiosk-1" if channel == "kiosk" else "window-3", channel=channel)
