"""What a case waits for that others do, said where its steps are offered: nobody wonders why something is not."""

from __future__ import annotations

from counter.steps.shape import Note
from counter.steps.situation import Situation
from counter.steps.time import until


def waits(s: Situation) -> tuple[Note, ...]:
    """What stands open and is another's to do, in the order in which it holds the case up."""
    found: list[Note] = []
    standing = s.standing
    if s.waits_for_writing:
        found.append(Note("wait.writing"))
    if s.refusal_waits:
        found.append(Note("wait.refusal", (("who", s.title(s.policy.refusals.approver.value)),)))
    if standing.paused is not None:
        names = {one.code: one.name for one in s.policy.clock.pause_grounds.value}
        found.append(Note("wait.paused", (("ground", names.get(standing.paused.ground, standing.paused.ground)),)))
    if standing.extension_asked is not None and s.is_open:
        date = until(s, standing.extension_asked.added_wd)
        who = s.title(s.policy.extension.approver.value)
        found.append(Note("wait.extension", (("date", date), ("who", who))))
    if standing.called:
        found.append(Note("wait.called", (("who", s.title(standing.called)),)))
    if standing.asked_upward:
        found.append(Note("wait.upward", (("who", s.title(standing.asked_upward)),)))
    if s.follow_up_owed and s.policy.follow_up.by.value:
        found.append(Note("wait.follow_up", (("who", s.title(s.policy.follow_up.by.value)),)))
    return tuple(found)
