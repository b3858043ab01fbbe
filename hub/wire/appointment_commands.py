"""Times given in advance (R56, R58), and a window that goes on after hours (R60): nothing personal is in any of it."""

from __future__ import annotations

import datetime as dt

from hub.domain.slots import AppointmentKind, AppointmentState
from hub.wire.message import Message


class BookAppointment(Message, frozen=True):
    """预约: a time on a working day; of kind `overload` it is agreed on because today's cannot all be served.

    `reason` is why staff agree on one that the hub does not offer by itself.
    """

    service: str
    date: dt.date
    slot: dt.time
    kind: AppointmentKind = "booked"
    reason: str = ""


class MoveAppointment(Message, frozen=True):
    """改约: another time under the same code."""

    code: str
    date: dt.date
    slot: dt.time


class CancelAppointment(Message, frozen=True):
    """取消预约: its place is free again."""

    code: str


class CheckIn(Message, frozen=True):
    """取号: who has an appointment is here."""

    code: str


class ListSlots(Message, frozen=True):
    """The times of a service on a day, with how many are free."""

    service: str
    date: dt.date
    kind: AppointmentKind = "booked"


class ListAppointments(Message, frozen=True):
    """All appointments for a day."""

    date: dt.date


class ServeLate(Message, frozen=True):
    """延时服务: this window goes on after hours on a ground of the policy, until then, or until it is done."""

    ground: str
    until: dt.datetime | None = None
    reason: str = ""


class EndLate(Message, frozen=True):
    """This window's late service has ended."""


class ReadOpening(Message, frozen=True):
    """Of which services numbers are given now, and which windows serve late."""


AppointmentCommand = (
    BookAppointment
    | MoveAppointment
    | CancelAppointment
    | CheckIn
    | ListSlots
    | ListAppointments
    | ServeLate
    | EndLate
    | ReadOpening
)


# --- answers


class AppointmentView(Message, frozen=True):
    """An appointment. `code` is what is typed to check in; `called_off` when the hall is closed then after all."""

    appointment_id: str
    code: str
    service: str
    date: dt.date
    slot: dt.time
    kind: AppointmentKind
    state: AppointmentState
    made_at: dt.datetime
    ticket_id: str = ""
    checked_in_at: dt.datetime | None = None
    called_off: bool = False


class AppointmentMade(Message, frozen=True):
    """The appointment as it stands now."""

    appointment: AppointmentView


class AppointmentList(Message, frozen=True):
    """By their times."""

    appointments: tuple[AppointmentView, ...]


class FreeSlot(Message, frozen=True):
    """A time, how many it has in all for such appointments, and how many are free."""

    date: dt.date
    slot: dt.time
    quota: int
    free: int


class SlotList(Message, frozen=True):
    """By their times; empty on a day on which none is given."""

    slots: tuple[FreeSlot, ...]


class ServiceOpening(Message, frozen=True):
    """Whether numbers of a service are given now; `closes_at` today's end, `opens_at` when it is closed."""

    service: str
    open: bool
    closes_at: dt.datetime | None = None
    opens_at: dt.datetime | None = None


class LateWindow(Message, frozen=True):
    """A window that goes on after hours, since when and on what ground; without `until` until it is done."""

    window: int
    ground: str
    since: dt.datetime
    until: dt.datetime | None = None


class OpeningNow(Message, frozen=True):
    """All services of the hall, and the windows that serve late."""

    services: tuple[ServiceOpening, ...]
    late: tuple[LateWindow, ...] = ()


AppointmentAnswer = AppointmentMade | AppointmentList | SlotList | OpeningNow
