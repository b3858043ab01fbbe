"""清除个人信息 (R71): what has to be said and typed before a case forgets its citizen. Pure."""

from __future__ import annotations

from hub.domain.hall import Value
from hub.domain.numbers import is_case_number
from hub.wire.messages import ErasePerson


class Erasing(Value, frozen=True):
    """What was filled in; `again` is the number typed a second time, by hand."""

    case_number: str = ""
    because: str = ""
    again: str = ""


def missing(told: Erasing) -> tuple[str, ...]:
    """What is still to be filled in: `case_number`, `because`, `again`."""
    found = []
    if not is_case_number(told.case_number.strip()):
        found.append("case_number")
    if not told.because.strip():
        found.append("because")
    if not told.case_number.strip() or told.again.strip() != told.case_number.strip():
        found.append("again")
    return tuple(found)


def command(told: Erasing) -> ErasePerson:
    return ErasePerson(case_number=told.case_number.strip(), because=told.because.strip())
