"""The end of what is kept: looked at anew, for good, and the audit chain whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from hub.domain.policy import Policy
from hub.domain.policy.oversight import Kept
from hub.store import commands, schema
from hub.wire import messages as m
from tests.hub.archive.case import archived, closed as finished, does
from tests.hub.conftest import AT_WORK
from tests.hub.desk import Desk
from tests.hub.service.test_care import filed, opened
from tests.hub.service.test_grievances import lodged
from tests.hub.service.test_requests import applied, asks, under
from tests.hub.service.times import OFFICE, TUESDAY, book, free, with_rules

AFTER_10_Y, AFTER_3_Y = dt.date(2036, 11, 24), dt.date(2029, 11, 24)
"""The first days on which what was closed on 2026-11-23 is kept no more."""


def on(desk: Desk, day: dt.date) -> None:
    desk.at = dt.datetime.combine(day, dt.time(1, 0), dt.UTC)  # nine in the morning there


def end(desk: Desk, category: Kept, number: str) -> m.Answer:
    """Asked again while there are more pieces."""
    answer = piece(desk, category, number)
    while isinstance(answer, m.PartEnded):
        answer = piece(desk, category, number)
    return answer


def piece(desk: Desk, category: Kept, number: str) -> m.Answer:
    answer: m.Answer = desk.ask("supervisor", m.EndKeeping(category=category, number=number))
    return answer


def with_years(policy: Policy, **years: int) -> Policy:
    periods = policy.archive.keep_y | {
        category: msgspec.structs.replace(policy.archive.keep_y[category], value=value)  # type: ignore[index]
        for category, value in years.items()
    }
    return msgspec.structs.replace(policy, archive=msgspec.structs.replace(policy.archive, keep_y=periods))


def words(desk: Desk) -> list[bytes]:
    """How everything sealed ends that the tables of cases hold: so much of it stands together in a file."""
    tables = (schema.person, schema.step, schema.record, schema.attachment, schema.chunk)
    return [row.sealed[-60:] for table in tables for row in desk.rows(table) if row.sealed is not None]


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[Desk]:
    """无锡, whose document has refusals filed and keeps a suggestion box."""
    made = opened("wuxi", tmp_path)
    yield made
    made.close()


@pytest.mark.rule("R71")
def test_nothing_ends_on_its_last_day_and_everything_the_day_after(desk: Desk) -> None:
    number = archived(desk, papers=False)
    on(desk, AFTER_10_Y - dt.timedelta(days=1))
    early = end(desk, "case", number)
    assert (early.code, "is kept until 2036-11-23" in early.text) == ("still_kept", True)
    on(desk, AFTER_10_Y)
    assert end(desk, "case", number) == m.Done()
    assert end(desk, "case", number).code == "nothing_kept"


@pytest.mark.rule("R71")
def test_nobody_s_words_are_left_and_figures_are(desk: Desk) -> None:
    number = archived(desk)
    kept = desk.kept()
    on(desk, AFTER_10_Y)
    assert end(desk, "case", number) == m.Done()
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert (found.name, found.phone, found.text, found.note, found.attachments, found.records) == (
        "",
        "",
        "",
        "",
        (),
        (),
    )
    assert {one.text for one in found.steps} == {""}
    for said in ("李䶮", "13963200958", "档案馆", "涉及三家", "外单位"):
        assert said not in repr(found)
    assert [one.move for one in found.steps][-1] == "archive"
    assert (found.line.stage, found.line.department, found.ratings[0].level) == ("archived", "tax", "satisfied")
    after = desk.kept()
    assert {name for name in kept if after[name] < kept[name]} == {"attachment", "chunk"}


@pytest.mark.rule("R71")
def test_papers_end_before_their_case_and_the_case_stays(desk: Desk) -> None:
    number = archived(desk)
    on(desk, AFTER_3_Y)
    assert end(desk, "case", number).code == "still_kept"
    assert end(desk, "attachment", number) == m.Done()
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert (found.attachments, found.name) == ((), "李䶮")
    assert end(desk, "attachment", number).code == "nothing_kept"


@pytest.mark.rule("R71")
@pytest.mark.parametrize(("category", "day"), [("attachment", AFTER_3_Y), ("case", AFTER_10_Y)])
def test_papers_end_a_piece_at_a_time_and_are_not_shown_from_the_first_on(
    desk: Desk, category: Kept, day: dt.date
) -> None:
    number = archived(desk)
    attachments = desk.ask("window-3", m.ReadCase(case_number=number)).attachments
    on(desk, day)
    for left in range(len(desk.rows(schema.chunk)) - 1, 0, -1):
        assert piece(desk, category, number) == m.PartEnded(left=left)
        assert len(desk.rows(schema.chunk)) == left
        nothing_is_shown(desk, number, attachments)
    assert piece(desk, category, number) == m.Done()
    assert desk.rows(schema.chunk) == desk.rows(schema.attachment) == []
    assert piece(desk, category, number).code == "nothing_kept"


def nothing_is_shown(desk: Desk, number: str, attachments: tuple[m.AttachmentView, ...]) -> None:
    assert desk.ask("window-3", m.ReadCase(case_number=number)).attachments == ()
    for one in attachments:
        wanted = m.ReadAttachment(attachment_id=one.attachment_id, ordinal=0)
        assert desk.ask("window-3", wanted).code == "unknown_attachment"
    assert {row.sealed for row in desk.rows(schema.attachment)} == {None}


@pytest.mark.rule("R71")
def test_papers_that_are_kept_longer_hold_their_case(desk: Desk) -> None:
    number = archived(desk)
    desk.books.policy = with_years(desk.policy, attachment=20)
    on(desk, AFTER_10_Y)
    refused = end(desk, "case", number)
    assert (refused.code, "until 2046-11-23" in refused.text) == ("still_kept", True)


@pytest.mark.rule("R71")
def test_a_case_that_was_never_closed_does_not_end(desk: Desk) -> None:
    number = desk.file(name="王秀兰").case_number
    answered = desk.file().case_number
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=answered, text="已讲清。"))
    on(desk, AFTER_10_Y)
    assert {end(desk, "case", one).code for one in (number, answered)} == {"nothing_kept"}
    assert end(desk, "case", "nothing").code == "unknown_case"


@pytest.mark.rule("R71")
def test_what_is_kept_as_something_else_does_not_end_as_a_case(desk: Desk) -> None:
    desk.books.policy = with_years(desk.policy, case=1, complaint=15)
    number = lodged(desk, ground="attitude", department="", name="王秀兰")
    does(desk, "window-3", m.TriageCase(case_number=number, finding="情况属实。"))
    does(desk, "window-3", m.AnswerOnTheSpot(case_number=number, text="已批评教育。"))
    finished(desk, number)
    on(desk, AFTER_10_Y)
    assert end(desk, "case", number).code == "nothing_kept"
    assert end(desk, "complaint", number).code == "still_kept"
    on(desk, AFTER_10_Y.replace(year=2041))
    assert end(desk, "complaint", number) == m.Done()
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert "情况属实" not in repr(found)
    assert "三次都不肯说" not in repr(found)


@pytest.mark.rule("R11", "R71")
def test_whom_a_grievance_is_about_does_not_end_it(desk: Desk) -> None:
    number = lodged(desk, ground="attitude", department="", respondent_staff="90")
    does(desk, "window-3", m.TriageCase(case_number=number, finding="情况属实。"))
    assert end(desk, "complaint", number).code == "unknown_case"


@pytest.mark.rule("R50", "R71")
def test_a_case_in_which_a_refusal_was_filed_is_kept_as_that(outlet: Desk) -> None:
    number = filed(outlet)
    told = m.ProposeRefusal(case_number=number, text="没有共有人到场。", basis="《不动产登记暂行条例》第十四条")
    does(outlet, "window-3", told)
    does(outlet, "supervisor", m.DecideRefusal(case_number=number, approved=True))
    does(outlet, "window-3", m.TellCitizen(case_number=number, medium="written"))
    for step in (
        m.RateCase(case_number=number, level=outlet.policy.rating.levels.value[0].code),
        m.FollowUpCase(case_number=number, text="已说明。"),
        m.ArchiveCase(case_number=number),
    ):
        does(outlet, "window-3", step)
    on(outlet, AFTER_10_Y)
    assert end(outlet, "case", number).code == "nothing_kept"
    assert end(outlet, "refusal", number) == m.Done()
    (row,) = outlet.rows(schema.refusal)
    assert (row.basis, row.approved) == ("", True)


@pytest.mark.rule("R41", "R71")
def test_a_suggestion_ends_three_years_after_it_was_dealt_with(outlet: Desk) -> None:
    left = [
        outlet.ask("kiosk-1", m.LeaveSuggestion(kind="praise", text="很耐心。", name="王秀兰")).number for _ in range(2)
    ]
    handled, waiting = left
    outlet.ask("window-3", m.HandleSuggestion(number=handled, text="已向王芳转达。"))
    on(outlet, AFTER_3_Y - dt.timedelta(days=1))
    assert end(outlet, "suggestion", handled).code == "still_kept"
    on(outlet, AFTER_3_Y)
    ended = end(outlet, "suggestion", handled)
    assert ended == m.Done()
    found = outlet.ask("supervisor", m.ReadSuggestion(number=handled))
    assert (found.text, found.name, found.result, found.line.erased) == ("", "", "", True)
    assert {end(outlet, "suggestion", one).code for one in left} == {"nothing_kept"}
    assert outlet.ask("supervisor", m.ReadSuggestion(number=waiting)).text == "很耐心。"


@pytest.mark.rule("R59", "R61", "R71")
def test_who_asked_for_a_visit_or_a_pre_review_is_forgotten_three_years_after_the_answer(desk: Desk) -> None:
    under(desk, "yunfu")
    refused, waiting, of_case = (asks(desk, case_number=one).number for one in ("", "", desk.file().case_number))
    no = {"agreed": False, "text": "不属上门范围，可由李桂英之女代办。"}
    for one in (refused, of_case):
        assert isinstance(desk.ask("window-3", m.AnswerVisit(number=one, **no)), m.RequestLine)
    review = applied(desk).number
    desk.ask("window-3", m.TellPreReview(number=review, passed=False, way="sms", text="李桂英缺契税票。"))
    over: tuple[tuple[Kept, str], ...] = (("visit", refused), ("pre_review", review))
    on(desk, AFTER_3_Y - dt.timedelta(days=1))
    assert [end(desk, *one).code for one in over] == ["still_kept", "still_kept"]
    on(desk, AFTER_3_Y)
    assert end(desk, "pre_review", refused).code == "nothing_kept", "each as what it was"
    assert [end(desk, *one) for one in over] == [m.Done(), m.Done()]
    assert [end(desk, *one).code for one in over] == ["nothing_kept", "nothing_kept"]
    assert {end(desk, "visit", one).code for one in (waiting, of_case, "")} == {"nothing_kept"}
    rows = {row.number: row for row in desk.rows(schema.request)}
    assert [(rows[one].sealed, rows[one].sealed_answer, rows[one].state) for _, one in over] == [
        (None, None, "refused")
    ] * 2
    assert rows[waiting].sealed is not None
    assert rows[of_case].sealed is not None, "it ends with its case"


@pytest.mark.rule("R58", "R71")
def test_why_a_time_was_agreed_on_is_forgotten_a_year_after_its_day(desk: Desk) -> None:
    hall = with_rules(desk, OFFICE, over_capacity="agree")
    slot = next(slot for slot, left in free(hall, kind="overload").items() if left)
    wanted = m.BookAppointment(service="inquiry", date=TUESDAY, slot=slot, kind="overload", reason="李桂英行动不便。")
    made = hall.ask("window-1", wanted).appointment
    plain = book(hall)
    rows = {row.appointment_id: row for row in hall.rows(schema.appointment)}
    assert (rows[made.appointment_id].sealed is None, rows[plain.appointment_id].sealed) == (False, None)
    on(hall, dt.date(2027, 11, 24))
    assert end(hall, "appointment", made.appointment_id).code == "still_kept"
    on(hall, dt.date(2027, 11, 25))
    assert end(hall, "appointment", made.appointment_id) == m.Done()
    assert end(hall, "appointment", plain.appointment_id).code == "nothing_kept"
    (after,) = (row for row in hall.rows(schema.appointment) if row.kind == "overload")
    assert (after.sealed, after.date, after.because, after.code) == (None, TUESDAY, "staff", made.code)


@pytest.mark.rule("R47", "R71")
def test_the_audit_chain_never_ends_and_is_whole_after_everything_else_has(desk: Desk) -> None:
    number = archived(desk)
    on(desk, AFTER_10_Y)
    before = desk.rows(schema.audit)
    assert end(desk, "audit", number).code == "kept_whole"
    assert end(desk, "attachment", number) == m.Done()
    assert end(desk, "case", number) == m.Done()
    after = desk.rows(schema.audit)
    assert after[: len(before)] == before
    ended = [(one.staff, one.kind, one.subject) for one in after[len(before) :]]
    assert list(dict.fromkeys(ended)) == [("90", "EndKeeping", f"{number}/{one}") for one in ("attachment", "case")]
    with desk.store.reading() as db:
        assert commands.verify_audit(db, desk.hall.code) is None


@pytest.mark.rule("R71")
def test_what_ended_is_in_no_page_of_the_file(tmp_path: Path) -> None:
    with closing(opened("shanting", tmp_path)) as desk:
        for terminal, staff in AT_WORK.items():
            desk.log_in(terminal, staff)
        database = Path(desk.store.path)
        number = archived(desk, answer="凭档案证明领证。" * 200)  # a page of its own, which is given up
        sealed = words(desk)
        desk.reopen()  # the log has gone into the file
        assert all(one in database.read_bytes() for one in sealed)
        on(desk, AFTER_10_Y)
        with desk.store.transaction() as tx:  # some builds of SQLite begin with it on
            tx.exec_driver_sql("PRAGMA secure_delete=OFF").close()
        assert end(desk, "case", number) == m.Done()
    assert not any(one in database.read_bytes() for one in sealed)
