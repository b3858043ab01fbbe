"""Commands of the line: calling and serving, the window that opens or goes away, and exceptions (R8, R55-R58)."""

from __future__ import annotations

from hub.domain.hall import WindowWhy
from hub.domain.ticket import Lane
from hub.wire.message import Message


class CallNext(Message, frozen=True):
    """The next waiting citizen to this terminal's window.

    `service` narrows it to one of the window's queues, `lane` to those who stand so, as a green counter does (R62).
    """

    service: str = ""
    lane: Lane | None = None


class RecallTicket(Message, frozen=True):
    ticket_id: str


class ServeTicket(Message, frozen=True):
    ticket_id: str


class FinishTicket(Message, frozen=True):
    ticket_id: str


class MarkNoShow(Message, frozen=True):
    ticket_id: str


class SetWindow(Message, frozen=True):
    """Opens this terminal's window, or says why it is away; an absent window shows it (R8)."""

    open: bool
    why: WindowWhy = "break"


class ParkTicket(Message, frozen=True):
    """挂起: sets this window's citizen aside, to fetch a paper or fill in a form."""

    ticket_id: str
    reason: str = ""


class CallParked(Message, frozen=True):
    """Calls back who was parked at this window, or at one that is closed now; they were served already."""

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
    CallNext
    | RecallTicket
    | ServeTicket
    | FinishTicket
    | MarkNoShow
    | SetWindow
    | ParkTicket
    | CallParked
    | TransferTicket
    | ReturnTicket
    | WithdrawTicket
    | AskGreenChannel
    | DecideGreenChannel
    | AdvanceTicket
)
