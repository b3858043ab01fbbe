"""用手机填写: a kiosk and a phone fill one form together. All of it is in the hub's memory alone, for minutes."""

from __future__ import annotations

from hub.wire.message import Message


class PhoneDraft(Message, frozen=True):
    """What a citizen wrote on their phone. Unsigned has no name, no phone and no wish for secrecy."""

    text: str = ""
    signed: bool = False
    name: str = ""
    phone: str = ""
    confidential: bool = False


class OpenPairing(Message, frozen=True):
    """The kiosk's QR code is about to be shown; another one that it had open dies.

    `text_most` is how many characters the kiosk has room for. `matter` and `reasons` are shown on the phone, in words.
    """

    token: str
    language: str = "zh_Hans"
    matter: str = ""
    reasons: tuple[str, ...] = ()
    text_most: int = 400


class ReadPairing(Message, frozen=True):
    """What the form on the phone looks like."""

    token: str


class SendDraft(Message, frozen=True):
    """The phone's form was sent, once: the token is used up. The very same again is answered as before."""

    token: str
    draft: PhoneDraft


class CollectDraft(Message, frozen=True):
    """Whether the phone has sent something; asked about once a second, by the kiosk whose pairing it is."""

    token: str


class ClosePairing(Message, frozen=True):
    """The kiosk has the draft, or its citizen went on without the phone: all of it is forgotten."""

    token: str


class PairingWaits(Message, frozen=True):
    """Open, and nothing was sent yet."""

    seconds_left: int


class PairingForm(Message, frozen=True):
    """What the phone shows around its form; `reasons` are the policy's own words."""

    language: str
    matter: str
    reasons: tuple[str, ...]
    text_most: int
    seconds_left: int


class PairingDone(Message, frozen=True):
    """Taken, or forgotten; in memory, nothing of it is durable."""


PairingCommand = OpenPairing | ReadPairing | SendDraft | CollectDraft | ClosePairing
PairingAnswer = PairingWaits | PairingForm | PairingDone | PhoneDraft
