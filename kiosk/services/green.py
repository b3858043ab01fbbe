"""绿色通道 (R57): a listed ground, or the word of whoever confirms it; the number is taken as everybody's is.

Pure. What became of the channel is said as it is: open, asked for, or not asked for because no answer came.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from hub.domain import estimate, posts
from hub.domain.words import Words
from hub.wire import waits
from hub.wire.messages import Answer, AskGreenChannel, Done, Rejected, TicketAnswer, TicketView
from kiosk.asking import Unanswered
from kiosk.services.offers import green_counter
from kiosk.services.taking import Desk, Taking
from printers.number_slip import Green

OTHER = "other"
"""A ground that no list has: a person decides."""

Became = Literal["", "open", "asked", "failed"]


class GreenChannel(Taking):
    """First the ground, then the service; a listed ground needs none where the hall has a green counter."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "ground")
        self.ground = ""
        self.became: Became = ""

    @property
    def grounds(self) -> tuple[str, ...]:
        """The codes to choose from: those of the policy, and another where somebody is there to decide on it."""
        rules = self.desk.policy.queue
        other = (OTHER,) if rules.green_confirmed_by.value else ()
        return (*(one.code for one in rules.green_grounds.value), *other)

    @property
    def confirmed_by(self) -> str:
        """The hall's title of who decides on another ground."""
        return posts.title(self.desk.policy, self.desk.policy.queue.green_confirmed_by.value)

    @property
    def green(self) -> Green:
        return self.became if self.became in ("open", "asked") else ""

    def choose_ground(self, code: str) -> None:
        if self.step != "ground" or code not in self.grounds:
            return
        self.ground = code
        counter = green_counter(self.desk.hall)
        if code != OTHER and counter:
            self.choose(counter)
        else:
            self._go("service")

    def back(self) -> bool:
        if self.step == "service":
            self._go("ground")
            return True
        return super().back()

    def wipe(self) -> None:
        self.ground = ""
        super().wipe()

    # --- the channel of a number that was just given

    def _taken(self) -> None:
        assert self.issued is not None
        reason = "" if self.ground != OTHER else Words("kiosk", self.desk.hall.language)("green.reason")
        ground = "" if self.ground == OTHER else self.ground
        wanted = AskGreenChannel(ticket_id=self.issued.ticket_id, ground=ground, reason=reason)
        self.desk.ask(wanted, self._decided, self.desk.new_id())

    def _decided(self, answer: Answer | Unanswered) -> None:
        if self._wiped:
            return
        match answer:
            case TicketAnswer(ticket=ticket):
                self.became = "open"
                self._goes_first(ticket)
            case Done() | Rejected(code="green_pending"):
                self.became = "asked"
            case Rejected(code="first_already"):
                self.became = "open"
            case _:
                self.became = "failed"
        super()._taken()

    def _goes_first(self, ticket: TicketView) -> None:
        """How many are before them and how long it takes, now that they go first."""
        assert self.issued is not None
        desk = self.desk
        self.issued = replace(
            self.issued,
            lane=ticket.lane,
            ahead=len(estimate.before(ticket, desk.picture.waiting(ticket.service), desk.now)),
            wait=waits.for_ticket(desk.hall, desk.picture, ticket, desk.now),
        )
