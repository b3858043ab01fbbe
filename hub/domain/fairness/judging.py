"""What the rules say of one step, judged from how the line stood before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from hub.domain.errors import MoveNotAllowed
from hub.domain.fairness.expectation import Only, expected, stands_again, stood_before
from hub.domain.fairness.kinds import Finding
from hub.domain.fairness.rows import Standing, StepRow
from hub.domain.fairness.traces import KEPT_BY_MOVES, MAY_CHANGE
from hub.domain.line_rules import LineRules
from hub.domain.ticket import MOVES, move

STATELESS = frozenset({"join", "keep", "ask_green", "refuse_green", "check_in", "take_late"})
"""Steps that leave a ticket in the state it was in."""


def moved(before: Standing, step: StepRow) -> Iterator[Finding]:
    """That the move is in the table of moves, comes to that state, and changes nothing else than it may."""
    told = Finding("no_such_move", step.at, before.number, step.move, before.state)
    state = before.state
    if step.move not in STATELESS:
        known = {by for _, by in MOVES}
        if step.move not in known:
            yield told
            return
        try:
            state = move(before.state, step.move)  # type: ignore[arg-type]  # raises for what is none
        except MoveNotAllowed:
            yield told
            return
    if state != step.state:
        yield Finding("state_differs", step.at, before.number, step.state, state)
    for name in KEPT_BY_MOVES:
        was = before.since if name == "stands_at" else getattr(before, name)
        if name not in MAY_CHANGE.get(step.move, frozenset()) and getattr(step, name) != was:
            yield Finding("changed_beside", step.at, before.number, name, step.move)


def called(rules: LineRules, line: Mapping[str, Standing], step: StepRow) -> Iterator[Finding]:
    """That it was this one's turn, for the reason and past as many as were written down."""
    window = rules.window(step.window)
    number = line[step.ticket_id].number
    if window is None:
        yield Finding("wrong_window", step.at, number, str(step.window))
        return
    only = Only(step.only_service, step.only_lane)
    turn = expected(window, line, step.at, rules.may_pass, only)
    if turn is None or turn.ticket_id != step.ticket_id:
        due = f"{line[turn.ticket_id].number}/{turn.because}" if turn else ""
        yield Finding("not_due", step.at, number, str(step.window), due)
    elif turn.because != step.because:
        yield Finding("because_differs", step.at, number, step.because, turn.because)
    passed = stood_before(window, line, step.ticket_id, step.at)
    if len(passed) != step.passed:
        yield Finding("passed_differs", step.at, number, str(step.passed), str(len(passed)))
    for one in passed:
        if line[one].passed >= rules.may_pass:
            yield Finding("passed_too_often", step.at, line[one].number, number, str(rules.may_pass))


def placed(
    rules: LineRules, line: Mapping[str, Standing], before: Standing, step: StepRow, chances: int
) -> Iterator[Finding]:
    """That who comes back or is sent on stands where the policy says, and that there was a chance left."""
    place: dt.datetime | None = None
    if step.move == "come_back":
        place = stands_again(before, line.values(), rules.second_chance_behind, step.at)
    elif step.move == "transfer":
        place = before.since if rules.transfer_keeps_place else step.at
    if place is not None and step.stands_at != place:
        yield Finding("wrong_place", step.at, before.number, step.stands_at.isoformat(), place.isoformat())
    again = step.move == "come_back" or (step.move == "recall" and before.state == "no_show")
    at_once = rules.second_chance == "at_once" or step.move == "come_back"
    if again and (rules.second_chance == "none" or not at_once or chances >= rules.second_chances):
        yield Finding("no_chance", step.at, before.number, str(chances), str(rules.second_chances))


def decided(rules: LineRules, before: Standing, step: StepRow, asked: StepRow | None) -> Iterator[Finding]:
    """That a lane was opened on a listed ground or by the post whose word it is, with a reason."""
    if step.reason is None:
        yield Finding("reason_broken", step.at, before.number, str(step.ordinal))
    if step.move not in ("advance", "ask_green", "refuse_green"):
        return
    said = bool(step.reason) or step.reason is None
    if step.move == "advance" and step.lane == "green" and step.ground:
        if step.ground not in rules.grounds:
            yield Finding("ground_unlisted", step.at, before.number, step.ground)
        return
    green = step.move != "advance" or step.lane == "green"
    post = rules.green_confirmed_by if green else rules.exceptions_by
    if step.move == "advance" and step.lane not in ("green", "advanced"):
        yield Finding("changed_beside", step.at, before.number, "lane", step.move)
    if step.post != post or (green and step.move != "ask_green" and asked is None):
        yield Finding("not_decided", step.at, before.number, step.post, post)
    if not said and (step.move != "advance" or not green):
        yield Finding("no_reason", step.at, before.number, step.move)
