"""What every way to a number shares: one command at a time, its answer once, and the slip of what came of it.

Pure: the kiosk it runs at is passed in as a `Desk`. A tap counts once, because the command's id is made with the tap:
while it is under way another tap is nothing, and asking again, after no answer came, is asking for the same number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.wire.messages import (
    Answer,
    AppointmentMade,
    AppointmentView,
    BookAppointment,
    CheckIn,
    Command,
    FreeSlot,
    OpeningNow,
    ReadOpening,
    Rejected,
    TakeTicket,
    TicketIssued,
)
from hub.wire.picture import Picture
from kiosk.asking import Heard, Unanswered
from kiosk.modes import Modes
from kiosk.services.offers import Offer, numbered, offers
from kiosk.slips import Printed, Slips
from printers.number_slip import Green, number_slip, time_slip

Asked = TakeTicket | BookAppointment | CheckIn
OFFERS_TIMES = frozenset({"over_capacity", "slot_full", "no_slot"})
"""Refusals whose remedy is another time (R56)."""


class Desk(Protocol):
    """The kiosk as a flow sees it; `kiosk.terminal.Terminal` is one."""

    hall: Hall
    policy: Policy
    modes: Modes
    slips: Slips
    changed: Callable[[], None]

    @property
    def picture(self) -> Picture: ...
    @property
    def now(self) -> dt.datetime: ...
    def new_id(self) -> str: ...
    def ask(self, command: Command, heard: Heard, command_id: str = "") -> str: ...


class Taking:
    """One citizen's way to a number. `first` is the step it begins with; what a command leads to are these:

    `asking`; `away`, a hub that was not asked; `late`, one that may have heard; `refused`; `times`, others to choose;
    `issued`, a number; `booked`, an agreed time.
    """

    def __init__(self, desk: Desk, first: str) -> None:
        self.desk, self._first = desk, first
        self.step: str = first
        self.issued: TicketIssued | None = None
        self.booked: AppointmentView | None = None
        self.refused: Rejected | None = None
        self.opening: OpeningNow | None = None
        """Which services give numbers now; None while nobody told."""
        self._asked: Asked | None = None
        self._command_id = ""
        self._wiped = False

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What there is to choose from, as things stand."""
        desk = self.desk
        services = numbered(desk.hall, desk.policy)
        return offers(services, desk.hall, desk.picture, self.opening, desk.now)

    @property
    def times(self) -> tuple[FreeSlot, ...]:
        """Other times that are offered."""
        return self.refused.times if self.refused is not None else ()

    @property
    def service(self) -> str:
        """The service of the number, or of what was asked last."""
        if self.issued is not None:
            return self.issued.service
        return self._asked.service if isinstance(self._asked, TakeTicket | BookAppointment) else ""

    @property
    def green(self) -> Green:
        """What the slip says of a green channel."""
        return ""

    @property
    def printed(self) -> Printed:
        """How far the slip is."""
        return self.desk.slips.of(self._command_id)

    def begin(self) -> None:
        """Asks which services are open; where no hub is heard, that is said at once."""
        self.step = self._first
        self.desk.ask(ReadOpening(), self._opened)

    def choose(self, service: str) -> None:
        """The tap on a service."""
        self._ask(TakeTicket(service=service))

    def wait_all_the_same(self) -> None:
        """A number, though today's will hardly be served (R56)."""
        self._ask(TakeTicket(service=self.service, waits=True))

    def agree_on(self, time: FreeSlot) -> None:
        """One of the times that are offered."""
        self._ask(BookAppointment(service=self.service, date=time.date, slot=time.slot, kind="overload"))

    def again(self) -> None:
        """Asks the same once more under the same id, after no answer came."""
        if self.step not in ("away", "late"):
            return
        if self._asked is None:
            self.begin()
            self.desk.changed()
        else:
            self._go("asking")
            self.desk.ask(self._asked, self._heard, self._command_id)

    def back(self) -> bool:
        """To the first step, from where nothing was given and nothing is under way; whether there was a way back."""
        if self.step not in ("refused", "times"):
            return False
        self.refused = None
        self._go(self._first)
        return True

    def wipe(self) -> None:
        """Nothing that is still on its way belongs to the next citizen."""
        self._wiped = True
        self._asked = self.issued = self.booked = self.refused = None

    # --- what the ways have in common

    def _ask(self, command: Asked) -> None:
        """Asks once: while an answer is waited for or lost, or after a number was given, a tap is nothing."""
        if self.step in ("asking", "late") or self.issued is not None or self.booked is not None:
            return
        self._asked, self._command_id = command, self.desk.new_id()
        self._go("asking")
        self.desk.ask(command, self._heard, self._command_id)

    def _opened(self, answer: Answer | Unanswered) -> None:
        if self._wiped:
            return
        if isinstance(answer, OpeningNow):
            self.opening = answer
        elif isinstance(answer, Unanswered) and not answer.late and self.step == self._first:
            self.step = "away"
        self.desk.changed()

    def _heard(self, answer: Answer | Unanswered) -> None:
        if self._wiped:
            return
        match answer:
            case Unanswered(late=late):
                self._go("late" if late else "away")
            case TicketIssued():
                self.issued = answer
                self._taken()
            case AppointmentMade(appointment=made):
                desk, self.booked = self.desk, made
                desk.slips.print(self._command_id, time_slip(made, desk.hall, desk.policy, desk.modes.language))
                self._go("booked")
            case Rejected(code="capacity_left") if self.service:  # it is shorter again than it was: a number after all
                self.step = self._first
                self.choose(self.service)
            case Rejected(code=code, times=times):
                self.refused = answer
                self._go("times" if code in OFFERS_TIMES and times else "refused")
            case _:
                self.refused = Rejected(code="internal", text="the hub answered something else")
                self._go("refused")

    def _taken(self) -> None:
        """The number is there: its slip is printed, and the screen says it."""
        self._print()
        self._go("issued")

    def _print(self) -> None:
        assert self.issued is not None
        desk = self.desk
        slip = number_slip(
            self.issued, desk.hall, desk.policy, desk.now, green=self.green, language=desk.modes.language
        )
        desk.slips.print(self._command_id, slip)

    def _go(self, step: str) -> None:
        self.step = step
        self.desk.changed()
