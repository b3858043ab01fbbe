"""How the counter speaks of a place in line: lanes, what a form says and does, the article it follows. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from counter.desk_forms import NARROWED, OTHER, FormCode, Wanted
from counter.wording import Wording
from hub.domain import posts
from hub.domain.hall import Window
from hub.domain.policy import Policy
from hub.domain.ticket import Because
from hub.wire.messages import TicketView
from hub.wire.picture import Picture

Badged = tuple[str, str]
"""Words and their kind of badge."""


class Listed(NamedTuple):
    """One of several to choose from; `hint` stands below it."""

    code: str
    title: str
    hint: str = ""


class LineWords:
    """The words of one hall's line, with its policy's grounds and titles."""

    def __init__(self, say: Wording, policy: Policy) -> None:
        self._say, self.policy = say, policy
        self.words = say.words

    # --- numbers in line

    def badges(self, ticket: TicketView, own: int = 0) -> list[Badged]:
        """What lets this number go first, keeps it waiting, or binds it; and how many later ones went before it."""
        found: list[Badged] = []
        if ticket.lane == "appointment" and ticket.not_before is not None:
            found.append((self.words("line.lane.appointment", time=self._say.clock(ticket.not_before)), "now"))
        elif ticket.not_before is not None:
            found.append((self.words("line.not_before", time=self._say.clock(ticket.not_before)), "due"))
        if ticket.lane in ("green", "advanced"):
            found.append((self.words(f"line.lane.{ticket.lane}"), "now"))
        if ticket.for_window:
            key = "line.for_this" if ticket.for_window == own else "line.for_window"
            found.append((self.words(key, n=ticket.for_window), "soft"))
        if ticket.passed:
            found.append((self.words("line.passed", n=ticket.passed), "due"))
        return found

    def about(self, ticket: TicketView, *, service: bool) -> str:
        """The second line of a number: its service, and when it was taken."""
        taken = self.words("desk.taken", time=self._say.clock(ticket.taken_at))
        return f"{self.service(ticket.service)} · {taken}" if service else taken

    def waited(self, ticket: TicketView, now: dt.datetime | None) -> str:
        return self._say.waited(ticket, now)

    def service(self, code: str) -> str:
        return next((one.name for one in self._say.hall.services if one.code == code), code)

    def next_one(self, ticket: TicketView | None, because: Because | None) -> str:
        """Whom F2 calls, and why it is this one."""
        if ticket is None or because is None:
            return self.words("desk.waiting_none")
        return self.words(f"line.next.{because}", number=ticket.number)

    def asker(self, who: str) -> str:
        """Who asks for a green channel: a staff code, or the citizen at a kiosk."""
        return who or self.words("line.asked.kiosk")

    def state(self, ticket: TicketView) -> str:
        return self.words(f"line.state.{ticket.state}")

    # --- forms

    def title(self, code: FormCode, ticket: TicketView | None) -> str:
        return self.words(f"lineform.title.{code}", number=ticket.number if ticket is not None else "")

    def send(self, code: FormCode) -> str:
        return self.words(f"lineform.send.{code}")

    def hint(self, code: FormCode) -> str:
        return self.words(f"lineform.hint.{code}")

    def rule(self, code: FormCode) -> str:
        """The article that a form follows; what this system does where the document is silent."""
        queue = self.policy.queue
        cite = {
            "green": queue.green_grounds.cite or queue.green_confirmed_by.cite,
            "decide_green": queue.green_confirmed_by.cite,
            "advance": queue.exceptions_by.cite,
            "transfer": queue.transfer_keeps_place.cite,
        }.get(code)
        if cite:
            return self._say.rule(cite, document=True)
        return self.words(f"lineform.note.{code}")

    def options(self, code: FormCode, codes: Sequence[str], picture: Picture) -> list[Listed]:
        """What is chosen from, with what helps choosing."""
        match code:
            case "call_service":
                return [self._narrowed(one, picture) for one in codes]
            case "green":
                named = {one.code: one.name for one in self.policy.queue.green_grounds.value}
                other = self.words(
                    "lineform.green.other", title=self.title_of(self.policy.queue.green_confirmed_by.value)
                )
                return [Listed(one, named.get(one, other)) for one in codes]
            case _:
                return [Listed(one, self.words(f"lineform.{code}.{one}")) for one in codes]

    def _narrowed(self, code: str, picture: Picture) -> Listed:
        """What a call may be narrowed to, and how many wait there."""
        lane = NARROWED.get(code)
        waits = [one for one in picture.waiting() if one.lane == lane or (lane is None and one.service == code)]
        name = self.words(f"lineform.{code}") if lane is not None else self.service(code)
        return Listed(code, name, self.words("desk.waiting_n", n=len(waits)))

    def services(self, own: str) -> list[Listed]:
        """Where somebody may be sent; their own service first, for another window of it."""
        rest = [one for one in self._say.hall.services if one.code != own]
        return [
            Listed(own, self.words("lineform.same_service")),
            *(Listed(one.code, one.name) for one in rest),
        ]

    def windows(self, windows: Sequence[Window], *, any_one: bool) -> list[Listed]:
        """Windows of a service: any of them where that is another place, then each."""
        any_of_them = [Listed("0", self.words("lineform.any_window"))] if any_one else []
        return any_of_them + [Listed(str(one.number), self.words("header.window", n=one.number)) for one in windows]

    def reason(self, code: FormCode, choice: str) -> str:
        """The words of a listed reason, as they go into the record."""
        listed = code in ("park", "withdraw") and choice not in ("", OTHER)
        return self.words(f"lineform.{code}.{choice}") if listed else ""

    def becomes(self, code: FormCode, ticket: TicketView | None, wanted: Wanted) -> str:
        """What sending it does, before it is sent."""
        number = ticket.number if ticket is not None else ""
        queue = self.policy.queue
        match code:
            case "transfer":
                where = (
                    self.words("header.window", n=wanted.window)
                    if wanted.window
                    else self.words("lineform.at_service", service=self.service(wanted.service))
                )
                key = "kept" if queue.transfer_keeps_place.value else "anew"
                return self.words(f"lineform.ready.transfer.{key}", number=number, where=where)
            case "green" if wanted.choice == OTHER:
                return self.words("lineform.ready.green.other", title=self.title_of(queue.green_confirmed_by.value))
            case "call_service" | "pause":
                return ""  # their choice says it all
            case "decide_green":
                return self.words(f"lineform.ready.decide_green.{wanted.choice}", number=number)
            case _:
                return self.words(f"lineform.ready.{code}", number=number)

    def sent(self, code: FormCode, ticket: TicketView | None, wanted: Wanted) -> str:
        """What was done, where the line itself does not show it."""
        if code == "green" and wanted.choice == OTHER:
            title = self.title_of(self.policy.queue.green_confirmed_by.value)
            return self.words("lineform.sent.green", number=ticket.number if ticket else "", title=title)
        return ""

    def title_of(self, post: str) -> str:
        return posts.title(self.policy, post)
