"""Wrong look-up codes: few at a time, for each terminal that asks and for the whole hall.

Only failures count, because many phones share one asking terminal. When the allowance is used up nobody's code is
looked at until some of it has come back: the asker hears `too_many` and its link asks again.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from hub.domain.allowance import Allowance
from hub.service.books import Asked
from hub.wire import messages as m

log = structlog.get_logger()

OF_A_TERMINAL = (200, 4.0)
OF_THE_HALL = (400, 8.0)
"""Failures at once, and failures that come back each second. Codes have 80 bits: this spares the hub, not the code."""
BY_A_SECRET = (m.LookUp, m.ReadPairing, m.SendDraft)
"""What anybody on the network can try through the site."""
FAILED = frozenset({"not_found", "pairing_over"})


class Guesses:
    """The allowances of the terminals that look up, and of the hall."""

    def __init__(self) -> None:
        self._hall = Allowance(*OF_THE_HALL)
        self._terminals: dict[str, Allowance] = {}

    def watched(self, asked: Asked, query: object, look: Callable[[], m.Answer]) -> m.Answer:
        """What `look` finds; a secret only while failures are left, and a failed one uses one up."""
        if not isinstance(query, BY_A_SECRET):
            return look()
        name = asked.actor.terminal.name
        own = self._terminals.setdefault(name, Allowance(*OF_A_TERMINAL))
        if not (own.left(asked.at) and self._hall.left(asked.at)):
            log.warning("look_up.too_many", terminal=name)
            return m.Rejected(code="too_many", text="too many wrong look-up codes just now; ask again in a moment")
        found = look()
        if isinstance(found, m.Rejected) and found.code in FAILED:
            own.use()
            self._hall.use()
        return found
