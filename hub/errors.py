"""The one base error of the hub; each error has a stable code that docs/wire.md lists."""

from __future__ import annotations

import datetime as dt
from typing import Any


class HubError(Exception):
    """Something the hub refuses or cannot do; `code` is stable, the text says what happened and what to do."""

    code = "error"


class Refused(HubError):
    """A command was understood and turned down; `code` is stable, nothing was changed.

    `times` are free ones (`FreeSlot`), `opens_at` the next chance, where one of them is the remedy.
    """

    def __init__(
        self, code: str, text: str, *, times: tuple[Any, ...] = (), opens_at: dt.datetime | None = None
    ) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.times = times
        self.opens_at = opens_at
