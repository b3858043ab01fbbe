"""Appointment codes typed at a kiosk (R58): a few may be wrong, and then none is looked at until time has passed.

Six characters are few enough to be found by somebody who may try all day. Staff have a list, and are not counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from hub.domain.allowance import Allowance
from hub.errors import Refused

if TYPE_CHECKING:
    from hub.service.books import Asked

log = structlog.get_logger()

OF_A_KIOSK = (6, 1 / 30)
"""Wrong codes at once, and how many more each second: somebody who misreads theirs twice still gets in."""


class CodeGuesses:
    """The allowances of the hall's kiosks."""

    def __init__(self) -> None:
        self._kiosks: dict[str, Allowance] = {}
        self._counted: dict[str, str] = {}
        """The command id of each kiosk's newest failure: a resend of it is the same one."""

    def must_be_left(self, asked: Asked) -> None:
        """Refuses `too_many_codes`, with when the next one is looked at."""
        own = self._own(asked)
        if own is not None and not own.left(asked.at) and self._counted.get(_name(asked)) != asked.command_id:
            log.warning("appointment_code.too_many", terminal=_name(asked))
            text = "too many wrong appointment codes at this kiosk; ask at a window, or take a number"
            raise Refused("too_many_codes", text, opens_at=own.back_at(asked.at))

    def failed(self, asked: Asked) -> None:
        """No appointment has the code that was asked with."""
        own = self._own(asked)
        if own is not None and self._counted.get(_name(asked)) != asked.command_id:
            own.use()
            self._counted[_name(asked)] = asked.command_id

    def _own(self, asked: Asked) -> Allowance | None:
        if asked.actor.role != "kiosk":
            return None
        return self._kiosks.setdefault(_name(asked), Allowance(*OF_A_KIOSK))


def _name(asked: Asked) -> str:
    return asked.actor.terminal.name
