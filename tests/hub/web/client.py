"""One request to an ASGI application, without a server."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from starlette.types import ASGIApp, Message


@dataclass
class Got:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


def get(app: ASGIApp, path: str, accept_language: str = "") -> Got:
    return asyncio.run(request(app, "GET", path, accept_language=accept_language))


def post(app: ASGIApp, path: str, body: bytes | dict[str, str]) -> Got:
    return asyncio.run(request(app, "POST", path, urlencode(body).encode() if isinstance(body, dict) else body))


async def request(
    app: ASGIApp, method: str, path: str, body: bytes = b"", got: Got | None = None, accept_language: str = ""
) -> Got:
    """What came back; pass `got` to see what came before the application failed."""
    got = got or Got()
    scope = {
        "type": "http",
        "method": method,
        "path": urlsplit(path).path,
        "raw_path": path.encode(),
        "query_string": urlsplit(path).query.encode(),
        "headers": [
            (b"host", b"hall.example"),
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"accept-language", accept_language.encode()),
        ],
        "scheme": "http",
        "server": ("hall.example", 80),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            got.status = message["status"]
            got.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            got.body += message.get("body", b"")

    await app(scope, receive, send)
    return got
