"""What all messages have in common."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from hub.domain.policy.values import Channel as Channel

VERSION = 1

PrintState = Literal["queued", "sent", "confirmed", "unknown", "failed"]
NoticeKind = Literal[
    "new_complaint",
    "work_order",
    "replied",
    "print_trouble",
    "terminal_trouble",
    "overdue",
    "number_collision",
    "clock_jumped",
    "restored",
    "extension_asked",
    "extension_decided",
    "called_to_window",
    "escalated",
    "instructed",
    "meeting_held",
    "handed_over",
    "rework",
    "due_soon",
    "due_today",
    "unattended",
    "explain_late",
    "supervised",
    "refusal_waits",
    "refusal_decided",
    "grievance",
    "follow_up_owed",
    "follow_up_overdue",
    "tell_owed",
    "tell_overdue",
    "look_owed",
    "investigation_owed",
    "investigation_overdue",
    "mend_guide",
    "progress_reported",
    "green_asked",
    "green_decided",
    "dates_moved",
    "worked_by_hand",
    "visit_owed",
    "visit_overdue",
    "pre_review_owed",
    "pre_review_overdue",
    "appointments_called_off",
    "criticism_left",
    "suggestions_wait",
]
Remark = Literal["file", "tell", "explain", "note", "progress", "propose_refusal", "reject_refusal", "recount"]
"""Lines of a timeline that move no stage: filed, the citizen told, lateness explained, 督办, 办理进度, 否定报备, the
date counted anew on another calendar."""
VoidReason = Literal[
    "paper_says_other", "not_a_number", "other_hall", "other_series", "other_date", "beyond_reach", "taken"
]
"""Why a number does not stand: the hub gave it and the paper says another, or the paper's could not be adopted."""


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Base of all messages; the tag on the wire is the class name."""


class LookupSecrets(Message, frozen=True):
    """One medium's keys to the progress page (`hub.domain.lookup`); the hub keeps only their HMAC."""

    token: str
    typed: str
