"""Whether an extension (延期) may be asked for, by what the hall's document wants of one (R26)."""

from __future__ import annotations

from msgspec.structs import replace

from hub.domain.deadline import Calendar, Due
from hub.domain.errors import ExtensionIncomplete, ExtensionTooLong
from hub.domain.facts import ExtensionAsked, Standing
from hub.domain.policy import Policy


def extended(calendar: Calendar, due: Due, added_wd: int) -> Due:
    """The date with that many working days more, which were granted."""
    return replace(_put_back(calendar, due, added_wd), extended_wd=due.extended_wd + added_wd)


def resumed(calendar: Calendar, due: Due, waited_wd: int) -> Due:
    """The date with those working days more that were not the department's (R27)."""
    return replace(_put_back(calendar, due, waited_wd), paused_wd=due.paused_wd + waited_wd)


def _put_back(calendar: Calendar, due: Due, wd: int) -> Due:
    """As it was counted before, and as provisional as it was where its clock has not started."""
    same_day = not due.wd and calendar.due(due.start, 1).date == due.date  # what is more than 当天 begins after it
    later = replace(
        calendar.due(due.start, due.wd + wd + (wd > 0 and same_day)),
        start_moved=due.start_moved,
        extended_wd=due.extended_wd,
        paused_wd=due.paused_wd,
        anew=due.anew,
    )
    waits = "clock_not_started" in due.provisional_because
    return replace(later, provisional_because=("clock_not_started", *later.provisional_because)) if waits else later


def left_wd(policy: Policy, due: Due, standing: Standing) -> int | None:
    """By how many working days a case may still be extended; None where the document names no cap.

    Working days during which the clock was paused are nobody's extension and count against no cap (R27).
    """
    rule = policy.extension
    if not rule.cap_wd.value:
        return None
    used = due.wd - standing.paused_wd if rule.counts.value == "total" else standing.extended_wd
    return max(rule.cap_wd.value - used, 0)


def check(policy: Policy, due: Due, standing: Standing, asked: ExtensionAsked) -> None:
    """Raises `ExtensionTooLong` beyond the cap or the times, `ExtensionIncomplete` where a need is not met."""
    rule = policy.extension
    if standing.extensions >= rule.times.value:
        raise ExtensionTooLong(f"a case may be extended {rule.times.value} time(s), and this one was")
    left = left_wd(policy, due, standing)
    if left is not None and asked.added_wd > left:
        whole = "in all" if rule.counts.value == "total" else "more"
        raise ExtensionTooLong(f"at most {rule.cap_wd.value} working days {whole}: {left} are left")
    needs = rule.needs.value
    if asked.added_wd < 1:
        raise ExtensionIncomplete("term_stated", "say by how many working days")
    if not asked.reason.strip():
        raise ExtensionIncomplete("reason_stated", "say why")
    if "written" in needs and not asked.in_writing:
        raise ExtensionIncomplete("written", "give the citizen the new term and the reason in writing")
    if "citizen_told" in needs and not asked.citizen_told:
        raise ExtensionIncomplete("citizen_told", "tell the citizen the new term first")
    if "citizen_agrees" in needs and asked.citizen_agreed_to != asked.until:
        raise ExtensionIncomplete("citizen_agrees", f"agree with the citizen on {asked.until} first")
