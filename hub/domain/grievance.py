"""投诉: a complaint about how people were treated, a case type of its own (R10-R13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from hub.domain.deadline import Calendar, Due
from hub.domain.errors import DomainError, UnknownCode
from hub.domain.policy import Policy
from hub.domain.policy.complaints import Complaints

CaseKind = Literal["matter", "grievance"]
"""反映事项, or 投诉."""
Weight = Literal["major", "wide_impact"]
"""重大, or 影响重大、牵涉面广 (R12)."""

UNSIGNED = frozenset({"name", "phone"})
"""What only a signed one has: nobody is made to sign."""


class GrievanceIncomplete(DomainError):
    """A 投诉 that leaves out what the hall's document asks for (R11)."""

    code = "grievance_incomplete"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"ask the citizen for {', '.join(missing)}: this hall's policy needs it of every 投诉 (R11)")


def check(complaints: Complaints, ground: str, told: Mapping[str, str]) -> None:
    """Raises `UnknownCode` for a ground the hall has not (R10), `GrievanceIncomplete` for what is left out (R11)."""
    known = [one.code for one in complaints.grounds.value]
    if ground not in known:
        raise UnknownCode("ground of a 投诉", ground, known)
    missing = [one for one in complaints.must_say.value if one not in UNSIGNED and not told[one].strip()]
    if missing:
        raise GrievanceIncomplete(missing)


def must_be_written(complaints: Complaints, weight: Sequence[Weight]) -> bool:
    """Whether it has to be put in writing before it goes on (R12)."""
    return not set(weight).isdisjoint(complaints.written_when.value)


def is_confidential(complaints: Complaints, name: str) -> bool:
    """Whether who complains is kept from all but those who take it and follow it (R13)."""
    return bool(name.strip()) and complaints.signed_confidential.value


def due(policy: Policy, calendar: Calendar, lodged: dt.date) -> Due:
    """The date of its answer (R10): the limit of its class from when it came, for it is looked into at once."""
    limit = policy.complaints.limit_class.value
    return calendar.under(policy).due(lodged, policy.case_class(limit).limit_wd if limit else policy.longest_wd)
