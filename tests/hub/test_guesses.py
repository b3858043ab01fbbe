"""Wrong look-up codes: few at a time, and never at the cost of right ones."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.domain.hall import Terminal
from hub.guesses import OF_A_TERMINAL, OF_THE_HALL, Guesses
from hub.service.books import Actor, Asked
from hub.wire import messages as m
from tests import factories
from tests.hub.desk import Desk, secrets_of

NOT_FOUND = m.Rejected(code="not_found", text="no case opens with this code")


class Asker:
    """Asks look-ups of a hub that knows the code `right`."""

    def __init__(self) -> None:
        self.guesses = Guesses()
        self.at = factories.FILED_AT
        self.looked = 0

    def ask(self, secret: str, terminal: str = "web") -> str:
        asked = Asked("0" * 32, Actor(Terminal(name=terminal, role="web")), self.at)
        answer = self.guesses.watched(asked, m.LookUp(secret=secret), lambda: self._look(secret))
        return answer.code if isinstance(answer, m.Rejected) else "found"

    def _look(self, secret: str) -> m.Answer:
        self.looked += 1
        return factories.a_progress() if secret == "right" else NOT_FOUND


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_wrong_codes_are_limited_and_then_not_looked_at(asker: Asker) -> None:
    most = OF_A_TERMINAL[0]
    assert {asker.ask("wrong") for _ in range(most)} == {"not_found"}
    assert asker.ask("wrong") == "too_many"
    assert asker.ask("right") == "too_many"
    assert asker.looked == most


def test_right_codes_use_nothing_up(asker: Asker) -> None:
    assert {asker.ask("right") for _ in range(10 * OF_A_TERMINAL[0])} == {"found"}
    assert asker.ask("wrong") == "not_found"


def test_failures_come_back_with_time(asker: Asker) -> None:
    while asker.ask("wrong") != "too_many":
        pass
    asker.at += dt.timedelta(seconds=2 / OF_A_TERMINAL[1])
    assert [asker.ask("right"), asker.ask("wrong"), asker.ask("wrong"), asker.ask("right")] == [
        "found",
        "not_found",
        "not_found",
        "too_many",
    ]


def test_one_terminal_s_guesses_close_no_other_s_look_up(asker: Asker) -> None:
    while asker.ask("wrong", "web") != "too_many":
        pass
    assert asker.ask("right", "kiosk-1") == "found"


def test_all_terminals_together_have_the_hall_s_limit(asker: Asker) -> None:
    for number in range(OF_THE_HALL[0]):
        assert asker.ask("wrong", f"web-{number % 10}") == "not_found"
    assert asker.ask("wrong", "web-11") == "too_many"


def test_other_questions_are_never_limited(asker: Asker) -> None:
    while asker.ask("wrong") != "too_many":
        pass
    asked = Asked("0" * 32, Actor(Terminal(name="web", role="web")), asker.at)
    assert asker.guesses.watched(asked, m.EventsSince(), m.Done) == m.Done()


def test_tokens_of_a_form_on_the_phone_are_guessed_at_no_oftener(asker: Asker) -> None:
    over = m.Rejected(code="pairing_over", text="")
    asked = Asked("0" * 32, Actor(Terminal(name="web", role="web")), asker.at)
    tries = (m.ReadPairing(token="wrong"), m.SendDraft(token="wrong", draft=m.PhoneDraft()))
    for number in range(int(OF_A_TERMINAL[0])):
        assert asker.guesses.watched(asked, tries[number % 2], lambda: over) == over
    limited = [asker.guesses.watched(asked, one, lambda: over) for one in (*tries, m.LookUp(secret="wrong"))]
    assert {one.code for one in limited if isinstance(one, m.Rejected)} == {"too_many"}


def test_an_unknown_code_and_a_revoked_one_are_told_alike(desk: Desk) -> None:
    lost, fresh = secrets_of("lost"), secrets_of("fresh")
    number = desk.file(on_paper=lost).case_number
    desk.ask("kiosk-1", m.ReplacePaperCode(case_number=number, lost=lost.token, on_paper=fresh))
    answers = [
        desk.query("web", m.LookUp(secret=secret))
        for secret in (lost.token, lost.typed, secrets_of("unknown").token, secrets_of("unknown").typed, "", "x")
    ]
    assert set(map(repr, answers)) == {repr(NOT_FOUND)}
    assert isinstance(desk.query("web", m.LookUp(secret=fresh.token)), m.Progress)
