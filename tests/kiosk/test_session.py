"""One citizen's session: the flow, what it asks for, and the complaint it makes."""

from __future__ import annotations

import pytest

from hub.domain.errors import UnknownCode
from hub.wire.messages import ComplaintAccepted, Done, LookupSecrets, Rejected
from kiosk.session import (
    FORM,
    MOVES,
    NAME_LIMIT,
    TEXT_LIMIT,
    Incomplete,
    NotInThisStep,
    Session,
    common_matters,
    is_phone,
    other_matters,
)
from tests.factories import CASE_NUMBER, FILED_AT, a_due, a_hall, a_policy, lookup_keys

COMMAND_ID = "0f" * 16
TEXT = "第一次说缺契税完税证明，补了以后又说委托书要公证，第三次说房屋坐落和证上差一个字。"


def a_session(name: str = "shanting") -> Session:
    return Session(a_hall(name), a_policy(name))


def at_check(session: Session) -> Session:
    """Goes the shortest way to the check page."""
    session.move("start")
    session.choose_matter(session.hall.matters[0].code)
    session.move("next")
    session.toggle_reason("repeated")
    session.move("next")
    session.move("next")
    session.stay_anonymous()
    session.move("next")
    return session


def accepted() -> ComplaintAccepted:
    return ComplaintAccepted(case_number=CASE_NUMBER, filed_at=FILED_AT, due=a_due(), ticket_number="F012")


def test_the_shortest_way_is_seven_taps_and_no_typing() -> None:
    taps = []
    session = a_session()
    taps.append(session.move("start"))
    session.choose_matter("transfer-sale")
    taps.append(session.move("next"))  # choosing a matter goes on by itself
    session.toggle_reason("repeated")
    taps.append("reason chosen")
    taps.append(session.move("next"))
    taps.append(session.move("next"))  # 跳过
    session.stay_anonymous()
    taps.append(session.move("next"))  # staying anonymous goes on by itself
    complaint = session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    taps.append(session.step)
    assert taps == ["matter", "reason", "reason chosen", "words", "contact", "check", "done"]
    assert (complaint.text, complaint.name, complaint.phone) == ("", "", "")


def test_every_step_of_the_form_is_reached_and_left_by_the_table() -> None:
    reached = set(MOVES.values())
    left = {step for step, _ in MOVES}
    assert set(FORM) | {"home", "scope"} == reached
    assert left == reached - {"done"}


def test_a_move_that_the_table_lacks_raises() -> None:
    session = a_session()
    with pytest.raises(NotInThisStep):
        session.move("next")
    with pytest.raises(NotInThisStep):
        at_check(a_session()).move("submit")


def test_a_step_that_lacks_something_says_what() -> None:
    session = a_session()
    session.move("start")
    with pytest.raises(Incomplete) as lacking:
        session.move("next")
    assert lacking.value.missing == "matter"
    session.choose_matter("unknown")
    session.move("next")
    with pytest.raises(Incomplete) as lacking:
        session.move("next")
    assert lacking.value.missing == "reason"


@pytest.mark.rule("R1")
def test_several_reasons_stand_in_the_order_of_the_policy() -> None:
    session = a_session("yueyang")
    for code in ("attitude", "not_accepted", "unclear", "slow"):
        session.toggle_reason(code)
    session.toggle_reason("slow")
    assert session.choices.reasons == ("not_accepted", "unclear", "attitude")
    with pytest.raises(UnknownCode):
        session.toggle_reason("misconduct")  # 乱作为 is 山亭's alone


@pytest.mark.rule("R2", "R3")
def test_out_of_scope_tells_where_to_go_and_files_all_the_same() -> None:
    session = a_session()
    session.move("start")
    session.choose_matter("other")
    session.move("next")
    session.move("out_of_scope")
    with pytest.raises(Incomplete):
        session.move("next")
    session.choose_scope("petition")
    shown = session.exclusion()
    assert shown is not None
    assert "信访部门" in shown.guidance
    session.move("next")
    session.move("next")
    session.stay_anonymous()
    session.move("next")
    complaint = session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    assert (complaint.scope, complaint.reasons) == ("petition", ())


def test_going_back_from_the_exclusions_or_choosing_a_reason_drops_the_exclusion() -> None:
    session = a_session()
    session.move("start")
    session.choose_matter("other")
    session.move("next")
    session.move("out_of_scope")
    session.choose_scope("petition")
    session.move("back")
    assert session.choices.scope == ""
    session.move("out_of_scope")
    session.choose_scope("barred")
    session.toggle_reason("slow")
    assert session.choices.scope == ""


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ("change_matter", "matter"),
        ("change_reason", "reason"),
        ("change_words", "words"),
        ("change_contact", "contact"),
    ],
)
def test_each_line_of_the_check_page_can_be_changed_and_comes_back(change: str, step: str) -> None:
    session = at_check(a_session())
    assert session.move(change) == step  # type: ignore[arg-type]
    assert session.move("next") == "check"
    session.move(change)  # type: ignore[arg-type]
    assert session.move("back") == "check"
    assert session.move("back") == "contact"
    assert session.move("back") == "words"


def test_a_change_through_the_exclusions_comes_back_to_the_check_page() -> None:
    session = at_check(a_session())
    session.move("change_reason")
    session.move("out_of_scope")
    assert session.move("back") == "reason"
    session.move("out_of_scope")
    session.choose_scope("litigation")
    assert session.move("next") == "check"


