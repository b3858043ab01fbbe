"""What in a policy contradicts itself, points to nothing or can never happen: each with its remedy.

Shape is `hub.domain.policy.shape`'s; here every value has its type already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from hub.domain.case import MOVES, CaseMove
from hub.domain.policy import gaps, given_times, life, queue_sense
from hub.domain.policy.lines import Path
from hub.domain.policy.mistakes import Mistake
from hub.domain.policy.policy import Policy
from hub.domain.policy.shape import Part, parts
from hub.domain.policy.values import Stated


def contradictions(policy: Policy) -> Iterator[Mistake]:
    """Every contradiction of a policy; their lines are not known here."""
    whole = tuple(parts(policy, Policy))
    for look in _AT_PARTS:
        yield from look(policy, whole)
    for check in _CHECKS:
        yield from check(policy)


# --- what holds for every part


def _cites(policy: Policy, whole: tuple[Part, ...]) -> Iterator[Mistake]:
    for part in whole:
        if isinstance(part.value, Stated) and not part.silent and not part.value.cite.strip():
            yield Mistake(
                part.path,
                "no article is named for this value",
                "add `cite`: the article and its words, or the hall's own decision; or leave the value out",
            )


def _codes_stand_once(policy: Policy, whole: tuple[Part, ...]) -> Iterator[Mistake]:
    for part in whole:
        if not isinstance(part.value, tuple):
            continue
        codes = [getattr(one, "code", one) for one in part.value]
        for code, times in Counter(code for code in codes if isinstance(code, str | int)).items():
            if times > 1:
                last = len(codes) - 1 - codes[::-1].index(code)
                yield Mistake((*part.path, last), f"{code!r} stands {times} times", "keep one of them")


def _names_lead_somewhere(policy: Policy, whole: tuple[Part, ...]) -> Iterator[Mistake]:
    known = {
        "role": ("role", tuple(policy.roles)),
        "class": ("class", tuple(one.code for one in policy.classes)),
        "level": ("rating level", tuple(one.code for one in policy.rating.levels.value)),
    }
    for part in whole:
        names = part.meta("names")
        if names is None or not isinstance(part.value, str) or not part.value:
            continue
        kind, codes = known[names]
        if part.value not in codes:
            remedy = f"name one of {', '.join(codes)}, or add it"
            yield Mistake(part.path, f"there is no {kind} {part.value!r} in this policy", remedy)
        elif part.meta("acts") and policy.roles[part.value].at == "nobody":
            wrong = f"nobody has the role {part.value!r} ({policy.roles[part.value].title}) in this hall's system"
            yield Mistake(part.path, wrong, f"name another role, or give roles.{part.value}.at a terminal")


# --- the life of a case


def _every_move_can_be_made(policy: Policy) -> Iterator[Mistake]:
    on = _moves(policy)
    stuck = life.never_made(on)
    freeing = life.freeing(on)
    for move, freed in freeing.items():
        stages = ", ".join(sorted({MOVES[at, by] for at, by in MOVES if by in freed} - life.reached(on)))
        yield Mistake(
            ("moves", move),
            f"without it no case ever reaches {stages}, though {', '.join(sorted(freed))} is there",
            "set it to true, or set those to false too",
        )
    for move in sorted(stuck) if not freeing else ():
        remedy = "set what leads there to true, or this to false"
        yield Mistake(("moves", move), "no case ever reaches a stage that has this move", remedy)


def _every_case_ends(policy: Policy) -> Iterator[Mistake]:
    on = _moves(policy)
    for stage in sorted(life.dead_ends(on)):
        ways = sorted({by for at, by in MOVES if at == stage and by not in on})
        yield Mistake(
            ("moves", ways[0]) if ways else ("moves",),
            f"a case that is {stage} never reaches the archive",
            f"set {' or '.join(ways) or 'archive'} to true",
        )


def _side_steps_have_what_they_need(policy: Policy) -> Iterator[Mistake]:
    grounds = policy.clock.pause_grounds
    if policy.has("pause") and not grounds.value:
        yield Mistake(("moves", "pause"), "no ground stops the clock", "name clock.pause_grounds, or set it to false")
    if grounds.value and not policy.has("pause"):
        yield Mistake(("clock", "pause_grounds"), "there are grounds, but moves.pause is false", "set it to true")
    if policy.has("pause") != policy.has("resume"):
        yield Mistake(("moves", "resume"), "a clock that stops must go on again", "set pause and resume alike")
    if policy.has("escalate") and not policy.handling.ladder.value:
        yield Mistake(("handling", "ladder"), "nobody is escalated to", "name a role, or set moves.escalate to false")
    if policy.has("meet") and not policy.handling.meeting_convener.value:
        remedy = "name a role, or set moves.meet to false"
        yield Mistake(("handling", "meeting_convener"), "nobody convenes a joint meeting", remedy)


def _the_clock_starts(policy: Policy) -> Iterator[Mistake]:
    starts = policy.clock.starts
    if starts.value == "dispatch" and "dispatched" not in life.reached(_moves(policy)):
        wrong = "the clock never starts: it waits for a dispatch, and no case is ever dispatched"
        yield Mistake(("clock", "starts"), wrong, 'write "filing", or set moves.dispatch to true')
    if not policy.classes:
        yield Mistake(("classes",), "the clock never starts: there is no class with a limit", "add a [[classes]]")
    elif policy.longest_wd == 0:
        wrong = "the clock never starts: every class is due on the spot"
        yield Mistake(("classes",), wrong, "give one class a limit_wd of a working day or more")


# --- limits


def _classes_fit(policy: Policy) -> Iterator[Mistake]:
    for place, one in enumerate(policy.classes):
        if one.limit_wd == 0 and one.owed == "progress":
            wrong = "what is due on the spot cannot be a report of progress"
            yield Mistake(("classes", place, "owed"), wrong, 'write "settled" or "answer", or give it a limit_wd')


def _extensions_fit(policy: Policy) -> Iterator[Mistake]:
    told, longest = policy.extension, max((one.limit_wd for one in policy.classes), default=0)
    cap, usual, counts = told.cap_wd.value, told.usual_wd.value, told.counts.value
    if not policy.has("extend"):
        return
    written = ("extension", "cap_wd" if told.usual_wd.silent else "usual_wd")
    if cap and counts == "total" and cap <= longest:
        wrong = f"the cap is {cap} working days in all, and a class has {longest} without any extension"
        yield Mistake(("extension", "cap_wd"), wrong, f'write more than {longest}, or counts = "added"')
    elif cap and counts == "total" and longest + usual > cap:
        wrong = f"{longest} working days and {usual} more are longer than the cap of {cap} in all"
        yield Mistake(written, wrong, f"write a usual_wd of at most {cap - longest}, or a longer cap")
    elif cap and counts == "added" and usual > cap:
        wrong = f"an extension of {usual} working days is longer than its cap of {cap}"
        yield Mistake(written, wrong, f"write a usual_wd of at most {cap}, or a longer cap")
    if "approval" in told.needs.value and not told.approver.value:
        yield Mistake(("extension", "approver"), "an extension needs approval, and nobody approves", "name a role")
    if "approval" in told.needs.value and told.approver.value == "handler":
        wrong = "whoever is late would approve his own extension"
        yield Mistake(("extension", "approver"), wrong, "name another role")
    if told.approver.value and not told.approver.silent and "approval" not in told.needs.value:
        wrong = "an approver is named, but extensions need no approval"
        yield Mistake(("extension", "approver"), wrong, 'add "approval" to extension.needs, or leave the approver out')


def _reminders_fit(policy: Policy) -> Iterator[Mistake]:
    longest = max((one.limit_wd for one in policy.classes), default=0)
    for place, days in enumerate(policy.notices.remind_before_wd.value):
        if days > longest > 0:
            wrong = f"{days} working days before the due date no case is open: the longest limit is {longest}"
            yield Mistake(("notices", "remind_before_wd", "value", place), wrong, f"write at most {longest}")
    if not policy.notices.hours.value:
        wrong = "without working hours no reminder is ever due"
        yield Mistake(("notices", "hours"), wrong, "add { opens = 09:00:00, closes = 17:00:00 }")


def _promises_keep_the_law(policy: Policy) -> Iterator[Mistake]:
    for place, one in enumerate(policy.promises.services.value):
        where: Path = ("promises", "services", "value", place)
        if policy.promises.within_statutory.value and 0 < one.statutory_wd < one.promised_wd:
            wrong = f"{one.promised_wd} working days are promised where the law gives {one.statutory_wd}"
            yield Mistake((*where, "promised_wd"), wrong, f"promise at most {one.statutory_wd}")
        if one.statutory_wd and not one.basis.strip():
            yield Mistake(where, "the statutory time names no provision", "add `basis` = the provision it comes from")


# --- ratings, complaints, refusals, reports


def _ratings_fit(policy: Policy) -> Iterator[Mistake]:
    levels = [one.code for one in policy.rating.levels.value]
    bad = [code for code in levels if policy.sends_back(code)]
    if len(levels) < 2:
        yield Mistake(("rating", "levels"), "a scale has at least two levels", "add the others, best first")
    elif levels[0] in bad:
        wrong = f"the best level, {levels[0]!r}, sends a case back"
        yield Mistake(("rating", "rework"), wrong, "name the bad ones; a scale names its levels best first")
    if bad and not policy.has("send_back"):
        wrong = f"{', '.join(bad)} must send a case back, and moves.send_back is false"
        where: Path = ("moves", "send_back") if policy.rating.rework.silent else ("rating", "rework")
        yield Mistake(where, wrong, "set moves.send_back to true, or write rework = []")
    if not bad and policy.has("send_back"):
        wrong = "no case ever reaches rework: no rating of this scale sends one back"
        yield Mistake(("rating", "rework"), wrong, "name the bad levels, or set moves.send_back to false")


def _complaints_fit(policy: Policy) -> Iterator[Mistake]:
    told = policy.complaints
    if not told.taken.value:
        for name in ("grounds", "channels", "written_when", "limit_class", "outlets"):
            if not getattr(told, name).silent:
                wrong = "it is laid down for complaints, but complaints.taken is false"
                yield Mistake(("complaints", name), wrong, "set complaints.taken to true, or leave this out")
        return
    for name in ("grounds", "channels", "must_say"):
        if not getattr(told, name).value:
            yield Mistake(("complaints", name), "complaints are taken, and this list is empty", "name at least one")
    if told.written_when.value and not {"window", "mail", "web"} & set(told.channels.value):
        wrong = "some complaints must be written, and no channel takes paper or text"
        yield Mistake(("complaints", "channels"), wrong, 'add "window", "mail" or "web"')


def _refusals_fit(policy: Policy) -> Iterator[Mistake]:
    told = policy.refusals
    if told.filed.value and not told.approver.value:
        yield Mistake(("refusals", "approver"), "refusals are filed, and nobody approves them", "name a role")
    if told.filed.value and not told.copies.value:
        yield Mistake(("refusals", "copies"), "refusals are filed on no paper", "write how many copies there are")
    if told.remedies.value and told.notice_in.value != "written":
        wrong = "remedies are told in writing, and the notice need not be written"
        yield Mistake(("refusals", "notice_in"), wrong, 'write "written"')


def _visits_fit(policy: Policy) -> Iterator[Mistake]:
    told = policy.visits
    if told.offered.value and not told.grounds.value:
        yield Mistake(("visits", "grounds"), "visits are offered, and nobody has a ground", "name who is visited")
    if not told.offered.value and told.grounds.value:
        wrong = "there are grounds for a visit, but visits.offered is false"
        yield Mistake(("visits", "grounds"), wrong, "set visits.offered to true, or leave this out")


def _reports_fit(policy: Policy) -> Iterator[Mistake]:
    for code, one in policy.reports.items():
        if not one.to and not one.public:
            yield Mistake(("reports", code, "to"), "nobody gets this report", "name roles, or write public = true")
        if one.on is not None and one.every != "week":
            wrong = f"it names a weekday and is due every {one.every}"
            yield Mistake(("reports", code, "on"), wrong, 'take it out, or write every = "week"')
        if one.public and one.names_people:
            wrong = "what is made public must not name people"
            yield Mistake(("reports", code, "names_people"), wrong, "write false")
    box = policy.suggestion_box
    if not box.kept.value and not box.published_on.silent and box.published_on.value:
        wrong = "results are put up, but no box is kept"
        yield Mistake(("suggestion_box", "published_on"), wrong, "set suggestion_box.kept to true, or leave this out")


def _grades_fit(policy: Policy) -> Iterator[Mistake]:
    points = [one.from_points for one in policy.assessment.grades.value]
    if points != sorted(points, reverse=True) or (points and points[-1] != 0):
        wrong = "grades stand best first, and the last begins at 0 points"
        yield Mistake(("assessment", "grades"), wrong, "put them in order and let the last begin at 0")
    if policy.assessment.every.value and not points:
        yield Mistake(("assessment", "grades"), "there is an assessment without grades", "name them, best first")


def _moves(policy: Policy) -> frozenset[CaseMove]:
    return frozenset(move for move, told in policy.moves.items() if told.value)


_AT_PARTS: tuple[Callable[[Policy, tuple[Part, ...]], Iterator[Mistake]], ...] = (
    _cites,
    _codes_stand_once,
    _names_lead_somewhere,
)
_CHECKS: tuple[Callable[[Policy], Iterator[Mistake]], ...] = (
    _every_move_can_be_made,
    _every_case_ends,
    _side_steps_have_what_they_need,
    _the_clock_starts,
    _classes_fit,
    _extensions_fit,
    _reminders_fit,
    _promises_keep_the_law,
    _ratings_fit,
    _complaints_fit,
    _refusals_fit,
    _visits_fit,
    _reports_fit,
    _grades_fit,
    *gaps.CHECKS,
    *given_times.CHECKS,
    *queue_sense.CHECKS,
)
