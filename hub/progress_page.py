"""What the progress page says, on a phone as at the kiosk: a hub's answer as words and dates of the hall. Pure."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from zoneinfo import ZoneInfo

from hub.domain.case import ANSWERED, OPEN, Stage
from hub.domain.due_words import explain, say_date
from hub.domain.errors import UnknownCode
from hub.domain.estimate import say
from hub.domain.hall import Hall, Value
from hub.domain.numbers import case_serial
from hub.domain.ticket import WAITING
from hub.domain.translated import hall_in, text_in
from hub.domain.words import Words
from hub.wire.messages import LevelChoice, Progress, Step

PIECES = ("filed", "received", "handled", "answered")
_REACHED: dict[Stage, int] = {
    "filed": 1,
    "triaged": 1,
    "dispatched": 2,
    "accepted": 2,
    "rework": 2,
}
"""How many pieces of the row are behind a stage; the next one is where the case is. All four once it is answered."""


class Piece(Value, frozen=True):
    """One piece of the progress row, with its word."""

    name: str
    state: Literal["done", "now", "ahead"]
    state_name: str


class StepLine(Value, frozen=True):
    at: str
    iso: str
    text: str
    said: str = ""


class LevelLine(Value, frozen=True):
    """A level that the citizen may rate the answer with; `sends_back` needs a word of why."""

    code: str
    name: str
    sends_back: bool


class Page(Value, frozen=True):
    """Everything the template shows; empty texts are left out. No name, no phone, no text of the citizen's."""

    serial: str
    case_number: str
    matter: str
    now: str
    pieces: tuple[Piece, ...]
    open: bool
    due: str
    due_is_late: bool
    due_explained: str
    ticket: str
    answer: str
    answered_by: str
    steps: tuple[StepLine, ...]
    after_closing: str
    levels: tuple[LevelLine, ...]
    rated: str
    as_of: str


class Shows:
    """A hall's way to show progress: its own names and time zone; what was promised is the case's own.

    In a citizen's language, or the hall's.
    """

    def __init__(self, hall: Hall, language: str = "") -> None:
        self._language = language or hall.language
        self._hall = hall_in(hall, self._language)
        self._zone = ZoneInfo(hall.timezone)
        self._words = Words("hub.web", self._language)
        self._shared = Words("hub", self._language)

    def page(self, progress: Progress, now: dt.datetime) -> Page:
        local_now = now.astimezone(self._zone)
        is_open = progress.stage in OPEN
        promised = progress.promised
        return Page(
            serial=case_serial(progress.case_number),
            case_number=progress.case_number,
            matter=self._matter(progress.matter),
            now=self._words(f"now.{progress.stage}", department=self._department(progress.department)),
            pieces=self._pieces(progress.stage),
            open=is_open,
            due=self._due(progress, local_now.date()) if promised else "",
            due_is_late=promised and is_open and _is_late(progress, local_now.date()),
            due_explained=explain(progress.due, self._shared) if promised and is_open else "",
            ticket=self._ticket(progress),
            answer=progress.answer,
            answered_by=self._answered_by(progress),
            steps=tuple(self._step(step) for step in reversed(progress.steps)),
            after_closing=self._said(progress.after_closing),
            levels=tuple(self._level(one) for one in progress.levels),
            rated=self._said(progress.rated.name) if progress.rated is not None else "",
            as_of=self._time(now),
        )

    def _said(self, text: str) -> str:
        """What the hall's document says, in the citizen's language."""
        return text_in(text, self._language, self._hall)

    def _level(self, level: LevelChoice) -> LevelLine:
        return LevelLine(code=level.code, name=self._said(level.name), sends_back=level.sends_back)

    def _matter(self, code: str) -> str:
        if f"matter.{code}" in self._words:
            return self._words(f"matter.{code}")
        try:
            return self._hall.matter(code).name
        except UnknownCode:  # the hall's catalogue has changed since
            return self._words("matter.other")

    def _department(self, code: str) -> str:
        try:
            return self._hall.department(code).name
        except UnknownCode:
            return self._words("department.unnamed")

    def _pieces(self, stage: Stage) -> tuple[Piece, ...]:
        reached = _REACHED.get(stage, len(PIECES))
        states: list[Literal["done", "now", "ahead"]] = [
            "done" if at < reached else "now" if at == reached else "ahead" for at in range(len(PIECES))
        ]
        return tuple(
            Piece(name=self._words(f"piece.{name}"), state=state, state_name=self._words(f"state.{state}"))
            for name, state in zip(PIECES, states, strict=True)
        )

    def _due(self, progress: Progress, today: dt.date) -> str:
        date = say_date(progress.due.date, self._shared, today)
        if progress.stage not in OPEN:
            return self._words("due.answered", date=date)
        if _is_late(progress, today):
            return self._words("due.late", date=date)
        if today > progress.due.date:
            return self._words("due.stopped")
        key = "due.provisional" if progress.due.provisional else "due.by"
        return self._words(key, date=date, promise=self._said(progress.promise))

    def _ticket(self, progress: Progress) -> str:
        ticket = progress.ticket
        if ticket is None or f"ticket.{ticket.state}" not in self._words:
            return ""
        said = self._words(f"ticket.{ticket.state}", number=ticket.number, n=progress.ahead, window=ticket.window)
        if ticket.state not in WAITING or progress.wait is None:
            return said
        return self._words("ticket.wait", said=said, wait=say(progress.wait, self._shared))

    def _answered_by(self, progress: Progress) -> str:
        if not progress.answer:
            return ""
        if progress.stage in ANSWERED and progress.department:
            return self._words("answer.by", department=self._department(progress.department))
        return self._words("answer.title")

    def _step(self, step: Step) -> StepLine:
        return StepLine(
            at=self._time(step.at),
            iso=step.at.astimezone(self._zone).isoformat(timespec="minutes"),
            text=self._words(f"step.{step.move}", department=self._department(step.department)),
            said=step.text,
        )

    def _time(self, at: dt.datetime) -> str:
        local = at.astimezone(self._zone)
        return self._words("time", date=self._words.date("time.day", local), clock=f"{local:%H:%M}")


def _is_late(progress: Progress, today: dt.date) -> bool:
    """What others take is not late (R27)."""
    return today > progress.due.date and "clock_paused" not in progress.due.provisional_because
