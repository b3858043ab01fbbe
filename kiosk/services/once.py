"""A citizen's word on its way to the hub: while nobody knows whether it arrived, it is sent again as it was. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hub.wire.messages import Command
from kiosk.asking import Heard, Unanswered


class Hub(Protocol):
    """What a flow may ask; `kiosk.terminal.Terminal` is one."""

    changed: Callable[[], None]

    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str: ...


class Once:
    """Sends a command; a second try is the same command under the same id, so that it counts once."""

    def __init__(self, hub: Hub) -> None:
        self.asking = False
        self._hub = hub
        self._command: Command | None = None
        self._id = ""

    @property
    def locked(self) -> bool:
        """Whether it may have arrived: then nothing of it can be changed any more."""
        return self._command is not None

    def send(self, make: Callable[[], Command], heard: Heard) -> None:
        """`heard` once, with the answer or that there is none."""
        command = self._command = self._command or make()
        self.asking = True
        command_id = self._hub.ask(command, lambda answer: self._heard(answer, heard), self._id)
        if self.asking:
            self._id = command_id

    def forget(self) -> None:
        self.asking, self._command, self._id = False, None, ""

    def _heard(self, answer: object, then: Heard) -> None:
        self.asking = False
        never_sent = isinstance(answer, Unanswered) and not answer.late and not self._id
        if never_sent or not isinstance(answer, Unanswered):
            self.forget()
        then(answer)  # type: ignore[arg-type]
