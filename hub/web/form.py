"""用手机填写, the phone's side: `GET /f/{token}` is the form, `POST /f/{token}` sends it to the kiosk, once.

The token of the address is what allows it, and it dies with its first use. No script; nothing is kept here.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import parse_qs, quote
from zoneinfo import ZoneInfo

import msgspec
import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from hub.domain.draft import NAME_LIMIT, PHONE_LIMIT, TEXT_LIMIT, UNSURE, digits_of, is_phone, plain
from hub.domain.errors import UnknownCode
from hub.domain.hall import Hall, Value
from hub.domain.lookup import TOKEN_LENGTH
from hub.domain.translated import text_in
from hub.domain.words import LANGUAGES
from hub.link import NoAnswer
from hub.web.asking import Asks
from hub.web.languages import TAGS, chosen, frame
from hub.wire.messages import Rejected
from hub.wire.pairing import PairingDone, PairingForm, PhoneDraft, ReadPairing, SendDraft

MAX_BYTES = 16 * 1024
"""Four hundred characters are less than five kilobytes, however a browser writes them."""
_AROUND_DIGITS = frozenset(" -‐–().")

log = structlog.get_logger()


class Html(Protocol):
    """How the site makes a page of a template."""

    def __call__(
        self, template: str, status: int = 200, headers: dict[str, str] | None = None, **shown: object
    ) -> Response: ...


class Typed(Value, frozen=True):
    """What stands in the fields of the form; `contact` is empty until one of the two is chosen."""

    text: str = ""
    contact: str = ""
    name: str = ""
    phone: str = ""
    confidential: bool = False
    language: str = ""
    another_language: str = ""

    def wrong(self, text_most: int) -> dict[str, str]:
        """Field → the key of what is wrong with it."""
        found: dict[str, str] = {}
        if len(self.text) > text_most:
            found["text"] = "form.text.long"
        if self.contact not in ("anonymous", "signed"):
            found["contact"] = "form.contact.wrong"
        if self.contact == "signed":
            if not is_phone(_number(self.phone)):
                found["phone"] = "form.phone.wrong"
            if len(self.name) > NAME_LIMIT:
                found["name"] = "form.name.long"
        return found

    def draft(self) -> PhoneDraft:
        """Staying anonymous leaves out what was typed before."""
        if self.contact == "anonymous":
            return PhoneDraft(text=self.text)
        return PhoneDraft(
            text=self.text, signed=True, name=self.name, phone=_number(self.phone), confidential=self.confidential
        )


class FormPages:
    """The pages of the form; `html` renders the site's templates."""

    def __init__(self, hall: Hall, hub: Asks, now: Callable[[], dt.datetime], html: Html) -> None:
        self._hall, self._hub, self._now, self._html = hall, hub, now, html
        self._zone = ZoneInfo(hall.timezone)
        self._frames = {language: frame(hall, language) for language in LANGUAGES}

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/f/{token}", self.show, methods=["GET"]),
            Route("/f/{token}", self.take, methods=["POST"]),
            Route("/f/{token}/sent/{language}", self.sent, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        answer = await self._hub.ask(ReadPairing(token=_token(request)))
        if isinstance(answer, PairingForm):
            return self._form(answer, Typed(language=_known(answer.language, self._hall.language)))
        accepted = request.headers.get("accept-language", "")
        return self._over(answer, Typed(language=chosen("", "", accepted, self._hall.language)))

    async def take(self, request: Request) -> Response:
        """Sends what was typed; the form comes back with it where something is missing or the hub is away."""
        token, typed = _token(request), await _typed(request, self._hall.language)
        if typed.another_language or typed.wrong(TEXT_LIMIT):
            return await self._again(token, typed)
        try:
            answer = await self._hub.ask(SendDraft(token=token, draft=typed.draft()))
        except NoAnswer:
            log.warning("hub_silent")
            return self._form(None, typed, {"": "form.away"}, 503)
        match answer:
            case PairingDone():
                where = f"/f/{quote(token, safe='')}/sent/{typed.language}"
                return RedirectResponse(where, status_code=303)
            case Rejected(code="too_long" | "bad_draft"):
                return await self._again(token, typed)
        return self._over(answer, typed)

    async def sent(self, request: Request) -> Response:
        """The same for everybody, asked for as often as somebody likes: nothing is told here."""
        language = _known(request.path_params["language"], self._hall.language)
        return self._html("form_sent.html", **self._around(language))

    async def _again(self, token: str, typed: Typed) -> Response:
        answer = await self._hub.ask(ReadPairing(token=token))
        if not isinstance(answer, PairingForm):
            return self._over(answer, typed)
        wrong = {} if typed.another_language else typed.wrong(answer.text_most)
        return self._form(answer, typed, wrong, 422 if wrong else 200)

    def _form(
        self, form: PairingForm | None, typed: Typed, wrong: dict[str, str] | None = None, status: int = 200
    ) -> Response:
        """`form` is None while the hub is away: then the page does not know what it is about."""
        language = typed.another_language or typed.language
        until = self._now() + dt.timedelta(seconds=form.seconds_left) if form else None
        return self._html(
            "form.html",
            status,
            **self._around(language),
            typed=typed,
            wrong=wrong or {},
            matter=self._matter(form.matter, language) if form else "",
            reasons=[text_in(one, language, self._hall) for one in form.reasons] if form else [],
            until=f"{until.astimezone(self._zone):%H:%M}" if until else "",
            text_most=form.text_most if form else TEXT_LIMIT,
            name_most=NAME_LIMIT,
            phone_most=2 * PHONE_LIMIT,
            languages=[(one, TAGS[one], self._frames[one].w("language.name")) for one in LANGUAGES if one != language],
        )

    def _over(self, answer: object, typed: Typed) -> Response:
        """Unknown, used and over look alike; what was typed stays to be read."""
        if not (isinstance(answer, Rejected) and answer.code == "pairing_over"):
            log.error("form_refused", code=answer.code if isinstance(answer, Rejected) else type(answer).__name__)
            return self._form(None, typed, {"": "form.away"}, 503)
        language = typed.another_language or typed.language
        return self._html("form_over.html", 410, **self._around(language), text=typed.text)

    def _around(self, language: str) -> dict[str, Any]:
        """The site's frame in the citizen's language; another one is a button of the form, for an address forgets."""
        return msgspec.structs.asdict(self._frames[language]) | {"switch": (), "code": language}

    def _matter(self, code: str, language: str) -> str:
        if not code:
            return ""
        if code in UNSURE:
            return self._frames[language].w(f"matter.{code}")
        try:
            return self._frames[language].hall.matter(code).name
        except UnknownCode:  # the kiosk has a newer catalogue
            return self._frames[language].w("matter.other")


async def _typed(request: Request, usual: str) -> Typed:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise HTTPException(413)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=None)
    got = {name: plain(values[0], lines=name == "text").strip() for name, values in fields.items()}
    return Typed(
        text=got.get("text", ""),
        contact=got.get("contact", ""),
        name=got.get("name", ""),
        phone=got.get("phone", ""),
        confidential=bool(got.get("confidential")),
        language=_known(got.get("language", ""), usual),
        another_language=got.get("to", "") if got.get("to", "") in LANGUAGES else "",
    )


def _token(request: Request) -> str:
    return str(request.path_params["token"])[:TOKEN_LENGTH]


def _known(language: str, usual: str) -> str:
    return language if language in LANGUAGES else usual


def _number(phone: str) -> str:
    """The digits of a number that is written as people write one; anything else as it is, to be refused."""
    national = unicodedata.normalize("NFKC", phone).removeprefix("+86")
    return digits_of(national) if not set(national) - _AROUND_DIGITS - set("0123456789") else phone
