"""Wrong look-up codes: few at a time, for each terminal that asks and for the whole hall.

Only failures count, because many phones share one asking terminal. When the allowance is used up nobody's code is
looked at until some of it has come back: the asker hears `too_many` and its link asks again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import structlog

from hub.domain.allowance import Allowance
from hub.errors import Refused
from hub.wire import messages as m

log = structlog.get_logger()

OF_A_TERMINAL = (200, 4.0)
OF_THE_HALL = (400, 8.0)
"""Failures at once, and failures that come back each second. Codes have 80 bits: this spares the hub, not the code."""
FAILED = frozenset({"not_found", "pairing_over"})
"""What is answered to a secret that opens nothing."""


class Guesses:
    """The allowances of the terminals that give codes, and of the hall."""

    def __init__(self) -> None:
        self._hall = Allowance(*OF_THE_HALL)
        self._terminals: dict[str, Allowance] = {}

    def watched(self, terminal: str, now: dt.datetime, look: Callable[[], m.Answer]) -> m.Answer:
        """What `look` finds by a secret, only while failures are left; a failed one uses one up."""
        try:
            self.must_be_left(terminal, now)
        except Refused as refusal:
            return m.Rejected(code=refusal.code, text=refusal.text)
        found = look()
        if isinstance(found, m.Rejected) and found.code in FAILED:
            self.failed(terminal)
        return found

    def must_be_left(self, terminal: str, now: dt.datetime) -> None:
        """Before a code is looked at: refuses `too_many` while no failure is left."""
        own = self._terminals.setdefault(terminal, Allowance(*OF_A_TERMINAL))
        if not (own.left(now) and self._hall.left(now)):
            log.warning("look_up.too_many", terminal=terminal)
            raise Refused("too_many", "too many wrong look-up codes just now; ask again in a moment")

    def failed(self, terminal: str) -> None:
        """A code that opens nothing: one less is left."""
        self._terminals[terminal].use()
        self._hall.use()
