"""What a report can say: kinds of exception and of finding, each table whole, so that no new move is passed over."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

ExceptionKind = Literal[
    "green_ground",
    "green_confirmed",
    "green_refused",
    "advanced",
    "appointment",
    "weight",
    "patience",
    "narrowed",
    "early",
    "overload",
    "late_service",
    "transfer",
    "bound",
    "released",
    "second_chance",
    "parked",
    "parked_back",
    "withdrawn",
    "on_paper",
    "by_hand",
    "kept",
    "day_end",
]

OF_MOVE: dict[str, ExceptionKind | None] = {
    "call": None,
    "recall": None,
    "serve": None,
    "finish": None,
    "mark_no_show": None,
    "come_back": "second_chance",
    "park": "parked",
    "transfer": "transfer",
    "advance": "advanced",
    "release": "released",
    "withdraw": "withdrawn",
    "join": "on_paper",
    "keep": "kept",
    "ask_green": None,
    "refuse_green": "green_refused",
    "check_in": "appointment",
    "take_late": "late_service",
}
"""What each step is an exception of; None: it is none by itself. A green channel, a window named at a transfer, a
recall of who had not come, a time agreed on and the day's end are told apart in `hub.domain.fairness.telling`."""

OF_BECAUSE: dict[str, ExceptionKind | None] = {
    "": None,
    "order": None,
    "patience": "patience",
    "lane": None,
    "weight": "weight",
    "narrowed": "narrowed",
    "early": "early",
    "by_hand": "by_hand",
    "day_end": "day_end",
    "window_closed": None,
    "printed": None,
}
"""What each reason is an exception of: who stands in a lane was let in there by a step of its own."""

OF_LANE: dict[str, frozenset[ExceptionKind]] = {
    "line": frozenset(),
    "green": frozenset({"green_ground", "green_confirmed"}),
    "appointment": frozenset({"appointment", "overload"}),
    "advanced": frozenset({"advanced"}),
}
"""Which exceptions let somebody stand in each lane: a call that the lane put first is told with them."""

FindingKind = Literal[
    "no_rules",
    "rules_changed",
    "chain_broken",
    "not_due",
    "because_differs",
    "passed_differs",
    "passed_too_often",
    "wrong_window",
    "window_closed",
    "no_such_move",
    "state_differs",
    "gap",
    "changed_beside",
    "wrong_place",
    "ground_unlisted",
    "not_decided",
    "no_reason",
    "reason_broken",
    "no_chance",
    "nobody_s_ticket",
    "step_alone",
    "record_alone",
    "untold",
    "told_otherwise",
    "told_alone",
    "taken_alone",
    "row_differs",
    "missing",
    "left_at_day_end",
]


class Exceptional(msgspec.Struct, frozen=True):
    """Something that set a ticket apart from the plain order: who did or decided it, in which post, and why.

    `asked_by` asked for it where another decided; `acting_for` is who was away; `passed` are the numbers that stood
    before it.
    """

    kind: ExceptionKind
    number: str
    at: dt.datetime
    staff: str = ""
    acting_for: str = ""
    asked_by: str = ""
    post: str = ""
    ground: str = ""
    reason: str = ""
    window: int = 0
    service: str = ""
    passed: tuple[str, ...] = ()


class Finding(msgspec.Struct, frozen=True):
    """Something that the rows do not explain. `what` and `instead` are numbers, names and moments, for its sentence."""

    kind: FindingKind
    at: dt.datetime | None = None
    number: str = ""
    what: str = ""
    instead: str = ""
