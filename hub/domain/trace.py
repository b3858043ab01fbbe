"""How a due date came about, day by day and act by act, for whoever has to check it (R25-R27). Pure.

Nothing in it is personal: what people wrote in their own words is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import Literal

from hub.domain.deadline import Calendar, Due, Why
from hub.domain.grievance import CaseKind
from hub.domain.hall import Value
from hub.domain.policy import Policy
from hub.domain.policy.values import Stated
from hub.domain.recount import Act

DAY = dt.timedelta(days=1)
DayIs = Literal["counts", "came", "start", "off", "paused"]
"""`came` and `start` begin a clock and do not count, `off` is no working day, `paused` one that others had."""
Remark = Literal["moved", "hall_worked", "half"]
"""Why a day counts though one might think otherwise: 调休, a day off that the hall works, half a day."""
ActDone = Literal[
    "file",
    "dispatch",
    "extension_asked",
    "extension_granted",
    "extension_refused",
    "extension_lapsed",
    "pause",
    "resume",
    "progress",
    "send_back",
    "recount",
]


class TraceDay(Value, frozen=True):
    """One day on the way to a due date. `number` is the running number of a day that counts, from 1; `why` and `name`
    say why one is off."""

    date: dt.date
    state: DayIs
    number: int = 0
    why: Why | None = None
    name: str = ""
    remark: Remark | None = None


class TraceAct(Value, frozen=True):
    """Something that was done to the clock. `who` is a member of staff, `post` the post that decided; `name` a class, a
    ground or a change of the calendar, `wd` the working days that it was about, `until` the date it came to."""

    at: dt.datetime
    what: ActDone
    who: str = ""
    post: str = ""
    name: str = ""
    wd: int = 0
    until: dt.date | None = None


class Article(Value, frozen=True):
    """A key of the policy and the article behind it, in the document's words; `silent` where it is a default."""

    key: str
    cite: str
    silent: bool


def days(calendar: Calendar, due: Due, pauses: Sequence[tuple[dt.date, dt.date]] = ()) -> tuple[TraceDay, ...]:
    """Every day from the one on which it came to the due date; `pauses` are the days on which the clock that counts now
    was stopped and went on."""
    taken = _paused(due, pauses)
    off = {one.date: one for one in due.skipped}
    first = due.start_moved.came if due.start_moved else due.start
    found: list[TraceDay] = []
    number = 0
    for day in (first + n * DAY for n in range((due.date - first).days + 1)):
        if day in off:
            found.append(TraceDay(day, "off", why=off[day].why, name=off[day].name))
        elif day in taken:
            found.append(TraceDay(day, "paused"))
        elif day in due.counted:
            number += 1
            found.append(TraceDay(day, "counts", number, remark=_remark(due, day)))
        elif day == due.start or not due.wd:  # 当天 is the day itself, or the next that is worked
            found.append(TraceDay(day, "start"))
        else:  # from the day on which it came up to the one from which it counts
            closed = calendar.off(day)
            why, name = (closed.why, closed.name) if closed else (None, "")
            found.append(TraceDay(day, "came" if day == first else "off", why=why, name=name))
    return tuple(found)


def articles(policy: Policy, due: Due, kind: CaseKind, case_class: str, moves: Collection[str]) -> tuple[Article, ...]:
    """What of the policy this date rests on, in the order in which it is applied; `moves` are those that were made."""
    clock = policy.clock
    used: list[tuple[str, Stated]] = [("clock.starts", clock.starts)]
    if due.start_moved is not None:
        used.append(("clock.cut_off", clock.cut_off))
    used.append(("clock.day_zero", clock.day_zero))
    if kind == "grievance" and policy.complaints.limit_class.value:
        used.append(("complaints.limit_class", policy.complaints.limit_class))
    used += [("classes", one) for one in policy.classes if one.code == case_class]
    if "clock_not_started" in due.provisional_because:
        used.append(("clock.triage_limit_wd", clock.triage_limit_wd))
    if due.half_days or any(one.why == "half_day" for one in due.skipped):
        used.append(("clock.half_days", clock.half_days))
    if due.extended_wd or "extend" in moves:
        used += [("extension.needs", policy.extension.needs), ("extension.cap_wd", policy.extension.cap_wd)]
    if due.paused_wd or "pause" in moves:
        used.append(("clock.pause_grounds", clock.pause_grounds))
    if due.anew:
        used.append(("clock.rework_starts_anew", clock.rework_starts_anew))
    return tuple(Article(key, one.cite, one.silent) for key, one in used)


def weeks(days: Sequence[TraceDay]) -> Iterator[tuple[TraceDay | None, ...]]:
    """The same days, Monday to Sunday; None before the first and after the last."""
    known = {one.date: one for one in days}
    monday = days[0].date - days[0].date.weekday() * DAY
    while monday <= days[-1].date:
        yield tuple(known.get(monday + n * DAY) for n in range(7))
        monday += 7 * DAY


def mark(day: TraceDay) -> str:
    """Why a day does not count, or why it does though one might think otherwise; empty where the day says it itself."""
    match day:
        case TraceDay(state="counts", remark=remark):
            return remark or ""
        case TraceDay(state="off", why=why):
            return "" if why in (None, "weekend") else str(why)
        case _:
            return day.state


def _paused(due: Due, pauses: Sequence[tuple[dt.date, dt.date]]) -> frozenset[dt.date]:
    """The working days among the counted that were not the department's: `due.paused_wd` of them.

    They are those that began while the clock stood still, then those on which it stopped: where that was its last day,
    the rest of it is the day on which it is due now. The due date itself counts, unless no day was given but the first.
    """
    began = {day for day in due.counted for paused, resumed in pauses if paused < day <= resumed}
    stopped = {paused for paused, _ in pauses}

    def last_to_be_taken(day: dt.date) -> tuple[bool, bool, bool, int]:
        return day == due.date, day not in began, day not in stopped, day.toordinal() * (1 if day in began else -1)

    return frozenset(sorted(due.counted, key=last_to_be_taken)[: due.paused_wd])


def _remark(due: Due, day: dt.date) -> Remark | None:
    marks: tuple[tuple[Remark, tuple[dt.date, ...]], ...] = (
        ("half", due.half_days),
        ("hall_worked", due.hall_workdays),
        ("moved", due.moved_workdays),
    )
    return next((mark for mark, of in marks if day in of), None)


def running_pauses(policy: Policy, acts: Sequence[Act]) -> list[tuple[dt.date, dt.date]]:
    """The pauses of the clock that counts now: what began anew has none of the one before."""
    found: list[tuple[dt.date, dt.date]] = []
    stopped: dt.date | None = None
    for act in acts:
        anew = act.move == "progress"
        anew |= act.move == "dispatch" and policy.clock.starts.value == "dispatch"
        anew |= act.move == "send_back" and policy.clock.rework_starts_anew.value
        if anew:
            found = []
        if act.move == "pause":
            stopped = act.at.date()
        elif act.move == "resume" and stopped is not None:
            found.append((stopped, act.at.date()))
    return found
