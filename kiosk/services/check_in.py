"""预约签到 (R58): the code of an appointment, typed or scanned; on time its number goes ahead at its time. Pure."""

from __future__ import annotations

from typing import Literal

from hub.wire.messages import CheckIn
from kiosk.services.taking import Desk, Taking

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What a code is made of: nothing that is mistaken for another (Crockford's base 32)."""
LENGTH = 6
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})

Arrival = Literal["", "now", "early", "late"]


class CheckingIn(Taking):
    """One code at a time; a wrong one is said and can be typed again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "code")
        self.code = ""

    @property
    def complete(self) -> bool:
        return len(self.code) == LENGTH

    @property
    def arrival(self) -> Arrival:
        """Whether they are on time; who is late waits like everybody."""
        if self.issued is None:
            return ""
        if self.issued.lane == "line":
            return "late"
        given = self.issued.not_before
        return "early" if given is not None and given > self.desk.now else "now"

    def begin(self) -> None:
        """Nothing needs to be known before a code is typed."""
        self.step = "code"

    def type(self, letter: str) -> None:
        if self.step == "code" and letter in LETTERS and not self.complete:
            self.code += letter

    def erase(self) -> None:
        if self.step == "code":
            self.code = self.code[:-1]

    def scanned(self, text: str) -> bool:
        """Takes a code from a scanner, with spaces or hyphens or as the end of an address; whether it was one."""
        code = "".join(text.rsplit("/", 1)[-1].split()).replace("-", "").upper().translate(_READ_AS)
        if self.step != "code" or len(code) != LENGTH or not set(code) <= set(LETTERS):
            return False
        self.code = code
        self.send()
        return True

    def send(self) -> None:
        if self.complete:
            self._ask(CheckIn(code=self.code))

    def back(self) -> bool:
        """A refused code is typed anew."""
        self.code = ""
        return super().back()

    def wipe(self) -> None:
        self.code = ""
        super().wipe()
