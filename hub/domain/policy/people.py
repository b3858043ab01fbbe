"""Who has a case, who is asked, who decides (R4-R8, R20-R24), and the hall's own papers (R15-R18)."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.domain.policy.values import ActingRole, Cited, Count, Named, Stated, Text

Post = Literal["window", "department", "supervisor", "nobody"]
"""The terminals at which a role acts; `nobody` is for those who are named and do not use the system."""


class HallRole(Stated, frozen=True, kw_only=True):
    """A role with the hall's own title (R4), such as receiver = 接诉人员."""

    title: Text
    at: Post


class Handling(Value, frozen=True):
    """How a case goes from hand to hand."""

    owner: Cited[Literal["first_receiver", "whoever_handles"]]
    """Who owns a case until it is closed: 首接负责制, or whoever has it (R5)."""
    handover_recorded: Cited[bool]
    directory_slip: Cited[tuple[Literal["department", "place", "phone", "person"], ...]]
    """What somebody sent elsewhere is told and given on paper (首问责任制, R6); empty = no slip."""
    absence_shown: Cited[bool]
    """An absent window says so (R8)."""
    verified_before_dispatch: Cited[bool]
    """The window checks the registration before it routes (审核确认, R18)."""
    comes_to_window: Cited[ActingRole]
    """Who comes at once when the window cannot solve it on the spot (R20); call and arrival are recorded."""
    ladder: Cited[tuple[ActingRole, ...]]
    """To whom a case is escalated, first step first (R21)."""
    meeting_convener: Cited[ActingRole]
    """Who convenes a 联席会议 (R22)."""
    lead_department_convenes: Cited[bool]
    """Whether the convener may name a lead department to convene it."""
    handed_on_is_followed: Cited[bool]
    """What goes to another authority is still followed to its end (R23)."""
    result_goes_to: Cited[tuple[Literal["citizen", "window"], ...]]
    """To whom the unit reports the result (R24)."""
    progress_by: Cited[ActingRole]
    """Who tells the citizen how it goes (R24)."""


class Delegates(Value, frozen=True):
    """AB 岗 (R7): B covers for A."""

    kept: Cited[bool]
    handover_ahead_d: Cited[Count]
    """Calendar days before the absence; 0 = no time named."""
    steps_in_himself: Cited[bool]
    """Where there was no time for a handover B steps in by himself."""
    liable: Cited[bool]
    authority_needed: Cited[bool]
    """Nobody stands in without it (不得擅自代班代岗)."""


class FormField(Named, frozen=True):
    """A field of a paper. `code` says what fills it (`hub.service.forms`); one that nothing fills is left to the hand.

    `boxes` are those that the paper prints to be ticked: of an opinion the moves, of a demand the classes and `other`.
    Those of a class and of a rating need not be named: they are the policy's own. `under` is the heading in whose cell
    the field stands, where the document puts several beside one heading.
    """

    boxes: tuple[Named, ...] = ()
    under: str = ""


class Form(Cited[tuple[FormField, ...]], frozen=True, kw_only=True):
    """A paper of the hall: its head, and its fields in their order and words; none = the hall has no such paper."""

    title: str = ""


class Forms(Value, frozen=True):
    """The hall's own papers."""

    acceptance: Form
    """受理单 (R15)."""
    transfer: Form
    """转办单, 工单 (R16)."""
    ledger: Form
    """台账 (R17)."""
    registration: Form
    """登记表 (R18)."""
