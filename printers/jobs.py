"""A print job: a paper, and how far it is."""

from __future__ import annotations

from typing import Literal

from hub.domain.hall import Value
from hub.wire.messages import PrintState
from printers.papers import Paper

JobMove = Literal["send", "confirm", "lose", "fail"]

MOVES: dict[tuple[PrintState, JobMove], PrintState] = {
    ("queued", "send"): "sent",
    ("queued", "fail"): "failed",
    ("sent", "confirm"): "confirmed",
    ("sent", "lose"): "unknown",
}


class Job(Value, frozen=True):
    """One paper to print."""

    job_id: str
    state: PrintState
    paper: Paper


class Kept(Value, frozen=True):
    """What a row seals. Rows from before there were other papers seal a complaint's receipt alone."""

    paper: Paper
