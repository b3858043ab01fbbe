"""Lodging a 投诉 at the window (R10-R14): what the hall's policy asks for, what is missing, and the command. Pure."""

from __future__ import annotations

import datetime as dt

from hub.domain import grievance as rules
from hub.domain.deadline import Calendar, Due
from hub.domain.grievance import Weight
from hub.domain.hall import Value
from hub.domain.lookup import LookupKeys
from hub.domain.policy import Policy
from hub.wire.messages import Channel, LodgeGrievance, LookupSecrets

MUST_SAY = {"matter": "text", "time": "happened"}
"""Fields of the policy's `must_say` that are called otherwise in the command."""
MOST = {"text": 4000, "respondent": 60, "happened": 60, "place": 120, "name": 60, "phone": 40}
"""Characters that the hub takes at most."""
NOT_BY_STAFF: frozenset[Channel] = frozenset({"kiosk"})
"""A channel on which nobody but the citizen acts."""


class Told(Value, frozen=True):
    """What was filled in so far."""

    ground: str = ""
    text: str = ""
    respondent: str = ""
    respondent_staff: str = ""
    department: str = ""
    happened: str = ""
    place: str = ""
    weight: tuple[Weight, ...] = ()
    name: str = ""
    phone: str = ""
    channel: Channel = "window"


class Lodged(Value, frozen=True):
    """What the citizen takes along: the number, until when, and the code that opens its page."""

    case_number: str
    due: Due
    keys: LookupKeys
    must_be_written: bool
    confidential: bool


def needed(policy: Policy) -> frozenset[str]:
    """The fields that this hall's document wants of every 投诉 (R11); nobody is made to sign."""
    said = {MUST_SAY.get(one, one) for one in policy.complaints.must_say.value if one not in rules.UNSIGNED}
    return frozenset(said | {"ground", "text"})


def missing(policy: Policy, told: Told) -> tuple[str, ...]:
    """What is still to be asked, in the order of the form."""
    wanted = needed(policy)
    return tuple(name for name in Told.__struct_fields__ if name in wanted and not str(getattr(told, name)).strip())


def too_long(told: Told) -> tuple[str, ...]:
    return tuple(name for name, most in MOST.items() if len(getattr(told, name)) > most)


def must_be_written(policy: Policy, told: Told) -> bool:
    """Whether it has to be put in writing before it goes on (R12)."""
    return rules.must_be_written(policy.complaints, told.weight)


def confidential(policy: Policy, told: Told) -> bool:
    """Whether who signs it is kept secret (R13)."""
    return rules.is_confidential(policy.complaints, told.name)


def channels(policy: Policy) -> tuple[Channel, ...]:
    """How it can have come, of those that the hall takes."""
    return tuple(one for one in policy.complaints.channels.value if one not in NOT_BY_STAFF)


def due(policy: Policy, calendar: Calendar, now: dt.date) -> Due:
    """The date that lodging it now would give (R10)."""
    return rules.due(policy, calendar, now)


def command(told: Told, keys: LookupKeys, language: str) -> LodgeGrievance:
    """What the hub is asked; ask only when nothing is `missing` or `too_long`."""
    return LodgeGrievance(
        ground=told.ground,
        text=told.text.strip(),
        on_paper=LookupSecrets(token=keys.token, typed=keys.typed),
        respondent=told.respondent.strip(),
        respondent_staff=told.respondent_staff.strip(),
        department=told.department,
        happened=told.happened.strip(),
        place=told.place.strip(),
        name=told.name.strip(),
        phone=told.phone.strip(),
        weight=told.weight,
        channel=told.channel,
        language=language,
    )
