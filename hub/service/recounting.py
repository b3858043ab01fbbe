"""Dates counted anew after the calendar changed: a few in each of the hub's rounds, until none is left (R25, R27).

A row says on which version its date was counted, so that a hub that was stopped goes on where it was, and twice changes
nothing. Who has the cases is told once, when all are counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from hub.domain import owed as when_owed
from hub.domain.deadline import Due
from hub.domain.facts import PausesRecounted
from hub.domain.recount import Recounted, Story, recounted
from hub.service import case_file, notices
from hub.service.books import Asked, Books, Decision, Draft
from hub.store import calendars, cases, closing, policies, recounting as stored
from hub.store.cases import OpenCase
from hub.store.transaction import Transaction
from hub.wire import messages as m

CASES_AT_ONCE = 3
OWED_AT_ONCE = 8
"""So many take 2.4 ms of the hub's loop on two cores, once their statements are compiled."""


@dataclass(frozen=True)
class Recount:
    """Some dates are still those of an earlier calendar; made by the hub itself."""


def recount(tx: Transaction, books: Books, draft: Draft, asked: Asked, _wanted: Recount) -> Decision:
    """The next few dates; when there are none left, a notice to those concerned."""
    hall, version = books.hall.code, books.edition.version
    if version != draft.edition.version:
        return Decision(m.Done(), subject="recount waits")  # the calendar changes in this very round
    numbers = stored.cases_behind(tx, hall, version, CASES_AT_ONCE)
    if numbers:
        return Decision(m.Done(), _cases(tx, books, draft, asked, numbers), f"recount {version}: {len(numbers)} cases")
    owing = stored.owed_behind(tx, hall, version, OWED_AT_ONCE)
    for one in owing:
        _owing(tx, books, asked.at, one)
    if owing:
        return Decision(m.Done(), subject=f"recount {version}: {len(owing)} owed")
    draft.recounts = False
    return Decision(m.Done(), _tell(tx, books, draft, asked.at), f"recount {version}: done")


def _cases(tx: Transaction, books: Books, draft: Draft, asked: Asked, numbers: list[str]) -> list[m.Event]:
    hall, version = books.hall.code, books.edition.version
    why, moved, events = calendars.why(tx, hall, version), Counter[str](), list[m.Event]()
    done = stored.done(tx, hall, books.sealer, numbers, books.zone)
    for number in numbers:
        found = case_file.find(tx, books, number)
        anew = _anew(tx, books, asked, found, done[number])
        if anew.due != found.due:
            cases.save(tx, hall, number, due=anew.due)
            if anew.sent:
                cases.recount_newest_order(tx, hall, number, anew.due)
        if _promise(anew.due) != _promise(found.due):
            case_file.step(tx, books, asked, number, "recount", department=found.department, text=why)
            events.append(case_file.moved(tx, books, draft, found, "recount", asked.at))
            moved[found.department] += 1
    stored.counted(tx, hall, numbers, version)
    stored.note_moved(tx, hall, version, moved)
    return events


def _anew(tx: Transaction, books: Books, asked: Asked, found: OpenCase, done: stored.Done) -> Recounted:
    """The date of one case; where the days of its pauses are others now, that is laid down beside them."""
    policy, filed = case_file.policy_of(tx, books, found), books.local(found.filed_at)
    story = Story(found.kind, came=books.local(done.came) if done.came else filed, filed=filed, acts=done.acts)
    anew = recounted(policy, books.calendar, story)
    if any(act.move == "resume" for act in done.acts):
        began = closing.clock_began(tx, books.hall.code, found.number, found.filed_at, policy)
        differs = anew.paused_wd - case_file.standing_of(tx, books, found.number, since=began).paused_wd
        if differs:
            case_file.lay_down(tx, books, asked, found.number, PausesRecounted(books.edition.version, differs))
    return anew


def _promise(due: Due) -> tuple[dt.date, tuple[str, ...]]:
    """What people were told: a date, and whether it may still move."""
    return due.date, due.provisional_because


def _owing(tx: Transaction, books: Books, at: dt.datetime, one: stored.Owing) -> None:
    """Until when it is owed now; who was to be reminded on that day is reminded on the new one."""
    policy, since = policies.find(tx, books.hall.code, one.policy_code, one.policy_version), books.local(one.since)
    until = when_owed.due(policy, books.calendar, one.what, since, one.case_due)
    remind_on = one.remind_on
    if until != one.due_date and until is not None and remind_on is not None:
        first_word = when_owed.first_word(until, since.date())
        assert first_word is not None, "a time is named"
        today = books.local_date(at)
        remind_on = first_word if first_word >= today else min(remind_on, today)
    stored.owed_counted(tx, books.hall.code, one, books.edition.version, due_date=until, remind_on=remind_on)


def _tell(tx: Transaction, books: Books, draft: Draft, at: dt.datetime) -> list[m.Event]:
    """One notice a department, and one for the window and who supervises, with how many cases have another date."""
    events: list[m.Event] = []
    untold = stored.untold(tx, books.hall.code)
    if not untold:
        return events
    subject = f"calendar {books.edition.version}"
    total = sum(one.cases for one in untold)
    events += notices.tell(tx, books, draft, at, "dates_moved", ("supervisor", "window"), subject, detail=f"{total}")
    for one in untold:
        if one.department:
            said = {"detail": f"{one.cases}", "department": one.department}
            events += notices.tell(tx, books, draft, at, "dates_moved", ("department",), subject, **said)
    stored.told(tx, books.hall.code, at)
    return events
