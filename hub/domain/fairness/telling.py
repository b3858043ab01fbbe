"""Which exceptions one step is, with whoever decided it and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hub.domain.fairness.expectation import expected
from hub.domain.fairness.kinds import OF_BECAUSE, OF_MOVE, Exceptional, ExceptionKind
from hub.domain.fairness.rows import Link, Standing, StepRow
from hub.domain.line_rules import LineRules


def exceptions(
    rules: LineRules,
    line: Mapping[str, Standing],
    step: StepRow,
    link: Link,
    asked: StepRow | None,
    passed: tuple[str, ...] = (),
) -> Iterator[Exceptional]:
    """What sets the ticket apart from now on; `asked` is an open request for the green channel, `passed` by number."""
    kinds = {kind: None for kind in (_of_move(line[step.ticket_id], step, link), _of_call(step)) if kind}
    if step.only_service or step.only_lane:
        window = rules.window(step.window)
        turn = expected(window, line, step.at, rules.may_pass) if window else None
        if turn is None or turn.ticket_id != step.ticket_id:
            kinds["narrowed"] = None
    decided = step.move in ("advance", "refuse_green") and not step.ground
    for kind in kinds:
        yield Exceptional(
            kind=kind,
            number=line[step.ticket_id].number,
            at=step.at,
            staff=step.staff,
            acting_for=link.acting_for,
            asked_by=asked.staff if asked and decided else "",
            post=step.post,
            ground=step.ground,
            reason=step.reason or (asked.reason if asked and decided else "") or "",
            window=step.for_window if kind == "bound" else step.window,
            service=step.service,
            passed=passed,
        )


def _of_move(before: Standing, step: StepRow, link: Link) -> ExceptionKind | None:
    if link.kind == "TurnDay":
        return OF_MOVE[step.move] if step.move == "keep" else "day_end"
    match step.move:
        case "call":
            return "parked_back" if before.state == "parked" else None
        case "recall":
            return "second_chance" if before.state == "no_show" else None
        case "transfer" if step.for_window:
            return "bound"
        case "advance" if step.lane == "green":
            return "green_ground" if step.ground else "green_confirmed"
        case "check_in" if step.lane == "line":
            return None
        case "check_in" if step.ground == "overload":
            return "overload"
        case known:
            return OF_MOVE.get(known)


def _of_call(step: StepRow) -> ExceptionKind | None:
    return OF_BECAUSE.get(step.because) if step.move == "call" else None
