"""A citizen rates their own case with the code on their receipt: one place decides, whoever brings the word."""

from __future__ import annotations

from typing import Any

import pytest

from hub.store import schema
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of

PAPER = secrets_of("paper")
BAD = "问题没有解决"


def answered(desk: Desk) -> str:
    """A case whose citizen holds `PAPER`, answered on the spot."""
    number = desk.file(on_paper=PAPER).case_number
    assert desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已讲清。")) == m.Done()
    return number


def rate(
    desk: Desk, level: str, text: str = "", *, secret: str = PAPER.token, terminal: str = "web", again: str = ""
) -> Any:
    return desk.ask(terminal, m.RateByCode(secret=secret, level=level, text=text), again)


def progress(desk: Desk) -> m.Progress:
    found = desk.query("web", m.LookUp(secret=PAPER.token))
    assert isinstance(found, m.Progress), found
    return found


@pytest.mark.rule("R32")
@pytest.mark.parametrize("terminal", ["web", "kiosk-1"])
@pytest.mark.parametrize("secret", [PAPER.token, PAPER.typed, PAPER.typed.lower()])
def test_the_code_of_the_receipt_rates_its_case_once(yueyang: Desk, terminal: str, secret: str) -> None:
    number = answered(yueyang)
    assert [one.code for one in progress(yueyang).levels] == [one.code for one in yueyang.policy.rating.levels.value], (
        "the page offers the hall's own scale"
    )
    assert rate(yueyang, "fairly_satisfied", "还可以", secret=secret, terminal=terminal) == m.Done()
    assert yueyang.line(number).stage == "rated"
    (kept,) = yueyang.rows(schema.rating)
    assert (kept.level, kept.staff, kept.sent_back) == ("fairly_satisfied", "", False)
    shown = progress(yueyang)
    assert (shown.levels, shown.rated) == ((), m.LevelChoice("fairly_satisfied", "基本满意", False))
    before = yueyang.kept()
    assert rate(yueyang, "very_unsatisfied", BAD).code == "rated_already"
    assert yueyang.kept() == before


@pytest.mark.rule("R33")
def test_a_bad_rating_with_the_code_sends_the_case_back_and_the_new_answer_is_rated_anew(desk: Desk) -> None:
    number = answered(desk)
    desk.later(days=3)
    assert rate(desk, "unsatisfied", BAD) == m.Done()
    line = desk.line(number)
    assert (line.stage, line.owner) == ("rework", "name of 06")
    notices = desk.query("window-3", m.ListNotices()).notices
    assert ("rework", number) in [(one.kind, one.subject) for one in notices]
    steps = desk.ask("window-3", m.ReadCase(case_number=number)).steps
    assert [(one.move, one.text, one.who) for one in steps[-2:]] == [("rate", "", ""), ("send_back", BAD, "")]
    assert (progress(desk).levels, progress(desk).rated) == ((), None)
    assert rate(desk, "unsatisfied", BAD).code == "not_answered_yet"
    desk.ask("window-3", m.AnswerOnTheSpot(case_number=number, text="已当场更正。"))
    assert rate(desk, "satisfied") == m.Done()
    assert desk.line(number).stage == "rated"


@pytest.mark.rule("R33")
def test_without_words_nothing_is_sent_back(desk: Desk) -> None:
    number = answered(desk)
    before = desk.kept()
    assert rate(desk, "unsatisfied", " ").code == "text_missing"
    assert rate(desk, "so_so").code == "unknown_code"
    assert rate(desk, "satisfied", "好" * 4001).code == "too_long"
    assert desk.kept() == before
    assert desk.line(number).stage == "answered_on_the_spot"


@pytest.mark.rule("R32")
def test_what_has_no_answer_yet_is_not_rated(desk: Desk) -> None:
    desk.file(on_paper=PAPER)
    assert progress(desk).levels == ()
    assert rate(desk, "satisfied").code == "not_answered_yet"


@pytest.mark.rule("R32")
def test_what_was_rated_at_the_window_is_not_rated_again(desk: Desk) -> None:
    number = answered(desk)
    desk.ask("window-3", m.RateCase(case_number=number, level="satisfied"))
    assert rate(desk, "unsatisfied", BAD).code == "rated_already"


@pytest.mark.rule("R32")
def test_an_archived_case_is_closed_to_its_citizen_too(desk: Desk) -> None:
    number = answered(desk)
    desk.ask("supervisor", m.FollowUpCase(case_number=number, text="电话回访，已办好。"))
    desk.ask("window-3", m.TellCitizen(case_number=number, medium="oral"))
    assert desk.ask("window-3", m.ArchiveCase(case_number=number)) == m.Done()
    assert rate(desk, "unsatisfied", BAD).code == "rated_already"


def test_a_resend_of_the_same_rating_gets_its_first_answer(desk: Desk) -> None:
    number = answered(desk)
    command_id = desk.new_id()
    first = rate(desk, "unsatisfied", BAD, again=command_id)
    assert rate(desk, "unsatisfied", BAD, again=command_id) == first == m.Done()
    assert [one.move for one in desk.ask("window-3", m.ReadCase(case_number=number)).steps].count("rate") == 1


def test_a_code_that_opens_nothing_rates_nothing(desk: Desk) -> None:
    answered(desk)
    before = desk.kept()
    for secret in (secrets_of("another").token, secrets_of("another").typed, "", "x"):
        assert rate(desk, "satisfied", secret=secret).code == "not_found"
    assert desk.kept() == before


@pytest.mark.rule("R19")
def test_a_hall_whose_document_has_no_rating_offers_none(desk: Desk) -> None:
    moves = desk.policy.moves | {"rate": factories.replace(desk.policy.moves["rate"], value=False)}
    desk.policy = factories.replace(desk.policy, version=2, moves=moves)
    desk.reopen()
    answered(desk)
    assert progress(desk).levels == ()
    assert rate(desk, "satisfied").code == "not_prescribed"


@pytest.mark.rule("R47", "R69")
def test_the_chain_says_that_it_was_rated_and_not_with_what(desk: Desk) -> None:
    number = answered(desk)
    rate(desk, "unsatisfied", BAD)
    newest = desk.rows(schema.audit)[-1]
    assert (newest.kind, newest.subject, newest.staff, newest.terminal) == ("RateByCode", number, "", "web")
    assert BAD not in repr(desk.rows(schema.audit) + desk.rows(schema.event))
    assert BAD not in repr(progress(desk))
