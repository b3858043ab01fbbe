"""What all messages have in common."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

VERSION = 1

Channel = Literal["kiosk", "window", "phone", "web", "wechat", "written"]
PrintState = Literal["queued", "sent", "confirmed", "unknown", "failed"]
NoticeKind = Literal[
    "new_complaint", "work_order", "replied", "print_trouble", "terminal_trouble", "overdue", "restored"
]


class Message(Struct, frozen=True, forbid_unknown_fields=True, tag=True):
    """Base of all messages; the tag on the wire is the class name."""
