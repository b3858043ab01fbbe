"""The hall's notice on the site's first page: what the wall shows too (R41), asked for once a minute at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from hub.link import NoAnswer
from hub.web.asking import Asks
from hub.wire.messages import EventsSince, Snapshot

FRESH = dt.timedelta(minutes=1)


class Bulletin:
    """The newest text; nothing while the hub is away and none was heard, for the page opens all the same."""

    def __init__(self, hub: Asks, now: Callable[[], dt.datetime]) -> None:
        self._hub, self._now = hub, now
        self._text = ""
        self._asked_at: dt.datetime | None = None

    async def text(self) -> str:
        if self._asked_at is None or self._now() - self._asked_at >= FRESH:
            self._asked_at = self._now()
            try:
                answer = await self._hub.ask(EventsSince(epoch="", seq=0))
            except NoAnswer:
                return self._text
            if isinstance(answer, Snapshot):
                self._text = answer.bulletin
        return self._text
