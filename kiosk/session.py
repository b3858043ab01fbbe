"""One citizen's session at the kiosk: the steps, what was chosen, what is missing, and the complaint it makes.

Pure: the clock, the day, keys and command id are passed in. The flow is the one table `MOVES`; the shortest way through
it is seven taps and no typing: start, matter, reason, next, skip, anonymous, submit.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from hub.domain.draft import (
    NAME_LIMIT as NAME_LIMIT,
    PHONE_LIMIT as PHONE_LIMIT,
    TEXT_LIMIT as TEXT_LIMIT,
    digits_of,
    is_phone as is_phone,
)
from hub.domain.errors import DomainError
from hub.domain.hall import Hall, Matter, Value
from hub.domain.lookup import LookupKeys
from hub.domain.policy import Exclusion, Policy
from hub.domain.words import Words
from hub.wire.messages import (
    Answer,
    ComplaintAccepted,
    FileComplaint,
    LookupSecrets,
    PrintedNumber,
    PrintState,
    Rejected,
)
from kiosk.filed import Filed as Filed
from kiosk.since import told

Step = Literal["home", "matter", "reason", "scope", "words", "contact", "check", "done"]
Move = Literal[
    "start",
    "next",
    "back",
    "out_of_scope",
    "change_matter",
    "change_reason",
    "change_words",
    "change_contact",
    "take_draft",
    "submit",
]

MOVES: dict[tuple[Step, Move], Step] = {
    ("home", "start"): "matter",
    ("matter", "next"): "reason",
    ("matter", "back"): "home",
    ("reason", "next"): "words",
    ("reason", "back"): "matter",
    ("reason", "out_of_scope"): "scope",
    ("scope", "next"): "words",
    ("scope", "back"): "reason",
    ("words", "next"): "contact",
    ("words", "back"): "reason",
    ("words", "take_draft"): "check",
    ("contact", "next"): "check",
    ("contact", "back"): "words",
    ("contact", "take_draft"): "check",
    ("check", "back"): "contact",
    ("check", "change_matter"): "matter",
    ("check", "change_reason"): "reason",
    ("check", "change_words"): "words",
    ("check", "change_contact"): "contact",
    ("check", "submit"): "done",
}
"""The whole flow. `scope` (R2) is no dead end: it says where to go and offers to file all the same (R3)."""

FORM: tuple[Step, ...] = ("matter", "reason", "words", "contact", "check", "done")
"""The steps that the row of progress counts."""

OTHER_MATTER, UNKNOWN_MATTER = "other", "unknown"
MOST_VISITS = 5
"""Five stands for five or more."""

Missing = Literal["matter", "reason", "scope", "contact", "phone"]


class NotInThisStep(DomainError):
    """A move or a choice that the step on screen does not have: a mistake of ours, or a touch that came too late."""

    code = "not_in_this_step"


class Incomplete(DomainError):
    """The step lacks something; `missing` names what, for the sentence on the screen."""

    code = "incomplete"

    def __init__(self, missing: Missing) -> None:
        super().__init__(f"{missing} is missing or cannot be right")
        self.missing = missing


class Choices(Value, frozen=True):
    """What the citizen chose and wrote so far. `signed` is None until they decide between a name and anonymity."""

    matter: str = ""
    reasons: tuple[str, ...] = ()
    visits: int = 1
    since: str = ""
    """One of `kiosk.since.offered`: staff and citizen read it each in their own language."""
    scope: str = ""
    text: str = ""
    signed: bool | None = None
    name: str = ""
    phone: str = ""
    confidential: bool = False


class Session:
    """From the first touch to the last; a new one is made for every citizen, and nothing of it is kept."""

    def __init__(self, hall: Hall, policy: Policy, language: str = "zh_Hans") -> None:
        self.hall = hall
        self.policy = policy
        self.language = language
        self.step: Step = "home"
        self.choices = Choices()
        self.filed: Filed | None = None
        self.changing = False
        """One line is being changed from the check page: `next` and `back` return there."""

    # --- moving

    def move(self, by: Move) -> Step:
        """The next step; raises `Incomplete` when something is lacking, `NotInThisStep` for a move it does not have."""
        if (self.step, by) not in MOVES or by == "submit":
            raise NotInThisStep(f"{self.step} has no move {by}")
        if by == "next":
            self.require(self.step)
        if (self.step, by) == ("scope", "back"):
            self._replace(scope="")
        to = MOVES[self.step, by]
        if self.changing and by in ("next", "back") and not (self.step == "scope" and by == "back"):
            to = "check"
        if to == "check":
            self.require("matter")
            self.require("reason")
            self.require("contact")
        self.changing = to != "check" and (self.changing or by.startswith("change_"))
        self.step = to
        return to

    def missing(self, step: Step) -> Missing | None:
        """What a step still lacks, if anything."""
        chosen = self.choices
        match step:
            case "matter":
                return None if chosen.matter else "matter"
            case "reason":
                return None if chosen.reasons or chosen.scope else "reason"
            case "scope":
                return None if chosen.scope else "scope"
            case "contact" if chosen.signed is None:
                return "contact"
            case "contact" if chosen.signed:
                return None if is_phone(chosen.phone) else "phone"
            case _:
                return None

    def require(self, step: Step) -> None:
        lacking = self.missing(step)
        if lacking is not None:
            raise Incomplete(lacking)

    # --- choosing

    def choose_matter(self, code: str) -> None:
        """A matter of the hall, `other` or `unknown`."""
        if code not in (OTHER_MATTER, UNKNOWN_MATTER):
            self.hall.matter(code)
        self._replace(matter=code)

    def toggle_reason(self, code: str) -> None:
        """Chooses or drops a reason; what is chosen stands in the policy's order. In scope after all: `scope` falls."""
        self.policy.reason(code)
        wanted = set(self.choices.reasons) ^ {code}
        self._replace(reasons=tuple(one.code for one in self.policy.reasons if one.code in wanted), scope="")

    def choose_visits(self, visits: int) -> None:
        self._replace(visits=max(1, min(visits, MOST_VISITS)))

    def choose_since(self, since: str) -> None:
        """When they came first, one of `kiosk.since.offered`; the same again takes it back."""
        self._replace(since="" if since == self.choices.since else since)

    def choose_scope(self, code: str) -> None:
        """The exclusion the citizen reads; filing with it is filing all the same (R3)."""
        if code not in {known.code for known in self.policy.exclusions}:
            raise NotInThisStep(f"no exclusion {code!r}")
        self._replace(scope=code)

    def write(self, text: str) -> None:
        self._replace(text=text[:TEXT_LIMIT])

    def stay_anonymous(self) -> None:
        """Name and phone are forgotten at once, not only left out."""
        self._replace(signed=False, name="", phone="", confidential=False)

    def sign(self) -> None:
        self._replace(signed=True)

    def write_name(self, name: str) -> None:
        self._replace(name=name[:NAME_LIMIT])

    def write_phone(self, phone: str) -> None:
        self._replace(phone=digits_of(phone)[:PHONE_LIMIT])

    def toggle_confidential(self) -> None:
        """请为我保密 (R13)."""
        self._replace(confidential=not self.choices.confidential)

    # --- filing

    def submit(self, command_id: str, on_screen: LookupKeys, on_paper: LookupKeys) -> FileComplaint:
        """The complaint, once: a second touch raises `NotInThisStep`, whatever the screen let through."""
        if self.step != "check" or self.filed is not None:
            raise NotInThisStep("the complaint is submitted already or not yet complete")
        complaint = self.complaint(on_screen, on_paper)
        self.filed = Filed(command_id=command_id, complaint=complaint, on_screen=on_screen)
        self.step = MOVES["check", "submit"]
        return complaint

    def complaint(self, on_screen: LookupKeys, on_paper: LookupKeys) -> FileComplaint:
        chosen = self.choices
        return FileComplaint(
            matter=chosen.matter,
            reasons=chosen.reasons,
            on_paper=LookupSecrets(token=on_paper.token, typed=on_paper.typed),
            on_screen=LookupSecrets(token=on_screen.token, typed=on_screen.typed),
            visits=chosen.visits,
            since=told(chosen.since, Words("kiosk", self.hall.language)),
            text=chosen.text.strip(),
            name=chosen.name.strip() if chosen.signed else "",
            phone=chosen.phone if chosen.signed else "",
            confidential=bool(chosen.signed and chosen.confidential),
            channel="kiosk",
            language=self.language,
            scope=chosen.scope,
        )

    def answered(self, command_id: str, answer: Answer) -> bool:
        """Takes in the hub's answer to this session's own complaint; any other is not for this citizen's eyes."""
        if self.filed is None or self.filed.command_id != command_id:
            return False
        if not isinstance(answer, ComplaintAccepted | Rejected):
            return False
        self.filed = msgspec.structs.replace(self.filed, answer=answer)
        return True

    def numbered(self, command_id: str, printed: PrintedNumber) -> bool:
        """Takes in the number that the kiosk itself gave to this session's own complaint."""
        if self.filed is None or self.filed.command_id != command_id:
            return False
        self.filed = msgspec.structs.replace(self.filed, offline=printed)
        return True

    def printed(self, job_id: str, state: PrintState, trouble: str = "") -> bool:
        """Takes in what the printer said of this session's own receipt, or of its 补打 (`<command id>/...`)."""
        if self.filed is None or job_id.partition("/")[0] != self.filed.command_id:
            return False
        self.filed = msgspec.structs.replace(self.filed, printed=state, trouble=trouble)
        return True

    # --- what the screens ask

    def matter_name(self) -> str:
        """The chosen matter's name in the hall's file; empty for `other` and `unknown`, which the catalogue words."""
        code = self.choices.matter
        return "" if code in ("", OTHER_MATTER, UNKNOWN_MATTER) else self.hall.matter(code).name

    def exclusion(self) -> Exclusion | None:
        return next((known for known in self.policy.exclusions if known.code == self.choices.scope), None)

    def place(self) -> tuple[int, int]:
        """`(3, 6)`: which step of the form this is, and of how many."""
        step: Step = "reason" if self.step == "scope" else self.step
        return FORM.index(step) + 1 if step in FORM else 0, len(FORM)

    def _replace(self, **chosen: object) -> None:
        if self.filed is not None:
            raise NotInThisStep("the complaint is submitted; nothing can be changed here any more")
        self.choices = msgspec.structs.replace(self.choices, **chosen)


def common_matters(hall: Hall) -> tuple[Matter, ...]:
    """The first page: what most people come for."""
    return tuple(matter for matter in hall.matters if matter.common)


def other_matters(hall: Hall, department: str) -> tuple[Matter, ...]:
    """What stands behind a department's name: all its matters."""
    return tuple(matter for matter in hall.matters if matter.department == department)
