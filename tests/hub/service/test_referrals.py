"""Who has a case, and whose it is not."""

from __future__ import annotations

import pytest

from hub.store import facts as kept_facts, numbering
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk
from tests.hub.service.test_triage import facts, under

REFERRED = {"authority": "枣庄市政务服务管理局", "way": "帮办代办", "text": "已转市级窗口，由专人代办。"}


@pytest.mark.rule("R23")
def test_what_is_handed_on_names_authority_and_way_and_is_followed_to_its_end(desk: Desk) -> None:
    told = desk.complaint()
    number = desk.ask("kiosk-1", told).case_number
    for lacking in ({"authority": " "}, {"way": ""}):
        assert desk.ask("window-3", m.ReferOut(case_number=number, **(REFERRED | lacking))).code == "answer_incomplete"
    assert desk.ask("window-3", m.ReferOut(case_number=number, **(REFERRED | {"text": " "}))).code == "text_missing"
    assert desk.ask("window-3", m.ReferOut(case_number=number, **REFERRED)) == m.Done()
    assert desk.line(number).stage == "referred_out"
    assert desk.query("web", m.LookUp(secret=told.on_paper.token)).answer == REFERRED["text"]
    assert desk.ask("window-3", m.FollowReferral(case_number=number, text=" ")).code == "text_missing"
    assert desk.ask("window-3", m.FollowReferral(case_number=number, text="市级已受理。")) == m.Done()
    assert desk.ask("window-3", m.FollowReferral(case_number=number, text="已办结。", ended=True)) == m.Done()
    assert desk.ask("window-3", m.FollowReferral(case_number=number, text="再问。")).code == "nothing_referred"
    assert [kind for kind, _ in facts(desk, number)] == ["ReferredOut", "ReferralFollowed", "ReferralFollowed"]


@pytest.mark.rule("R23")
def test_where_the_hall_does_not_follow_there_is_nothing_to_follow(desk: Desk) -> None:
    followed = factories.replace(desk.policy.handling.handed_on_is_followed, value=False)
    under(desk, "shanting", version=9, handling=factories.replace(desk.policy.handling, handed_on_is_followed=followed))
    number = desk.file().case_number
    desk.ask("window-3", m.ReferOut(case_number=number, **REFERRED))
    assert desk.ask("window-3", m.FollowReferral(case_number=number, text="市级已受理。")).code == "nothing_referred"


# --- handed over


@pytest.mark.rule("R5")
def test_a_handover_is_explicit_and_by_the_owner(desk: Desk) -> None:
    number = desk.dispatched().case_number
    give = m.HandOver(case_number=number, taker="07", reason="轮岗")
    assert desk.ask("window-1", factories.replace(give, taker="06")).code == "not_owner"
    assert desk.ask("window-3", factories.replace(give, reason=" ")).code == "text_missing"
    assert desk.line(number).owner == "name of 06"
    assert desk.ask("window-3", give) == m.Done()
    assert desk.line(number).owner == "name of 07"
    assert facts(desk, number) == [("HandedOver", {"giver": "06", "taker": "07", "reason": "轮岗"})]
    assert desk.ask("window-3", give).code == "not_owner"


@pytest.mark.rule("R5")
@pytest.mark.parametrize("taker", ["06", "31", "nobody"])
def test_an_open_case_is_never_handed_to_nobody(desk: Desk, taker: str) -> None:
    number = desk.dispatched().case_number
    assert desk.ask("window-3", m.HandOver(case_number=number, taker=taker, reason="轮岗")).code == "unknown_staff"
    assert desk.line(number).owner == "name of 06"


@pytest.mark.rule("R5")
def test_a_supervisor_hands_over_for_an_owner_who_cannot(desk: Desk) -> None:
    number = desk.dispatched().case_number
    assert desk.ask("supervisor", m.HandOver(case_number=number, taker="07", reason="06病假")) == m.Done()
    assert desk.line(number).owner == "name of 07"
    fresh = desk.file().case_number
    assert desk.ask("supervisor", m.HandOver(case_number=fresh, taker="07", reason="分派")).code == "not_owner"


# --- sent next door


@pytest.mark.rule("R6")
def test_who_is_sent_elsewhere_is_told_department_place_phone_and_person(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    assert desk.ask("window-3", m.SendToDepartment(department="tax")).code == "slip_incomplete"
    slip = desk.ask("window-3", m.SendToDepartment(department="tax", person="王强"))
    assert slip == m.DirectorySlip(department="税务局", place=desk.hall.place, phone=desk.hall.phone, person="王强")
    assert desk.ask("window-3", m.SendToDepartment(department="nowhere", person="王强")).code == "unknown_code"


@pytest.mark.rule("R6")
def test_the_slip_tells_what_the_document_wants_told_and_no_more(desk: Desk) -> None:
    slip = desk.ask("window-3", m.SendToDepartment(department="tax", person="王强"))
    assert (slip.department, slip.person) == ("税务局", "")


# --- under another number


def test_facts_go_with_a_case_that_gets_another_number(desk: Desk) -> None:
    number = desk.dispatched().case_number
    desk.ask("window-3", m.HandOver(case_number=number, taker="07", reason="轮岗"))
    after = "370406-20261123-011007-4"
    with desk.store.transaction() as tx:
        numbering.renumber_case(tx, desk.hall.code, desk.sealer, number, after, factories.MONDAY)
        found = kept_facts.of_case(tx, desk.hall.code, desk.sealer, after)
    assert [type(one.fact).__name__ for one in found] == ["HandedOver"]
