"""The slip of a queue number, and of a time agreed on: what they say, decided without a printer.

Built from the hub's answer, the hall and its policy: nothing that a citizen typed has a field here.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from hub.domain import estimate, posts
from hub.domain.estimate import Wait
from hub.domain.hall import Hall
from hub.domain.policy import Policy
from hub.domain.policy.queue import SecondChance
from hub.domain.ticket import Lane
from hub.domain.translated import hall_in, policy_in
from hub.domain.words import Words
from hub.wire.messages import AppointmentView, TicketIssued
from printers.said import Paper, Said
from printers.slip import Block, Divider, Line, Qr, Slip

Green = Literal["", "open", "asked"]
"""What became of a green channel that was asked for as the number was taken (R57)."""


class NumberSlip(Paper, frozen=True, kw_only=True, tag="number"):
    """One number. `ahead` and `wait` are as things stood at `taken_at` (UTC); `windows` may call it."""

    number: str
    service: str
    service_beside: str
    ahead: int
    wait: Wait | None
    windows: tuple[int, ...]
    taken_at: dt.datetime
    second_chance: SecondChance
    behind: int
    chances: int
    lane: Lane = "line"
    not_before: dt.datetime | None = None
    green: Green = ""
    asked_of: str = ""
    """The hall's title of who confirms a green channel that is asked for."""
    asked_of_beside: str = ""


class TimeSlip(Paper, frozen=True, kw_only=True, tag="time"):
    """A time agreed on because today's cannot all be served (R56); `code` is what is typed to check in."""

    code: str
    service: str
    service_beside: str
    date: dt.date
    slot: dt.time
    early_min: int
    grace_min: int


def number_slip(
    issued: TicketIssued,
    hall: Hall,
    policy: Policy,
    taken_at: dt.datetime,
    *,
    green: Green = "",
    language: str = "zh_Hans",
) -> NumberSlip:
    """The slip of a number that the hub gave; `taken_at` where its answer does not say."""
    rules, told = policy.queue, hall_in(hall, language)
    asked_of = rules.green_confirmed_by.value if green == "asked" else ""
    return NumberSlip(
        hall=told.name,
        timezone=hall.timezone,
        phone=hall.phone,
        language=language,
        number=issued.number,
        service=told.service(issued.service).name,
        service_beside=hall.service(issued.service).name,
        ahead=issued.ahead,
        wait=issued.wait,
        windows=tuple(one.number for one in hall.windows if issued.service in one.services),
        taken_at=issued.taken_at or taken_at,
        second_chance=rules.second_chance.value,
        behind=rules.second_chance_behind.value,
        chances=rules.second_chances.value,
        lane=issued.lane,
        not_before=issued.not_before,
        green=green,
        asked_of=posts.title(policy_in(policy, language, hall), asked_of) if asked_of else "",
        asked_of_beside=posts.title(policy, asked_of) if asked_of else "",
    )


def time_slip(made: AppointmentView, hall: Hall, policy: Policy, language: str = "zh_Hans") -> TimeSlip:
    """The slip of a time that was agreed on."""
    told = hall_in(hall, language)
    return TimeSlip(
        hall=told.name,
        timezone=hall.timezone,
        phone=hall.phone,
        language=language,
        code=made.code,
        service=told.service(made.service).name,
        service_beside=hall.service(made.service).name,
        date=made.date,
        slot=made.slot,
        early_min=policy.appointments.early_min.value,
        grace_min=policy.appointments.grace_min.value,
    )


def slip_of_number(slip: NumberSlip) -> Slip:
    """The blocks in reading order: whose it is, the number huge, how long and where, and what a missed call costs."""
    say = Said(slip)
    blocks: list[Block] = [
        *say.head("number.title"),
        Line(slip.number, "number", bold=True, centred=True),
        *(Line(text, "code", bold=True, centred=True) for text in say.each(lambda words: _ahead(slip, words))),
        Divider(),
        say.named("number.service", slip.service, slip.service_beside),
        say.field("number.wait", lambda words: estimate.say(slip.wait, Words("hub", words.language))),
    ]
    if slip.windows:
        blocks.append(say.field("number.windows", lambda words: _windows(slip, words)))
    blocks.append(say.named("number.taken_at", f"{_local(slip, slip.taken_at):%Y-%m-%d %H:%M}"))
    if slip.not_before is not None:
        time = f"{_local(slip, slip.not_before):%H:%M}"
        blocks.append(say.field("number.not_before", lambda words: words("number.not_before.at", time=time)))
    if slip.green:
        blocks.append(say.field("number.green", lambda words: _green(slip, words)))
    missed = words_of_missed(slip.second_chance)
    return say.slip(
        *blocks,
        Divider(),
        *say.small("number.call"),
        *say.small(missed, n=slip.behind, times=slip.chances),
        *say.small("number.estimate"),
        *say.phone(),
    )


def slip_of_time(slip: TimeSlip) -> Slip:
    """The code huge and to be scanned, when it is, and how one checks in."""
    say = Said(slip)
    late = "time.late" if slip.grace_min else "time.late.at_once"
    return say.slip(
        *say.head("time.title"),
        Line(slip.code, "number", bold=True, centred=True),
        Divider(),
        say.named("number.service", slip.service, slip.service_beside),
        say.field("time.date", lambda words: words.date("time.date.day", slip.date), bold=True),
        say.named("time.slot", f"{slip.slot:%H:%M}", bold=True),
        Qr(slip.code),
        Divider(),
        *say.small("time.check_in", n=slip.early_min),
        *say.small(late, n=slip.grace_min),
        *say.phone(),
    )


def words_of_missed(second_chance: SecondChance) -> str:
    """The key of what becomes of a number that was called and nobody came (过号): paper and screen say the same."""
    return f"number.missed.{second_chance}"


def _green(slip: NumberSlip, words: Words) -> str:
    title = slip.asked_of if words.language == slip.language else slip.asked_of_beside
    return words(f"number.green.{slip.green}", title=title)


def _windows(slip: NumberSlip, words: Words) -> str:
    numbers = words("number.windows.between").join(str(one) for one in slip.windows)
    return words("number.windows.at", windows=numbers)


def _ahead(slip: NumberSlip, words: Words) -> str:
    return words("number.ahead", n=slip.ahead) if slip.ahead else words("number.next")


def _local(slip: NumberSlip, at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZoneInfo(slip.timezone))
