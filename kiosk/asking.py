"""Asks the hub what needs no outbox: a number, a look-up, a rating. No answer in time is an answer too. Pure."""

from __future__ import annotations

from collections.abc import Callable

from hub.domain.hall import Value
from hub.wire.messages import Answer, Command

LATE_S = 8.0
"""Longer than a citizen waits before a screen; the hub answers within some milliseconds."""


class Unanswered(Value, frozen=True):
    """The hub is away, or `late`: it may have heard the question, and asking again needs the same command id."""

    late: bool = False


Heard = Callable[[Answer | Unanswered], None]
Send = Callable[[Command, Callable[[Answer], None], str], str]


class Asking:
    """One citizen's questions under way; `forget` drops them with the session."""

    def __init__(self, send: Send, drop: Callable[[str], None], live: Callable[[], bool]) -> None:
        self._send, self._drop, self._live = send, drop, live
        self._waiting: dict[str, tuple[float, Heard]] = {}

    def ask(self, command: Command, heard: Heard, command_id: str, now_s: float) -> None:
        """`heard` is called once: with the answer, or with `Unanswered` when there is none."""
        if not self._live():
            heard(Unanswered())
            return
        self._waiting[command_id] = (now_s, heard)
        self._send(command, lambda answer: self._answered(command_id, answer), command_id)

    def poll(self, now_s: float) -> None:
        for command_id in [one for one, (asked_s, _) in self._waiting.items() if now_s - asked_s >= LATE_S]:
            _, heard = self._waiting.pop(command_id)
            self._drop(command_id)
            heard(Unanswered(late=True))

    def forget(self) -> None:
        """Answers that come later are nobody's, and nothing is asked again for somebody who left."""
        for command_id in self._waiting:
            self._drop(command_id)
        self._waiting.clear()

    def _answered(self, command_id: str, answer: Answer) -> None:
        waiting = self._waiting.pop(command_id, None)
        if waiting is not None:
            waiting[1](answer)
