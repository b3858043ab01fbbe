"""用手机填写: who fills which kiosk's form on a phone just now. Nothing of it is on a disk, in a log or on the feed.

A pairing lives for five minutes of the hub's own time and takes one draft. It is known by the fingerprint of its token
alone; unknown, used, ended and another kiosk's are all told the same.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from hub.domain.draft import NAME_LIMIT, PHONE_LIMIT, TEXT_LIMIT, UNSURE, is_phone, plain
from hub.domain.errors import DomainError
from hub.domain.hall import Hall
from hub.domain.lookup import TOKEN_LENGTH
from hub.domain.policy import Policy
from hub.errors import Refused
from hub.service.refusals import rejection
from hub.wire import messages as m, pairing

LIVES = dt.timedelta(minutes=5)
OF_THE_HALL = 64
"""Pairings at once; a kiosk has one."""
LANGUAGE_LIMIT = 16


@dataclass
class Pairing:
    """One kiosk's. `sent` is the fingerprint of the draft it took, empty until then."""

    kiosk: str
    ends: dt.datetime
    opened: pairing.OpenPairing
    reasons: tuple[str, ...]
    draft: pairing.PhoneDraft | None = None
    sent: bytes = b""

    def seconds_left(self, now: dt.datetime) -> int:
        return max(1, math.ceil((self.ends - now).total_seconds()))


class Pairings:
    """One hub's, in its memory. `fingerprint` makes of a purpose and a secret what cannot be turned back."""

    def __init__(self, fingerprint: Callable[[str, bytes], bytes]) -> None:
        self._fingerprint = fingerprint
        self._open: dict[bytes, Pairing] = {}

    def __len__(self) -> int:
        return len(self._open)

    def end(self, now: dt.datetime) -> None:
        """Forgets those whose time is over, with what they took."""
        for known in [known for known, one in self._open.items() if one.ends <= now]:
            del self._open[known]

    def clear(self) -> None:
        """Forgets all: this hub is not the one that is asked."""
        self._open.clear()

    def answer(
        self, hall: Hall, policy: Policy, terminal: str, now: dt.datetime, command: pairing.PairingCommand
    ) -> m.Answer:
        """What becomes of a command of `terminal`. Refuses `bad_secret`, `unknown_code`, `too_long`, `bad_draft`,
        `too_many_pairings` and `pairing_over`."""
        self.end(now)
        known = self._fingerprint("pairing", command.token.encode())
        try:
            match command:
                case pairing.OpenPairing():
                    return self._begin(known, hall, policy, terminal, now, command)
                case pairing.ReadPairing():
                    return self._form(self._unused(known), now)
                case pairing.SendDraft(draft=draft):
                    return self._take(known, draft)
                case pairing.CollectDraft():
                    one = self._of(known, terminal)
                    return one.draft or pairing.PairingWaits(seconds_left=one.seconds_left(now))
                case pairing.ClosePairing():
                    if known in self._open and self._open[known].kiosk == terminal:
                        del self._open[known]
                    return pairing.PairingDone()
        except (Refused, DomainError) as refusal:
            return rejection(refusal)

    def _begin(
        self, known: bytes, hall: Hall, policy: Policy, kiosk: str, now: dt.datetime, asked: pairing.OpenPairing
    ) -> pairing.PairingWaits:
        if len(asked.token) != TOKEN_LENGTH:
            raise Refused("bad_secret", "a pairing's token is 128 random bits, as for a look-up")
        if len(asked.language) > LANGUAGE_LIMIT or not 0 <= asked.text_most <= TEXT_LIMIT:
            raise Refused("too_long", f"a phone writes at most {TEXT_LIMIT} characters")
        if asked.matter and asked.matter not in UNSURE:
            hall.matter(asked.matter)
        reasons = tuple(policy.reason(code).text for code in dict.fromkeys(asked.reasons))
        if known in self._open:  # a resend
            return pairing.PairingWaits(seconds_left=self._of(known, kiosk, unused=True).seconds_left(now))
        self._open = {other: one for other, one in self._open.items() if one.kiosk != kiosk}
        if len(self._open) >= OF_THE_HALL:
            raise Refused("too_many_pairings", "too many phones are paired just now; fill in at the kiosk")
        begun = Pairing(kiosk=kiosk, ends=now + LIVES, opened=asked, reasons=reasons)
        self._open[known] = begun
        return pairing.PairingWaits(seconds_left=begun.seconds_left(now))

    def _take(self, known: bytes, draft: pairing.PhoneDraft) -> pairing.PairingDone:
        """Keeps the draft until the kiosk has it. A second tap, or an answer that got lost, is no second use."""
        sent = self._fingerprint("draft", msgspec.msgpack.encode(draft))
        if known in self._open and self._open[known].sent == sent:
            return pairing.PairingDone()
        one = self._unused(known)
        _check(draft, one.opened.text_most)
        one.draft, one.sent = draft, sent
        return pairing.PairingDone()

    def _form(self, one: Pairing, now: dt.datetime) -> pairing.PairingForm:
        return pairing.PairingForm(
            language=one.opened.language,
            matter=one.opened.matter,
            reasons=one.reasons,
            text_most=one.opened.text_most,
            seconds_left=one.seconds_left(now),
        )

    def _unused(self, known: bytes) -> Pairing:
        one = self._open.get(known)
        if one is None or one.sent:
            raise _over()
        return one

    def _of(self, known: bytes, kiosk: str, *, unused: bool = False) -> Pairing:
        one = self._unused(known) if unused else self._open.get(known)
        if one is None or one.kiosk != kiosk:
            raise _over()
        return one


def _over() -> Refused:
    return Refused("pairing_over", "no phone can be, or is, paired by this token")


def _check(draft: pairing.PhoneDraft, text_most: int) -> None:
    for field, most in {"text": text_most, "name": NAME_LIMIT, "phone": PHONE_LIMIT}.items():
        if len(getattr(draft, field)) > most:
            raise Refused("too_long", f"{field} has at most {most} characters")
    if draft.text != plain(draft.text, lines=True) or draft.name != plain(draft.name):
        raise Refused("bad_draft", "a text has characters that nobody sees")
    if draft.signed and not is_phone(draft.phone):
        raise Refused("bad_draft", "who signs leaves a telephone number")
    if not draft.signed and (draft.name or draft.phone or draft.confidential):
        raise Refused("bad_draft", "who stays anonymous leaves no name, no number and no wish for secrecy")
