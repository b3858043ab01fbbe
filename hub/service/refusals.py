"""What was refused to a person stays refused: the same bytes, delivered late once more, are not carried out."""

from __future__ import annotations

from collections import OrderedDict

from hub.domain.errors import DomainError
from hub.errors import Refused
from hub.wire import messages as m

KEPT = 512
"""Refusals in memory: a duplicate comes within seconds of the first, and none outlives its connection or the hub."""


class Refusals:
    """The newest refusals by command id, each with the terminal and the digest it was given to."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[tuple[str, bytes], m.Rejected]] = OrderedDict()

    def note(self, command_id: str, asked_by: tuple[str, bytes], answer: m.Answer | None) -> None:
        """Keeps it when it is a refusal; one for the hub's own mistake is not kept, that may be tried again."""
        if isinstance(answer, m.Rejected) and answer.code != "internal":
            self._kept.setdefault(command_id, (asked_by, answer))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def of(self, command_id: str, asked_by: tuple[str, bytes]) -> m.Rejected | None:
        """What the same command was refused with before, if it was."""
        found = self._kept.get(command_id)
        return found[1] if found is not None and found[0] == asked_by else None


def rejection(wrong: Refused | DomainError) -> m.Rejected:
    """What is answered to whoever asked for what cannot be."""
    if isinstance(wrong, Refused):
        return m.Rejected(code=wrong.code, text=wrong.text, times=wrong.times, opens_at=wrong.opens_at)
    return m.Rejected(code=wrong.code, text=str(wrong))
