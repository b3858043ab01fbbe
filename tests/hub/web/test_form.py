"""The form on the phone: sent once, to the kiosk that shows its code; nothing typed is lost by a mistake."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from starlette.types import ASGIApp

from hub.domain.translated import text_in
from hub.domain.words import LANGUAGES, Words
from hub.link import NoAnswer
from hub.web.app import make_app
from hub.wire import messages as m, pairing
from tests.factories import FILED_AT, a_hall
from tests.hub.web.client import Got, get, post

TOKEN = "t" * 22
TEXT = "窗口说系统升级，\n让我下周再来。"
SIGNED = {"text": TEXT, "contact": "signed", "phone": "138 0000-1234", "name": "李秀兰", "confidential": "yes"}
FORM = pairing.PairingForm(
    language="zh_Hans", matter="transfer-sale", reasons=("材料交齐了还是不收件",), text_most=400, seconds_left=290
)
OVER = m.Rejected(code="pairing_over", text="")


class PairedHub:
    """Answers as a hub does that has one pairing open. `sent` is what it took."""

    def __init__(self) -> None:
        self.form: m.Answer = FORM
        self.answer: m.Answer = pairing.PairingDone()
        self.away = False
        self.sent: list[pairing.PhoneDraft] = []

    async def ask(self, command: m.Command) -> m.Answer:
        if self.away:
            raise NoAnswer("nothing came")
        assert isinstance(command, pairing.ReadPairing | pairing.SendDraft)
        if command.token != TOKEN:
            return OVER
        if isinstance(command, pairing.ReadPairing):
            return self.form
        self.sent.append(command.draft)
        return self.answer


@pytest.fixture
def hub() -> PairedHub:
    return PairedHub()


@pytest.fixture
def site(hub: PairedHub) -> ASGIApp:
    return make_app(a_hall(), hub, now=lambda: FILED_AT)


def fill(site: ASGIApp, token: str = TOKEN, **fields: str) -> Got:
    return post(site, f"/f/{token}", fields)


def test_the_form_says_what_it_is_about_and_until_when(site: ASGIApp) -> None:
    got = get(site, f"/f/{TOKEN}")
    assert got.status == 200
    until = (FILED_AT + dt.timedelta(seconds=290, hours=8)).strftime("%H:%M")
    for words in ("二手房过户（转移登记）", "材料交齐了还是不收件", f"请在{until}前发送", "请为我保密"):
        assert words in got.text
    assert "<script" not in got.text


@pytest.mark.rule("R13")
def test_what_was_typed_goes_to_the_kiosk_and_the_phone_is_sent_there(site: ASGIApp, hub: PairedHub) -> None:
    got = fill(site, language="zh_Hans", **SIGNED)
    told = pairing.PhoneDraft(text=TEXT, signed=True, name="李秀兰", phone="13800001234", confidential=True)
    assert hub.sent == [told]
    assert (got.status, got.headers["location"]) == (303, f"/f/{TOKEN}/sent/zh_Hans")
    assert "请看自助机屏幕" in get(site, got.headers["location"]).text


def test_staying_anonymous_leaves_out_what_was_typed_before(site: ASGIApp, hub: PairedHub) -> None:
    fill(site, **{**SIGNED, "contact": "anonymous"})
    assert hub.sent == [pairing.PhoneDraft(text=TEXT)]


def test_nothing_but_a_way_to_be_reached_is_asked_for(site: ASGIApp, hub: PairedHub) -> None:
    assert fill(site, text="", contact="anonymous").status == 303
    assert hub.sent == [pairing.PhoneDraft()]


@pytest.mark.parametrize(
    "phone", ["138 0000 1234", "+86 13800001234", "138-0000-1234", "（0632）8836760", "１３８００００１２３４"]
)
def test_a_number_may_be_written_as_people_write_one(site: ASGIApp, hub: PairedHub, phone: str) -> None:
    assert fill(site, contact="signed", phone=phone).status == 303
    assert hub.sent[0].phone in ("13800001234", "06328836760")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"contact": "signed", "phone": ""}, "phone", "这个号码不对"),
        ({"contact": "signed", "phone": "13800001234x"}, "phone", "这个号码不对"),
        ({"contact": "signed", "phone": "12345"}, "phone", "这个号码不对"),
        ({"contact": "signed", "phone": "13800001234", "name": "名" * 21}, "name", "最多20字"),
        ({"contact": "anonymous", "text": "字" * 412}, "text", "最多400字，现在有412字"),
        ({"contact": ""}, "contact", "请选一项"),
        ({"contact": "both"}, "contact", "请选一项"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    site: ASGIApp, hub: PairedHub, fields: dict[str, str], field: str, says: str
) -> None:
    got = fill(site, **({"text": TEXT, "name": "李秀兰"} | fields))
    assert got.status == 422
    assert hub.sent == []
    told = re.search(rf'<p id="{field}-wrong" class="wrong">([^<]*)</p>', got.text)
    assert told
    assert says in told[1]
    assert re.search(rf'aria-describedby="[^"]*{field}-wrong', got.text)
    assert 'role="alert"' in got.text
    for kept in ({"text": TEXT, "name": "李秀兰"} | fields).values():
        assert kept in got.text


def test_what_the_kiosk_has_no_room_for_is_told_with_the_room_there_is(site: ASGIApp, hub: PairedHub) -> None:
    hub.form, hub.answer = pairing.PairingForm("zh_Hans", "", (), 100, 200), m.Rejected(code="too_long", text="")
    got = fill(site, contact="anonymous", text="字" * 101)
    assert got.status == 422
    assert "最多100字，现在有101字" in got.text


def test_a_hub_that_is_away_keeps_what_was_typed_for_the_next_try(site: ASGIApp, hub: PairedHub) -> None:
    hub.away = True
    got = fill(site, **SIGNED)
    assert got.status == 503
    assert "还没有发送" in got.text
    assert TEXT in got.text
    assert 'http-equiv="refresh"' not in got.text
    assert get(site, f"/f/{TOKEN}").status == 503


def test_a_refusal_that_nobody_foresaw_keeps_what_was_typed_and_tells_nothing(site: ASGIApp, hub: PairedHub) -> None:
    hub.answer = m.Rejected(code="internal", text="a secret of the machine")
    got = fill(site, **SIGNED)
    assert got.status == 503
    assert TEXT in got.text
    assert "secret of the machine" not in got.text


def test_unknown_used_and_over_look_the_same_and_point_to_the_kiosk(site: ASGIApp, hub: PairedHub) -> None:
    unknown = get(site, f"/f/{'x' * 22}")
    hub.form = hub.answer = OVER
    assert get(site, f"/f/{TOKEN}") == unknown
    assert unknown.status == 410
    assert "请看自助机屏幕" in unknown.text
    assert "<form" not in unknown.text


def test_what_was_typed_too_late_can_still_be_read(site: ASGIApp, hub: PairedHub) -> None:
    hub.answer = OVER
    got = fill(site, **SIGNED)
    assert got.status == 410
    assert TEXT in got.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_speaks_the_kiosk_s_language(site: ASGIApp, hub: PairedHub, language: str) -> None:
    hub.form = pairing.PairingForm(language, "unknown", ("受理了，迟迟没批下来",), 400, 200)
    words = Words("hub.web", language)
    got = get(site, f"/f/{TOKEN}")
    assert f'lang="{language.replace("_", "-")}"' in got.text
    assert words("form.confidential.hint") in got.text
    assert words("form.about", reasons=text_in("受理了，迟迟没批下来", language)) in got.text
    assert words("form.sent.now") in get(site, f"/f/{TOKEN}/sent/{language}").text
    assert fill(site, language=language, **SIGNED).headers["location"].endswith(f"/sent/{language}")


def test_another_language_is_one_tap_away_and_loses_nothing(site: ASGIApp, hub: PairedHub) -> None:
    got = fill(site, **SIGNED, language="zh_Hans", to="en")
    assert got.status == 200
    assert hub.sent == []
    assert "Keep me confidential" in got.text
    assert '<input type="hidden" name="language" value="en">' in got.text
    assert TEXT in got.text
    assert 'value="138 0000-1234"' in got.text


@pytest.mark.parametrize("path", [f"/f/{TOKEN}", "/f/x", f"/f/{TOKEN}/sent/en"])
def test_the_form_is_private(site: ASGIApp, path: str) -> None:
    headers = get(site, path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "form-action 'self'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_what_was_typed_is_text_and_not_markup(site: ASGIApp) -> None:
    evil = '</textarea><script>alert(1)</script>" onfocus="x'
    got = fill(site, text=evil, contact="signed", phone=evil[:30], name=evil[:15])
    assert "<script" not in got.text
    assert 'onfocus="x' not in got.text


def test_what_nobody_sees_is_left_out(site: ASGIApp, hub: PairedHub) -> None:
    fill(site, contact="signed", phone="13800001234", text="一\r\n二\x00\u202e三", name="李\n秀\u200b兰")
    assert (hub.sent[0].text, hub.sent[0].name) == ("一\n二三", "李秀兰")


def test_a_body_too_large_is_refused(site: ASGIApp, hub: PairedHub) -> None:
    assert post(site, f"/f/{TOKEN}", b"text=" + b"A" * 20_000).status == 413
    assert hub.sent == []


def test_the_longest_form_stays_small(site: ASGIApp) -> None:
    assert len(fill(site, text="字" * 1500, contact="signed", phone="x").body) < 30_000
