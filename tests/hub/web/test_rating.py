"""评价 on the phone: the hall's own scale without a script, and whoever rates twice or too early loses nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.types import ASGIApp

from hub.domain.words import LANGUAGES
from hub.web.app import RATING_TEXT, make_app
from hub.web.languages import TAGS
from hub.wire.messages import Answer, Command, Done, LevelChoice, LookUp, RateByCode, Rejected
from tests.factories import FILED_AT, a_hall, a_progress, lookup_keys
from tests.hub.web.client import get, post

TOKEN = lookup_keys().token
PAGE = f"/p/{TOKEN}"
LEVELS = (LevelChoice("satisfied", "满意", False), LevelChoice("unsatisfied", "不满意", True))
ANSWERED = a_progress(stage="replied", answer="已办结。", levels=LEVELS)


class RatingHub:
    """Knows one case; `says` is what it answers to a rating."""

    def __init__(self, says: Answer = Done()) -> None:  # noqa: B008 - frozen
        self.says, self.rated = says, list[RateByCode]()
        self.case = ANSWERED

    async def ask(self, command: Command) -> Answer:
        if isinstance(command, RateByCode):
            self.rated.append(command)
            return self.says
        assert isinstance(command, LookUp)
        return self.case if command.secret == TOKEN else Rejected(code="not_found", text="")


def site(hub: RatingHub) -> ASGIApp:
    return make_app(a_hall(), hub, now=lambda: FILED_AT + dt.timedelta(hours=2))


@pytest.mark.rule("R32")
def test_an_answered_case_offers_the_scale_and_an_open_one_none() -> None:
    hub = RatingHub()
    shown = get(site(hub), PAGE).text
    assert 'value="satisfied"' in shown
    assert 'value="unsatisfied"' in shown
    assert 'http-equiv="refresh"' not in shown, "what is being typed is not thrown away"
    hub.case = a_progress()
    assert '<form id="rate"' not in get(site(hub), PAGE).text


@pytest.mark.rule("R32", "R33")
@pytest.mark.parametrize(("level", "text"), [("satisfied", ""), ("unsatisfied", "还是没办成")])
def test_a_rating_is_sent_and_leads_back_to_the_case(level: str, text: str) -> None:
    hub = RatingHub()
    got = post(site(hub), PAGE, {"level": level, "text": text})
    assert (got.status, got.headers["location"]) == (303, PAGE)
    assert hub.rated == [RateByCode(secret=TOKEN, level=level, text=text)]
    assert got.headers["cache-control"] == "no-store"


@pytest.mark.rule("R33")
def test_without_words_for_a_bad_one_the_form_comes_back_with_the_level_chosen() -> None:
    hub = RatingHub(Rejected(code="text_missing", text=""))
    got = post(site(hub), PAGE, {"level": "unsatisfied", "text": " "})
    assert got.status == 422
    assert 'value="unsatisfied" required checked' in got.text
    assert "请写几句原因" in got.text


@pytest.mark.parametrize("code", ["rated_already", "not_answered_yet", "unknown_code", "not_found", "move_not_allowed"])
def test_who_rates_twice_or_too_early_sees_the_case_as_it_stands(code: str) -> None:
    got = post(site(RatingHub(Rejected(code=code, text=""))), PAGE, {"level": "satisfied"})
    assert (got.status, got.headers["location"]) == (303, PAGE)


def test_a_rating_that_was_given_is_shown_in_the_document_s_word() -> None:
    hub = RatingHub()
    hub.case = a_progress(stage="rated", answer="已办结。", rated=LEVELS[0])
    shown = get(site(hub), PAGE).text
    assert "您的评价：满意" in shown
    assert '<form id="rate"' not in shown


def test_what_the_hub_could_not_keep_is_not_taken_for_done() -> None:
    assert post(site(RatingHub(Rejected(code="internal", text=""))), PAGE, {"level": "satisfied"}).status == 503


@pytest.mark.parametrize("body", [b"", b"level=", b"\xff=%%", b"level=" + b"x" * 2000])
def test_any_body_leads_somewhere(body: bytes) -> None:
    hub = RatingHub(Rejected(code="unknown_code", text=""))
    assert post(site(hub), PAGE, body).status == 303


def test_longer_words_are_cut_and_a_body_too_large_is_refused() -> None:
    hub = RatingHub()
    post(site(hub), PAGE, {"level": "unsatisfied", "text": "好" * (RATING_TEXT + 9)})
    assert len(hub.rated[0].text) == RATING_TEXT
    assert post(site(hub), PAGE, b"text=" + b"A" * 9000).status == 413


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stays_in_the_language_that_was_asked_for(language: str) -> None:
    lang = f"?lang={TAGS[language]}"
    assert get(site(RatingHub()), PAGE + lang).status == 200
    assert post(site(RatingHub()), PAGE + lang, {"level": "satisfied"}).headers["location"] == PAGE + lang
