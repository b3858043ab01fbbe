"""The window's first look, and the three answers it may give instead of a no."""

from __future__ import annotations

from typing import Any

import pytest

from hub.wire import messages as m
from tests import factories
from tests.hub.desk import POLICIES, Desk


def under(desk: Desk, name: str, **parts: Any) -> None:
    """Opens the desk anew under another hall's policy; the places stay those of 山亭."""
    desk.policy = factories.replace(POLICIES.get(name) or factories.a_policy(name), **parts)
    desk.reopen()


def facts(desk: Desk, number: str, terminal: str = "window-3") -> list[tuple[str, dict[str, str]]]:
    found = desk.ask(terminal, m.ReadCase(case_number=number))
    assert isinstance(found, m.CaseDetail), found
    return [(one.kind, {field.name: field.value for field in one.fields}) for one in found.facts]


SENT = {"department": "tax", "case_class": "general"}


@pytest.mark.rule("R15", "R18", "R19")
def test_what_the_window_found_is_laid_down_with_who_found_it(desk: Desk) -> None:
    number = desk.file().case_number
    looked = m.TriageCase(case_number=number, finding="材料齐全，窗口未受理。", case_class="general")
    assert desk.ask("window-3", looked) == m.Done()
    line = desk.line(number)
    assert (line.stage, line.case_class, line.owner) == ("triaged", "general", "name of 06")
    assert facts(desk, number) == [("Verified", {"case_class": "general", "finding": "材料齐全，窗口未受理。"})]
    assert desk.ask("window-3", m.DispatchCase(case_number=number, **SENT)).work_order_id == f"{number}/1"


@pytest.mark.rule("R18")
def test_where_the_document_wants_it_nothing_is_routed_that_was_not_verified(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    number = desk.file(reasons=("attitude",)).case_number
    before = desk.kept()
    sent = m.DispatchCase(case_number=number, **SENT)
    assert desk.ask("window-3", sent).code == "not_verified"
    assert desk.kept() == before
    desk.ask("window-3", m.TriageCase(case_number=number, finding="登记属实。"))
    assert isinstance(desk.ask("window-3", sent), m.WorkOrderSent)
    settled = desk.file(reasons=("attitude",)).case_number  # what is settled at once goes nowhere
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=settled, text="已解决。")) == m.Done()


@pytest.mark.rule("R18")
def test_a_look_without_a_finding_is_none(desk: Desk) -> None:
    number = desk.file().case_number
    assert desk.ask("window-3", m.TriageCase(case_number=number, finding=" ")).code == "text_missing"
    wrong = m.TriageCase(case_number=number, finding="属实。", case_class="nothing")
    assert desk.ask("window-3", wrong).code == "unknown_code"
    assert desk.line(number).stage == "filed"


@pytest.mark.rule("R2", "R3")
def test_out_of_scope_names_the_ground_the_provision_and_a_way(desk: Desk) -> None:
    told = desk.complaint()
    number = desk.ask("kiosk-1", told).case_number
    answer = {"case_number": number, "kind": "elsewhere", "text": "请到市局三楼申请行政复议。"}
    assert desk.ask("window-3", m.DeclineCase(**answer)).code == "answer_incomplete"
    assert desk.ask("window-3", m.DeclineCase(**answer, exclusion="barred")).code == "answer_incomplete"
    assert desk.line(number).stage == "filed"
    whole = m.DeclineCase(**answer, exclusion="barred", basis="《不动产登记暂行条例》第二十二条")
    assert desk.ask("window-3", whole) == m.Done()
    assert desk.line(number).stage == "out_of_scope"
    assert desk.query("web", m.LookUp(secret=told.on_paper.token)).answer == "请到市局三楼申请行政复议。"
    kind, fields = facts(desk, number)[0]
    assert (kind, fields["exclusion"], fields["basis"]) == ("Declined", "barred", "《不动产登记暂行条例》第二十二条")


@pytest.mark.rule("R3")
def test_no_answer_instead_of_a_no_is_kept_without_its_text(desk: Desk) -> None:
    number = desk.file().case_number
    before = desk.kept()
    for kind in ("elsewhere", "supply", "ask_upward"):
        bare = m.DeclineCase(case_number=number, kind=kind, text=" ", exclusion="petition", supply=("证明",))
        assert desk.ask("window-3", bare).code == "text_missing"
    assert desk.kept() == before


@pytest.mark.rule("R3")
def test_who_does_not_qualify_hears_all_that_is_missing(desk: Desk) -> None:
    number = desk.file().case_number
    bare = m.DeclineCase(case_number=number, kind="supply", text="补齐后即可受理。", supply=("  ",))
    assert desk.ask("window-3", bare).code == "answer_incomplete"
    whole = m.DeclineCase(case_number=number, kind="supply", text="补齐后即可受理。", supply=("完税证明", "委托书"))
    assert desk.ask("window-3", whole) == m.Done()
    assert facts(desk, number)[0][1]["supply"] == "完税证明\n委托书"


@pytest.mark.rule("R3")
def test_what_superiors_said_is_answered_only_once_they_were_asked(desk: Desk) -> None:
    number = desk.file().case_number
    answer = m.DeclineCase(case_number=number, kind="ask_upward", text="请示后答复如下。")
    assert desk.ask("window-3", answer).code == "answer_incomplete"


@pytest.mark.rule("R2")
def test_each_ground_is_owed_its_own_answer(desk: Desk) -> None:
    number = desk.file().case_number
    wrong = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", exclusion="petition", supply=("证明",))
    assert desk.ask("window-3", wrong).code == "answer_incomplete"


@pytest.mark.rule("R29")
def test_a_hall_that_gives_reasons_in_writing_takes_no_spoken_ones(desk: Desk) -> None:
    under(desk, "wuxi")
    number = desk.file(reasons=("other",)).case_number
    spoken = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", supply=("证明",))
    assert desk.ask("window-3", spoken).code == "written_needed"
    written = factories.replace(spoken, medium="written")
    assert desk.ask("window-3", written) == m.Done()


@pytest.mark.rule("R29")
def test_what_had_no_answer_in_time_is_handled_unless_the_law_bars_it(desk: Desk) -> None:
    under(desk, "dahepingxiang")
    number, barred = (desk.file(reasons=("attitude",)).case_number for _ in range(2))
    desk.at = desk.at.replace(day=27, hour=15)  # the last minutes of the fourth working day
    in_time = desk.line(number).due.date
    assert desk.books.local_date(desk.at) == in_time
    desk.later(days=3)
    late = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", supply=("证明",))
    assert desk.ask("window-3", late).code == "to_be_handled"
    assert desk.line(number).stage == "filed"
    law = m.DeclineCase(
        case_number=barred, kind="elsewhere", text="请到县局。", exclusion="barred_by_law", basis="《土地管理法》"
    )
    assert desk.ask("window-3", law) == m.Done()
    under(desk, "shanting")
    other = desk.file().case_number
    desk.later(days=30)
    assert desk.ask("window-3", factories.replace(late, case_number=other)) == m.Done()


@pytest.mark.rule("R19")
def test_a_move_that_the_document_has_not_is_refused(desk: Desk) -> None:
    moves = desk.policy.moves | {"decline": factories.replace(desk.policy.moves["decline"], value=False)}
    under(desk, "shanting", version=9, moves=moves)
    number = desk.file().case_number
    answer = m.DeclineCase(case_number=number, kind="supply", text="请补齐。", supply=("证明",))
    assert desk.ask("window-3", answer).code == "not_prescribed"
