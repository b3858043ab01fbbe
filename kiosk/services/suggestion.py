"""意见建议 (R41): praise, criticism or a suggestion, in the citizen's words. Pure.

Thanks are said when the hub has it on its disk and not before; where it does not answer, the paper box is named.
"""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.suggestions import SuggestionKind
from hub.wire.messages import Answer, LeaveSuggestion, SuggestionLine
from kiosk.asking import Unanswered
from kiosk.services.once import Hub, Once
from kiosk.session import PHONE_LIMIT, is_phone

KINDS: tuple[SuggestionKind, ...] = ("suggestion", "criticism", "praise")
TEXT_LIMIT = 400

Trouble = Literal["", "away", "late", "refused", "phone"]


class Suggesting:
    """Steps: `kind`, `words`, `contact` (may be skipped), `thanks`."""

    def __init__(self, hub: Hub, language: str) -> None:
        self.step = "kind"
        self.kind: SuggestionKind | None = None
        self.text = self.phone = ""
        self.trouble: Trouble = ""
        self._hub, self._language = hub, language
        self._word = Once(hub)
        self._over = False

    def choose(self, kind: SuggestionKind) -> None:
        """The tap on a kind leads on by itself."""
        self.kind, self.step = kind, "words"

    def write(self, text: str) -> None:
        if not self._word.locked:
            self.text = text[:TEXT_LIMIT]

    def write_phone(self, phone: str) -> None:
        if not self._word.locked:
            self.trouble = ""
            self.phone = "".join(one for one in phone if one.isascii() and one.isdigit())[:PHONE_LIMIT]

    @property
    def ready(self) -> bool:
        """Whether the key at the lower right leads on."""
        return bool(self.text.strip()) and not self.sending

    @property
    def sending(self) -> bool:
        return self._word.asking

    @property
    def again(self) -> bool:
        """Whether trying once more may help."""
        return self.trouble in ("away", "late")

    def go_on(self) -> None:
        if self.step == "words" and self.ready:
            self.step = "contact"
        elif self.step == "contact" and self.ready:
            if self.phone and not is_phone(self.phone):
                self.trouble = "phone"
            else:
                self._send()

    def back(self) -> bool:
        """One step; whether there was one before. What may have arrived is not changed any more."""
        if self.step == "words":
            self.step = "kind"
        elif self.step == "contact" and not self._word.locked:
            self.step, self.trouble = "words", ""
        else:
            return self.step == "contact"
        return True

    def wipe(self) -> None:
        self._over = True
        self.kind, self.text, self.phone = None, "", ""
        self._word.forget()

    # --- what the hub says

    def _send(self) -> None:
        self.trouble = ""
        self._word.send(self._suggestion, self._heard)

    def _suggestion(self) -> LeaveSuggestion:
        assert self.kind is not None
        return LeaveSuggestion(kind=self.kind, text=self.text.strip(), phone=self.phone, language=self._language)

    def _heard(self, answer: Answer | Unanswered) -> None:
        if self._over:
            return
        match answer:
            case SuggestionLine():
                self.step = "thanks"
                self.text = self.phone = ""
            case Unanswered(late=late):
                self.trouble = "late" if late else "away"
            case _:
                self.trouble = "refused"
        self._hub.changed()


def has_box(_hall: Hall, policy: Policy) -> bool:
    """Whether the hall's document keeps a box."""
    return policy.suggestion_box.kept.value
