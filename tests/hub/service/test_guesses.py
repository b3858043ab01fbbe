"""Wrong look-up codes: few at a time, and never at the cost of right ones."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.errors import Refused
from hub.service.guesses import OF_A_TERMINAL, OF_THE_HALL, Guesses
from hub.wire import messages as m, pairing
from tests import factories
from tests.hub.desk import Desk, secrets_of

NOT_FOUND = m.Rejected(code="not_found", text="no case opens with this code")


class Asker:
    """Gives codes at terminals of a hall that knows the code `right`."""

    def __init__(self) -> None:
        self.guesses = Guesses()
        self.at = factories.FILED_AT
        self.looked = 0

    def ask(self, secret: str, terminal: str = "web") -> str:
        try:
            self.guesses.must_be_left(terminal, self.at)
        except Refused as refusal:
            return refusal.code
        self.looked += 1
        if secret == "right":
            return "found"
        self.guesses.failed(terminal)
        return "not_found"


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


def test_looking_and_rating_share_one_allowance(desk: Desk) -> None:
    token = desk.complaint().on_paper.token
    for _ in range(OF_A_TERMINAL[0] // 2):
        assert desk.query("kiosk-1", m.LookUp(secret=token)).code == "not_found"
        assert desk.ask("kiosk-1", m.RateByCode(secret=token, level="satisfied")).code == "not_found"
    before = desk.kept()
    assert desk.query("kiosk-1", m.LookUp(secret=token)).code == "too_many"
    assert desk.ask("kiosk-1", m.RateByCode(secret=token, level="satisfied")).code == "too_many"
    assert desk.query("web", m.LookUp(secret=token)).code == "not_found"
    assert desk.kept() == before


def test_tokens_of_a_form_on_the_phone_are_guessed_at_no_oftener(desk: Desk) -> None:
    tries = (pairing.ReadPairing(token="wrong"), pairing.SendDraft(token="wrong", draft=pairing.PhoneDraft()))
    for number in range(OF_A_TERMINAL[0]):
        assert desk.query("web", tries[number % 2]).code == "pairing_over"
    assert [desk.query("web", one).code for one in (*tries, m.LookUp(secret="wrong"))] == ["too_many"] * 3


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
