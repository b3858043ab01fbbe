"""用手机填写: one citizen's form on their own phone, from the QR code on the screen to what the phone has sent.

Pure: the hub is asked through the link it is given, and the clock is passed in. A hub started anew knows nothing
of the form, and the citizen is told so. What arrives is never submitted by itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, Protocol

from hub.domain.draft import TEXT_LIMIT
from hub.domain.lookup import make_keys
from hub.wire.messages import Answer, Command, Rejected
from hub.wire.pairing import ClosePairing, CollectDraft, OpenPairing, PairingWaits, PhoneDraft
from kiosk.session import MOVES, NotInThisStep, Session

Step = Literal["opening", "waiting", "filled", "expired", "away", "closed"]
"""`away`: the hub does not answer, or knows nothing of the form any more."""

ASK_EVERY_S = 1.0
OPENS_WITHIN_S = 4.0
"""After so long without an answer the citizen is not kept waiting for a code."""
ABOUT_OVER_S = 3.0
"""A pairing that is gone so shortly before its end has ended by the hub's clock."""


class Hub(Protocol):
    """The link to the hub; `hub.link.Link` is one."""

    @property
    def live(self) -> bool: ...
    def send(self, command: Command, then: Callable[[Answer], None], command_id: str = "") -> str: ...
    def forget(self, command_id: str) -> None: ...


class PhoneForm:
    """For the complaint of one session, from the step it stands at. `draft` is there in the step `filled`."""

    def __init__(
        self,
        hub: Hub,
        page_url: str,
        now_s: Callable[[], float],
        random_bytes: Callable[[int], bytes],
        session: Session,
    ) -> None:
        self._hub, self._page_url, self._now_s, self._random_bytes = hub, page_url, now_s, random_bytes
        self._session = session
        self.step: str = "closed"
        """One of `Step`."""
        self.told = "opening"
        """The step that the window was last told of."""
        self.draft: PhoneDraft | None = None
        self._token = ""
        self._asked = ""
        """The command id of the question under way."""
        self._next_s = self._ends_s = 0.0
        self.begin()

    # --- what the screen asks

    @property
    def open_now(self) -> bool:
        """Whether somebody may be writing on their phone just now."""
        return self.step in ("opening", "waiting")

    @property
    def address(self) -> str:
        """What the QR code says; empty where there is nothing to be scanned."""
        return f"{self._page_url}/f/{self._token}" if self.step == "waiting" else ""

    @property
    def seconds_left(self) -> int:
        return max(0, math.ceil(self._ends_s - self._now_s())) if self.step == "waiting" else 0

    @property
    def reached(self) -> bool:
        """Whether the hub is heard; what the phone sends meanwhile arrives later."""
        return self._hub.live

    # --- what a touch means

    def begin(self) -> None:
        """Opens a pairing with a token of its own, for what was chosen so far; again, where one has ended."""
        self.wipe()
        chosen, said = self._session.choices, self._session.choices.text.strip()
        self._token = make_keys(self._random_bytes).token
        self.step, self._ends_s = "opening", self._now_s() + OPENS_WITHIN_S
        self._ask(
            OpenPairing(
                token=self._token,
                language=self._session.language,
                matter=chosen.matter,
                reasons=chosen.reasons,
                text_most=max(0, TEXT_LIMIT - len(said) - 1) if said else TEXT_LIMIT,
            ),
            self._opened,
        )

    def wipe(self) -> None:
        """Forgets it, here and at the hub; what the phone sends from now on reaches nobody."""
        self._end("closed")

    def poll(self) -> None:
        """Asks about once a second; notices when the time is over."""
        now_s = self._now_s()
        if self.step == "opening" and now_s >= self._ends_s:
            self._end("away")
        elif self.step == "waiting" and now_s >= self._ends_s:
            self._end("expired")
        elif self.step == "waiting" and not self._asked and now_s >= self._next_s:
            self._next_s = now_s + ASK_EVERY_S
            self._ask(CollectDraft(token=self._token), self._collected)

    # --- what the hub says

    def _opened(self, answer: Answer) -> None:
        if isinstance(answer, PairingWaits):
            self.step = "waiting"
            self._next_s, self._ends_s = self._now_s() + ASK_EVERY_S, self._now_s() + answer.seconds_left
        else:
            self._end("away")

    def _collected(self, answer: Answer) -> None:
        match answer:
            case PairingWaits(seconds_left=seconds):
                self._ends_s = self._now_s() + seconds
            case PhoneDraft():
                self._end("filled")
                self.draft = answer
            case Rejected():
                self._end("expired" if self._ends_s - self._now_s() <= ABOUT_OVER_S else "away")

    def _ask(self, command: Command, then: Callable[[Answer], None]) -> None:
        """One question at a time; an answer that comes after the end of its form is nobody's."""
        token = self._token

        def heard(answer: Answer) -> None:
            if token == self._token:
                self._asked = ""
                then(answer)

        self._asked = self._hub.send(command, heard)

    def _end(self, step: Step) -> None:
        if self._asked:
            self._hub.forget(self._asked)
        if self._token:
            self._hub.send(ClosePairing(token=self._token), _unheard)
        self.step, self.draft, self._token, self._asked = step, None, "", ""


def fill_in(session: Session, draft: PhoneDraft) -> None:
    """What was written on the phone, behind what stands here already; shown on the check page, to be confirmed."""
    if (session.step, "take_draft") not in MOVES:
        raise NotInThisStep(f"nothing from a phone is taken at {session.step}")
    session.write("\n".join(one for one in (session.choices.text.strip(), draft.text) if one))
    if draft.signed:
        session.sign()
        session.write_name(draft.name)
        session.write_phone(draft.phone)
        if session.choices.confidential != draft.confidential:
            session.toggle_confidential()
    else:
        session.stay_anonymous()
    session.move("take_draft")


def _unheard(_answer: Answer) -> None:
    """Closing has no other outcome."""
