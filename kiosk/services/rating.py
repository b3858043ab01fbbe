"""评价 (R32, R33): a level of the hall's scale, and why where it sends the case back. Pure.

Once for each answer: the hub decides, and says so kindly. While nobody knows whether it was heard, the same word is
sent again under the same id.
"""

from __future__ import annotations

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.words import Words
from hub.wire.messages import Answer, Done, LevelChoice, LookUp, Progress, RateByCode, Rejected
from kiosk.asking import Unanswered
from kiosk.services.once import Hub, Once
from kiosk.services.progress import CaseProgress, Trouble

WHY = ("unsolved", "unclear", "partly", "slow", "again", "manner")
"""What is offered for tapping; in the catalogue's words."""
TEXT_LIMIT = 400
_REFUSED: dict[str, Trouble] = {
    "not_answered_yet": "not_yet",
    "rated_already": "rated",
    "not_prescribed": "rated",
    "not_found": "not_found",
}


class CaseRating(CaseProgress):
    """Steps: those of the progress, then `level`, `why` and `writing` for a bad one, `rated`.

    `at_once` goes from the code to the levels; otherwise the citizen first reads how far it is.
    """

    def __init__(self, hub: Hub, hall: Hall, *, at_once: bool) -> None:
        super().__init__(hub)
        self.level: LevelChoice | None = None
        self.why: tuple[str, ...] = ()
        self.text = ""
        self._at_once = at_once
        self._said = Words("kiosk", hall.language)
        self._word = Once(hub)

    def opened(self) -> None:
        self.step = "progress"
        if not self._at_once or self.found is None:
            return
        if self.found.levels:
            self.step = "level"
        else:
            self.trouble = "rated" if self.found.rated is not None else "not_yet"

    @property
    def rateable(self) -> bool:
        return self.found is not None and bool(self.found.levels)

    @property
    def ready(self) -> bool:
        """Whether it can be sent: a level, and a word of why where that sends back."""
        if self.level is None or self._word.asking:
            return False
        return not self.level.sends_back or bool(self.why or self.text.strip())

    @property
    def sending(self) -> bool:
        return self._word.asking

    def rate(self) -> None:
        """From the progress to the levels."""
        if self.rateable:
            self.step, self.trouble = "level", ""

    def choose(self, code: str) -> None:
        """A level; another one forgets the words for the first."""
        assert self.found is not None
        if not self._word.locked:
            self.level = next(one for one in self.found.levels if one.code == code)
            if not self.level.sends_back:
                self.why, self.text = (), ""

    def toggle(self, why: str) -> None:
        if not self._word.locked:
            self.why = tuple(one for one in WHY if (one in self.why) != (one == why))

    def write(self, text: str) -> None:
        if not self._word.locked:
            self.text = text[:TEXT_LIMIT]

    def go_on(self) -> None:
        """The key at the lower right: to the words for a bad one, else to the hub."""
        if self.step == "writing" or (self.step == "level" and self.level is not None and self.level.sends_back):
            self.step = "why"
        elif self.ready:
            self._send()

    def open_writing(self) -> None:
        self.step = "writing"

    def back(self) -> bool:
        if self._word.locked:
            return True
        match self.step:
            case "writing":
                self.step = "why"
            case "why":
                self.step = "level"
            case "level" if not self._at_once:
                self.step = "progress"
            case _:
                self.level, self.why, self.text = None, (), ""
                return super().back()
        self.trouble = ""
        return True

    def wipe(self) -> None:
        super().wipe()
        self.level, self.why, self.text = None, (), ""
        self._word.forget()

    # --- what the hub says

    def _send(self) -> None:
        self.trouble = ""
        self._word.send(self._rating, self._heard)

    def _rating(self) -> RateByCode:
        assert self.level is not None
        said = [self._said(f"rating.why.{one}") for one in self.why] + [self.text.strip()]
        text = self._said("check.between").join(one for one in said if one)
        return RateByCode(secret=self._secret, level=self.level.code, text=text)

    def _heard(self, answer: Answer | Unanswered) -> None:
        if self._over:
            return
        match answer:
            case Done():
                self.step = "rated"
                self._hub.ask(LookUp(secret=self._secret), self._seen_after)
            case Unanswered(late=late):
                self.trouble = "late" if late else "away"
            case Rejected(code=code):
                self.trouble = _REFUSED.get(code, "refused")
            case _:
                self.trouble = "refused"
        self._hub.changed()

    def _seen_after(self, answer: Answer | Unanswered) -> None:
        """What became of the case, where it can be told: the date of a case that is done again."""
        if isinstance(answer, Progress) and not self._over:
            self.found = answer
            self._hub.changed()


def has_rating(_hall: Hall, policy: Policy) -> bool:
    """Whether the hall's document has a rating at all (R19)."""
    return policy.has("rate")
