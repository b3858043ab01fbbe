"""The citizen who stands here now, and hears of what is under way only what is their own."""

from __future__ import annotations

from collections.abc import Callable

from hub.wire.messages import Answer, PrintedNumber
from kiosk.session import Session


class Bystander:
    """`session` is always the present one; `changed` is called when its screen may have to change."""

    def __init__(self, session: Callable[[], Session], changed: Callable[[], None]) -> None:
        self._session, self._changed = session, changed

    def answered(self, command_id: str, answer: Answer) -> None:
        """The hub's answer."""
        self._tell(self._session().answered(command_id, answer))

    def numbered(self, command_id: str, printed: PrintedNumber) -> None:
        """A number of this kiosk's own, because the hub is away."""
        self._tell(self._session().numbered(command_id, printed))

    def unprinted(self, command_id: str, trouble: str) -> None:
        """The spool could not take the receipt: no paper comes now."""
        self._tell(self._session().printed(command_id, "queued", trouble))

    def no_paper(self) -> None:
        """A printer whose spool fails says nothing any more, so that nobody may wait for its word."""
        filed = self._session().filed
        if filed is not None and filed.paper(printer=True) == "printing":
            self.unprinted(filed.command_id, "spool_failed")

    def _tell(self, theirs: bool) -> None:
        if theirs:
            self._changed()
