"""A hub that answers when the test says so."""

from __future__ import annotations

from collections.abc import Callable

from hub.wire.messages import Answer, Command
from kiosk.asking import Heard, Unanswered


class AskedHub:
    """`asked` is every question with its id; `away` answers at once that nobody is there."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Command]] = []
        self.away = False
        self.told = 0
        self.changed: Callable[[], None] = self._told
        self._heard: list[Heard] = []

    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str:
        command_id = command_id or f"{len(self.asked) + 1:032x}"
        self.asked.append((command_id, command))
        if self.away:
            heard(Unanswered())
        else:
            self._heard.append(heard)
        return command_id

    def answer(self, answer: Answer | Unanswered) -> None:
        """To the oldest question that waits."""
        self._heard.pop(0)(answer)

    @property
    def waiting(self) -> int:
        return len(self._heard)

    def _told(self) -> None:
        self.told += 1
