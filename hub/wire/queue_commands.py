"""Commands about a place in line beside calling and serving: exceptions, each with its reason (R55-R58)."""

from __future__ import annotations

from hub.wire.message import Message


class ParkTicket(Message, frozen=True):
    """挂起: sets this window's citizen aside, to fetch a paper or fill in a form."""

    ticket_id: str
    reason: str = ""


class CallParked(Message, frozen=True):
    """Calls back who was parked at this window; they were served already."""

    ticket_id: str


class TransferTicket(Message, frozen=True):
    """转窗口: sends this window's citizen to another service, or to one window (0: any that serves it)."""

    ticket_id: str
    service: str = ""
    window: int = 0
    reason: str = ""


class ReturnTicket(Message, frozen=True):
    """过号: who did not come stands in line again, behind as many as the policy says."""

    ticket_id: str


class WithdrawTicket(Message, frozen=True):
    """The citizen leaves the line; their case stays open."""

    ticket_id: str
    reason: str = ""


class AskGreenChannel(Message, frozen=True):
    """绿色通道 (R57): opened at once on a listed `ground`, else `reason` goes to whoever confirms it."""

    ticket_id: str
    ground: str = ""
    reason: str = ""


class DecideGreenChannel(Message, frozen=True):
    """The confirmation, or the refusal with its reason."""

    ticket_id: str
    granted: bool
    reason: str = ""


class AdvanceTicket(Message, frozen=True):
    """Puts somebody first for a reason that no rule lists; who decides on exceptions says so by name (R55)."""

    ticket_id: str
    reason: str


QueueCommand = (
    ParkTicket
    | CallParked
    | TransferTicket
    | ReturnTicket
    | WithdrawTicket
    | AskGreenChannel
    | DecideGreenChannel
    | AdvanceTicket
)
