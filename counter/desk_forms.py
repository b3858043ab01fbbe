"""What a move of the line asks first: a service, a place to go to, a ground, a reason, a word. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

from hub.domain.hall import Hall, Value, Window, WindowWhy
from hub.domain.policy.queue import Queue, SecondChance
from hub.domain.ticket import WAITING, Lane, TicketState, allowed
from hub.wire.messages import (
    AdvanceTicket,
    AskGreenChannel,
    CallNext,
    Command,
    DecideGreenChannel,
    ParkTicket,
    SetWindow,
    TicketView,
    TransferTicket,
    WithdrawTicket,
)

FormCode = Literal["call_service", "park", "transfer", "withdraw", "green", "pause", "advance", "decide_green"]
Missing = Literal["choice", "where", "reason"]
OTHER = "other"
"""What no list has: it is said in words."""
PARK_REASONS = ("copy", "fetch", "fill_in", "pay")
WITHDRAW_REASONS = ("asked", "done_elsewhere", "gone")
PAUSE_REASONS: tuple[WindowWhy, ...] = get_args(WindowWhy)
NARROWED: dict[str, Lane] = {"lane.green": "green", "lane.appointment": "appointment"}
"""Beside its services, what a window may narrow its call to (R62)."""
VERDICTS = ("yes", "no")


class Form(Value, frozen=True):
    """What a form has beside its choice: whether a choice is sent at once, and whether words belong to it."""

    at_once: bool = False
    words: bool = False


FORMS: dict[FormCode, Form] = {
    "call_service": Form(at_once=True),
    "park": Form(at_once=True),
    "pause": Form(at_once=True),
    "transfer": Form(words=True),
    "withdraw": Form(words=True),
    "green": Form(words=True),
    "advance": Form(words=True),
    "decide_green": Form(words=True),
}


class Wanted(Value, frozen=True):
    """What was filled in. `service` and `window` (0: any) are where somebody is sent, `choice` one of the listed ones;
    `reason` are the words of a listed reason, or the person's own."""

    choice: str = ""
    service: str = ""
    window: int = 0
    reason: str = ""


def begun(code: FormCode, ticket: TicketView | None) -> Wanted:
    """What stands in a form when it is opened."""
    return Wanted(service=ticket.service) if code == "transfer" and ticket is not None else Wanted()


def choices(code: FormCode, services: tuple[str, ...], rules: Queue) -> tuple[str, ...]:
    """The codes that a form offers at a window of these services; `transfer` has its own two lists."""
    match code:
        case "call_service":
            return (*services, *NARROWED)
        case "park":
            return (*PARK_REASONS, OTHER)
        case "withdraw":
            return (*WITHDRAW_REASONS, OTHER)
        case "pause":
            return PAUSE_REASONS
        case "green":
            return (*(one.code for one in rules.green_grounds.value), OTHER)
        case "decide_green":
            return VERDICTS
        case _:
            return ()


def at_once(code: FormCode, choice: str) -> bool:
    """Whether a choice is sent as it is tapped."""
    return FORMS[code].at_once and choice != OTHER


def asks_words(code: FormCode, wanted: Wanted) -> bool:
    """Whether a person may say something in their own words now."""
    return FORMS[code].words or wanted.choice == OTHER


def windows_for(hall: Hall, own: int, service: str, opened: Collection[int]) -> tuple[Window, ...]:
    """The other open windows that serve a service."""
    return tuple(one for one in hall.windows if service in one.services and one.number in opened and one.number != own)


def missing(code: FormCode, ticket: TicketView | None, wanted: Wanted) -> tuple[Missing, ...]:
    """What a form still lacks."""
    said = bool(wanted.reason.strip())
    if code == "transfer":
        return ("where",) if ticket is None or (wanted.service == ticket.service and not wanted.window) else ()
    if code == "advance":
        return () if said else ("reason",)
    if not wanted.choice:
        return ("choice",)
    needs = (code == "green" and wanted.choice == OTHER) or (code == "decide_green" and wanted.choice == "no")
    return ("reason",) if needs and not said else ()


def command(code: FormCode, ticket: TicketView | None, wanted: Wanted) -> Command:
    """The command of a form that lacks nothing."""
    ticket_id, reason = ticket.ticket_id if ticket is not None else "", wanted.reason.strip()
    match code:
        case "call_service":
            lane = NARROWED.get(wanted.choice)
            return CallNext(lane=lane) if lane is not None else CallNext(service=wanted.choice)
        case "pause":
            return SetWindow(open=False, why=next((one for one in PAUSE_REASONS if one == wanted.choice), "break"))
        case "park":
            return ParkTicket(ticket_id=ticket_id, reason=reason)
        case "withdraw":
            return WithdrawTicket(ticket_id=ticket_id, reason=reason)
        case "transfer":
            return TransferTicket(ticket_id=ticket_id, service=wanted.service, window=wanted.window, reason=reason)
        case "green":
            ground = "" if wanted.choice == OTHER else wanted.choice
            return AskGreenChannel(ticket_id=ticket_id, ground=ground, reason=reason)
        case "decide_green":
            return DecideGreenChannel(ticket_id=ticket_id, granted=wanted.choice == "yes", reason=reason)
        case "advance":
            return AdvanceTicket(ticket_id=ticket_id, reason=reason)


RowMove = Literal["green", "withdraw", "call_parked", "recall", "come_back"]

AGAIN: dict[SecondChance, tuple[RowMove, ...]] = {
    "none": (),
    "behind": ("come_back",),
    "at_once": ("recall", "come_back"),
}
"""What the policy lets be done with who was missed."""


def moves_of(state: TicketState, rules: Queue) -> tuple[RowMove, ...]:
    """What may be done with somebody who is not at the window: in line, parked, or missed."""
    if state in WAITING:
        return ("green", "withdraw")
    if state == "parked":
        return ("call_parked", "withdraw")
    left: tuple[RowMove, ...] = ("withdraw",) if "withdraw" in allowed(state) else ()
    return (*AGAIN[rules.second_chance.value], *left)


class Steady:
    """Rows that have just changed places take no touch: it was meant for who stood there before."""

    STILL_S = 0.6

    def __init__(self) -> None:
        self._at: dict[str, tuple[int, float]] = {}

    def stand(self, keys: tuple[str, ...], now_s: float) -> None:
        """Who stands where now."""
        before = self._at
        self._at = {
            key: before[key] if key in before and before[key][0] == place else (place, now_s)
            for place, key in enumerate(keys)
        }

    def may(self, key: str, now_s: float) -> bool:
        """Whether somebody has stood long enough where they stand."""
        return key in self._at and now_s - self._at[key][1] >= self.STILL_S
