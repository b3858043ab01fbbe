import asyncio
import datetime as dt
import html

import pytest
from starlette.types import ASGIApp

from hub.domain.lookup import grouped
from hub.domain.words import LANGUAGES
from hub.web.app import make_app
from hub.wire.messages import EventsSince, LookUp, Rejected
from tests.factories import CASE_NUMBER, FILED_AT, a_hall, a_progress, lookup_keys
from tests.hub.web.client import Got, get, post, request
from tests.hub.web.fakes import BULLETIN, HubThatKnows

KEYS = lookup_keys()
NOW = FILED_AT + dt.timedelta(hours=2)


def site(hub: HubThatKnows) -> ASGIApp:
    return make_app(a_hall(), hub, now=lambda: NOW)


@pytest.fixture
def hub() -> HubThatKnows:
    return HubThatKnows({KEYS.token: a_progress(), KEYS.typed: a_progress()})


def test_the_token_of_the_qr_code_opens_the_case(hub):
    got = get(site(hub), f"/p/{KEYS.token}")
    assert got.status == 200
    assert CASE_NUMBER in got.text
    assert "不动产登记中心正在办理" in got.text
    assert "11月30日（周一）" in got.text
    assert hub.asked == [LookUp(secret=KEYS.token)]


def test_the_typed_code_leads_to_the_case_however_it_was_typed(hub):
    for typed in (KEYS.typed, grouped(KEYS.typed), grouped(KEYS.typed).lower(), f"  {KEYS.typed} ".replace("0", "O")):
        got = post(site(hub), "/code", {"code": typed})
        assert (got.status, got.headers["location"]) == (303, f"/p/{KEYS.typed}")
    assert get(site(hub), got.headers["location"]).status == 200


def test_a_code_that_cannot_be_one_and_an_unknown_one_look_the_same_and_both_ask_the_hub(hub):
    impossible = post(site(hub), "/code", {"code": "../12?#三"})
    unknown = post(site(hub), "/code", {"code": lookup_keys(9).typed})
    pages = [get(site(hub), got.headers["location"]) for got in (impossible, unknown)]
    assert pages[0] == pages[1]
    assert pages[0].status == 404
    assert len(hub.asked) == 2


@pytest.mark.parametrize("body", [b"", b"code=", b"\xff\xfe=%%%", b"other=1"])
def test_any_body_of_the_form_leads_somewhere(hub, body):
    assert post(site(hub), "/code", body).status == 303


def test_a_body_too_large_is_refused(hub):
    assert post(site(hub), "/code", b"code=" + b"A" * 5000).status == 413


def test_a_silent_hub_gives_a_calm_page_that_tries_again():
    got = get(site(HubThatKnows({}, silent=True)), "/p/whatever")
    assert got.status == 503
    assert got.headers["retry-after"] == "10"
    assert '<meta http-equiv="refresh" content="10">' in got.text


def test_a_refusing_hub_is_not_taken_for_an_unknown_code():
    hub = HubThatKnows({"x": Rejected(code="internal", text="a secret of the machine")})
    got = get(site(hub), "/p/x")
    assert got.status == 503
    assert "secret of the machine" not in got.text


@pytest.mark.parametrize("path", ["/", "/p/x", f"/p/{KEYS.token}", "/nowhere", "/robots.txt", "/code"])
def test_every_answer_is_private(hub, path):
    headers = get(site(hub), path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in headers["content-security-policy"]


def test_the_answer_is_text_and_not_markup(hub):
    hub.known["evil"] = a_progress(stage="replied", answer="<script>alert(1)</script>")
    got = get(site(hub), "/p/evil")
    assert "<script>alert" not in got.text
    assert "&lt;script&gt;alert" in got.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_page_stays_small(hub, language):
    step = a_progress().steps[-1]
    hub.known["long"] = a_progress(stage="replied", answer="答" * 2000, steps=(step,) * 40)
    assert len(get(site(hub), f"/p/long?lang={language}").body) < 30_000


def test_a_case_is_shown_in_the_language_it_was_filed_in(hub):
    hub.known["hers"] = a_progress(language="en")
    got = get(site(hub), "/p/hers", accept_language="zh-CN")
    assert '<html lang="en">' in got.text
    assert "Shanting District Government Service Hall" in got.text
    assert "In hand at: Property Registration Centre" in got.text


def test_the_language_that_is_asked_for_goes_first_and_stays(hub):
    hub.known["hers"] = a_progress(language="en")
    got = get(site(hub), "/p/hers?lang=zh-Hant", accept_language="en")
    assert '<html lang="zh-Hant">' in got.text
    assert "不動產登記中心正在辦理" in got.text
    assert '<a href="?lang=zh-Hant" lang="zh-Hant" aria-current="true">繁體中文</a>' in got.text
    assert '<a href="?lang=en" lang="en">English</a>' in got.text


def test_without_a_case_the_page_speaks_the_browser_s_language_and_else_the_hall_s(hub):
    for path in ("/", "/p/nothing", "/nowhere"):
        assert '<html lang="en">' in get(site(hub), path, accept_language="en-GB,en;q=0.9").text
        assert '<html lang="zh-Hans">' in get(site(hub), path, accept_language="th").text
    assert get(site(HubThatKnows({}, silent=True)), "/p/x", accept_language="en").text.count("Try again") == 1


def test_a_code_typed_in_a_chosen_language_leads_to_the_case_in_that_language(hub):
    assert 'action="/code?lang=en"' in get(site(hub), "/?lang=en").text
    assert 'action="/code"' in get(site(hub), "/", accept_language="en").text
    got = post(site(hub), "/code?lang=en", {"code": KEYS.typed})
    assert got.headers["location"] == f"/p/{KEYS.typed}?lang=en"


def test_a_language_that_is_none_leads_nowhere_else(hub):
    got = post(site(hub), "/code?lang=//evil.example", {"code": KEYS.typed})
    assert got.headers["location"] == f"/p/{KEYS.typed}"
    assert "evil" not in get(site(hub), '/?lang="><script>evil').text


def test_the_page_of_a_failure_says_so_and_is_private(hub):
    hub.known["broken"] = a_progress(case_number="not a case number")
    got = Got()
    with pytest.raises(IndexError):
        asyncio.run(request(site(hub), "GET", "/p/broken", got=got))
    assert got.status == 500
    assert "您的事项不受影响" in got.text
    assert got.headers["cache-control"] == "no-store"


def test_a_hall_without_a_telephone_offers_no_call(hub):
    app = make_app(a_hall("yueyang"), hub, now=lambda: NOW)
    assert "tel:" not in get(app, "/").text
    assert 'href="tel:0632-8836760"' in get(site(hub), "/").text


@pytest.mark.rule("R41")
def test_the_hall_s_notice_stands_on_the_first_page_and_is_asked_for_once_a_minute(hub):
    app = site(hub)
    for _ in range(3):
        got = get(app, "/")
        assert html.escape(BULLETIN) in got.text
    assert hub.asked == [EventsSince(epoch="", seq=0)]


def test_the_first_page_opens_while_the_hub_is_away():
    got = get(site(HubThatKnows({}, silent=True)), "/")
    assert (got.status, "大厅公告" in got.text) == (200, False)
