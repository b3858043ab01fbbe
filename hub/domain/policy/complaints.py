"""投诉: complaints about how people were treated, a case type of its own (R10-R14, R30)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Channel, Cited, ClassCode, Medium, Named, Text, UsualMedium


class Complaints(Value, frozen=True):
    """How a 投诉 is taken, handled and answered."""

    taken: Cited[bool]
    grounds: Cited[tuple[Named, ...]]
    channels: Cited[tuple[Channel, ...]]
    must_say: Cited[tuple[Literal["respondent", "department", "matter", "time", "place", "name", "phone"], ...]]
    written_when: Cited[tuple[Literal["major", "wide_impact"], ...]]
    """When it must be written (R12); empty = never."""
    investigated_at_once: Cited[bool]
    limit_class: Cited[ClassCode]
    """The class whose limit holds for one that cannot be answered at once; empty = the longest."""
    delay_explained: Cited[bool]
    followed_by: Cited[ActingRole]
    """Who follows it to the end."""
    both_sides_protected: Cited[bool]
    respondent_may_handle: Cited[bool]
    signed_confidential: Cited[bool]
    """A signed complainant's identity is strictly confidential (R13)."""
    reply_to_written: Cited[Medium]
    reply_to_oral: Cited[UsualMedium]
    outlets: Cited[tuple[Text, ...]]
    """Where else a citizen may turn (R14); telephone numbers are the hall's (`hall.toml`)."""
