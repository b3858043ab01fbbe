"""What a hall owes the citizen around a case: told at once, may follow, handed out, given back (R51-R54, R70)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from hub.domain.errors import DomainError, UnknownCode
from hub.domain.policy.answers import Delivery, LaterMaterials, OneTimeNotice, Refusals

NoticePart = Literal["legal_basis", "conditions", "prerequisites", "procedure", "time_limit", "where_prerequisites"]
Way = Literal["pickup", "mail", "online"]
RecordKind = Literal[
    "one_time_notice", "allowed_later", "received", "agent_appointed", "delivered", "returned", "person_erased"
]
OF_EACH_CASE = frozenset({"materials", "reasons_for_refusal"})
"""Of what a notice tells, what is no text of the checklist: a list of its own, and what only a refused case has."""


class NotAtOnce(DomainError):
    """A material that was not named when the others were (R52)."""

    code = "not_named_at_once"


class NotAllowedHere(DomainError):
    """Something that the hall's policy does not offer."""

    code = "not_allowed_here"


class StillMissing(DomainError):
    """Something has to be there first; the text names it."""

    code = "still_missing"


def check_checklist(policy: OneTimeNotice, parts: Collection[str], materials: int) -> None:
    """Raises `StillMissing` for a checklist that leaves out what the document has told (R52)."""
    missing = [one for one in policy.tells.value if one not in OF_EACH_CASE and one not in parts]
    if missing or not materials:
        raise StillMissing(
            f"a one-time notice tells {', '.join([*missing, *(() if materials else ('materials',))])} too"
        )


def check_missing(
    policy: OneTimeNotice, known: Sequence[str], missing: Collection[str], told: Collection[str] | None
) -> None:
    """Raises `UnknownCode` for what is not on the checklist, `NotAtOnce` for what was not told the first time.

    `told` is what the same version's first notice named; None where there was none.
    """
    for code in missing:
        if code not in known:
            raise UnknownCode("material", code, known)
    late = sorted(set(missing) - set(told)) if told is not None else []
    if late and policy.all_missing_at_once.value:
        raise NotAtOnce(f"{', '.join(late)} was not named when the citizen was told; nobody is sent home twice (R52)")


def until(policy: LaterMaterials, materials: Collection[str], promised: bool) -> str:
    """Until when these may follow (R53): `collection` or `decision`; raises `NotAllowedHere`."""
    if not materials or not set(materials) <= set(policy.may_follow.value):
        raise NotAllowedHere(f"of the materials only {', '.join(policy.may_follow.value) or 'none'} may follow here")
    if not promised:
        return policy.until.value
    if policy.promised_until.value == "never":
        raise NotAllowedHere("this hall takes no promise for a material")
    return policy.promised_until.value


def check_delivery(policy: Delivery, way: Way, originals_checked: bool, awaited: Collection[str]) -> None:
    """Raises `NotAllowedHere` for a way the hall has not, `StillMissing` for what must be there at collection."""
    if way not in policy.ways.value:
        raise NotAllowedHere(f"results are handed out by {', '.join(policy.ways.value)} here (R70)")
    if way == "pickup" and policy.pickup_checks_originals.value and not originals_checked:
        raise StillMissing("check the paper originals before the result is handed out (R70)")
    if awaited:
        raise StillMissing(f"{', '.join(sorted(awaited))} must be there before the result is handed out (R53)")


def check_return(policy: Refusals, id_shown: bool, signed: bool) -> None:
    """Raises `StillMissing` for what somebody does who takes materials back (R51)."""
    done = {"id_shown": id_shown, "signature": signed}
    missing = [one for one in policy.return_needs.value if not done[one]]
    if missing:
        raise StillMissing(f"materials go back with {' and '.join(missing)} (R51)")