def test_reasons_taken_away_while_changing_are_asked_for_before_the_check_page() -> None:
    session = at_check(a_session())
    session.move("change_reason")
    session.toggle_reason("repeated")
    with pytest.raises(Incomplete):
        session.move("back")
    assert session.step == "reason"


def test_the_complaint_carries_every_character_and_two_media() -> None:
    session = at_check(a_session())
    session.move("change_words")
    session.write(TEXT + "䶮𠮷〇①")
    session.move("next")
    session.move("change_contact")
    session.sign()
    session.write_name("王䶮")
    session.write_phone("138 0013 8000")
    session.toggle_confidential()
    session.move("next")
    session.choose_visits(9)
    session.choose_since("2026-09")
    complaint = session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    assert complaint.text == TEXT + "䶮𠮷〇①"
    assert (complaint.name, complaint.phone, complaint.confidential) == ("王䶮", "13800138000", True)
    assert (complaint.matter, complaint.reasons, complaint.visits) == ("transfer-sale", ("repeated",), 5)
    assert (complaint.since, complaint.channel) == ("2026年9月", "kiosk")
    assert complaint.on_screen == LookupSecrets(token=lookup_keys(1).token, typed=lookup_keys(1).typed)
    assert complaint.on_paper == LookupSecrets(token=lookup_keys(2).token, typed=lookup_keys(2).typed)


@pytest.mark.rule("R13")
def test_staying_anonymous_forgets_name_phone_and_the_wish_at_once() -> None:
    session = a_session()
    session.sign()
    session.write_name("王芳")
    session.write_phone("13800138000")
    session.toggle_confidential()
    session.stay_anonymous()
    assert (session.choices.name, session.choices.phone, session.choices.confidential) == ("", "", False)


def test_a_signed_complaint_needs_a_phone_number_that_can_be_one() -> None:
    session = at_check(a_session())
    session.move("change_contact")
    session.sign()
    for wrong in ("", "1380013", "23800138000"):
        session.write_phone(wrong)
        with pytest.raises(Incomplete) as lacking:
            session.move("next")
        assert lacking.value.missing == "phone"


@pytest.mark.parametrize("phone", ["13800138000", "06328836760", "8836760", "02088886666"])
def test_mobile_and_landline_numbers_are_phones(phone: str) -> None:
    assert is_phone(phone)


@pytest.mark.parametrize("phone", ["", "12345", "1380013800", "138001380000", "abc"])
def test_what_cannot_ring_is_no_phone(phone: str) -> None:
    assert not is_phone(phone)


def test_submitting_twice_makes_one_complaint() -> None:
    session = at_check(a_session())
    session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    with pytest.raises(NotInThisStep):
        session.submit("1f" * 16, lookup_keys(3), lookup_keys(4))
    with pytest.raises(NotInThisStep):
        session.write("too late")


def test_only_its_own_answer_and_print_outcome_reach_a_session() -> None:
    session = at_check(a_session())
    assert not session.answered(COMMAND_ID, accepted())
    session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    assert not session.answered("1f" * 16, accepted())
    assert not session.answered(COMMAND_ID, Done())
    assert session.answered(COMMAND_ID, accepted())
    assert not session.printed("1f" * 16, "confirmed")
    assert session.printed(COMMAND_ID, "sent")
    assert session.filed is not None
    assert (session.filed.answer, session.filed.printed) == (accepted(), "sent")


def test_a_rejection_reaches_the_session_too() -> None:
    session = at_check(a_session())
    session.submit(COMMAND_ID, lookup_keys(1), lookup_keys(2))
    assert session.answered(COMMAND_ID, Rejected(code="internal", text=""))


def test_what_is_too_long_is_cut_at_the_limit() -> None:
    session = a_session()
    session.write("字" * (TEXT_LIMIT + 3))
    session.write_name("名" * (NAME_LIMIT + 3))
    assert (len(session.choices.text), len(session.choices.name)) == (TEXT_LIMIT, NAME_LIMIT)


def test_since_can_be_taken_back() -> None:
    session = a_session()
    session.choose_since("today")
    session.choose_since("today")
    assert session.choices.since == ""


def test_common_matters_come_first_and_every_matter_stands_behind_a_department() -> None:
    hall = a_hall("yueyang")
    assert len(common_matters(hall)) == 8
    behind = {matter.code for one in hall.departments for matter in other_matters(hall, one.code)}
    assert behind == {matter.code for matter in hall.matters}


def test_the_place_in_the_form_is_counted() -> None:
    session = a_session()
    assert session.place() == (0, 6)
    session.move("start")
    session.choose_matter("other")
    session.move("next")
    assert session.place() == (2, 6)
    session.move("out_of_scope")
    assert session.place() == (2, 6)


def test_the_chosen_matter_has_its_name_unless_it_is_other_or_unknown() -> None:
    session = a_session()
    assert session.matter_name() == ""
    session.choose_matter("transfer-sale")
    assert session.matter_name() == "二手房过户（转移登记）"
    session.choose_matter("unknown")
    assert session.matter_name() == ""
    with pytest.raises(UnknownCode):
        session.choose_matter("space-travel")
