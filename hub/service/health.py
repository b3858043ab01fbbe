"""How terminals say that they are: the newest word of each, in this hub's memory alone, for whoever supervises.

A terminal reports every half minute and whenever a trouble comes or goes; one that is not heard any more is silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from hub.domain.hall import Hall, Terminal
from hub.wire import messages as m

SILENT_AFTER = dt.timedelta(seconds=75)
"""Two reports are missing, and the half of a third."""


@dataclass(frozen=True)
class _Word:
    """The last report of a terminal, and since when its troubles are what they are."""

    at: dt.datetime
    since: dt.datetime
    told: m.ReportHealth


class Health:
    """All terminals' of a hall."""

    def __init__(self) -> None:
        self._words: dict[str, _Word] = {}

    def clear(self) -> None:
        """A duty begins: what terminals said to another hub, or long ago, is said anew within half a minute."""
        self._words.clear()

    def keep(self, terminal: str, told: m.ReportHealth, at: dt.datetime) -> None:
        known = self._words.get(terminal)
        same = known is not None and set(known.told.troubles) == set(told.troubles)
        self._words[terminal] = _Word(at, known.since if known is not None and same else at, told)

    def is_known(self, terminal: str, told: m.ReportHealth, at: dt.datetime) -> bool:
        """Whether it reports the troubles that it had; that it was heard is kept, and nothing else is to be done."""
        known = self._words.get(terminal)
        if (known.told.troubles if known is not None else ()) != told.troubles:
            return False
        self.keep(terminal, told, at)
        return True

    @property
    def troubles(self) -> Mapping[str, tuple[str, ...]]:
        """Of each terminal that reported."""
        return {name: word.told.troubles for name, word in self._words.items()}

    def listed(self, hall: Hall, asking: Terminal, staff: str, now: dt.datetime) -> m.TerminalList:
        """Every terminal, for who supervises; any other terminal learns of itself."""
        supervises = asking.role == "supervisor" and staff
        shown = (one for one in hall.terminals if supervises or one.name == asking.name)
        return m.TerminalList(at=now, terminals=tuple(self._one(one.name, now) for one in shown))

    def _one(self, name: str, now: dt.datetime) -> m.TerminalHealth:
        word = self._words.get(name)
        if word is None:
            return m.TerminalHealth(name=name, state="never")
        troubled: m.TerminalState = "troubled" if word.told.troubles else "live"
        return m.TerminalHealth(
            name=name,
            state="silent" if now - word.at > SILENT_AFTER else troubled,
            heard_at=word.at,
            since=word.since,
            troubles=word.told.troubles,
            outbox=word.told.outbox,
        )
