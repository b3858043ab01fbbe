"""The site's addresses: `GET /p/{secret}` shows a case, `GET /` asks for the typed code, `POST /code` leads there.

`POST /p/{secret}` rates it (R32); `/f/{token}` is the form of a kiosk's citizen (`hub.web.form`).
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Callable
from urllib.parse import parse_qs, quote

import jinja2
import msgspec
import structlog
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.domain.hall import Hall
from hub.domain.lookup import WrongCode, read_typed
from hub.domain.words import LANGUAGES
from hub.link import NoAnswer
from hub.progress_page import Shows
from hub.web.asking import Asks
from hub.web.bulletin import Bulletin
from hub.web.form import FormPages
from hub.web.languages import TAGS, chosen, frame
from hub.wire.messages import LookUp, Progress, RateByCode, Rejected

MAX_SECRET = 64
MAX_FORM_BYTES = 1024
RATING_TEXT, MAX_RATING_BYTES = 400, 8192
"""Characters of why, and bytes of them in a form: up to nine each."""
RETRY_AFTER_S = 10

log = structlog.get_logger()


def make_app(
    hall: Hall,
    hub: Asks,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    lifespan: Callable[[], contextlib.AbstractAsyncContextManager[None]] = contextlib.nullcontext,
) -> ASGIApp:
    """The application; `hub` is what it asks, `lifespan` what lives as long as it."""
    site = _Site(hall, hub, now)

    @contextlib.asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        async with lifespan():
            yield

    app = Starlette(
        routes=[
            Route("/", site.home),
            Route("/p/{secret}", site.progress),
            Route("/p/{secret}", site.rate, methods=["POST"]),
            Route("/code", site.code, methods=["POST"]),
            *FormPages(hall, hub, now, site.html).routes(),
            Route("/robots.txt", _robots),
        ],
        exception_handlers={HTTPException: site.refused, NoAnswer: site.away, Exception: site.broken},
        lifespan=living,
    )
    return _Headers(app, site.content_policy)


class _Site:
    def __init__(self, hall: Hall, hub: Asks, now: Callable[[], dt.datetime]) -> None:
        self._hall = hall
        self._shows = {language: Shows(hall, language) for language in LANGUAGES}
        self._frames = {language: frame(hall, language) for language in LANGUAGES}
        self._hub = hub
        self._now = now
        self._bulletin = Bulletin(hub, now)
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("hub.web"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            auto_reload=False,
        )
        style, script = self._source("style.css"), self._source("live.js")
        self.content_policy = (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; connect-src 'self'; "
            "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        self._templates.globals.update(
            switch=(),
            asked="",
            style=Markup(style),  # noqa: S704 our own file
            script=Markup(script),  # noqa: S704 our own file
        )

    async def home(self, request: Request) -> Response:
        return self._page(request, "home.html", bulletin=await self._bulletin.text())

    async def code(self, request: Request) -> Response:
        """From what was typed to the page's address. A code that cannot be one takes the same way as a wrong one."""
        typed = (await _fields(request, MAX_FORM_BYTES)).get("code", "")
        try:
            secret = read_typed(typed)
        except WrongCode:
            secret = "".join(one for one in typed if one.isascii() and one.isalnum())[:MAX_SECRET] or "0"
        return RedirectResponse(f"/p/{quote(secret, safe='')}{_asked(request)}", status_code=303)

    async def progress(self, request: Request, why_missing: str = "") -> Response:
        """`why_missing` is the level that was sent without its words."""
        answer = await self._hub.ask(LookUp(secret=request.path_params["secret"][:MAX_SECRET]))
        match answer:
            case Progress():
                shows = self._shows[self._language(request, answer.language)]
                page = shows.page(answer, self._now())
                return self._page(
                    request,
                    "progress.html",
                    422 if why_missing else 200,
                    filed_in=answer.language,
                    page=page,
                    level=why_missing,
                    text_most=RATING_TEXT,
                )
            case Rejected(code="not_found"):
                return self._page(request, "missing.html", 404)
        log.error("look_up_refused", answer=answer)
        return self._away(request)

    async def rate(self, request: Request) -> Response:
        """评价; afterwards, and where it cannot be any more, the case as it stands. A second try changes nothing."""
        secret, fields = request.path_params["secret"][:MAX_SECRET], await _fields(request, MAX_RATING_BYTES)
        level, text = fields.get("level", ""), fields.get("text", "").replace("\r\n", "\n").strip()[:RATING_TEXT]
        match await self._hub.ask(RateByCode(secret=secret, level=level, text=text)):
            case Rejected(code="text_missing"):
                return await self.progress(request, why_missing=level)
            case Rejected(code="internal" | "store_failed" | "not_permitted" as code):
                log.error("rating_refused", code=code)
                return self._away(request)
        return RedirectResponse(f"/p/{quote(secret, safe='')}{_asked(request)}", status_code=303)

    async def refused(self, request: Request, wrong: Exception) -> Response:
        """No such address, or a method it does not have."""
        status = wrong.status_code if isinstance(wrong, HTTPException) else 400
        return self._page(request, "missing.html", status)

    async def away(self, request: Request, _wrong: Exception) -> Response:
        log.warning("hub_silent")
        return self._away(request)

    async def broken(self, request: Request, wrong: Exception) -> Response:
        log.error("page_failed", exc_info=wrong)
        return self._page(request, "broken.html", 500)

    def _away(self, request: Request) -> Response:
        return self._page(request, "away.html", 503, headers={"Retry-After": str(RETRY_AFTER_S)})

    def _language(self, request: Request, filed_in: str = "") -> str:
        accepted = request.headers.get("accept-language", "")
        return chosen(request.query_params.get("lang", ""), filed_in, accepted, self._hall.language)

    def _page(
        self,
        request: Request,
        template: str,
        status: int = 200,
        headers: dict[str, str] | None = None,
        filed_in: str = "",
        **shown: object,
    ) -> Response:
        """A page in the language of whoever asks."""
        around = msgspec.structs.asdict(self._frames[self._language(request, filed_in)])
        return self.html(template, status, headers, asked=_asked(request), **around, **shown)

    def html(
        self, template: str, status: int = 200, headers: dict[str, str] | None = None, **shown: object
    ) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(**shown), status, headers)

    def _source(self, name: str) -> str:
        assert self._templates.loader is not None
        return self._templates.loader.get_source(self._templates, name)[0]


class _Headers:
    """Puts on every answer what keeps it private: nothing stored, nothing passed on, nothing foreign loaded."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app = app
        self._lines = [
            (b"content-security-policy", policy.encode()),
            (b"cache-control", b"no-store"),
            (b"referrer-policy", b"no-referrer"),
            (b"x-robots-tag", b"noindex, nofollow"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *self._lines]}
            await send(message)

        await self._app(scope, receive, send_with)


def _asked(request: Request) -> str:
    """The language that was asked for, as the end of an address; empty where none was."""
    language = chosen(request.query_params.get("lang", ""), "", "", "")
    return f"?lang={TAGS[language]}" if language else ""


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def _fields(request: Request, most: int) -> dict[str, str]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise HTTPException(413)
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def _hash(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
