"""首接负责 (R5): whoever takes a case in owns it, until then the receiving post; nobody has a 投诉 about themselves."""

from __future__ import annotations

from typing import Any

import pytest

from hub.wire import messages as m
from tests.hub.desk import Desk, secrets_of


def owner(desk: Desk, number: str) -> str:
    found = desk.ask("window-3", m.ReadCase(case_number=number))
    assert isinstance(found, m.CaseDetail), found
    return found.line.owner


@pytest.mark.rule("R5")
def test_who_takes_a_complaint_at_a_window_owns_it(desk: Desk) -> None:
    assert owner(desk, desk.file("window-3", channel="window").case_number) == "name of 06"


@pytest.mark.rule("R5")
def test_what_a_kiosk_took_is_the_receiving_post_s_which_is_told_until_somebody_takes_it(desk: Desk) -> None:
    number = desk.file("kiosk-1").case_number
    assert owner(desk, number) == ""
    waiting = desk.query("window-1", m.ListNotices()).notices
    assert [(one.kind, one.subject) for one in waiting] == [("new_complaint", number)]


@pytest.mark.rule("R5", "R21")
@pytest.mark.parametrize(
    "act", [m.EscalateCase(case_number="", question="能否受理？"), m.CallToWindow(case_number="")], ids=["ask", "call"]
)
def test_whoever_asks_others_about_a_case_that_nobody_has_owns_it(desk: Desk, act: Any) -> None:
    number = desk.file("kiosk-1").case_number
    told = type(act)(**{name: getattr(act, name) for name in act.__struct_fields__} | {"case_number": number})
    assert desk.ask("window-1", told) == m.Done()
    assert owner(desk, number) == "name of 07"


@pytest.mark.rule("R11")
def test_nobody_takes_the_notice_of_a_grievance_about_themselves_off_everybody_s_screen(desk: Desk) -> None:
    told = m.LodgeGrievance(
        ground="attitude", text="态度生硬。", respondent_staff="07", on_paper=secrets_of(desk.new_id()), channel="kiosk"
    )
    number = desk.ask("kiosk-1", told).case_number
    (notice,) = [one for one in desk.query("window-3", m.ListNotices()).notices if one.subject == number]
    assert desk.ask("window-1", m.AcknowledgeNotice(notice_id=notice.notice_id)).code == "unknown_notice"
    assert desk.ask("window-3", m.AcknowledgeNotice(notice_id=notice.notice_id)) == m.Done()
