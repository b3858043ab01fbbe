"""查进度: the code of a receipt, scanned or typed, and how far its case is. Pure.

A slip of the finger is found here, without the hub. Nothing of it is spoken or printed.
"""

from __future__ import annotations

from typing import Literal

from hub.domain.scanned import AppointmentCode, NotACode, read_code
from hub.wire.messages import Answer, LookUp, Progress
from kiosk.asking import Unanswered
from kiosk.services.once import Hub
from kiosk.services.typed_code import TypedCode

Trouble = Literal[
    "", "slip", "number", "other", "appointment", "not_found", "away", "late", "not_yet", "rated", "refused"
]
"""Why it does not go on, for the sentence on the screen."""


class CaseProgress:
    """Steps: `code`, where it is scanned or typed, and `progress`, what the phone page shows."""

    def __init__(self, hub: Hub) -> None:
        self.step = "code"
        self.code = TypedCode()
        self.trouble: Trouble = ""
        self.asking = False
        self.found: Progress | None = None
        self._hub = hub
        self._secret = ""
        self._over = False

    # --- the code

    def press(self, character: str) -> None:
        """One key; a complete code is looked up by itself."""
        if self.step != "code" or self.asking:
            return
        self.trouble = ""
        self.code.press(character)
        if self.code.complete:
            self.look()

    def erase(self) -> None:
        if not self.asking:
            self.trouble = ""
            self.code.erase()

    def scanned(self, text: str) -> bool:
        """Takes what a scanner read, while the screen wants a code; whether it did."""
        if self.step != "code" or self.asking:
            return False
        self._read(text)
        return True

    def look(self) -> None:
        """The typed code; also once more after the hub was away."""
        if self.code.complete:
            self._read(self.code.text)
        elif self._secret:
            self._look_up()

    @property
    def again(self) -> bool:
        """Whether trying once more may help: the hub did not answer."""
        return self.trouble in ("away", "late")

    def back(self) -> bool:
        """One step; whether there was one before."""
        if self.step == "code":
            return False
        self.step, self.found, self._secret, self.trouble = "code", None, "", ""
        self.code.wipe()
        return True

    def wipe(self) -> None:
        self._over = True
        self.code.wipe()
        self.found, self._secret = None, ""

    # --- what the hub says

    def opened(self) -> None:
        """The case is there: where it leads."""
        self.step = "progress"

    def _read(self, text: str) -> None:
        try:
            code = read_code(text)
        except NotACode as wrong:
            self.trouble = wrong.why
            return
        if isinstance(code, AppointmentCode):
            self.trouble = "appointment"
            return
        self._secret = code.secret
        self._look_up()

    def _look_up(self) -> None:
        self.trouble, self.asking = "", True
        self._hub.ask(LookUp(secret=self._secret), self._looked_up)

    def _looked_up(self, answer: Answer | Unanswered) -> None:
        if self._over:
            return
        self.asking = False
        match answer:
            case Progress():
                self.found = answer
                self.code.wipe()
                self.opened()
            case Unanswered(late=late):
                self.trouble = "late" if late else "away"
            case _:
                self.trouble = "not_found"
                self.code.wipe()
        self._hub.changed()
